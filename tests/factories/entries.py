"""Public entries without their way through a review: what the public site reads."""

from datetime import date
from typing import Any

from tests.factories.directory import BY, make_organisation

from yanapay.base import search
from yanapay.directory.models import Term
from yanapay.kernel.text import distinct_words, fold, words
from yanapay.mapping.models import Entry, EntryCode, EntryVersion
from yanapay.places.models import Area

DAY = date(2026, 3, 12)
CODES = (
    "activity_lines",
    "need_codes",
    "strength_codes",
    "opportunity_codes",
    "macro_region",
    "network",
)


def make_entry(
    name: str = "Lácteos del Valle",
    kind: str = "cooperativa",
    area: Area | None = None,
    **fields: Any,
) -> Entry:
    """A published entry; codes by the name of their vocabulary, all else that is not a column is shown."""
    codes = {name: fields.pop(name) for name in CODES if name in fields}
    columns = {name: fields.pop(name) for name in list(fields) if name in _COLUMNS}
    slug = columns.pop("slug", "-".join(fold(name).split()))
    text = distinct_words([name, columns.get("acronym", ""), str(fields.get("products", ""))])
    entry = Entry.objects.create(
        organisation=make_organisation(name), slug=slug, name=name, name_key=fold(name), kind=kind,
        area=area, department=area.path.split("/")[1] if area and area.level else "",
        search_text=text, shown=fields,
        **{"state": "published", "approved_on": DAY, "approved_by_name": "Elena", **columns},
    )  # fmt: skip
    search.learn(words(text))
    EntryVersion.objects.create(entry=entry, number=1, state=entry.state, shown=fields)
    for vocabulary, values in codes.items():
        for code in values:
            EntryCode.objects.create(entry=entry, vocabulary=vocabulary, code=code)
    return entry


def make_external(name: str = "Red de Ferias", **fields: Any) -> Entry:
    """What a cited source published, and nothing else."""
    source = {"source": "Mapeo de la ESS, GRESP 2018", "source_date": date(2018, 6, 8)}
    return make_entry(name, **{"kind": "red", "state": "external", **source, **fields})


def make_terms(**vocabularies: dict[str, tuple[str, str]]) -> None:
    """``make_terms(need_codes={"credito": ("Crédito", "Credit")})``."""
    for vocabulary, terms in vocabularies.items():
        for code, (es, en) in terms.items():
            Term.objects.get_or_create(
                vocabulary=vocabulary, code=code, defaults={"label_es": es, "label_en": en}
            )


_COLUMNS = {field.name for field in Entry._meta.concrete_fields}
__all__ = ["BY", "DAY", "make_entry", "make_external", "make_terms"]
