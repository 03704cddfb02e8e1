"""The addresses of the whole site."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from yanapay.api.v1 import api
from yanapay.web import gallery
from yanapay.web.accounts.views import outside
from yanapay.web.accounts.views.profile import language

handler400 = "yanapay.web.errors.bad_request"
handler500 = "yanapay.web.errors.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^odk(?:/|$)", include("yanapay.api.openrosa.urls")),
    path("language/", language, name="set_language"),
    path("accounts/email/", RedirectView.as_view(pattern_name="accounts:profile")),
    path("accounts/oidc/<slug:provider_id>/login/", outside.login),
    path("accounts/oidc/<slug:provider_id>/login/callback/", outside.callback),
    path("accounts/", include("allauth.urls")),
    path("", include("yanapay.web.accounts.urls")),
    path("", include("yanapay.web.centres.urls")),
    path("", include("yanapay.web.audit.urls")),
    path("", include("yanapay.web.notices.urls")),
    path("", include("yanapay.web.home.urls")),
    path("", include("yanapay.web.directory.urls")),
    path("", include("yanapay.web.imports.urls")),
    path("", include("yanapay.web.linkage.urls")),
    path("", include("yanapay.web.quality.urls")),
    path("", include("yanapay.web.roster.urls")),
    path("", include("yanapay.web.assistance.urls")),
    path("", include("yanapay.web.reports.urls")),
    path("", include("yanapay.web.tables.urls")),
    path("", include("yanapay.web.surveys.urls")),
    path("", include("yanapay.web.mapping.urls")),
    path("", include("yanapay.web.public.urls")),
    path("", include("yanapay.web.own.urls")),
    path("api/v1/", api.urls),
    path("gallery/", gallery.show, name="gallery"),
]
