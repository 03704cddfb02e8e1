"""Addresses of the diagnosis and its tree."""

from django.urls import URLPattern, path

from yanapay.web.assistance.diagnosis import trees, views

urlpatterns: list[URLPattern] = [
    path("cases/<int:pk>/diagnosis/", views.show, name="diagnosis"),
    path("cases/<int:pk>/diagnosis/edit/", views.edit, name="diagnosis_edit"),
    path("cases/<int:pk>/tree/", trees.show, name="tree"),
    path("cases/<int:pk>/tree/outline/", trees.outline, name="tree_outline"),
    path("cases/<int:pk>/tree/add/", trees.add, name="tree_add"),
    path("cases/<int:pk>/tree/<int:node>/", trees.change, name="tree_change"),
    path("cases/<int:pk>/tree/<int:node>/remove/", trees.remove, name="tree_remove"),
    path("cases/<int:pk>/tree/<int:node>/move/", trees.move, name="tree_move"),
    path("cases/<int:pk>/tree/<int:node>/hang/", trees.hang, name="tree_hang"),
]
