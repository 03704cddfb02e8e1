"""Act of transfer of the service between two institutions (F-CEN-01)."""

from typing import Any

from django.utils.translation import gettext

from yanapay.assistance.exchange.documents.wording import (
    Column,
    amount,
    day,
    lines,
    signature,
    table,
)
from yanapay.assistance.models import ServiceTransfer
from yanapay.assistance.queries.handover import transfer_act


def build(transfer: ServiceTransfer) -> dict[str, Any]:
    """What is handed over, and what was accepted."""
    act = transfer_act(transfer)
    columns = [
        amount(gettext("No.")), Column(gettext("Component")), Column(gettext("What"), 1),
        Column(gettext("Handed over")), Column(gettext("Accepted")), Column(gettext("Accepted by"), 0.6),
        Column(gettext("Remarks"), 0.7),
    ]  # fmt: skip
    rows = [
        (n, one["kind_label"], one["description"], day(one["handed_on"]), day(one["accepted_on"]),
         one["accepted_by"] or "—", one["remarks"] or "—")
        for n, one in enumerate(act["components"], 1)
    ]  # fmt: skip
    return {
        "said": gettext(
            "%(source)s hands over to %(target)s the service of technical assistance of the centre "
            "%(centre)s, with the components named below."
        ) % {"source": act["source"], "target": act["target"], "centre": act["centre"]},
        "facts": [
            (gettext("Phase"), act["phase_label"]),
            (gettext("Agreed on"), day(act["agreed_on"])),
            (gettext("Shared management since"), day(act["shared_since"])),
            (gettext("Completed on"), day(act["completed_on"])),
        ],
        "terms_title": gettext("Terms"),
        "terms": act["terms"],
        "components_title": gettext("Components handed over"),
        "components": table(columns, rows),
        "signatures": [
            signature("", lines(gettext("Hands over"), act["source"])),
            signature("", lines(gettext("Receives"), act["target"])),
        ],
    }  # fmt: skip
