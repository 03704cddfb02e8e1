"""The closed vocabularies of assistance. Codes are stable: reports, exports and the API use them."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Stage(models.IntegerChoices):
    """The six stages of the service, in order."""

    PROMOTION = 1, _("Promotion")
    DIAGNOSIS = 2, _("Diagnosis")
    PROPOSAL = 3, _("Proposal")
    ACTION_PLAN = 4, _("Action plan")
    EXECUTION = 5, _("Execution")
    EVALUATION = 6, _("Evaluation")


class State(models.TextChoices):
    OPEN = "open", pgettext_lazy("case", "Open")
    PAUSED = "paused", pgettext_lazy("case", "Paused")
    ABANDONED = "abandoned", _("Abandoned")
    REFUSED = "refused", _("Refused by the enterprise")
    CLOSED = "closed", pgettext_lazy("case", "Closed")


class Move(models.TextChoices):
    """What can be done with a case as a whole."""

    OPEN = "open", _("Open the case")
    ADVANCE = "advance", _("Go on to the next stage")
    BACK = "back", _("Go back a stage")
    PAUSE = "pause", _("Pause")
    RESUME = "resume", _("Resume")
    ABANDON = "abandon", _("Abandon")
    REFUSE = "refuse", _("Note that the enterprise refused")
    REOPEN = "reopen", _("Reopen")
    CLOSE = "close", _("Close")


class Origin(models.TextChoices):
    CAMPAIGN = "campana", _("Campaign")
    FAIR = "feria", _("Fair")
    REFERRAL = "referencia", _("Referral")
    COURSE = "curso", _("Course")
    CONSULTATION = "consulta", _("Consultation")
    WALK_IN = "espontanea", _("Walk-in")
    FOLLOW_UP = "seguimiento", _("Follow-up of an earlier case")


class Line(models.TextChoices):
    """The two lines of service (codes as published)."""

    PRODUCTION = "tecnico_productiva", _("Technical and productive")
    MANAGEMENT = "gestion", _("Management")


class Subsector(models.TextChoices):
    """The branches by which cases are compared (codes as published, and those of the catalogue)."""

    BAKERY = "panaderia", _("Bakery and pastry")
    DAIRY = "lacteos", _("Dairy")
    FRUIT = "frutas_hortalizas", _("Fruit and vegetables")
    SWEETS = "confiteria", _("Confectionery and chocolate")
    BEES = "apicultura", _("Beekeeping")
    SPIRITS = "licores", _("Spirits and macerations")
    MEAT = "carnicos", _("Meat products")
    MILLING = "molineria", _("Milling and grains")
    PASTA = "fideos", _("Pasta and noodles")
    DRINKS = "bebidas", _("Drinks")
    SNACKS = "fritos", _("Fried snacks")
    EQUIPMENT = "equipos", _("Equipment makers")
    OTHER = "otros", _("Others")


class Channel(models.TextChoices):
    """How somebody asked."""

    VISIT = "visita", _("In the office")
    PHONE = "telefono", _("Phone")
    MESSAGE = "mensaje", _("Messaging")
    INTERNET = "internet", _("E-mail or internet")
    FIELD = "campo", _("In the field")


class Outcome(models.TextChoices):
    """How a consultation ended."""

    ANSWERED = "resuelta", pgettext_lazy("consultation", "Answered")
    COURSE = "curso", _("Referred to a course")
    CASE = "caso", _("Became a case")
    ELSEWHERE = "derivada", _("Referred to another body")
    PENDING = "pendiente", _("Pending")


class Area(models.TextChoices):
    """The three areas of the diagnosis."""

    PRODUCTION = "produccion", _("Production")
    ADMINISTRATION = "administracion", _("Administration")
    COMMERCIAL = "comercial", _("Commercial")


class NodeRole(models.TextChoices):
    CENTRAL = "central", _("Central problem")
    CAUSE = "cause", _("Cause")
    EFFECT = "effect", _("Effect")


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    SUPERSEDED = "superseded", _("Replaced by a newer version")


class Signature(models.TextChoices):
    """How the entrepreneur decided or confirmed."""

    SCREEN = "screen", _("Signature on screen")
    PAPER = "paper", _("Signed paper, scanned")
    CODE = "code", _("Code by message")
    ACCOUNT = "account", _("From their own account")


class BudgetKind(models.TextChoices):
    SPECIALIST = "specialist", _("Specialist days")
    TRAVEL = "travel", _("Travel")
    MATERIALS = "materials", _("Materials")
    LABORATORY = "laboratory", _("Laboratory")
    OVERHEAD = "overhead", _("Overhead")
    OTHER = "other", _("Other")


class Payer(models.TextChoices):
    """Who pays a share of the price."""

    ENTERPRISE = "enterprise", _("Enterprise")
    VOUCHER = "voucher", _("Voucher")
    PROGRAMME = "programme", _("Programme")
    CENTRE = "centre", _("Centre")


class ShareBy(models.TextChoices):
    """How a share of the price was agreed."""

    PERCENT = "percent", _("Percentage")
    AMOUNT = "amount", _("Amount")
    REST = "rest", _("The rest")


class Direction(models.TextChoices):
    UP = "up", _("more is better")
    DOWN = "down", _("less is better")


class Doer(models.TextChoices):
    """Who carries out a task of the action plan."""

    ENTERPRISE = "enterprise", _("Enterprise")
    SPECIALIST = "specialist", _("Specialist")
    CENTRE = "centre", _("Centre")


class AssignmentState(models.TextChoices):
    ASKED = "asked", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Not answered in time")
    ENDED = "ended", _("Ended")


class ChangeKind(models.TextChoices):
    """What a technology changes; at least one."""

    EQUIPMENT = "equipment", _("Equipment")
    SKILLS = "skills", _("Skills")
    ORGANISATION = "organisation", _("Organisation")


class Round(models.TextChoices):
    """When an enterprise is visited again."""

    FINAL = "final", _("30 to 60 days after the end")
    HALF_YEAR = "6m", _("6 months after the end")
    YEAR = "12m", _("12 months after the end")
    IMPACT = "impact", _("Impact evaluation of the programme")


class RequestState(models.TextChoices):
    PENDING = "pending", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


class EntryKind(models.TextChoices):
    """Costs and income of a centre that are not those of a single contract or payment."""

    SALARIES = "salaries", _("Salaries")
    PREMISES = "premises", _("Premises")
    TRAVEL = "travel", _("Travel")
    MATERIALS = "materials", _("Materials")
    SPECIALISTS = "specialists", _("Specialists")
    SERVICES = "services", _("Services and communication")
    OTHER_COST = "other_cost", _("Other costs")
    FEES = "fees", _("Fees of clients")
    COURSES = "courses", _("Courses")
    GRANT = "grant", _("Grant or subsidy")
    OTHER_INCOME = "other_income", _("Other income")


COSTS = frozenset({
    EntryKind.SALARIES, EntryKind.PREMISES, EntryKind.TRAVEL, EntryKind.MATERIALS, EntryKind.SPECIALISTS,
    EntryKind.SERVICES, EntryKind.OTHER_COST,
})  # fmt: skip
OWN_INCOME = frozenset({EntryKind.FEES, EntryKind.COURSES, EntryKind.OTHER_INCOME})


class TransferPhase(models.TextChoices):
    """The three phases in which a service passes to another institution (codes as published)."""

    INITIAL = "gestion_inicial", _("Initial management")
    SHARED = "cogestion", _("Shared management")
    SELF = "autogestion", _("Self-management")


class Component(models.TextChoices):
    PROCEDURES = "procedures", _("Procedures")
    INSTRUMENTS = "instruments", _("Instruments and formats")
    FILES = "files", _("Client files")
    SPECIALISTS = "specialists", _("Specialists")
    MATERIALS = "materials", _("Materials and equipment")
    TRAINING = "training", _("Training of staff")
