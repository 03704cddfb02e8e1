"""An erasure reaches what assistance keeps. The erasing action of the directory calls, signs and records."""

from collections.abc import Collection
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from yanapay.assistance.models import Case, CaseFile, Contract, Evaluation, Plan
from yanapay.assistance.queries.privacy import (
    SHORTEST_NAME,
    TEXTS,
    TOLD,
    Texts,
    assignments_of,
    cases_naming,
    cases_of_own,
    consultations_about,
    documents_of,
    findings_of,
    wishes_of,
)
from yanapay.audit.actions import forget
from yanapay.audit.models import PersonalValue
from yanapay.audit.rules import Actor
from yanapay.base import search
from yanapay.base.personal import ERASED
from yanapay.directory.models import Person
from yanapay.quality.models import Nonconformity

Keys = Collection[int]


@transaction.atomic
def erase_consultations(*, by: Actor, person_id: int, organisation_ids: Keys) -> int:
    """Day, topic, channel and outcome stay for the counts; what was said goes."""
    found = consultations_about(person_id, organisation_ids)
    for pk, text in found.values_list("pk", "search_text"):
        search.unlearn(text.split())
        if PersonalValue.objects.filter(subject=f"consultation:{pk}").exists():
            forget(by=by, subject=f"consultation:{pk}")
    return found.update(search_text="", **dict.fromkeys(TOLD, ""))


@transaction.atomic
def erase_wishes(*, by: Actor, person_id: int, organisation_ids: Keys) -> int:
    """The topic stays, for planning courses."""
    return wishes_of(person_id, organisation_ids).update(wish=ERASED)


@transaction.atomic
def erase_cases(*, by: Actor, person_id: int, organisation_ids: Keys) -> int:
    """Empty the cases of the person's own enterprises, and their name in those of others; how many of both."""
    own, naming = cases_of_own(organisation_ids), cases_naming(person_id, organisation_ids)
    for texts in TEXTS:
        texts.of(own).update(**{field: _blank(texts.model, field) for field in texts.fields})
    _erase_files(own)
    _erase_documents(own)
    for case in own:
        _untitle(case)
    name = Person.objects.get(pk=person_id).name
    _erase_findings(findings_of(own, naming, name))
    return own.count() + _erase_name(name, naming)


@transaction.atomic
def erase_assignments(*, by: Actor, person_id: int, organisation_ids: Keys) -> int:
    """What was written about a specialist; the client's side of the case stays."""
    found = assignments_of(person_id, organisation_ids)
    Contract.objects.filter(assignment__in=found).update(terms=ERASED, ended_reason="")
    return found.update(answer="", reasons=[])


def _blank(model: type[models.Model], field: str) -> Any:
    """What stands in a field when what was personal is gone: nothing where that is allowed, else a dash."""
    column = model._meta.get_field(field)
    if isinstance(column, models.JSONField):
        return column.get_default()
    return "" if column.blank else ERASED  # type: ignore[union-attr]


def _erase_files(cases: QuerySet[Case]) -> None:
    for file in CaseFile.objects.filter(case__in=cases):
        file.stored.delete(save=False)
        file.delete()
    for plan in Plan.objects.filter(case__in=cases).exclude(signature_image=""):
        plan.signature_image.delete(save=True)
    for evaluation in Evaluation.objects.filter(case__in=cases).exclude(signature_image=""):
        evaluation.signature_image.delete(save=True)


def _erase_documents(cases: QuerySet[Case]) -> None:
    """Number, format and day stay: the archive has no gap."""
    for document in documents_of(cases):
        document.stored.delete(save=False)
        document.title, document.content, document.reason = ERASED, {}, document.reason and ERASED
        document.size, document.sha256, document.erased_at = 0, "", timezone.now()
        document.save()


def _erase_findings(findings: QuerySet[Nonconformity]) -> None:
    """Kind, days and who answered for it stay: the procedure was not followed, by whomever it was served."""
    findings.exclude(cause="").update(cause=ERASED)
    findings.exclude(correction="").update(correction=ERASED)
    findings.exclude(verification="").update(verification=ERASED)
    findings.update(description=ERASED)


def _untitle(case: Case) -> None:
    before, case.title = case.search_text, ERASED
    case.keep_searchable()
    case.version += 1
    case.save()
    search.unlearn(set(before.split()) - set(case.search_text.split()))


def _erase_name(name: str, cases: QuerySet[Case]) -> int:
    """The texts that hold the name go whole: who it was about can be read from the rest."""
    if len(name) < SHORTEST_NAME:
        return 0
    for texts in TEXTS:
        for field in _worded(texts):
            found = texts.of(cases).filter(**{f"{field}__icontains": name})
            found.update(**{field: _blank(texts.model, field)})
    for case in cases.filter(title__icontains=name):
        _untitle(case)
    return cases.count()


def _worded(texts: Texts) -> list[str]:
    columns = (texts.model._meta.get_field(field) for field in texts.fields)
    return [c.name for c in columns if isinstance(c, models.CharField | models.TextField)]
