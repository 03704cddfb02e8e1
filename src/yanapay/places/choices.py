"""The closed lists of this domain."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Level(IntegerChoices):
    """How far below the country an area stands. The names are Peru's; other countries stop at 1."""

    COUNTRY = 0, _("country")
    FIRST = 1, _("department or first level")
    PROVINCE = 2, _("province")
    DISTRICT = 3, _("district")


class Revision(TextChoices):
    """The revisions of ISIC (CIIU) that the sources and the tax registers use."""

    REV3 = "3", _("ISIC Rev. 3")
    REV4 = "4", _("ISIC Rev. 4")


class ActivityLevel(TextChoices):
    SECTION = "section", _("section")
    DIVISION = "division", _("division")
    GROUP = "group", _("group")
    CLASS = "class", _("class")
