from django.urls import URLPattern, URLResolver, path

from yanapay.web.surveys.answers import devices, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("answers/", views.index, name="answers"),
    path("answers/review/", views.review_several, name="answers_review"),
    path("answers/export/<str:form_id>.<str:kind>", views.export, name="answers_export"),
    path("answers/<int:pk>/", views.show, name="answer"),
    path("answers/<int:pk>/review/", views.review, name="answer_review"),
    path("answers/<int:pk>/again/", views.derive_again, name="answer_again"),
    path("answers/<int:pk>/original.xml", views.original, name="answer_xml"),
    path("answers/<int:pk>/files/<int:file_pk>", views.file, name="answer_file"),
    path("forms/devices/", devices.index, name="devices"),
    path("forms/devices/<int:pk>/revoke/", devices.revoke, name="device_revoke"),
]
