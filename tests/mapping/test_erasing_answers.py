"""What was answered about the enterprise of an erased person goes; the answer of others stays."""

import pytest
from tests.factories.accounts import OPERATOR
from tests.factories.centres import make_centre, make_member
from tests.factories.directory import make_organisation, make_person
from tests.factories.surveys import answer, make_form, send

from yanapay.audit.queries import verify
from yanapay.base.personal import stored_about
from yanapay.directory.actions.persons import add_role
from yanapay.directory.actions.privacy import erase_person
from yanapay.directory.models import Organisation, Person
from yanapay.mapping.models import Proposal
from yanapay.surveys.actions.reviewing import review_answers
from yanapay.surveys.actions.rows import derive_next
from yanapay.surveys.models import Attachment, Coding, Record, Submission
from yanapay.surveys.queries.files import SHELF

BODY = "<name>Bodega Flor</name><phone>987654321</phone><photo>{}.jpg</photo>"


@pytest.mark.django_db(transaction=True)
def test_answers_of_an_own_enterprise_are_emptied() -> None:
    make_form()
    ana = make_member("ana", "promoter", make_centre())
    zoraida, bodega = make_person("Zoraida Quispetupac"), make_organisation("Bodega Flor")
    add_role(by=OPERATOR, person=zoraida, organisation=bodega, role="owner")
    first = answer(BODY.format("a"), instance="uuid:a")
    for xml, files in (
        (first, {"a.jpg": b"OWN"}),
        (answer(BODY.format("b"), instance="uuid:b", deprecated="uuid:a"), {"b.jpg": b"SHARED"}),
        (answer(BODY.format("c"), instance="uuid:c"), {"c.jpg": b"SHARED"}),
    ):
        assert send(ana, xml, files).status == 201
    derive_next(by=OPERATOR)
    own = Submission.objects.get(instance_id="uuid:b")
    Coding.objects.create(submission=own, question="q", vocabulary="v", coder=ana)
    review_answers(by=OPERATOR, submissions=[own], review="has_issues", note="Zoraida no firma")
    about(own, bodega)
    lost = SHELF.place(Attachment.objects.get(name="a.jpg").sha256)

    assert [row["files"] for row in stored(zoraida, bodega)] == [["a.jpg"], ["b.jpg"]]
    erase_person(by=OPERATOR, person=zoraida, reason="lo pidió")

    assert [bool(one.xml) for one in Submission.objects.order_by("pk")] == [False, False, True]
    assert set(Attachment.objects.values_list("name", flat=True)) == {"c.jpg"}
    assert not lost.exists()
    assert SHELF.place(Attachment.objects.get().sha256).read_bytes() == b"SHARED"
    assert set(Record.objects.values_list("submission__instance_id", flat=True)) == {"uuid:c"}
    assert not Submission.objects.exclude(review_note="").exists()
    assert stored(zoraida, bodega) == []
    assert verify() == []
    assert send(ana, first, {"a.jpg": b"OWN"}).status == 409


def about(submission: Submission, organisation: Organisation) -> None:
    Proposal.objects.create(
        centre=submission.centre,
        organisation=organisation,
        source="interview",
        submission=submission,
    )


def stored(person: Person, organisation: Organisation) -> list[dict[str, object]]:
    return stored_about(person.pk, [organisation.pk]).get("answers", [])
