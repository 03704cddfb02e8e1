"""The fields that an answer, a registration or an owner may propose, and which of them the public sees.

An instrument's ``mapping`` is ``{question name: field}``; a proposal's ``proposed`` is ``{field: value}``.
"""

ORGANISATION = (
    "name", "acronym", "kind", "area", "address", "phone", "email", "website", "point", "start_year",
)  # fmt: skip
"""Fields of the directory's record. ``area`` is a code (UBIGEO); ``point`` "latitude longitude"."""

PRIVATE = ("private_phone", "private_email")
"""How the office reaches them: often the telephone of one person. In the record, never shown."""

CODES = ("activity_lines", "need_codes", "strength_codes", "opportunity_codes", "macro_region")
"""Vocabularies of the directory; the value is a list of codes."""

FIGURES = ("members_women", "members_men", "families", "workers", "workers_women", "workers_men")
"""Figures of the day of the interview: they become an observation."""

PRESENTED = ("description", "aims", "products", "networks")
"""Texts that exist only for the public page; ``networks`` is what was said, matched by the reviewer."""

NUMBERS = ("tax_id",)
"""The official number; it may be that of a person, so the public never sees it."""

PEOPLE = ("representative",)
"""Personal data: a name, never shown to the public."""

FIELDS = (*ORGANISATION, *PRIVATE, *CODES, *FIGURES, *PRESENTED, *NUMBERS, *PEOPLE)
PUBLIC = (*ORGANISATION, *CODES, *FIGURES, *PRESENTED)
"""What an approval may show when consent to be public is in force; a point is never finer than agreed."""

ADDING = (*CODES, *PRESENTED, "area")
"""What several questions of a form may fill: codes and texts add up, of places the narrowest counts."""

EXTERNAL = ("name", "kind", "area", "website")
"""What is shown of an organisation that a cited source already published, besides source and date."""
