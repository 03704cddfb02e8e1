"""Where assistance keeps what is personal: every free text of a case, by table, and what is stored of a person.

A case belongs to the person when it is one of an enterprise that they alone own. In the cases of enterprises
that they share, they are only named: there an erasure takes their name and the texts that hold it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from yanapay.assistance.models import (
    Assignment,
    BudgetLine,
    BudgetShare,
    Case,
    CaseFile,
    CaseTransfer,
    CentreEntry,
    Consultation,
    Contract,
    CourseWish,
    Diagnosis,
    Evaluation,
    Indicator,
    Measurement,
    Milestone,
    Payment,
    Plan,
    PlanAction,
    Promotion,
    Task,
    TechnologyUse,
    Transition,
    TreeNode,
    Visit,
)
from yanapay.quality.models import Document, Nonconformity

Keys = Collection[int]
SHORTEST_NAME = 3  # a shorter one would be found in every text
TOLD = ("question", "answer", "material", "referred_to")


@dataclass(frozen=True)
class Texts:
    """The free texts of one table; ``case`` is the way from it to the case."""

    model: type[models.Model]
    case: str
    fields: tuple[str, ...]

    def of(self, cases: "QuerySet[Case]") -> "QuerySet[Any]":
        return self.model._default_manager.filter(**{f"{self.case}__in": cases})


TEXTS = (
    Texts(Promotion, "case", ("origin_detail", "conversation", "expectations", "conflict_note")),
    Texts(Transition, "case", ("reason",)),
    Texts(CaseTransfer, "case", ("reason", "answer")),
    Texts(Diagnosis, "case", ("strengths", "conclusions")),
    Texts(TreeNode, "diagnosis__case", ("text", "objective", "evidence")),
    Texts(Plan, "case", ("objective", "decided_by_name", "refusal_reason", "code_digest")),
    Texts(PlanAction, "plan__case", ("objective", "action", "result")),
    Texts(Indicator, "plan__case", ("name", "method")),
    Texts(BudgetLine, "plan__case", ("description",)),
    Texts(BudgetShare, "plan__case", ("source",)),
    Texts(Assignment, "case", ("task", "answer", "reasons")),
    Texts(Contract, "assignment__case", ("terms", "ended_reason")),
    Texts(Milestone, "contract__assignment__case",
          ("deliverable", "delivery_note", "accepted_by_name", "returned_reason")),
    Texts(Task, "case", ("title", "deliverable")),
    Texts(Visit, "case", ("purpose", "notes", "agreements", "cancelled_reason")),
    Texts(TechnologyUse, "case", ("note",)),
    Texts(Payment, "case", ("payer_name", "void_reason")),
    Texts(Evaluation, "case", ("effect", "remaining", "confirmed_by_name", "code_digest")),
    Texts(Measurement, "indicator__plan__case", ("note",)),
    Texts(CentreEntry, "case", ("note", "void_reason")),
)  # fmt: skip


def consultations_about(person_id: int, organisation_ids: Keys) -> "QuerySet[Consultation]":
    """What the person asked, or asked for an enterprise of theirs alone."""
    return Consultation.objects.filter(Q(person=person_id) | Q(organisation__in=organisation_ids))


def wishes_of(person_id: int, organisation_ids: Keys) -> "QuerySet[CourseWish]":
    """The courses that the person would like."""
    return CourseWish.objects.filter(Q(person=person_id) | Q(organisation__in=organisation_ids))


def cases_of_own(organisation_ids: Keys) -> "QuerySet[Case]":
    """The cases of enterprises that the person alone owns."""
    return Case.objects.filter(organisation__in=organisation_ids)


def cases_naming(person_id: int, organisation_ids: Keys) -> "QuerySet[Case]":
    """The cases of other enterprises in which the person is the contact or has a role."""
    named = Q(contact=person_id) | Q(organisation__people__person=person_id)
    keys = Case.objects.filter(named).exclude(organisation__in=organisation_ids).values("pk")
    return Case.objects.filter(pk__in=keys)


def assignments_of(person_id: int, organisation_ids: Keys) -> "QuerySet[Assignment]":
    """The cases that the person (or an enterprise of theirs alone) was asked to help with."""
    theirs = Q(specialist__person=person_id) | Q(specialist__organisation__in=organisation_ids)
    return Assignment.objects.filter(theirs)


def documents_of(cases: "QuerySet[Case]") -> "QuerySet[Document]":
    """The archived documents about cases."""
    return Document.objects.filter(subject_type="case", subject_id__in=cases.values("pk"))


def findings_of(
    own: "QuerySet[Case]", naming: "QuerySet[Case]", name: str
) -> "QuerySet[Nonconformity]":
    """Findings about documents of the person's own cases, and those of the same centres that hold the name."""
    about = Q(document__in=documents_of(own))
    if len(name) >= SHORTEST_NAME:
        centres = Q(centre__in=own.values("centre")) | Q(centre__in=naming.values("centre"))
        texts = ("description", "cause", "correction", "verification")
        about |= centres & reduce(or_, (Q(**{f"{text}__icontains": name}) for text in texts))
    keys = Nonconformity.objects.filter(about).values_list("pk", flat=True)
    return Nonconformity.objects.filter(pk__in=list(keys))


def stored_consultations(person_id: int, organisation_ids: Keys) -> list[dict[str, Any]]:
    found = consultations_about(person_id, organisation_ids).order_by("asked_at")
    return list(found.values("number", "asked_at", "channel", "topic", "outcome", *TOLD))


def stored_wishes(person_id: int, organisation_ids: Keys) -> list[dict[str, Any]]:
    found = wishes_of(person_id, organisation_ids).order_by("noted_on")
    return [dict(row) for row in found.values("noted_on", "topic", "wish")]


def stored_assignments(person_id: int, organisation_ids: Keys) -> list[dict[str, Any]]:
    found = assignments_of(person_id, organisation_ids).order_by("asked_on")
    asked = ("case__number", "state", "asked_on", "answered_on", "task", "answer")
    return list(found.values(*asked, "contract__number", "contract__terms", "contract__amount"))


def stored_cases(person_id: int, organisation_ids: Keys) -> list[dict[str, Any]]:
    """Own cases with all that was written, and the numbers of cases in which the person is named."""
    own, naming = cases_of_own(organisation_ids), cases_naming(person_id, organisation_ids)
    return [
        *({**_head(case), "written": list(_written(case))} for case in own.order_by("opened_on")),
        *(_head(case) for case in naming.order_by("opened_on")),
    ]


def _head(case: Case) -> dict[str, Any]:
    return {
        "number": case.number, "title": case.title, "stage": str(case.get_stage_display()),
        "state": case.state, "opened_on": case.opened_on,
    }  # fmt: skip


def _written(case: Case) -> Iterator[dict[str, Any]]:
    one = Case.objects.filter(pk=case.pk)
    for texts in TEXTS:
        for row in texts.of(one).order_by("pk").values(*texts.fields):
            if told := {name: value for name, value in row.items() if value}:
                yield {"kind": texts.model._meta.model_name, **told}
    for file in CaseFile.objects.filter(case=case).order_by("pk"):
        yield {"kind": "file", "name": file.name, "size": file.size}
    for document in documents_of(one).order_by("pk"):
        yield {"kind": "document", "number": document.number, "content": document.content}
