"""Around everything below ``/odk/``: the headers of OpenRosa, and never a page for people."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from django.utils.timezone import now

from yanapay.api.openrosa.answers import XML, say
from yanapay.kernel.messages import Message

PREFIX = "/odk/"
_SENTENCES = {
    400: Message("The server did not understand the request."),
    404: Message("There is nothing at this address."),
    429: Message("Too many wrong passwords. Wait a quarter of an hour, or use the address of your device."),
}  # fmt: skip
_FAILED = Message("The server failed. The answer stays on the device: send it again later.")


class FieldClients:
    """Outermost, so that it also sees what other middlewares and Django itself answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not f"{request.path_info}/".startswith(PREFIX):
            return response
        if response.get("Content-Type", "").startswith("text/html"):
            response = self._said_plainly(response)
        response.cookies.clear()
        response["X-OpenRosa-Version"] = "1.0"
        response["X-OpenRosa-Accept-Content-Length"] = str(settings.OPENROSA_LIMIT)
        if not response.streaming:
            response["Content-Length"] = str(len(response.content))
        response["Date"] = http_date(now().timestamp())
        response.headers.setdefault("Content-Language", settings.LANGUAGE_CODE)
        return response

    def _said_plainly(self, page: HttpResponse) -> HttpResponse:
        """The sentence instead of the page; an empty answer (204) only loses its type."""
        if not page.content:
            page["Content-Type"] = XML
            return page
        status = 404 if 300 <= page.status_code < 400 else page.status_code
        answer = say(status, _SENTENCES.get(status, _FAILED))
        if language := page.get("Content-Language"):
            answer["Content-Language"] = language
        return answer
