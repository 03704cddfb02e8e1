"""The scored diagnosis: reading and writing it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _

from yanapay.assistance.access import can_edit_case
from yanapay.assistance.actions.diagnosis import write_diagnosis
from yanapay.assistance.models import Diagnosis
from yanapay.assistance.queries.baseline import answers_of
from yanapay.assistance.queries.cases import open_case
from yanapay.assistance.queries.diagnosis import (
    baselines,
    diagnosis_of,
    neighbours,
    questions,
    result_of,
    tree_of,
)
from yanapay.surveys.queries.answers import labelled
from yanapay.web.acting import actor, show_form
from yanapay.web.assistance.diagnosis.forms import DiagnosisForm, figures_in_words
from yanapay.web.assistance.pages import back, editable
from yanapay.web.conflicts import save
from yanapay.web.http import Request


def show(request: Request, pk: int) -> HttpResponse:
    """The scores by area beside those of the diagnoses before and after, and what was concluded."""
    case = open_case(request.scope, pk)
    diagnosis = diagnosis_of(case)
    before, after = neighbours(case)
    context = {
        "case": case, "diagnosis": diagnosis, "result": result_of(diagnosis), "before": before,
        "after": after, "may_edit": can_edit_case(request.scope, case),
        "has_tree": tree_of(diagnosis).central is not None,
        "baseline": figures_in_words(diagnosis.baseline) if diagnosis and diagnosis.baseline else "",
        "field_answers": [(one, labelled(one, (get_language() or "es")[:2])) for one in answers_of(case)],
    }  # fmt: skip
    return render(request, "assistance/diagnosis/show.html", context)


def edit(request: Request, pk: int) -> HttpResponse:
    """Write the diagnosis; when somebody saved meanwhile, both versions stand side by side."""
    case = editable(request, pk)
    diagnosis = diagnosis_of(case)
    start = {"done_on": timezone.localdate()} if diagnosis is None or not diagnosis.done_on else {}
    form = DiagnosisForm(
        request.POST or None, asked=questions(diagnosis.questionnaire if diagnosis else ""),
        known=baselines(case), diagnosis=diagnosis,
    )  # fmt: skip
    form.initial.update(start)
    saving = save(
        form,
        lambda: write_diagnosis(by=actor(request, case), case=case, **form.values),
        lambda: form.differences(Diagnosis.objects.get(case=case)),
    )
    if saving.is_done:
        return back(request, case, _("The diagnosis is kept."), "diagnosis")
    context = {"case": case, "form": form, "conflicts": saving.conflicts}
    return show_form(request, "assistance/diagnosis/edit.html", context)
