"""Public pages are the same for everybody: a cache may keep one copy, whoever asks in whichever language."""

from django.http import HttpRequest, HttpResponse

from yanapay.web.middleware import Middleware

_SAME_FOR_ALL = {"", "cookie", "accept-language"}


class OneForAll(Middleware):
    """Outside session and language, which make every answer vary by their headers."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Cache-Control", "").startswith("public"):
            varies = [name.strip() for name in response.headers.get("Vary", "").split(",")]
            del response.headers["Vary"]
            if kept := [name for name in varies if name.lower() not in _SAME_FOR_ALL]:
                response.headers["Vary"] = ", ".join(kept)
        return response
