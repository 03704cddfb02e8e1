"""The directory as a list, its saved views, its export; the places offered while typing."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from yanapay.directory.actions.views import remove_view, save_view
from yanapay.directory.models import SavedView
from yanapay.directory.queries import ordering
from yanapay.directory.queries.choosing import areas_called
from yanapay.directory.queries.listing import Filters
from yanapay.directory.queries.sizing import TooMany
from yanapay.places.models import Area
from yanapay.web.acting import attempt, say
from yanapay.web.directory.facets import address, chips, panels
from yanapay.web.directory.forms.details import SaveViewForm
from yanapay.web.http import Request

PAGE = "directory"
ORDERS = {
    "name": gettext_lazy("By name"),
    "newest": gettext_lazy("Newest first"),
    "changed": gettext_lazy("Changed last"),
    "workers": gettext_lazy("Most workers"),
    "area": gettext_lazy("By place"),
}


def show(request: Request) -> HttpResponse:
    """The list, cut by the filters in the address."""
    request.scope.require("directory.view")
    filters = Filters.read(request.GET)
    order = request.GET.get("sort", ordering.NAME)
    try:
        page = ordering.read_page(request.scope, filters, order, request.GET.get("after", ""))
    except TooMany as error:
        messages.warning(request, say(error.message))
        return redirect(address(filters.without("size")))
    offered = ordering.orders(page.total or 0)
    order = order if order in offered else ordering.NAME
    chosen = {} if order == ordering.NAME else {"sort": order}
    context = {
        "page": page,
        "filters": filters,
        "panels": panels(request.scope, filters, page.total or 0),
        "chips": chips(filters),
        "trail": _trail(filters),
        "next_url": address(filters, after=page.after, **chosen) if page.after else "",
        "is_first": not request.GET.get("after"),
        "first_url": address(filters, **chosen),
        "order": ORDERS[order],
        "orders": [
            (ORDERS[one], "" if one == order else address(filters, sort=one.replace("name", "")))
            for one in offered
        ],
        "query": filters.query(),
        "views": SavedView.objects.filter(user=request.user, page=PAGE),
        "may_edit": request.scope.may("directory.edit"),
        "may_plan": request.scope.may("surveys.review"),
        "may_export": request.scope.may("directory.export"),
        "may_import": request.scope.may("directory.import"),
    }
    return render(request, "directory/list.html", context)


@require_POST
def keep_view(request: Request) -> HttpResponse:
    """Keep the filters under a name."""
    form = SaveViewForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: save_view(
            by=request.scope.actor(), user=request.user, page=PAGE, **form.cleaned_data
        ),
    ):
        messages.success(request, _("The view is saved under «%(name)s».") % form.cleaned_data)
    else:
        messages.error(request, _("Give the view a name."))
    return redirect(address(Filters.read(QueryDict(request.POST.get("query", "")))))


@require_POST
def drop_view(request: Request, pk: int) -> HttpResponse:
    """Remove a saved view of one's own."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    remove_view(by=request.scope.actor(), view=view)
    messages.success(request, _("The view is removed."))
    return redirect("directory:list")


def areas(request: Request) -> HttpResponse:
    """Options of places for what is being typed, for a datalist."""
    typed = request.GET.get(request.GET.get("field", "area"), "")
    found = areas_called(typed) if len(typed) > 1 else []
    return render(request, "directory/area_options.html", {"areas": found})


def _trail(filters: Filters) -> list[tuple[str, str]]:
    """The chosen place and those above it, each with its list: the way back up."""
    if not filters.area:
        return []
    area = Area.objects.filter(code=filters.area).select_related("parent__parent__parent").first()
    steps: list[tuple[str, str]] = []
    while area is not None and area.parent is not None:
        steps.insert(0, (area.name, address(filters, area=area.code)))
        area = area.parent
    return [(_("Everywhere"), address(filters.without("area"))), *steps]
