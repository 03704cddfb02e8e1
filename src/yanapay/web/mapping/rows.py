"""The fields of a proposal on its page: waiting, with a control to correct each; or as they were decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.directory.models import Organisation
from yanapay.mapping.models import Proposal
from yanapay.mapping.queries.review import known_on, lines_of
from yanapay.mapping.rules.fields import FIELDS
from yanapay.mapping.rules.proposing import Line
from yanapay.web.acting import say
from yanapay.web.http import Request
from yanapay.web.mapping.corrections import CorrectionForm
from yanapay.web.mapping.words import STATES, TONES, Words, label


@dataclass(frozen=True)
class Row:
    """One field on the page."""

    field: str
    label: str
    current: str
    proposed: str
    state: str
    state_label: str
    tone: str
    problem: str = ""
    corrected: str = ""
    ticked: bool = False
    control: BoundField | None = None

    @property
    def is_same(self) -> bool:
        return self.state == "same"

    @property
    def is_open(self) -> bool:
        """Whether the control is shown at once: what was proposed cannot be used, or something is wrong."""
        form = self.control.form if self.control else None
        is_touched = form and form.is_bound and self.field in form.changed_data
        return bool(self.problem or is_touched)


def posted_corrections(
    request: Request, proposal: Proposal, about: Organisation | None
) -> CorrectionForm:
    """What was written on the page, for the fields that it offered."""
    offered = set(request.POST.getlist("correctable"))
    values = {field: v for field, v in proposal.proposed.items() if field in offered}
    return _form(values, about, Words.over(values.items()), request.POST)


def pending_rows(
    request: Request, proposal: Proposal, about: Organisation | None, form: CorrectionForm | None
) -> list[Row]:
    """Current and proposed beside each other; ``form`` holds what was written, if anything was."""
    lines = lines_of(proposal, timezone.localdate(), about)
    words = Words.over((one.field, v) for one in lines for v in (one.current, one.proposed))
    blank = _form({one.field: one.proposed for one in lines}, about, words)
    ticked = set(request.POST.getlist("accept")) if form else None
    return [_row(line, words, ticked, _control(line, form, blank)) for line in lines]


def decided_rows(proposal: Proposal) -> list[Row]:
    """What the directory said then, what was proposed, what was written, and how it was decided."""
    sides = (proposal.held, proposal.proposed, proposal.corrected)
    words = Words.over((field, v) for side in sides for field, v in side.items())
    fields = (field for field in FIELDS if field in proposal.proposed)
    return [_decided(proposal, field, words) for field in fields]


def _form(
    values: Mapping[str, Any], about: Organisation | None, words: Words, data: Any = None
) -> CorrectionForm:
    known = known_on(timezone.localdate(), about.country if about else "PE")
    return CorrectionForm(data, values=values, known=known, words=words)


def _control(line: Line, form: CorrectionForm | None, blank: CorrectionForm) -> BoundField:
    return form[line.field] if form and line.field in form.fields else blank[line.field]


def _row(line: Line, words: Words, ticked: set[str] | None, control: BoundField) -> Row:
    is_ticked = line.field in ticked if ticked is not None else line.state in ("new", "different")
    return Row(
        line.field, label(line.field), words.say(line.field, line.current),
        words.say(line.field, line.proposed) or _("nothing"), line.state, str(STATES[line.state]),
        TONES.get(line.state, ""), say(line.problem) if line.problem else "", ticked=is_ticked,
        control=control,
    )  # fmt: skip


def _decided(proposal: Proposal, field: str, words: Words) -> Row:
    corrected = words.say(field, proposal.corrected.get(field))
    decision = "corrected" if corrected else proposal.decisions.get(field, "refused")
    return Row(
        field, label(field), words.say(field, proposal.held.get(field)),
        words.say(field, proposal.proposed[field]) or _("nothing"), "decided", str(STATES[decision]),
        TONES[decision], corrected=corrected,
    )  # fmt: skip
