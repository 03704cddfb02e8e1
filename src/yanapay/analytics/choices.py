"""What the classes of the reports are called."""

from django.utils.translation import gettext_lazy as _

from yanapay.assistance.choices import Line, Subsector
from yanapay.roster.choices import Topic

CLASSES = {
    "varones": _("Men"), "mujeres": _("Women"),
    "superior": _("Higher education"), "secundaria": _("Secondary school"), "primaria": _("Primary school"),
    "ninguna": _("No schooling"),
    "<30": _("Under 30"), "30-40": _("30 to 40"), ">40": _("Over 40"),
    "estables": _("Stable"), "no_estables": _("Not stable"),
    "nuevas_o_poco_mas_de_1": _("New or little more than a year"), "mas_de_10": _("More than 10 years"),
    "de_3_a_10": _("3 to 10 years"),
    "con_marca": _("With a trade mark"), "sin_marca": _("Without a trade mark"),
    "con_registro": _("With sanitary registration"), "sin_registro": _("Without sanitary registration"),
}  # fmt: skip
LABELS: dict[str, dict[str, object]] = {
    "lines": {code: Line(code).label for code in Line.values},
    "subsectors": {code: Subsector(code).label for code in Subsector.values},
    "topics": {code: Topic(code).label for code in Topic.values},
}
TABLES = {
    "lines": _("Services by line"),
    "subsectors": _("Services by subsector"),
    "topics": _("Consultations by topic"),
}
SERVICES = {"training": _("Training"), "credit": _("Credit")}


def class_label(code: str, table: str = "") -> str:
    """The code in the reader's language; itself when nobody named it."""
    return str(LABELS.get(table, CLASSES).get(code, code))
