"""Forms about users, roles and tokens. They check shape; the actions check the rules."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yanapay.accounts.choices import Permission, TokenScope
from yanapay.accounts.models import Role, User
from yanapay.centres.models import Centre, Team
from yanapay.centres.queries import centres_of
from yanapay.centres.rules import Scope


class SignInForm(LoginForm):  # type: ignore[misc]
    """Says what to sign in with: allauth calls the field «Login»."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail")
        del self.fields["login"].widget.attrs["placeholder"]


class AccountForm(forms.Form):
    """What an administrator may change of a user."""

    full_name = forms.CharField(label=_("Full name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class MembershipForm(forms.Form):
    """A role in a centre, among those the giver may give."""

    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.all())
    centre = forms.ModelChoiceField(
        label=_("Centre"), queryset=Centre.objects.none(), required=False,
        help_text=_("Leave empty only for a role that holds everywhere."),
    )  # fmt: skip
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        centres = centres_of(scope).filter(is_active=True)
        _choose(self.fields["centre"], centres)
        if team := self.fields.get("team"):
            _choose(team, Team.objects.filter(centre__in=centres))
        if not scope.everywhere:
            self.fields["centre"].required = True
            self.fields["centre"].help_text = ""


class NewUserForm(MembershipForm, AccountForm):
    """A new user with a first role; the password is drawn."""

    username = forms.CharField(
        label=_("User name"), max_length=150, help_text=_("To sign in with; it cannot be changed.")
    )
    team = None  # type: ignore[assignment]
    field_order = ("full_name", "username", "email", "language", "role", "centre")


class LeaverForm(forms.Form):
    """Who takes over, and why somebody leaves."""

    heir = forms.ModelChoiceField(
        label=_("Colleague who takes over"), queryset=User.objects.none(), required=False
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, heirs: QuerySet[User], has_work: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heir"].required = has_work
        _choose(self.fields["heir"], heirs)


class RoleForm(forms.Form):
    """The permissions of one role."""

    permissions = forms.MultipleChoiceField(
        label=_("Permissions"), choices=Permission.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class NewRoleForm(RoleForm):
    code = forms.SlugField(label=_("Code"), max_length=40)
    label = forms.CharField(label=_("Name"), max_length=100)
    field_order = ("label", "code", "permissions")


class TokenForm(forms.Form):
    """What a program may do in one's name."""

    name = forms.CharField(label=_("For what"), max_length=100)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=TokenScope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(
        label=_("Valid for days"), min_value=1, max_value=3650, initial=365, required=False
    )


def _choose(field: forms.Field, queryset: QuerySet[Any]) -> None:
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
    field.queryset = queryset
