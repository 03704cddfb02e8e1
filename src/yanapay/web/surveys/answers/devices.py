"""Telephones: who has one, the address of a new one with its code, and taking one back."""

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yanapay.accounts.choices import Permission
from yanapay.accounts.rules import draw_token
from yanapay.surveys.access import can_manage_device
from yanapay.surveys.actions.devices import create_device, revoke_device
from yanapay.surveys.queries.devices import devices, open_device
from yanapay.surveys.rules.devices import server_address, settings_code
from yanapay.web.acting import actor, made, show_form
from yanapay.web.http import Request
from yanapay.web.surveys.answers.forms import DeviceForm


@never_cache
def index(request: Request) -> HttpResponse:
    """The devices that were handed out; a form for one more, whose address is shown this once."""
    request.scope.require(Permission.SURVEYS_MANAGE)
    form = DeviceForm(request.POST or None, request.scope)
    if form.is_valid():
        raw, told = draw_token(), form.cleaned_data
        device = made(form, lambda: create_device(
            by=request.scope.actor(told["centre"].pk), raw=raw, on=timezone.localdate(), **told,
        ))  # fmt: skip
        if device:
            address = server_address(_site(request), raw)
            shown = {"device": device, "address": address, "code": _picture(address)}
            return render(request, "surveys/devices/address.html", shown)
    context = {"form": form, "devices": devices(request.scope)}
    return show_form(request, "surveys/devices/list.html", context)


@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """The address is refused from now on."""
    device = open_device(request.scope, pk)
    if not can_manage_device(request.scope, device):
        request.scope.require(Permission.SURVEYS_MANAGE, device.centre_id)
    revoke_device(by=actor(request, device), device=device)
    messages.success(request, _("The device can no longer send. What it sent stays."))
    return redirect("surveys:devices")


def _site(request: Request) -> str:
    return settings.BASE_URL or f"{request.scheme}://{request.get_host()}"


def _picture(address: str) -> SafeString:
    """The code as SVG, drawn here: the address is a password and goes to nobody else."""
    code = segno.make(settings_code(address, "Yanapay"), error="l", micro=False)
    drawn = code.svg_inline(scale=4, border=4, svgclass="qr", lineclass=None, omitsize=True)
    return SafeString(drawn)
