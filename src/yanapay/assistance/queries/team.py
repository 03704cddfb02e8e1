"""Who could help with a case and who does; the load of the specialists."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, QuerySet

from yanapay.assistance.choices import AssignmentState, State
from yanapay.assistance.models import Assignment, Case
from yanapay.centres.rules import Scope
from yanapay.directory.models import PersonRoleRecord
from yanapay.kernel.errors import NotFound
from yanapay.kernel.messages import Message
from yanapay.kernel.money import Money
from yanapay.kernel.text import fold
from yanapay.roster.models import Specialist
from yanapay.roster.queries.accreditation import standings_by
from yanapay.roster.queries.specialists import away
from yanapay.roster.rules.accreditation import lacks
from yanapay.roster.rules.languages import languages_named
from yanapay.roster.rules.matching import Candidate, Known, Match, Need, Obstacle, match, rank

RUNNING = (AssignmentState.ASKED, AssignmentState.ACCEPTED)
STANDING = (State.OPEN, State.PAUSED)


def need_of(case: Case, on: date, technologies: Collection[int] = (), topic: str = "") -> Need:
    """What the case asks for; ``topic`` and ``technologies`` narrow what the case itself says."""
    activities = case.organisation.activities.select_related("activity__parent__parent__parent")
    codes, branches = set(), set()
    for row in activities:
        codes.add(row.activity.code)
        above = row.activity.parent
        while above is not None:
            branches.add(above.code)
            above = above.parent
    area = case.organisation.area
    used = case.technologies.values_list("technology_id", flat=True)
    return Need(
        on=on, topic=topic or case.topic, activities=frozenset(codes), branches=frozenset(branches),
        technologies=frozenset(technologies or used), area_path=area.path if area else "",
        languages=languages_named(case.contact.languages if case.contact else ""),
    )  # fmt: skip


def matches(case: Case, need: Need) -> list[Match]:
    """Every active entry of the centre's roster, the best first, with reasons and obstacles."""
    listed = Specialist.objects.active().filter(centre=case.centre_id)
    return rank(need, candidates(case, listed, need.on))


def match_of(case: Case, specialist: Specialist, on: date) -> Match:
    """One specialist against what the case asks for."""
    one = Specialist.objects.filter(pk=specialist.pk)
    return match(need_of(case, on), candidates(case, one, on)[0])


def candidates(case: Case, listed: QuerySet[Specialist], on: date) -> list[Candidate]:
    """The specialists as they stand on the day, seen from the case."""
    found = list(
        listed.select_related("person", "organisation").prefetch_related(
            "specialities__activity", "areas__area", "ratings"
        )
    )
    papers, absent, load = standings_by(found, on), away(on), loads(found)
    against = _obstacles(case, found)
    return [
        Candidate(
            key=one.pk, name=str(one), known=_known(one), languages=frozenset(one.languages),
            areas=[(row.area.path, row.area.name) for row in one.areas.all()],
            load=load.get(one.pk, 0), most_cases=one.most_cases, away_until=absent.get(one.pk),
            lacks=[standing.demand.label for standing in lacks(papers[one.pk])],
            ratings=[rating.score for rating in one.ratings.all()],
            rate=Money(one.day_rate, one.currency) if one.day_rate is not None else None,
            against=against.get(one.pk, []),
        )
        for one in found
    ]  # fmt: skip


def loads(specialists: Iterable[Specialist]) -> dict[int, int]:
    """In how many standing cases each was asked or works."""
    running = Assignment.objects.filter(
        specialist__in=[one.pk for one in specialists], state__in=RUNNING, case__state__in=STANDING
    )
    counted = running.values("specialist").annotate(n=Count("pk"))
    return {row["specialist"]: row["n"] for row in counted}


def running_assignments(specialist: Specialist) -> list[Assignment]:
    """What they were asked or have accepted in cases that go on."""
    found = Assignment.objects.filter(
        specialist=specialist, state__in=RUNNING, case__state__in=STANDING
    )
    return list(
        found.select_related(
            "case__organisation", "specialist__person", "specialist__organisation"
        ).order_by("asked_on", "pk")
    )


def assignments_of_specialist(specialist: Specialist) -> QuerySet[Assignment]:
    """Everything they were asked, newest first."""
    own = Assignment.objects.filter(specialist=specialist)
    return own.select_related("case__organisation").order_by("-asked_on", "-pk")


def assignments_of(user_id: int) -> QuerySet[Assignment]:
    """Everything that the user was asked as a specialist, what waits for an answer first."""
    own = Assignment.objects.filter(specialist__user=user_id)
    return own.select_related("case__organisation__area", "case__responsible", "contract").order_by(
        "-asked_on", "-pk"
    )


def open_assignment(scope: Scope, pk: int) -> Assignment:
    """An assignment of a case that the scope may see, or of the user; else NotFound."""
    found = Assignment.objects.select_related(
        "case__organisation", "specialist__person", "specialist__organisation", "case__centre"
    ).filter(pk=pk, case__in=Case.objects.visible_to(scope)).first()  # fmt: skip
    if found is None:
        raise NotFound("There is no such assignment, or it is not yours.")
    return found


def kept_reasons(assignment: Assignment) -> list[Message]:
    """Why this specialist was asked, as the sentences that were shown then."""
    return [Message(kept["template"], **kept["values"]) for kept in assignment.reasons]


def _known(specialist: Specialist) -> list[Known]:
    return [
        Known(
            row.topic, row.activity.code if row.activity else "", row.technology_id, row.years or 0
        )
        for row in specialist.specialities.all()
    ]


def _obstacles(case: Case, found: Collection[Specialist]) -> dict[int, list[Obstacle]]:
    """What the records of the case and of the enterprise hold against each."""
    members = PersonRoleRecord.objects.filter(organisation=case.organisation_id, until=None)
    tied = set(members.values_list("person_id", flat=True))
    asked: dict[int, Assignment] = {}
    for assignment in case.assignments.order_by("asked_on", "pk"):
        asked[assignment.specialist_id] = assignment
    return {
        one.pk: [*_ties(case, one, tied), *_history(asked.get(one.pk))] for one in found
    }  # fmt: skip


def _ties(case: Case, one: Specialist, tied: Collection[int]) -> list[Obstacle]:
    if one.person_id in tied or one.organisation_id == case.organisation_id:
        return [Obstacle(Message("Conflict of interest: belongs to the enterprise"))]
    if one.conflicts and fold(case.organisation.name) in fold(one.conflicts):
        return [Obstacle(Message("Conflict of interest: declared for this enterprise"))]
    return []


def _history(assignment: Assignment | None) -> list[Obstacle]:
    if assignment is None:
        return []
    sentences = {
        AssignmentState.ASKED: Obstacle(Message("Asked already, waiting for the answer")),
        AssignmentState.ACCEPTED: Obstacle(Message("Works in this case already")),
        AssignmentState.DECLINED: Obstacle(
            Message("Declined this case: {why}", why=assignment.answer), blocks=False
        ),
        AssignmentState.EXPIRED: Obstacle(
            Message("Did not answer in time when asked before"), blocks=False
        ),
    }
    found = sentences.get(AssignmentState(assignment.state))
    return [found] if found else []
