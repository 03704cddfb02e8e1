"""Users, roles as data, tokens for machines. Knows no domain."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy as _

from yanapay.accounts.choices import TokenScope


class User(AbstractUser):
    """A person who signs in. A name once shown in the history stays there after deactivation."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=5, default="es")
    must_change_password = models.BooleanField(default=False)
    is_entrepreneur = models.BooleanField(default=False)
    is_fictitious = models.BooleanField(default=False)

    class Meta:
        db_table = "accounts_user"
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="accounts_user_name_once",
                violation_error_message=_("A user with that name already exists."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="accounts_user_email_once",
                violation_error_message=_("Another user has this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.full_name or self.username

    @property
    def signature(self) -> str:
        """The name in the history: a number for an entrepreneur, whose name may be erased."""
        return f"entrepreneur {self.pk}" if self.is_entrepreneur else self.get_full_name()


class Role(models.Model):
    """A named list of permissions. The shipped ones come from ``data/roles.json``."""

    code = models.SlugField(max_length=40, unique=True)
    label_es = models.CharField(max_length=100)
    label_en = models.CharField(max_length=100)
    description_es = models.CharField(max_length=300, blank=True)
    description_en = models.CharField(max_length=300, blank=True)
    permissions = models.JSONField(default=list)
    everywhere = models.BooleanField(default=False, help_text="Holds in every centre")
    is_shipped = models.BooleanField(default=False)
    is_changed_here = models.BooleanField(default=False, help_text="No longer follows the release")

    class Meta:
        db_table = "accounts_role"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self._in_language(self.label_es, self.label_en)

    @property
    def description(self) -> str:
        return self._in_language(self.description_es, self.description_en)

    def _in_language(self, spanish: str, english: str) -> str:
        return english if (get_language() or "es").startswith("en") else spanish


class TokenQuerySet(models.QuerySet["Token"]):
    def valid(self) -> "TokenQuerySet":
        now = timezone.now()
        alive = Q(revoked_at=None) & (Q(expires_at=None) | Q(expires_at__gt=now))
        return self.filter(alive, user__is_active=True)


class Token(models.Model):
    """A key with which a program acts as a user, cut to scopes. Only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        db_table = "accounts_token"

    def __str__(self) -> str:
        return self.name

    def may(self, scope: TokenScope) -> bool:
        return scope.value in self.scopes
