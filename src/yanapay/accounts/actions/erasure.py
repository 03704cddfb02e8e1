"""Leaving nothing behind of a person who had an account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db import transaction

from yanapay.accounts.models import Token, User
from yanapay.audit.actions import forget, record
from yanapay.audit.rules import Actor


@transaction.atomic
def erase_user(*, by: Actor, user: User) -> User:
    """Close the account and remove name, address, keys and traces of sign-in.

    The row stays as "user <id>", because events and memberships point to its number.
    """
    names = {user.username, user.email} - {""}
    for log in (AccessAttempt, AccessFailureLog, AccessLog):
        log.objects.filter(username__in=names).delete()
    for kept in (EmailAddress, Authenticator, SocialAccount):
        kept.objects.filter(user=user).delete()
    Token.objects.filter(user=user).delete()
    user.username, user.full_name, user.email = f"user-{user.pk}", "", ""
    user.is_active = False
    user.set_unusable_password()
    user.save()
    forget(by=by, subject=f"user:{user.pk}")
    record(by=by, action="user.erased", object_type="user", object_id=user.pk)
    return user
