"""The permissions that roles are made of. Which role has which is data (``data/roles.json``)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    DIRECTORY_VIEW = "directory.view", _("See organisations of the centre")
    DIRECTORY_EDIT = "directory.edit", _("Create and change organisations and people")
    PERSONS_VIEW = "persons.view", _("See people and private contact")
    DIRECTORY_EXPORT = "directory.export", _("Export lists")
    DIRECTORY_IMPORT = "directory.import", _("Import files")
    DIRECTORY_MERGE = "directory.merge", _("Merge duplicates")
    DIRECTORY_SHARE = "directory.share", _("Decide on sharing with other centres")
    ROSTER_VIEW = "roster.view", _("See specialists, trainers and suppliers")
    ROSTER_EDIT = "roster.edit", _("Keep the roster and its credentials")
    ASSISTANCE_VIEW = "assistance.view", _("See consultations and cases")
    ASSISTANCE_EDIT = "assistance.edit", _("Serve clients: consultations and cases")
    ASSISTANCE_ASSIGN = "assistance.assign", _("Assign, transfer and reopen cases")
    ASSISTANCE_SERVE = "assistance.serve", _("Work on cases as the specialist who was asked")
    COSTING_VIEW = "costing.view", _("See and note costs and income of the centre")
    QUALITY_MANAGE = "quality.manage", _("Keep the quality record: formats and non-conformities")
    SURVEYS_SUBMIT = "surveys.submit", _("Fill in forms and see own answers")
    SURVEYS_VIEW = "surveys.view", _("See forms, answers and interviews")
    SURVEYS_REVIEW = "surveys.review", _("Review answers and publish in the public directory")
    SURVEYS_MANAGE = "surveys.manage", _("Upload, open and close forms; hand out devices")
    REPORTS_VIEW = "reports.view", _("Read reports")
    DATA_ERASE = "data.erase", _("Answer personal-data requests")
    AUDIT_VIEW = "audit.view", _("Read the audit trail")
    USERS_MANAGE = "users.manage", _("Manage the users of the centre")
    CENTRES_MANAGE = "centres.manage", _("Manage institutions, centres and roles")
    OWN_VIEW = "own.view", _("See what is stored about oneself")


class TokenScope(models.TextChoices):
    DIRECTORY_READ = "directory:read", _("Read the directory")
    DIRECTORY_WRITE = "directory:write", _("Change the directory")
    FORMS_SUBMIT = "forms:submit", _("Submit forms")
    FORMS_READ = "forms:read", _("Read submissions")
    ASSISTANCE_READ = "assistance:read", _("Read assistance cases")
    ASSISTANCE_WRITE = "assistance:write", _("Change assistance cases")
    REPORTS_READ = "reports:read", _("Read reports")
