"""Everything under ``/fill/``: one folder, because a service worker reaches no further than its own."""

from django.urls import URLPattern, URLResolver, path

from yanapay.web.surveys.filling import definitions, offline, sending, views

_edit = "fill/<str:form_id>/edit/<str:instance_id>/"
_answer = "fill/<str:form_id>/answers/<str:instance_id>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("fill/", views.home, name="fill"),
    path("fill/worker.js", offline.worker, name="fill_worker"),
    path("fill/session.json", sending.session, name="fill_session"),
    path("fill/<str:form_id>/", views.show, name="fill_form"),
    path("fill/<str:form_id>/form.xml", definitions.form, name="fill_xml"),
    path("fill/<str:form_id>/paper.pdf", definitions.paper, name="fill_paper"),
    path("fill/<str:form_id>/media/<str:name>", definitions.media, name="fill_media"),
    path("fill/<str:form_id>/submission", sending.submission, name="fill_submission"),
    path(_edit, views.edit, name="fill_edit"),
    path(f"{_answer}.xml", definitions.answer, name="fill_answer"),
    path(f"{_answer}/<str:name>", definitions.attachment, name="fill_attachment"),
]
