"""What the loose figures of the mapping mean, and why some cannot be computed from records. Pure."""

from yanapay.kernel.messages import Message

ESTIMATE = Message("An estimate of the authors: they print neither the question nor the base.")
OUTSIDE = Message(
    "Of the country or of history, not of the organisations: no record here can tell."
)
INSIDE = Message(
    "Told by the organisation of itself; the records hold only members that are here too."
)
NOT_ASKED = Message("The form of the mapping does not ask it.")
MEETING = Message("Of a meeting of 1997 or of a network abroad: not in the records.")

TITLES = {
    "members_average": Message("Members of an organisation, average"),
    "members_min": Message("Members of an organisation, fewest"),
    "members_max": Message("Members of an organisation, most"),
    "share_producing_and_selling": Message("Produce and sell together"),
    "share_without_technical_support": Message("Have no technical support"),
    "share_without_legal_recognition": Message("Have no legal recognition"),
    "share_with_some_registry": Message("Have some registration"),
    "coop_min_members": Message("Members that a cooperative must have"),
    "vat": Message("Value-added tax"),
    "little_market_knowledge": Message("Know little of the market"),
    "needs_management": Message("Need to learn management"),
    "needs_production_process": Message("Need to learn the process of production"),
    "needs_stock": Message("Need to learn to keep stock"),
    "work_near_key_dates": Message("Work more near festive days"),
    "middleman_gain_max": Message("Gain of the middleman at most"),
    "participatory_budget_productive": Message("Participatory budget for production"),
    "participatory_budget_works": Message("Participatory budget for building works"),
    "kitchens_self_managed": Message("Self-managed community kitchens"),
    "kitchens_subsidised": Message("Subsidised community kitchens"),
    "kitchen_women_members": Message("Women in community kitchens"),
    "gies_localities": Message("Places with an initiative group (GIES)"),
    "ciap_base_organisations": Message("Organisations that form CIAP"),
    "ciap_families": Message("Families in CIAP"),
    "ciap_artisans_direct": Message("Artisans of CIAP"),
    "ciap_indirect": Message("People whom CIAP reaches indirectly"),
    "ciap_regions": Message("Regions where CIAP is present"),
    "ciap_founded": Message("Year in which CIAP was founded"),
    "gies_cusco_members": Message("Organisations that form GIES Cusco"),
    "gies_cusco_since": Message("Year since which GIES Cusco exists"),
    "first_meeting_people": Message("Who came to the first meeting"),
    "first_meeting_countries": Message("Countries at the first meeting"),
    "gresp_founded": Message("Foundation of GRESP"),
    "ripess_lac_countries": Message("Countries of the network in Latin America"),
    "interview_hours": Message("Length of an interview"),
    "interview_face_to_face": Message("Interviews face to face"),
    "interview_remote": Message("Interviews by telephone or internet"),
    "conflict_deaths": Message("Deaths of the internal conflict"),
    "conflict_deaths_ayacucho": Message("Of these in Ayacucho"),
    "social_protection_uncovered": Message("People without social protection"),
}
UNITS = {
    "persons": Message("persons"), "percent": Message("per cent"), "percent of producers": Message("per cent"),
    "percent more than producer": Message("per cent more"), "kitchens": Message("kitchens"),
    "places": Message("places"), "organisations": Message("organisations"), "families": Message("families"),
    "of 24 regions": Message("of 24 regions"), "year": Message("year"), "month": Message("month"),
    "persons and organisations": Message("persons and organisations"), "countries": Message("countries"),
    "hours": Message("hours"), "persons (about)": Message("persons, about"),
}  # fmt: skip
_BY_REASON = {
    ESTIMATE: (
        "share_producing_and_selling", "share_without_technical_support", "little_market_knowledge",
        "needs_management", "needs_production_process", "needs_stock", "work_near_key_dates",
        "middleman_gain_max",
    ),
    OUTSIDE: (
        "coop_min_members", "vat", "participatory_budget_productive", "participatory_budget_works",
        "kitchens_self_managed", "kitchens_subsidised", "kitchen_women_members", "conflict_deaths",
        "conflict_deaths_ayacucho", "social_protection_uncovered",
    ),
    INSIDE: (
        "gies_localities", "ciap_base_organisations", "ciap_families", "ciap_artisans_direct", "ciap_indirect",
        "ciap_regions", "ciap_founded", "gies_cusco_members", "gies_cusco_since",
    ),
    NOT_ASKED: ("interview_hours", "interview_face_to_face", "interview_remote"),
    MEETING: ("first_meeting_people", "first_meeting_countries", "gresp_founded", "ripess_lac_countries"),
}  # fmt: skip
REASONS = {key: reason for reason, keys in _BY_REASON.items() for key in keys}
