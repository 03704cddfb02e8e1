"""Addresses of the quality record: archive, formats, non-conformities."""

from django.urls import URLPattern, path

from yanapay.web.quality.views import archive, findings

app_name = "quality"
urlpatterns: list[URLPattern] = [
    path("quality/documents/", archive.index, name="archive"),
    path("quality/documents/export.<str:kind>", archive.export, name="archive_export"),
    path("quality/formats/", archive.formats, name="formats"),
    path("quality/findings/", findings.index, name="findings"),
    path("quality/findings/export.<str:kind>", findings.export, name="findings_export"),
    path("quality/findings/new/", findings.create, name="finding_new"),
    path("quality/findings/<int:pk>/", findings.show, name="finding"),
    path("quality/findings/<int:pk>/correction/", findings.plan, name="finding_plan"),
    path("quality/findings/<int:pk>/close/", findings.close, name="finding_close"),
    path("documents/<int:pk>/", archive.show, name="document"),
    path("documents/<int:pk>/file.pdf", archive.file, name="open"),
]
