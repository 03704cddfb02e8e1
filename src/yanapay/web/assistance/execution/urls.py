"""Addresses of the work in a case: team, action plan, visits, technologies; the specialist's desk."""

from django.urls import URLPattern, path

from yanapay.web.assistance.execution import (
    deliverables,
    mine,
    tasks,
    team,
    technologies,
    visits,
)

CASE = "cases/<int:pk>/"
MILESTONE = f"{CASE}deliverables/<int:milestone>/"
TASK = f"{CASE}tasks/<int:task>/"
VISIT = f"{CASE}visits/<int:visit>/"
urlpatterns: list[URLPattern] = [
    path("assignments/", mine.show, name="assignments"),
    path("assignments/<int:pk>/", team.assignment, name="assignment"),
    path("assignments/<int:pk>/release/", team.release, name="release"),
    path("assignments/<int:pk>/contract/", team.contract, name="sign_contract"),
    path("deliverables/", deliverables.waiting, name="deliverables"),
    path("deliverables/<int:milestone>/", deliverables.decide, name="decide_deliverable"),
    path(f"{CASE}match/", team.match, name="match"),
    path(f"{MILESTONE}deliver/", deliverables.deliver, name="deliver"),
    path(f"{MILESTONE}accept/", deliverables.accept, name="accept"),
    path(f"{MILESTONE}return/", deliverables.give_back, name="give_back"),
    path(f"{MILESTONE}pay/", deliverables.pay, name="pay"),
    path(f"{CASE}tasks/new/", tasks.add, name="add_task"),
    path(f"{CASE}tasks/from-plan/", tasks.from_plan, name="tasks_from_plan"),
    path(f"{TASK}edit/", tasks.edit, name="edit_task"),
    path(f"{TASK}done/", tasks.done, name="task_done"),
    path(f"{TASK}remove/", tasks.remove, name="remove_task"),
    path(f"{CASE}visits/new/", visits.plan, name="plan_visit"),
    path(f"{CASE}visits/note/", visits.unplanned, name="unplanned_visit"),
    path(VISIT, visits.show, name="visit"),
    path(f"{VISIT}change/", visits.change, name="change_visit"),
    path(f"{VISIT}note/", visits.note, name="note_visit"),
    path(f"{VISIT}cancel/", visits.cancel, name="cancel_visit"),
    path(f"{CASE}end/", visits.end, name="end_work"),
    path(f"{CASE}files/new/", visits.add_files, name="add_files"),
    path(f"{CASE}files/<int:file>/", visits.download, name="case_file"),
    path(f"{CASE}files/<int:file>/remove/", visits.drop_file, name="drop_case_file"),
    path(f"{CASE}technologies/new/", technologies.add, name="apply_technology"),
    path(
        f"{CASE}technologies/<int:use>/remove/", technologies.withdraw, name="withdraw_technology"
    ),
]
