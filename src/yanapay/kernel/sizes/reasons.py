"""Why a scheme as a whole gives its result: before its time, incomplete, two criteria at once."""

from collections.abc import Sequence

from yanapay.kernel.messages import Message
from yanapay.kernel.sizes.findings import Finding
from yanapay.kernel.sizes.schemes import Scheme
from yanapay.kernel.sizes.tables import UNDETERMINED, tables
from yanapay.kernel.sizes.words import alternatives, persons, size_name


def before(since: int, year: int) -> Message:
    """The scheme did not exist yet."""
    return Message(
        "This definition is of {since}; it says nothing of {year}, before it.",
        since=since,
        year=year,
    )


def incomplete(scheme: Scheme, workers: int | None) -> Message:
    """The source leaves out a threshold or a column: what can be said by workers, and what not."""
    if not scheme.by_workers:
        return Message("The source names this classification but gives no thresholds.")
    if workers is None:
        hint = Message("The number of workers is not known.")
    elif workers == 0 and scheme.classes[0].workers.low is None:
        hint = Message("The source does not say with how many workers its first class begins.")
    else:
        hint = _by_workers_alone(scheme, workers)
    if len(scheme.readings) > 1:
        return Message(
            "The source prints limits of {limits} workers for three columns (micro, small, "
            "medium) and it cannot be seen which column is empty. {hint}",
            limits=_limits(scheme),
            hint=hint,
        )
    return Message(
        "{hint} The law also limits the assets, but the asset limits are not in the source.",
        hint=hint,
    )


def _limits(scheme: Scheme) -> Message:
    low, high = (size.workers.high for size in scheme.classes)
    return Message("{low} and {high}", low=low, high=high)


def _by_workers_alone(scheme: Scheme, workers: int) -> Message:
    """“By workers it would be small”, or one class for each reading of the table."""
    code = tables(scheme).workers.code(workers)
    held = [bit for bit in range(len(scheme.classes)) if code >> bit & 1]
    if not held:
        return Message("{figure}: above every limit it prints.", figure=persons(workers))
    sizes = [size_name(reading[held[0]]) for reading in scheme.readings]
    return Message(
        "{figure}: by workers it would be {sizes}.",
        figure=persons(workers),
        sizes=alternatives(sizes),
    )


def together(scheme: Scheme, found: Sequence[Finding], code: int) -> Message:
    """Workers and sales must both hold: what each says, and what follows."""
    return Message(
        "{workers} {sales} {conclusion}",
        workers=found[0].reason,
        sales=found[1].reason,
        conclusion=_conclusion(scheme, found, code),
    )


def _conclusion(scheme: Scheme, found: Sequence[Finding], code: int) -> Message:
    held = [size_name(size.name) for bit, size in enumerate(scheme.classes) if code >> bit & 1]
    half_known = any(finding.code & UNDETERMINED for finding in found)
    if not held and half_known:
        return Message("Both criteria must hold; one alone already excludes every class.")
    if not held:
        return Message("Both criteria must hold, and no class has both.")
    sizes = alternatives(held)
    if half_known:
        return Message(
            "Both criteria must hold, so it cannot be told; what is known leaves {sizes} possible.",
            sizes=sizes,
        )
    return Message("Both criteria hold for {sizes}.", sizes=sizes)
