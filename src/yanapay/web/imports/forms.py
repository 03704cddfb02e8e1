"""The forms of the import wizard."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanapay.centres.rules import Scope
from yanapay.directory.exchange import Inspection
from yanapay.web.directory.forms.fields import centre_field
from yanapay.web.imports.fields import choices
from yanapay.web.imports.uploads import LIMIT_MB


class UploadForm(forms.Form):
    """A spreadsheet and how to read its area codes."""

    file = forms.FileField(label=_("Spreadsheet"))
    codes = forms.ChoiceField(
        label=_("Area codes in the file"), required=False, initial="inei",
        choices=[
            ("inei", _("INEI (the UBIGEO of statistics)")),
            ("reniec", _("RENIEC (the UBIGEO of identity cards)")),
        ],
        help_text=_("Only matters when the file has a UBIGEO column."),
    )  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"] = centre_field(scope, "directory.import")
        self.fields["file"].error_messages["empty"] = _("The file is empty.")
        self.fields["file"].widget.attrs["accept"] = ".csv,.xlsx,.parquet,.txt"
        self.fields["file"].help_text = _("Excel (XLSX), CSV or Parquet, up to %(limit)s MB.") % {
            "limit": LIMIT_MB
        }

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > LIMIT_MB * 1024 * 1024:
            raise forms.ValidationError(
                _(
                    "The file is larger than %(limit)s MB. Ask the operator to import it on the server."
                ),
                params={"limit": LIMIT_MB},
            )
        return sent


class MappingForm(forms.Form):
    """One choice per column of the file. Fields are named by position: headers may hold anything."""

    def __init__(
        self,
        *args: Any,
        inspection: Inspection,
        chosen: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.inspection = inspection
        proposed = inspection.mapping if chosen is None else chosen
        for at, header in enumerate(inspection.headers):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=header, choices=choices(), required=False,
                initial=proposed.get(header, ""),
            )  # fmt: skip

    @property
    def mapping(self) -> dict[str, str]:
        """Header → field; "" keeps a column without a field."""
        return {
            header: self.cleaned_data[f"column-{at}"]
            for at, header in enumerate(self.inspection.headers)
        }

    def rows(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Each column with its first values."""
        sample = self.inspection.sample[:4]
        return [
            (self[f"column-{at}"], [row[at] for row in sample if at < len(row) and row[at]][:3])
            for at in range(len(self.inspection.headers))
        ]
