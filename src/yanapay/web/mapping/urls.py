"""Addresses of interviews, proposals, entries, and of the pages for the people of an organisation."""

from django.urls import path

from yanapay.web.mapping import (
    asking,
    deciding,
    entries,
    interviews,
    owners,
    planning,
    publishing,
    reviewing,
)

app_name = "mapping"
urlpatterns = [
    path("proposals/", reviewing.queue, name="proposals"),
    path("proposals/<int:pk>/", deciding.show, name="proposal"),
    path("proposals/<int:pk>/take/", reviewing.take, name="take"),
    path("proposals/<int:pk>/back/", reviewing.back, name="send_back"),
    path("proposals/<int:pk>/files/<str:name>", reviewing.attachment, name="attachment"),
    path("interviews/", interviews.index, name="interviews"),
    path("interviews/board/", interviews.board, name="board"),
    path("interviews/mine/", interviews.mine, name="mine"),
    path("interviews/new/", planning.new, name="new_interview"),
    path("interviews/plan/", planning.plan, name="plan"),
    path("interviews/<int:pk>/", interviews.show, name="interview"),
    path("interviews/<int:pk>/move/", interviews.move, name="move"),
    path("entries/", entries.index, name="entries"),
    path("entries/external/", publishing.external, name="external"),
    path("entries/confirmations/", asking.confirmations, name="confirmations"),
    path("entries/of/<int:organisation>/", publishing.publish, name="publish"),
    path("entries/<int:pk>/", entries.show, name="entry"),
    path("entries/<int:pk>/hide/", entries.hide, name="hide"),
    path("entries/<int:pk>/show/", entries.reveal, name="reveal"),
    path("entries/<int:pk>/letter/", asking.letter, name="letter"),
    path("entries/<int:pk>/own/", owners.own, name="own_entry"),
    path("claim/", owners.code, name="claim"),
    path("claim/<str:key>/", owners.claim_page, name="claim_page"),
    path("confirm/<str:code>/", owners.confirm, name="confirm"),
    path("confirm/<str:code>/changed/", owners.changed, name="changed"),
]
