"""The closed vocabularies of the directory. Codes are stable: imports, exports and the API use them."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Kind(models.TextChoices):
    """What an organisation is. The codes of the SSE mapping are kept as they are published."""

    ENTERPRISE = "empresa", _("Micro or small enterprise")
    PROSPECTIVE = "protoempresa", _("Prospective enterprise")
    COOPERATIVE = "cooperativa", _("Cooperative")
    COOP_AGRARIAN = "coop_agraria", _("Agrarian cooperative")
    COOP_CREDIT = "coop_ahorro_credito", _("Savings and credit cooperative")
    COOP_MULTI = "coop_servicios_multiples", _("Multiple-service cooperative")
    COOP_SPECIAL = "coop_servicios_especiales", _("Special-service cooperative")
    COOP_HOUSING = "coop_vivienda", _("Housing cooperative")
    COOP_MINING = "coop_minera", _("Mining cooperative")
    COOP_TRANSPORT = "coop_transportes", _("Transport cooperative")
    COOP_OTHER = "coop_otras", _("Cooperative of another type")
    ASSOCIATION = "gremio", _("Trade union or guild")
    PRODUCERS = "productores", _("Producers' association")
    ARTISANS = "artesanos", _("Artisans' organisation")
    NETWORK = "red", _("Network")
    MUNICIPALITY = "municipio", _("Municipality")
    STATE = "estado", _("Public body")
    NGO = "ong", _("NGO")
    CHURCH = "iglesia", _("Church body")
    TRAINING = "educacion", _("Education or training institution")
    UNIVERSITY = "universidad", _("University")
    LENDER = "finanzas_solidarias", _("Solidarity finance or lender")
    HEALTH = "salud", _("Health organisation")
    MEDIA = "medios", _("Media")
    TOURISM = "turismo", _("Community tourism")
    SERVICES = "servicios", _("Services")
    CONSUMERS = "consumidores", _("Consumers' organisation")
    SUPPLIER = "proveedor", _("Supplier")
    BUYER = "comprador", _("Buyer")
    OTHER = "otro", _("Other")


class Status(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("organisation", "Active")
    PAUSED = "paused", pgettext_lazy("organisation", "Paused")
    CLOSED = "closed", pgettext_lazy("organisation", "Closed")
    MERGED = "merged", pgettext_lazy("organisation", "Merged")


class Sex(models.TextChoices):
    WOMAN = "f", _("Woman")
    MAN = "m", _("Man")
    OTHER = "x", _("Other")


class Education(models.TextChoices):
    NONE = "ninguna", _("No schooling")
    PRIMARY = "primaria", _("Primary school")
    SECONDARY = "secundaria", _("Secondary school")
    HIGHER = "superior", _("Higher education")


class PersonRole(models.TextChoices):
    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    WORKER = "worker", _("Worker")
    MEMBER = "member", _("Member")
    REPRESENTATIVE = "representative", _("Representative")


class AffiliationRole(models.TextChoices):
    MEMBER = "member", _("Member")
    FOUNDER = "founder", _("Founding member")
    BOARD = "board", _("On the board")
    ALLY = "ally", _("Ally")


class Precision(models.TextChoices):
    """How exactly a point is known."""

    GPS = "gps", _("Measured on the spot")
    ADDRESS = "address", _("From the address")
    AREA = "area", _("Centre of the area")


class FormalityMark(models.TextChoices):
    TAX_ID = "tax_id", _("Tax registration")
    BRAND = "brand", _("Registered brand")
    SANITARY = "sanitary", _("Sanitary registration")
    LICENCE = "licence", _("Operating licence")
    CERTIFICATION = "certification", _("Certification")


class ConsentPurpose(models.TextChoices):
    SERVICE = "service", _("Keeping a file and giving services")
    PUBLIC = "public", _("Showing in the public directory")
    POINT = "point", _("Showing the exact point on the public map")
    SHARING = "sharing", _("Sharing with other centres")
    STATISTICS = "statistics", _("Use in statistics")


class Channel(models.TextChoices):
    PAPER = "paper", _("Signed paper")
    SPOKEN = "spoken", _("Spoken, noted by staff")
    SCREEN = "screen", _("On screen")
    MESSAGE = "message", _("By message")


class RequestState(models.TextChoices):
    PENDING = "pending", pgettext_lazy("request", "Pending")
    ACCEPTED = "accepted", pgettext_lazy("request", "Accepted")
    REFUSED = "refused", pgettext_lazy("request", "Refused")


class BatchState(models.TextChoices):
    STAGED = "staged", pgettext_lazy("import", "Checked, waiting")
    QUEUED = "queued", pgettext_lazy("import", "Queued")
    LOADING = "loading", pgettext_lazy("import", "Loading")
    PUBLISHED = "published", pgettext_lazy("import", "Loaded")
    FAILED = "failed", pgettext_lazy("import", "Failed")
    DISCARDED = "discarded", pgettext_lazy("import", "Discarded")
    UNDONE = "undone", pgettext_lazy("import", "Undone")
