"""A PDF as the answer to a request."""

from django.http import HttpResponse

POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """Shown by the browser under this name; the file may load nothing and stands in no frame."""
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
