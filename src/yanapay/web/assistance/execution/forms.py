"""Forms of the work in a case. They check shape; the actions check the rules."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from yanapay.accounts.models import User
from yanapay.assistance.actions.files import Upload
from yanapay.assistance.choices import AssignmentState, ChangeKind, Doer, PlanState
from yanapay.assistance.models import Assignment, Case, PlanAction, Task, Visit
from yanapay.assistance.rules.delivery import MilestoneTerms
from yanapay.centres.models import Membership
from yanapay.directory.actions.notes import ALLOWED
from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.money import Money
from yanapay.roster.choices import Topic
from yanapay.roster.queries.technologies import categories
from yanapay.web.acting import say
from yanapay.web.action_forms import ActionForm
from yanapay.web.directory.forms.fields import CURRENCIES, day
from yanapay.web.roster.forms import TechnologyField

ACCEPTED_FILES = ",".join(ending for endings in ALLOWED.values() for ending in endings.split())


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files at once, or none; its value is a list of uploads."""

    widget = SeveralFiles

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.widget.attrs.update(accept=ACCEPTED_FILES)

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [uploaded(super(FilesField, self).clean(one, initial)) for one in sent]


def uploaded(sent: "UploadedFile[bytes]") -> Upload:
    """What came with a form, as the actions take it."""
    return Upload(sent.name or "", sent.content_type or "", sent)


class NeedForm(forms.Form):
    """What the matching looks for, when the case alone does not say."""

    topic = forms.ChoiceField(label=_("Topic"), choices=[("", "—"), *Topic.choices], required=False)
    technology = TechnologyField(label=_("Technology"), required=False)


