"""The mapping goes on: fictitious organisations are interviewed, reviewed and published, like any other.

Every answer is sent as a telephone would send it and takes the way of all answers: received, derived, proposed,
decided. A few stay with the reviewer, so that the queue of the demonstration has work in it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET  # written here, never read

from yanapay.accounts.models import User
from yanapay.audit.rules import Actor
from yanapay.centres.models import Centre
from yanapay.centres.queries import scope_of
from yanapay.directory.actions.persons import affiliate
from yanapay.directory.models import Organisation
from yanapay.kernel.errors import RuleBroken
from yanapay.mapping.actions.entries import publish_entry
from yanapay.mapping.actions.proposals import decide
from yanapay.mapping.models import Proposal
from yanapay.mapping.queries.entries import offered
from yanapay.surveys.access import Sender
from yanapay.surveys.actions.receiving import receive
from yanapay.surveys.actions.rows import derive
from yanapay.surveys.models import Instrument, Submission, Version

ROWS = Path(__file__).parent / "fieldwork.json"
FORM = "ess"
WAITING = 4  # answers that the reviewer has not looked at yet
QUESTIONS = {
    "name": "ident_01", "kind": "kind", "district": "district", "women": "ident_04", "men": "ident_05",
    "families": "vinculos_09", "lines": "activity_lines", "needs": "need_codes", "strengths": "strength_codes",
    "opportunities": "opportunity_codes", "does": "auto_01", "aim": "auto_02", "network": "vinculos_01_text",
    "state": "soporte_01", "towns": "soporte_02", "ngos": "soporte_03", "consumers": "soporte_04",
    "church": "soporte_05",
}  # fmt: skip
EVIDENCE = "Entrevista de la campaña (ficticia)"
ACCURACY = "0 5"  # altitude and accuracy of a point as telephones write them, in metres


def interview_all(
    centre: Centre, interviewer: User, reviewer: User, today: date
) -> int:  # fmt: skip
    """Send every answer, and review all but the last few; how many answers there are."""
    version = Instrument.objects.get(form_id=FORM).current
    if version is None:
        raise RuleBroken("The form of the mapping is not published.")
    sent = [
        _send(version, centre, interviewer, answers, today, n) for n, answers in _answers(today)
    ]
    by = scope_of(reviewer, today).actor(centre.pk)
    reviewed = [_accept(by, submission, today) for submission in sent[:-WAITING]]
    _join_networks(by, reviewed)
    for organisation in reviewed:
        publish_entry(by=by, organisation=organisation, fields=offered(organisation), on=today)
    return len(sent)


def _answers(today: date) -> Iterator[tuple[int, dict[str, str]]]:
    told = json.loads(ROWS.read_text())
    for number, row in enumerate(told["rows"], 1):
        yield number, _as_questions(dict(zip(told["columns"], row, strict=True)), today)


def _as_questions(row: Mapping[str, object], today: date) -> dict[str, str]:
    """What the interviewer typed, by question; several codes stand with spaces between them."""
    answers = {QUESTIONS[name]: str(value) for name, value in row.items() if name in QUESTIONS}
    district = str(row["district"])
    places = {"department": district[:2], "province": district[:4]}
    return {
        **answers, **places, "consent_service": "si", "consent_public": "si",
        "lugar_05": today.isoformat(), "point": f"{row['point']} {ACCURACY}" if row["point"] else "",
        "vinculos_01": "si" if row["network"] else "no",
    }  # fmt: skip


def _send(
    version: Version, centre: Centre, interviewer: User, answers: dict[str, str], today: date, n: int
) -> Submission:  # fmt: skip
    scope = scope_of(interviewer, today)
    by = scope.actor(centre.pk)
    receipt = receive(
        by=by, who=Sender(scope, centre_id=centre.pk), files={},
        xml=as_xml(version, answers, f"uuid:00000000-0000-4000-8000-{n:012}"),
    )  # fmt: skip
    if receipt.submission is None:
        raise RuleBroken("{problem}", problem=receipt.message)
    return derive(by=by, submission=receipt.submission)


def as_xml(version: Version, answers: Mapping[str, str], instance_id: str) -> bytes:
    """The answers as a client writes them: every question in its place, ``meta`` with the instanceID."""
    root = ET.Element("data", id=version.instrument.form_id, version=version.number)
    for question in version.schema:
        if text := answers.get(question["name"]):
            _placed(root, question["path"].split("/")[2:]).text = text
    meta = ET.SubElement(root, "meta", xmlns="http://openrosa.org/xforms")
    ET.SubElement(meta, "instanceID").text = instance_id
    ET.SubElement(meta, "instanceName").text = answers.get(QUESTIONS["name"], "")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _placed(root: ET.Element, path: list[str]) -> ET.Element:
    """The element at the end of a path, with the groups on the way."""
    here = root
    for name in path:
        found = here.find(name)
        here = ET.SubElement(here, name) if found is None else found
    return here


def _accept(by: Actor, submission: Submission, today: date) -> Organisation:
    """All that was answered goes into the directory."""
    proposal = Proposal.objects.get(submission=submission)
    decided = decide(by=by, proposal=proposal, accepted=set(proposal.proposed), on=today)
    if decided.organisation is None:
        raise RuleBroken("An accepted answer has an organisation.")
    return decided.organisation


def _join_networks(by: Actor, reviewed: Sequence[Organisation]) -> None:
    """The reviewer finds the networks that were named among these organisations, and notes their members."""
    known = {one.name: one for one in reviewed}
    for member in reviewed:
        for name in str(offered(member)["networks"]).split(", "):
            if name in known:
                affiliate(by=by, member=member, network=known[name], evidence=EVIDENCE)
