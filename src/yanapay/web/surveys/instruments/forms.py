"""What is typed about forms: a workbook with its files; which question fills which field."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.centres.rules import Scope
from yanapay.surveys.choices import Purpose
from yanapay.surveys.models import Instrument
from yanapay.web.directory.forms.fields import centre_field


def purpose_field(initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("What it is for"), choices=Purpose.choices, initial=initial,
        help_text=_("Answers to a form for mapping become proposed changes of the directory."),
    )  # fmt: skip


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; ``{name: content}``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=FilesInput(), **options)

    def clean(self, data: Any, initial: Any = None) -> dict[str, bytes]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not sent:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return {str(one.name): one.read() for one in sent}


class UploadForm(forms.Form):
    """A workbook and the files that it names."""

    file = forms.FileField(
        label=_("XLSForm"),
        help_text=_("A workbook (XLSX) with the sheets «survey», «choices» and «settings»."),
    )
    attached = FilesField(
        label=_("Files of the form"), required=False,
        help_text=_("Pictures and CSV lists that the form names. Those of an earlier version are kept."),
    )  # fmt: skip
    purpose = purpose_field(Purpose.OTHER)

    def __init__(
        self, *args: Any, scope: Scope, instrument: Instrument | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlsx"
        if instrument is None:
            self.fields["centre"] = centre_field(scope, "surveys.manage")
        else:
            del self.fields["purpose"]


class MediaForm(forms.Form):
    """Files for a version that is not published yet."""

    attached = FilesField(label=_("Files of the form"))


class MappingForm(forms.Form):
    """For each question the field of the directory that it fills; and what a form of the office is for."""

    def __init__(
        self, *args: Any, questions: Mapping[str, str], fields: Mapping[str, Any],
        mapping: Mapping[str, str], purpose: str, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        if purpose:
            self.fields["purpose"] = purpose_field(purpose)
        choices = [("", _("— nothing —")), *fields.items()]
        self.names = list(questions)
        for at, (name, label) in enumerate(questions.items()):
            self.fields[f"question-{at}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=mapping.get(name, "")
            )

    @property
    def mapping(self) -> dict[str, str]:
        return {name: self.cleaned_data[f"question-{at}"] for at, name in enumerate(self.names)}

    @property
    def stated_purpose(self) -> str:
        return str(self.cleaned_data.get("purpose", ""))

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """Each question with its name in the form."""
        return [(self[f"question-{at}"], name) for at, name in enumerate(self.names)]
