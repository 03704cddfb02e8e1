"""What the columns of the downloads mean; the privacy page and the data page show the same words."""

from django.utils.translation import gettext_lazy as _

MEANINGS = (
    ("id", _("Stable address of the organisation on this site")),
    ("name, acronym", _("As it calls itself")),
    ("kind", _("What it is; codes of the mapping")),
    (
        "state",
        _(
            "published: it agreed to be shown, and its data were looked over; external: from a cited source"
        ),
    ),
    ("country", _("ISO 3166-1, two letters")),
    ("ubigeo", _("Code of the place: INEI's UBIGEO in Peru, ISO 3166-2 elsewhere")),
    ("department, province, district", _("Names of that place")),
    (
        "latitude, longitude, precision",
        _("Degrees (WGS 84), as exactly as was agreed; empty when not known"),
    ),
    ("address, public_phone, public_email, website", _("Contact that it wants to be public")),
    ("start_year", _("Year in which it began")),
    (
        "activity_lines, need_codes, strength_codes, opportunity_codes",
        _("Codes of the mapping, separated by semicolons"),
    ),
    ("macro_region", _("Macro-region of the mapping, where the organisation carries one")),
    ("network", _("Addresses of the networks that it belongs to")),
    (
        "members_women, members_men, families, workers, workers_women, workers_men",
        _("Figures it gave, as of the last approval"),
    ),
    ("description, aims, products", _("In its own words")),
    ("source, source_date", _("Where an external entry was published, and when")),
    (
        "told_on, approved_on, confirmed_on",
        _(
            "When the organisation last told its data, when they were looked over, and confirmed by it"
        ),
    ),
)
