"""The fields of an import in words, grouped as the mapping page offers them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yanapay.directory.rules.columns import IGNORED, KEPT

LABELS = {
    "source_id": _("Key of the row"), "name": _("Name"), "trade_name": _("Trade name"),
    "acronym": _("Acronym"), "kind": _("Kind"), "legal_form": _("Legal form"), "tax_id": _("Tax number"),
    "country": _("Country"), "start_date": _("Start date"), "start_year": _("Start year"),
    "ubigeo": _("Area code (UBIGEO)"), "region": _("Regions"), "department": _("Department"),
    "province": _("Province"), "district": _("District"), "address": _("Address"),
    "latitude": _("Latitude"), "longitude": _("Longitude"),
    "phone": _("Private phone"), "email": _("Private e-mail"), "public_phone": _("Public phone"),
    "public_email": _("Public e-mail"), "website": _("Website"),
    "activity": _("Activity (CIIU Rev. 4)"), "isic_rev3": _("Activity (CIIU Rev. 3)"),
    "macro_region": _("Macro-region of the mapping"), "activity_lines": _("Lines of activity"),
    "need_codes": _("Needs"), "strength_codes": _("Strengths"), "opportunity_codes": _("Opportunities"),
    "workers": _("Workers"), "workers_women": _("Women workers"), "workers_men": _("Men workers"),
    "annual_sales": _("Annual sales"), "currency": _("Currency"), "observed_on": _("Day of the figures"),
    "owner_name": _("Owner: name"), "owner_sex": _("Owner: sex"), "owner_document": _("Owner: document"),
}  # fmt: skip
AS_THEY_STAND = {
    "website_class": _("Class of the website"), "zone_as_printed": _("Zone as printed"),
    "region_basis": _("How the regions are known"), "in_directory": _("In the published directory"),
    "row_no": _("Number in the source"), "note": _("Note of the source"), "status": _("State"),
    "centre": _("Centre"), "row_number": _("Row of the file"), "problems": _("Problems of the row"),
}  # fmt: skip
GROUPS = [
    (_("Organisation"), ("source_id", "name", "trade_name", "acronym", "kind", "legal_form", "tax_id",
                         "country", "start_date", "start_year")),
    (_("Place"), ("ubigeo", "region", "department", "province", "district", "address",
                  "latitude", "longitude")),
    (_("Contact"), ("phone", "email", "public_phone", "public_email", "website")),
    (_("Activity and codes"), ("activity", "isic_rev3", "activity_lines", "macro_region", "need_codes",
                               "strength_codes", "opportunity_codes")),
    (_("Figures"), ("workers", "workers_women", "workers_men", "annual_sales", "currency", "observed_on")),
    (_("Owner"), ("owner_name", "owner_sex", "owner_document")),
]  # fmt: skip


def choices() -> list[Any]:
    """Grouped choices of a column; fields that are kept as they stand come last."""
    kept = [(name, AS_THEY_STAND[name]) for name in (*KEPT, *IGNORED)]
    groups = [(title, [(name, LABELS[name]) for name in names]) for title, names in GROUPS]
    return [
        ("", _("Keep with the record, without a field")),
        *groups,
        (_("Kept as they stand"), kept),
    ]
