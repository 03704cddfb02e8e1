"""The closed lists of the roster."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpecialistKind(models.TextChoices):
    SPECIALIST = "specialist", _("Specialist")
    TRAINER = "trainer", _("Trainer")
    SUPPLIER = "supplier", _("Supplier of equipment, inputs or packaging")


class Language(models.TextChoices):
    """What is spoken with clients (ISO 639)."""

    SPANISH = "es", _("Spanish")
    QUECHUA = "qu", _("Quechua")
    AYMARA = "ay", _("Aymara")
    ASHANINKA = "cni", _("Asháninka")
    ENGLISH = "en", _("English")
    PORTUGUESE = "pt", _("Portuguese")


class Topic(models.TextChoices):
    """What help is about. Consultations, cases and specialities use the same list."""

    TECHNOLOGY = "informacion_tecnologica", _("Technology and process")
    QUALITY = "calidad", _("Quality and food safety")
    EQUIPMENT = "equipos", _("Equipment and plant")
    MANAGEMENT = "informacion_gestion", _("Management and costs")
    FINANCE = "financiamiento", _("Finance")
    MARKETS = "mercados", _("Markets")
    MARKETING = "mercadeo", _("Marketing and packaging")
    SUPPLIERS = "proveedores", _("Suppliers and inputs")
    PAPERWORK = "tramites", _("Paperwork and registers")
    COURSES = "cursos", _("Courses")
    MATERIALS = "materiales", _("Printed material")
    ORGANISATION = "organizacion", _("Organisation and association")


class TechnologyAction(models.TextChoices):
    """What the catalogue says was done with a technology (codes as published)."""

    PROTOTYPE = "prototipo", _("Prototype")
    IMPROVEMENT = "mejora", _("Improvement")
    PROCESS = "mejora_proceso", _("Process improvement")
    DEVELOPMENT = "desarrollo", _("Development")
    CHANGE = "cambio_tecnologico", _("Change of technology")
    PRODUCTION = "produccion", _("Production")
    CONSERVATION = "conservacion", _("Conservation")
    HANDLING = "manejo_tecnico", _("Technical handling")
    COSTS = "reduccion_costos", _("Lower costs")
    SETTING_UP = "implementacion", _("Setting up")
    ADAPTATION = "adaptacion", _("Adaptation")
