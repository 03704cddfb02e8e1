"""Addresses of cases."""

from django.urls import URLPattern, path

from yanapay.web.assistance.cases import agenda, board, branch, changing, listing, show, transfers

urlpatterns: list[URLPattern] = [
    path("cases/", listing.show, name="cases"),
    path("cases/export.<str:kind>", listing.export, name="cases_export"),
    path("cases/board/", board.show, name="board"),
    path("cases/new/", changing.create, name="case_new"),
    path("cases/transfers/", transfers.inbox, name="transfers"),
    path("cases/transfers/<int:pk>/accept/", transfers.accept, name="transfer_accept"),
    path("cases/transfers/<int:pk>/decline/", transfers.decline, name="transfer_decline"),
    path("cases/<int:pk>/", show.show, name="case"),
    path("cases/<int:pk>/edit/", changing.edit, name="case_edit"),
    path("cases/<int:pk>/promotion/", changing.promotion, name="promotion"),
    path("cases/<int:pk>/move/<slug:move>/", changing.move, name="move"),
    path("cases/<int:pk>/assign/", changing.assign, name="assign"),
    path("cases/<int:pk>/transfer/", transfers.ask, name="transfer_ask"),
    path("cases/<int:pk>/transfer/withdraw/", transfers.withdraw, name="transfer_withdraw"),
    path("branches/", branch.index, name="branches"),
    path("branches/<slug:code>/", branch.show, name="branch"),
    path("agenda/", agenda.week, name="agenda"),
    path("agenda/calendar/", agenda.key, name="calendar_key"),
    path("agenda/calendar/revoke/", agenda.revoke_key, name="calendar_revoke"),
    path("calendar/<str:raw>.ics", agenda.calendar, name="calendar"),
]
