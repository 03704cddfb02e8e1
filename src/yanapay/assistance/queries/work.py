"""What waits for whom: the parts of "my work today" that cases give."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _, ngettext

from yanapay.assistance.choices import AssignmentState, State
from yanapay.assistance.models import Assignment, Case, Evaluation, Plan, Visit
from yanapay.assistance.queries.due import evaluations_due, idle, offers_open
from yanapay.assistance.queries.gates import lacking_of
from yanapay.assistance.queries.transfers import transfers_to_answer
from yanapay.assistance.rules.stages import Missing
from yanapay.base.work import WorkItem
from yanapay.centres.rules import Scope

COUNTED = 500  # more idle cases than that are told as «500»


def cases_of(user_id: int) -> int:
    """How many standing cases a user answers for."""
    return Case.objects.standing().filter(responsible=user_id).count()


def visit_items(scope: Scope, limit: int) -> list[WorkItem]:
    """The user's visits that should have been made, and those of this week."""
    if not (scope.may("assistance.view") or scope.may("assistance.serve")):
        return []
    week = timezone.localdate() + timedelta(days=6)
    mine = Visit.objects.filter(visitor=scope.user_id, done_on=None, planned_on__lte=week)
    planned = mine.filter(case__state=State.OPEN, cancelled_reason="").order_by("planned_on", "pk")
    found = planned.select_related("case__organisation__area")[:limit]
    return [
        WorkItem("visits", visit.case.organisation.name, _case(visit.case_id, "visits"), _told(visit),
                 visit.planned_on)
        for visit in found
    ]  # fmt: skip


def assignment_items(scope: Scope, limit: int) -> list[WorkItem]:
    """What the user is asked to help with, as a specialist."""
    if not scope.may("assistance.serve"):
        return []
    asked = Assignment.objects.filter(
        state=AssignmentState.ASKED, specialist__user=scope.user_id, case__state=State.OPEN
    )
    found = asked.select_related("case__organisation").order_by("answer_by", "pk")[:limit]
    return [
        WorkItem("assignments", one.case.title, "/assignments/", one.case.organisation.name,
                 one.answer_by)
        for one in found
    ]  # fmt: skip


def transfer_items(scope: Scope, limit: int) -> list[WorkItem]:
    """Cases that other centres offer to those where the user assigns work."""
    if not scope.may("assistance.assign"):
        return []
    return [
        WorkItem("transfers", _("%(centre)s offers «%(case)s»") % {
                     "centre": one.source.name, "case": one.case.title},
                 reverse("assistance:transfers"), one.reason)
        for one in transfers_to_answer(scope)[:limit]
    ]  # fmt: skip


def stage_items(scope: Scope, limit: int) -> list[WorkItem]:
    """The user's open cases with what each lacks first; those that stand longest in front."""
    if not scope.may("assistance.edit"):
        return []
    mine = Case.objects.filter(responsible=scope.user_id, state=State.OPEN)
    cases = list(mine.select_related("organisation").order_by("stage_since", "pk")[:limit])
    lacks = lacking_of(cases)
    return [_stage_item(case, lacks[case.pk]) for case in cases]


def evaluation_items(scope: Scope, limit: int) -> list[WorkItem]:
    """Evaluations of the user's cases whose time has come."""
    if not scope.may("assistance.edit"):
        return []
    mine = evaluations_due(
        timezone.localdate(), Case.objects.filter(responsible=scope.user_id)
    )  # fmt: skip
    return [_evaluation_item(one) for one in mine[:limit]]


def offer_items(scope: Scope, limit: int) -> list[WorkItem]:
    """Offers of the user's cases that the entrepreneur has not answered."""
    if not scope.may("assistance.edit"):
        return []
    mine = offers_open().filter(case__responsible=scope.user_id)
    return [_offer_item(plan) for plan in mine[:limit]]


def idle_items(scope: Scope, limit: int) -> list[WorkItem]:
    """For whoever assigns work in a centre: how many of its cases stand still."""
    centres = [pk for pk in scope.centre_ids if scope.may("assistance.assign", pk)]
    if not centres:
        return []
    cases = Case.objects.filter(centre__in=centres)
    count = idle(cases, timezone.localdate())[:COUNTED].count()
    if not count:
        return []
    title = ngettext("%(n)s case stands still", "%(n)s cases stand still", count) % {"n": count}
    url = f"{reverse('assistance:cases')}?idle=1"
    return [
        WorkItem(
            "idle", title, url, _("No visit and no step for 14 days."), count=count, is_mine=False
        )
    ]


def _case(pk: int, part: str = "") -> str:
    address = reverse("assistance:case", args=[pk])
    return f"{address}#{part}" if part else address


def _told(visit: Visit) -> str:
    area = visit.case.organisation.area
    hour = time_format(visit.planned_at) if visit.planned_at else ""
    return " · ".join(filter(None, [hour, visit.purpose, area.name if area else ""]))


def _stage_item(case: Case, lacks: list[Missing]) -> WorkItem:
    first = lacks[0].message.render(_) if lacks else _("Complete: go on to the next stage.")
    part = lacks[0].part if lacks else ""
    detail = f"{case.organisation.name} · {case.get_stage_display()}: {first}"
    return WorkItem("stages", case.title, _case(case.pk, part), detail)


def _evaluation_item(one: Evaluation) -> WorkItem:
    detail = f"{one.case.number} · {one.get_round_display()}"
    url = _case(one.case_id, "evaluation")
    return WorkItem("evaluations", one.case.organisation.name, url, detail, one.due_on)


def _offer_item(plan: Plan) -> WorkItem:
    since: date | None = plan.offered_on
    asked = _("Offered on %(day)s") % {"day": date_format(since)} if since else ""
    url = _case(plan.case_id, "plan")
    detail = " · ".join(filter(None, [plan.case.title, asked]))
    return WorkItem("offers", plan.case.organisation.name, url, detail, plan.valid_until)
