"""The public site: Spanish below ``/public/``, English below ``/public/en/``, the same pages."""

from django.urls import URLPattern, URLResolver, include, path

from yanapay.web.public.pages import ENGLISH, SPANISH
from yanapay.web.public.views import data, directory, embed, map, pages, tables, taking_in  # noqa: A004

SITE: list[URLPattern | URLResolver] = [
    path("", directory.directory, name="directory"),
    path("o/<slug:slug>/", directory.organisation, name="organisation"),
    path("o/<slug:slug>/wrong/", taking_in.wrong, name="wrong"),
    path("map/", map.show_map, name="map"),
    path("map/areas.geojson", map.areas, name="map_areas"),
    path("map/places.geojson", map.places, name="map_places"),
    path("tables/", tables.tables, name="tables"),
    path("tables/<slug:name>/", tables.one_table, name="table"),
    path("data/", data.data, name="data"),
    path("data/<str:name>", data.download, name="download"),
    path("embed/", embed.embed, name="embed"),
    path("embed/code/", embed.embed_code, name="embed_code"),
    path("register/", taking_in.register, name="register"),
    path("thanks/<slug:form>/", taking_in.thanks, name="thanks"),
    path("support/", pages.support, name="support"),
    path("support/<slug:slug>/", pages.support_region, name="support_region"),
    path("about/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("<path:rest>", pages.missing, name="missing"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("public/en/", include((SITE, "public"), namespace=ENGLISH)),
    path("public/", include((SITE, "public"), namespace=SPANISH)),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", pages.sitemap, name="sitemap"),
    path("public-sitemap-<int:number>.xml", pages.sitemap_part, name="sitemap_part"),
]
