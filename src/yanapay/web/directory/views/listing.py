"""The directory as a list, its saved views, its export; the places offered while typing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from yanapay.directory.actions.views import remove_view, save_view
from yanapay.directory.models import SavedView
from yanapay.directory.queries import ordering
from yanapay.directory.queries.choosing import areas_called
from yanapay.directory.queries.counting import Split, quick_split, split
from yanapay.directory.queries.filters import Filters
from yanapay.directory.queries.selecting import Selection
from yanapay.directory.queries.sizing import TooMany
from yanapay.web.acting import accepted, say
from yanapay.web.directory.facets import address, chips, panels, trails
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
    """The list, cut by the filters in the address. Too many to be counted at once are counted by ``facets``."""
    request.scope.require("directory.view")
    filters = Filters.read(request.GET)
    asked = Selection(request.scope, filters)
    try:
        found = split(asked) if "count" in request.GET else quick_split(asked)
    except TooMany as error:
        messages.warning(request, say(error.message))
        return redirect(address(filters.without("size")))
    context = {
        "filters": filters,
        "chips": chips(filters),
        "trails": trails(filters),
        "query": filters.query(),
        "views": SavedView.objects.filter(user=request.user, page=PAGE),
        "may_edit": request.scope.may("directory.edit"),
        "may_plan": request.scope.may("surveys.review"),
        "may_export": request.scope.may("directory.export"),
        "may_import": request.scope.may("directory.import"),
    }
    context |= _counts(asked, found) | _rows(request, asked, found.total if found else None)
    return render(request, "directory/list.html", context)


def facets(request: Request) -> HttpResponse:
    """Total and facets of a list that is too long to count before its first rows are shown."""
    request.scope.require("directory.view")
    asked = Selection(request.scope, Filters.read(request.GET))
    try:
        found = split(asked)
    except TooMany as error:
        return HttpResponse(say(error.message))
    return render(request, "directory/facets.html", _counts(asked, found))


def _counts(asked: Selection, found: Split | None) -> dict[str, Any]:
    if found is None:
        return {"total": None}
    return {"total": found.total, "panels": panels(asked, found)}


def _rows(request: Request, asked: Selection, total: int | None) -> dict[str, Any]:
    """One page of the list, the way to the next, and the orders that so many rows can be read in."""
    filters = asked.filters
    order = ordering.order_for(filters, total, request.GET.get("sort", ""))
    after = request.GET.get("after", "")
    page = ordering.read_page(asked, total, order, after)
    addresses = {one: _sorted_by(filters, one) for one in ordering.orders(filters, total)}
    return {
        "page": page,
        "next_url": _sorted_by(filters, order, after=page.after) if page.after else "",
        "is_first": not after,
        "first_url": addresses[order],
        "order": ORDERS[order],
        "orders": [(ORDERS[one], "" if one == order else to) for one, to in addresses.items()],
    }


def _sorted_by(filters: Filters, order: str, **more: str) -> str:
    return address(filters, **({} if order == ordering.NAME else {"sort": order}), **more)


@require_POST
def keep_view(request: Request) -> HttpResponse:
    """Keep the filters under a name."""
    form = SaveViewForm(request.POST)
    if accepted(form, save_view, by=request.scope.actor(), user=request.user, page=PAGE):
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
