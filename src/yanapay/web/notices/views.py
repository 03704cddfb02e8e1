"""The notices of the signed-in person."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from yanapay.kernel.keys import read_key
from yanapay.notices.actions import mark_read
from yanapay.notices.models import Notice
from yanapay.web.http import Request, page_of


@require_safe
def notice_list(request: Request) -> HttpResponse:
    """Newest first, unread ones marked."""
    own = Notice.objects.filter(user=request.user).order_by("-created_at", "-pk")
    page = page_of(request, own, 30)
    unread = own.unread().count()
    return render(request, "notices/notices.html", {"page": page, "unread": unread})


@require_POST
def notices_read(request: Request) -> HttpResponse:
    """Mark one notice, or all, as read; then on to the page where it can be acted on."""
    notice_id, onwards = request.POST.get("notice", ""), request.POST.get("next", "")
    mark_read(by=request.scope.actor(), at=timezone.now(), notice_id=read_key(notice_id))
    safe = onwards and url_has_allowed_host_and_scheme(onwards, {request.get_host()})
    return redirect(onwards if safe else "notices:notices")
