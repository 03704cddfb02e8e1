"""Notes, files, consent, codes, formality, sharing: the small forms around a record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.centres.rules import Scope
from yanapay.directory.actions.notes import ALLOWED
from yanapay.directory.choices import Channel, ConsentPurpose, FormalityMark
from yanapay.directory.models import Term
from yanapay.web.directory.forms.fields import ActivityField, centre_field, day

VOCABULARIES = {
    "need_codes": _("Needs"),
    "strength_codes": _("Strengths"),
    "opportunity_codes": _("Opportunities"),
    "activity_lines": _("Lines of activity"),
    "macro_region": _("Macro-region of the mapping"),
}


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 4}))


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(
            ending for endings in ALLOWED.values() for ending in endings.split()
        )


class ConsentForm(forms.Form):
    purpose = forms.ChoiceField(label=_("What for"), choices=ConsentPurpose.choices)
    channel = forms.ChoiceField(label=_("How it was given"), choices=Channel.choices)
    given_on = day(label=_("Given on"))
    text_version = forms.CharField(
        label=_("Version of the text"), max_length=20,
        help_text=_("The code printed at the foot of the consent sheet, for example «2026-1»."),
    )  # fmt: skip


class FormalityForm(forms.Form):
    mark = forms.ChoiceField(label=_("What"), choices=FormalityMark.choices)
    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    obtained_on = day(label=_("Obtained on"), required=False)
    expires_on = day(label=_("Expires on"), required=False)


class CodesForm(forms.Form):
    """The codes of one vocabulary, as boxes to tick."""

    codes = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    noted_on = day(label=_("Noted on"), required=False)
    source = forms.CharField(
        label=_("Source"), max_length=200, required=False,
        help_text=_("Who said it, or where it is written."),
    )  # fmt: skip

    def __init__(self, *args: Any, vocabulary: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = Term.objects.filter(vocabulary=vocabulary)
        self.fields["codes"].choices = sorted(  # type: ignore[attr-defined]
            ((term.code, term.label) for term in terms), key=lambda pair: pair[1]
        )
        self.fields["codes"].label = VOCABULARIES[vocabulary]


class ActivityForm(forms.Form):
    activity = ActivityField(
        label=_("Activity (CIIU)"), required=False, help_text=_("A code, or a word: «lácteos»."),
    )  # fmt: skip
    product_line = forms.CharField(label=_("Product line"), max_length=200, required=False)


ActivityFormSet = forms.formset_factory(ActivityForm, extra=1, max_num=12, can_delete=False)


class SharingForm(forms.Form):
    """Ask the centre that holds a file to share it."""

    purpose = forms.CharField(
        label=_("What do you need the file for?"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"] = centre_field(scope, "directory.view")


class AnswerForm(forms.Form):
    """Grant or refuse, with a word to whoever asked."""

    answer = forms.CharField(
        label=_("Answer"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SaveViewForm(forms.Form):
    name = forms.CharField(label=_("Name of the view"), max_length=100)
    query = forms.CharField(widget=forms.HiddenInput, required=False)