class AnswerForm(forms.Form):
    """The answer of a specialist: the reason is needed to decline."""

    reason = forms.CharField(
        label=_("If you decline: why"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class DayForm(forms.Form):
    on = day(label=_("Date"))


class ContractForm(forms.Form):
    """The terms; the deliverables stand in a set of their own."""

    terms = forms.CharField(
        label=_("Terms"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is to be done, where, with what, and what the centre provides."),
    )  # fmt: skip
    signed_on = day(label=_("Signed on"))
    starts_on = day(label=_("From"))
    ends_on = day(label=_("Until"))
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    total = forms.CharField(
        label=_("Total agreed"), max_length=30, required=False,
        help_text=_("If you write it, the deliverables must add up to it."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip

    @property
    def agreed(self) -> Money | None:
        text = self.cleaned_data["total"]
        return Money.parse(text, self.cleaned_data["currency"]) if text else None


class MilestoneForm(forms.Form):
    deliverable = forms.CharField(label=_("Deliverable"), max_length=200)
    due_on = day(label=_("Due on"))
    amount = forms.CharField(
        label=_("Amount"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )

    def terms(self, currency: str) -> MilestoneTerms:
        """The deliverable as agreed; RuleBroken when the amount is none."""
        data = self.cleaned_data
        return MilestoneTerms(
            data["deliverable"], data["due_on"], Money.parse(data["amount"], currency)
        )


MilestoneFormSet = forms.formset_factory(MilestoneForm, extra=3, max_num=12, can_delete=False)


def milestone_terms(rows: Iterable[MilestoneForm], currency: str) -> list[MilestoneTerms]:
    """The deliverables of a set; a wrong amount is said beside its field, and raised."""
    found = []
    for row in rows:
        if row.cleaned_data:
            try:
                found.append(row.terms(currency))
            except RuleBroken as refused:
                row.add_error("amount", say(refused.message))
                raise
    return found


class DeliveryForm(forms.Form):
    on = day(label=_("Delivered on"))
    note = forms.CharField(label=_("What is delivered"), widget=forms.Textarea(attrs={"rows": 4}))
    files = FilesField(label=_("Report, photos"))  # type: ignore[assignment]


class AcceptanceForm(forms.Form):
    on = day(label=_("Accepted on"))
    accepted_by_name = forms.CharField(label=_("Who accepts it for the enterprise"), max_length=150)


class TaskForm(ActionForm[Task]):
    """A step of the action plan."""

    starts_on = day(label=_("From"))
    due_on = day(label=_("Until"))
    doer = forms.ChoiceField(label=_("Who"), choices=Doer.choices)

    class Meta:
        model = Task
        fields = ["title", "doer", "assignment", "action", "starts_on", "due_on", "deliverable"]

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = case.assignments.filter(
            state__in=[AssignmentState.ASKED, AssignmentState.ACCEPTED]
        ).select_related("specialist__person", "specialist__organisation")
        who: Any = self.fields["assignment"]
        who.queryset, who.label, who.required = running, _("Which specialist"), False
        who.label_from_instance = _specialist_of
        what: Any = self.fields["action"]
        what.queryset = PlanAction.objects.filter(plan__case=case, plan__state=PlanState.ACCEPTED)
        what.label, what.required = _("Action of the plan"), False
        what.label_from_instance = lambda action: action.action[:80]


class PeriodForm(forms.Form):
    starts_on = day(label=_("From"))
    ends_on = day(label=_("Until"))


class VisitForm(ActionForm[Visit]):
    """A visit to come."""

    planned_on = day(label=_("Day"))
    planned_at = forms.TimeField(
        label=_("Hour"), required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )  # fmt: skip
    who = forms.ChoiceField(label=_("Who goes"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Visit
        fields = ["planned_on", "planned_at", "purpose"]

    def __init__(self, *args: Any, case: Case, by_staff: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        held: Visit = self.instance
        if held.pk:
            self.initial["version"] = held.version
            self.initial["who"] = _who(held)
        self.assignments = {f"a{a.pk}": a for a in _accepted(case)}
        self.users = {f"u{u.pk}": u for u in _staff(case)} if by_staff else {}
        chooser: Any = self.fields["who"]
        chooser.choices = [
            ("", "—"), *((key, _specialist_of(a)) for key, a in self.assignments.items()),
            *((key, str(user)) for key, user in self.users.items()),
        ]  # fmt: skip
        if not by_staff:
            del self.fields["who"]
        self.order_fields(["planned_on", "planned_at", "purpose", "who"])

    @property
    def values(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("who", "")
        goes = {"assignment": self.assignments.get(chosen), "visitor": self.users.get(chosen)}
        return {**super().values, **goes}


class VisitNoteForm(ActionForm[Visit]):
    """What a visit was."""

    done_on = day(label=_("Date of the visit"))
    minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=1, max_value=1440,
        help_text=_("How long it took, without the way."),
    )  # fmt: skip
    women = forms.IntegerField(
        label=_("Women present"), required=False, min_value=0, max_value=1000
    )
    men = forms.IntegerField(label=_("Men present"), required=False, min_value=0, max_value=1000)
    files = FilesField(label=_("Photos, signed sheet"))  # type: ignore[assignment]
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Visit
        fields = ["done_on", "minutes", "women", "men", "notes", "agreements"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        held: Visit = self.instance
        self.initial["version"] = held.version if held.pk else None
        if not self.initial.get("done_on"):
            self.initial["done_on"] = min(held.planned_on, today) if held.pk else today
        for name, rows in (("notes", 5), ("agreements", 3)):
            self.fields[name].widget.attrs["rows"] = rows

    def clean_done_on(self) -> date:
        done: date = self.cleaned_data["done_on"]
        if done > self.today:
            raise forms.ValidationError(_("A visit is noted once it has taken place."))
        return done


class UnplannedVisitForm(VisitNoteForm):
    """A visit that nobody had planned."""

    purpose = forms.CharField(label=_("Purpose"), max_length=200)
    field_order = ["purpose", "done_on"]


class TechnologyUseForm(forms.Form):
    """A technology applied: one of the catalogue, or a new one."""

    technology = TechnologyField(
        label=_("Technology"), required=False, help_text=_("Write a word of it: «horno», «yogurt»."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Or one that the catalogue lacks"), max_length=200, required=False
    )
    category = forms.CharField(label=_("Category of the new one"), max_length=100, required=False)
    changes = forms.MultipleChoiceField(
        label=_("What it changed"), choices=ChangeKind.choices, widget=forms.CheckboxSelectMultiple
    )
    on = day(label=_("Applied on"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = categories()
        self.fields["category"].widget.attrs["list"] = "categories"


class FileForm(forms.Form):
    files = FilesField(label=_("Files"))  # type: ignore[assignment]


def _accepted(case: Case) -> list[Assignment]:
    found = case.assignments.filter(state=AssignmentState.ACCEPTED)
    return list(
        found.select_related("specialist__person", "specialist__organisation", "specialist__user")
    )


def _staff(case: Case) -> list[User]:
    """Who serves clients in the centre of the case."""
    members = Membership.objects.filter(centre=case.centre_id, until=None).select_related(
        "role", "user"
    )
    return sorted(
        {m.user for m in members if "assistance.edit" in m.role.permissions},
        key=str,
    )


def _specialist_of(assignment: Assignment) -> str:
    return str(assignment.specialist)


def _who(visit: Visit) -> str:
    if visit.assignment_id:
        return f"a{visit.assignment_id}"
    return f"u{visit.visitor_id}" if visit.visitor_id else ""
