"""What the rejects of a file say about the file as a whole."""

from itertools import islice

from yanapay.directory.exchange.rejects import rejected_rows
from yanapay.directory.models import ImportBatch
from yanapay.kernel.messages import Message
from yanapay.places.queries import gazetteer
from yanapay.places.rules.gazetteer import UNKNOWN_CODE, Codes

LOOKED_AT, FEW = 500, 3


def other_source_of_codes(batch: ImportBatch) -> Message | None:
    """That the area codes seem to be the other source's: most of those unknown here are known there."""
    codes: Codes = batch.options.get("codes", "inei")
    other: Codes = "reniec" if codes == "inei" else "inei"
    unknown = [
        str(problem["values"]["code"])
        for reject in islice(rejected_rows(batch), LOOKED_AT)
        for problem in reject.problems
        if problem["template"] == UNKNOWN_CODE
    ]
    places = gazetteer() if len(unknown) >= FEW else None
    known = [code for code in unknown if places and places.by_code(code, other)]
    if len(known) < FEW or 2 * len(known) <= len(unknown):
        return None
    return Message(
        "{n} area codes are unknown to {codes} and known to {other}: was the file read with the right codes?",
        n=len(known), codes=codes.upper(), other=other.upper(),
    )  # fmt: skip
