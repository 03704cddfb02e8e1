"""Codes sent by message: whoever reads the code back to us has the entrepreneur's phone in hand."""

import secrets

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from yanapay.assistance.models import Evaluation, Plan
from yanapay.assistance.queries.cases import standing
from yanapay.assistance.rules.codes import READ_BACK, TRIES
from yanapay.audit.actions import record
from yanapay.audit.rules import Actor

Signed = Plan | Evaluation


@transaction.atomic
def make_code(*, by: Actor, signed: Signed) -> str:
    """Six digits to send to the entrepreneur. Shown once: only a digest is stored; an earlier code ends."""
    standing(signed.case)
    code = f"{secrets.randbelow(10**6):06d}"
    signed.code_digest, signed.code_tries = make_password(code), 0
    signed.save(update_fields=["code_digest", "code_tries"])
    _record(by, "assistance.code_made", signed)
    return code


@transaction.atomic
def try_code(*, by: Actor, signed: Signed, code: str) -> int | None:
    """Spend a try: None when the code fits; else how many tries are left.

    Nothing is raised, because that would undo the counting: give the answer to
    :func:`~yanapay.assistance.rules.codes.refuse_wrong_code`.
    """
    current = type(signed)._default_manager.select_for_update().get(pk=signed.pk)
    if not current.code_digest:
        return 0
    if check_password("".join(code.split()), current.code_digest):
        _keep(current, READ_BACK)
        return None
    tries = max(current.code_tries, 0) + 1
    if tries >= TRIES:
        current.code_digest = ""
    _keep(current, tries)
    _record(by, "assistance.code_refused", current)
    return TRIES - tries


def _keep(signed: Signed, tries: int) -> None:
    signed.code_tries = tries
    signed.save(update_fields=["code_digest", "code_tries"])


def _record(by: Actor, action: str, signed: Signed) -> None:
    record(by=by, action=action, object_type="case", object_id=signed.case_id,
           changes={signed._meta.model_name or "": signed.pk})  # fmt: skip
