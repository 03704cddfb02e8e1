"""The record page: what is known of an organisation, gathered and put into words."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from yanapay.assistance.models import Case, Consultation
from yanapay.audit.queries import personal_values
from yanapay.centres.rules import Scope
from yanapay.directory.access import (
    can_edit_organisation,
    can_see_people,
    can_share_organisation,
)
from yanapay.directory.models import Observation, Organisation
from yanapay.directory.queries.duplicates import possible_duplicates, sketch
from yanapay.directory.queries.facets import labels
from yanapay.directory.queries.figures import sizes_by
from yanapay.directory.queries.profile import evidence_of
from yanapay.directory.queries.record import Moment, observations_of, timeline
from yanapay.directory.rules.heterogeneity import AxisPosition, profile
from yanapay.directory.rules.law import scheme_of
from yanapay.directory.rules.personal import masked
from yanapay.kernel.money import minor_digits
from yanapay.kernel.sizes import Classification, Scheme, scheme
from yanapay.web.acting import say
from yanapay.web.audit.words import actor_word
from yanapay.web.directory.charts import Chart, chart
from yanapay.web.directory.forms.details import VOCABULARIES
from yanapay.web.directory.words import Told, told
from yanapay.web.mapping.panel import mapping_of

DRAWN = 24  # observations in the charts and the table of figures
SHOWN = 4  # cases and consultations on the page of their enterprise


@dataclass(frozen=True)
class Size:
    """The size under the country's law, with the sentence that explains it."""

    scheme: Scheme
    result: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class Place:
    """A position on one axis of the heterogeneity profile, in words."""

    axis: str
    label: str
    reason: str
    percent: int | None


def story(scope: Scope, organisation: Organisation) -> dict[str, Any]:
    """Everything the record page shows, cut to what the scope may see."""
    people = can_see_people(scope, organisation)
    observed = observations_of(organisation)
    observations = [one for one in observed if one.replaced_by_id is None][:DRAWN]
    prefetch_related_objects([organisation], "identifiers")
    return {
        "organisation": organisation,
        "may_edit": can_edit_organisation(scope, organisation),
        "may_see_people": people,
        "may_share": can_share_organisation(scope, organisation),
        "numbers": numbers(organisation, shown=people),
        "size": size_by_law(organisation, observations),
        "observations": observations,
        "latest": observations[0] if observations else None,
        "charts": charts(observations),
        "codes": codes(organisation),
        "activities": organisation.activities.select_related("activity").order_by("-is_main", "pk"),
        "further_areas": organisation.further_areas.select_related("area"),
        "formality": organisation.formality.order_by("mark"),
        "people": _people(organisation) if people else [],
        "networks": organisation.affiliations.select_related("network").order_by("until", "-since"),
        "members": organisation.members.filter(until=None).select_related("member__area")[:12],
        "member_count": organisation.members.filter(until=None).count(),
        "places": [
            in_words(position) for position in profile(evidence_of(organisation, observations))
        ],
        "consents": organisation.consents.order_by("withdrawn_on", "-given_on"),
        "files": organisation.files.order_by("-created_at") if people else [],
        "shares": organisation.shares.filter(until=None).select_related("centre"),
        "provenance": getattr(organisation, "provenance", None),
        "likenesses": possible_duplicates(scope, sketch(organisation), besides=organisation.pk),
        "timeline": entries(scope, organisation, observed),
        "assistance": assistance_of(scope, organisation),
        "mapping": mapping_of(scope, organisation),
    }


def assistance_of(scope: Scope, organisation: Organisation) -> dict[str, Any] | None:
    """Its cases and consultations, for those who see such; the newest, and how many there are."""
    if not (scope.may("assistance.view") or scope.may("assistance.serve")):
        return None
    cases = Case.objects.visible_to(scope).filter(organisation=organisation)
    asked = Consultation.objects.visible_to(scope).filter(organisation=organisation)
    newest = list(cases.select_related("responsible").newest_first()[:SHOWN])
    return {
        "cases": newest,
        "case_count": cases.count() if len(newest) == SHOWN else len(newest),
        "consultations": asked.newest_first()[:SHOWN],
        "may_serve": scope.may("assistance.edit"),
    }


