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
