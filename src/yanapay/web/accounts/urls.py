"""Addresses of users, roles, the own profile and tokens."""

from django.urls import path

from yanapay.web.accounts.views import profile, roles, users

app_name = "accounts"
urlpatterns = [
    path("users/", users.user_list, name="users"),
    path("users/new/", users.user_new, name="user_new"),
    path("users/<int:pk>/", users.user_page, name="user"),
    path("users/<int:pk>/roles/", users.membership_new, name="membership_new"),
    path("users/<int:pk>/leave/", users.user_leave, name="user_leave"),
    path("users/<int:pk>/password/", users.user_password, name="user_password"),
    path("memberships/<int:pk>/end/", users.membership_end, name="membership_end"),
    path("roles/", roles.role_matrix, name="roles"),
    path("roles/new/", roles.role_new, name="role_new"),
    path("roles/<slug:code>/", roles.role_page, name="role"),
    path("roles/<slug:code>/reset/", roles.role_reset, name="role_reset"),
    path("profile/", profile.profile, name="profile"),
    path("profile/tokens/", profile.tokens, name="tokens"),
    path("profile/tokens/<int:pk>/revoke/", profile.token_revoke, name="token_revoke"),
]
