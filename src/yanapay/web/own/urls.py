"""What is stored about oneself, and the queue of requests about it."""

from django.urls import path

from yanapay.web.own import cases, requests, views

app_name = "own"
urlpatterns = [
    path("mine/", views.index, name="index"),
    path("mine/correction/", views.correct, name="correct"),
    path("mine/erasure/", views.erase, name="erase"),
    path("mine/data.json", views.data, name="data"),
    path("mine/print/", views.printed, name="print"),
    path("mine/cases/", cases.index, name="cases"),
    path("mine/cases/<int:pk>/", cases.show, name="case"),
    path("mine/cases/<int:pk>/plans/<int:number>/accept/", cases.accept, name="plan_accept"),
    path("mine/cases/<int:pk>/plans/<int:number>/refuse/", cases.refuse, name="plan_refuse"),
    path(
        "mine/cases/<int:pk>/evaluations/<int:evaluation>/",
        cases.confirm,
        name="evaluation_confirm",
    ),
    path("privacy/", requests.queue, name="requests"),
    path("privacy/<int:pk>/", requests.answer, name="answer"),
    path("privacy/people/<int:pk>/erase/", requests.erase, name="erase_person"),
]
