"""What visitors send: it waits for a reviewer, and the answer never tells what is known in private."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from yanapay.audit.rules import Actor
from yanapay.base.storage import is_unwritable
from yanapay.centres.models import Centre
from yanapay.directory.models import Organisation
from yanapay.mapping.actions.proposals import propose
from yanapay.mapping.choices import Source
from yanapay.mapping.models import Entry
from yanapay.mapping.queries.public.intake import centre_for
from yanapay.web.acting import attempt
from yanapay.web.public.forms import GuardedForm, RegisterForm, RemarkForm
from yanapay.web.public.guarding import too_many
from yanapay.web.public.pages import public, show, to

FULL_TODAY = {
    "register": gettext_lazy(
        "Many registrations came from this place today. Please send it again tomorrow, or write to the"
        " centre: nothing of what you typed is lost while this page stays open."
    ),
    "wrong": gettext_lazy(
        "Many remarks came from this place today. Please send it again tomorrow."
    ),
}
NO_ROOM = gettext_lazy(
    "Nothing can be saved now: there is no room left. What you typed stands below; please send it again later."
)


@public
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """An organisation registers itself; a centre reviews what it says."""
    form = RegisterForm(request.POST or None)
    if request.method != "POST":
        return show(request, "public/register.html", {"form": form, "note": ""})
    return _answer(request, form, "register", "public/register.html", {})


@public
@never_cache
def wrong(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody says what is wrong about an entry."""
    entry = Entry.objects.public().select_related("organisation__centre").filter(slug=slug).first()
    if entry is None:
        raise Http404
    form = RemarkForm(request.POST or None)
    if request.method != "POST":
        return show(request, "public/wrong.html", {"form": form, "entry": entry, "note": ""})
    return _answer(request, form, "wrong", "public/wrong.html", {"entry": entry})


@public
def thanks(request: HttpRequest, form: str) -> HttpResponse:
    """What happens next; the same whatever was sent."""
    return show(request, "public/thanks.html", {"is_registration": form == "register"})


def _answer(
    request: HttpRequest, form: GuardedForm, name: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Keep what a person sent; a machine is thanked too and nothing is kept."""
    if form.is_trapped:
        return redirect(to(request, "thanks", name))
    status, note = HTTPStatus.UNPROCESSABLE_ENTITY, ""
    if form.is_valid():
        status, note = _taken(request, form, name, context.get("entry"))
    if status == HTTPStatus.SEE_OTHER:
        return redirect(to(request, "thanks", name))
    return show(request, template, {**context, "form": form, "note": note}, status=status)


def _taken(
    request: HttpRequest, form: GuardedForm, name: str, entry: Entry | None
) -> tuple[HTTPStatus, str]:
    """What became of a form that can be read, and what there is to say of it."""
    try:
        if too_many(request, name):
            return HTTPStatus.TOO_MANY_REQUESTS, str(FULL_TODAY[name])
        is_kept = attempt(form, lambda: _keep(form, entry))
    except (OSError, DatabaseError) as error:
        if not is_unwritable(error):
            raise
        return HTTPStatus.INSUFFICIENT_STORAGE, str(NO_ROOM)
    return (HTTPStatus.SEE_OTHER if is_kept else HTTPStatus.UNPROCESSABLE_ENTITY), ""


def _keep(form: GuardedForm, entry: Entry | None) -> None:
    if isinstance(form, RegisterForm):
        centre = centre_for(form.cleaned_data["department"])
        _propose(
            centre, None, Source.REGISTRATION, form.proposed, form.contact_given, form.consents
        )
    elif entry is not None:
        told = form.cleaned_data
        contact = {"message": told["message"], "reach": told["contact"]}
        about = entry.organisation
        _propose(about.centre, about, Source.REMARK, {"name": entry.name}, contact, [])


def _propose(
    centre: Centre, about: Organisation | None, source: str, proposed: dict[str, Any], contact: dict[str, str],
    consents: list[str],
) -> None:  # fmt: skip
    propose(
        by=Actor(None, "visitor", centre.pk, centre.name), centre=centre, organisation=about, source=source,
        proposed=proposed, contact={key: value for key, value in contact.items() if value}, consents=consents,
        on=timezone.localdate(), is_fictitious=settings.YANAPAY_MODE == "demo",
    )  # fmt: skip