def size_by_law(organisation: Organisation, newest_first: list[Observation]) -> Size:
    """Under the scheme of its country, by the latest figures."""
    law = scheme_of(organisation.country)
    latest = newest_first[0] if newest_first else None
    found = next(one for one in sizes_by(latest) if one.scheme == law)
    return sized(found)


def sized(found: Classification) -> Size:
    return Size(scheme(found.scheme), say(found.result), found.outcome, say(found.reason))


def numbers(organisation: Organisation, *, shown: bool) -> list[tuple[Any, str]]:
    """Official numbers; a personal one is masked unless people may be seen."""
    return [
        (row, row.number if shown or not row.is_personal else masked(row.number))
        for row in sorted(organisation.identifiers.all(), key=attrgetter("pk"))
    ]


def charts(observations: list[Observation]) -> list[tuple[str, Chart, str]]:
    """The series that can be drawn: title, chart, currency of money."""
    oldest_first = observations[::-1]
    workers = [(o.observed_on, float(o.workers)) for o in oldest_first if o.workers is not None]
    currency = observations[0].currency if observations else ""
    sales = [
        (o.observed_on, o.annual_sales / 10 ** minor_digits(currency))
        for o in oldest_first
        if o.annual_sales is not None and o.currency == currency
    ]
    drawn = [(_("Workers"), chart(workers), ""), (_("Annual sales"), chart(sales), currency)]
    return [(title, found, unit) for title, found, unit in drawn if found]


def codes(organisation: Organisation) -> list[tuple[str, Any, list[str]]]:
    """Needs, strengths, opportunities…: vocabulary, title and the labels of its codes."""
    rows = organisation.attributes.filter(vocabulary__in=VOCABULARIES).order_by("code")
    held: dict[str, list[str]] = {row.vocabulary: [] for row in rows}
    named = labels(list(held)) if held else {}
    for row in rows:
        held[row.vocabulary].append(named.get((row.vocabulary, row.code), row.code))
    return [(name, title, held.get(name, [])) for name, title in VOCABULARIES.items()]


def in_words(position: AxisPosition) -> Place:
    axes = {
        "capitalisation": _("Capital"), "technology": _("Technology"), "labour": _("Work"),
        "insertion": _("Market"), "survival": _("Growth"),
    }  # fmt: skip
    percent = None if position.position is None else round(position.position * 100)
    return Place(axes[position.axis], say(position.label), say(position.reason), percent)


def entries(
    scope: Scope, organisation: Organisation, observations: list[Observation]
) -> list[Told]:
    """The timeline, notes only for those who see people."""
    people = can_see_people(scope, organisation)
    moments = timeline(organisation, observations)
    moments = [m for m in moments if people or m.kind != "note"]
    events = [m.subject for m in moments if m.kind == "event"] if people else []
    personal = personal_values(events)
    return [_entry(moment, personal) for moment in moments]


def _entry(moment: Moment, personal: dict[int, Any]) -> Told:
    subject = moment.subject
    if moment.kind == "event":
        return told(subject, personal.get(subject.pk))
    if moment.kind == "note":
        return Told(moment.at, "notes", _("Note"), moment.who, subject.text)
    day = timezone.localtime(moment.at).date()
    title = _("Figures, corrected since") if subject.replaced_by_id else _("Figures of the day")
    return Told(day, "chart-bar", title, actor_word(moment.who), subject.source, _figures(subject))


def _figures(observation: Observation) -> list[str]:
    told = []
    if observation.workers is not None:
        told.append(_("%(n)s workers") % {"n": observation.workers})
    if observation.members_women is not None or observation.members_men is not None:
        women, men = observation.members_women or 0, observation.members_men or 0
        told.append(_("%(women)s women and %(men)s men members") % {"women": women, "men": men})
    return told


def _people(organisation: Organisation) -> Any:
    return (
        organisation.people.select_related("person")
        .filter(person__merged_into=None)
        .order_by("until", "pk")
    )
