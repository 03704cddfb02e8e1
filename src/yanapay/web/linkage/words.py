"""The sentences of the shipped model and of a search, for translation."""

from django.utils.translation import gettext_lazy as _

COMPARISONS = {
    "name": _("name"), "trade_name": _("trade name"), "phone": _("phone"), "tax_id": _("tax number"),
    "area": _("area"), "point": _("place on the map"), "address": _("address"), "activity": _("activity"),
    "owner": _("owner"),
}  # fmt: skip
LEVELS = {
    "Unknown": _("Unknown"),
    "Different": _("Different"),
    "Same name": _("Same name"),
    "Same words in another order": _("Same words in another order"),
    "Name differs by one letter": _("Name differs by one letter"),
    "Name differs by two letters": _("Name differs by two letters"),
    "Other order and a letter or two": _("Other order and a letter or two"),
    "Name exchanged with another field": _("Name exchanged with another field"),
    "Name is the other's trade name": _("Name is the other's trade name"),
    "Similar name": _("Similar name"),
    "Somewhat similar name": _("Somewhat similar name"),
    "Same trade name": _("Same trade name"),
    "Similar trade name": _("Similar trade name"),
    "Same phone": _("Same phone"),
    "Phone differs by one digit": _("Phone differs by one digit"),
    "Same tax number": _("Same tax number"),
    "Tax number differs by one digit": _("Tax number differs by one digit"),
    "Same area": _("Same area"),
    "Same province": _("Same province"),
    "Within 30 metres": _("Within 30 metres"),
    "Within 150 metres": _("Within 150 metres"),
    "Within 2 kilometres": _("Within 2 kilometres"),
    "Same address": _("Same address"),
    "Similar address": _("Similar address"),
    "Same activity": _("Same activity"),
    "Related activity": _("Related activity"),
    "Same owner": _("Same owner"),
    "Owner's name differs by a letter or two": _("Owner's name differs by a letter or two"),
    "Similar owner's name": _("Similar owner's name"),
}
STEPS = {
    "reading": _("Reading the directory"), "preparing": _("Preparing names and numbers"),
    "blocking": _("Finding pairs worth comparing"), "scoring": _("Comparing them"),
    "storing": _("Filling the queue"),
}  # fmt: skip
