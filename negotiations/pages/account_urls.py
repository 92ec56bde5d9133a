"""Addresses of accounts: allauth's views under its own names, and what it does not have.

Each is listed, because allauth brings more than this site wants: nobody signs up here or changes an
e-mail address without an admin.
"""

from __future__ import annotations

from allauth.account import views as accounts
from allauth.socialaccount import views as identities
from django.urls import include, path, re_path

from negotiations.pages import account, demo

_password = [
    path("change/", accounts.password_change, name="account_change_password"),
    path("set/", accounts.password_set, name="account_set_password"),
    path("reset/", accounts.password_reset, name="account_reset_password"),
    path("reset/done/", accounts.password_reset_done, name="account_reset_password_done"),
    path(
        "reset/key/done/",
        accounts.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        accounts.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
_identities = [
    path("", account.overview, name="socialaccount_connections"),
    path("cancelled/", identities.login_cancelled, name="socialaccount_login_cancelled"),
    path("failed/", identities.login_error, name="socialaccount_login_error"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
urlpatterns = [
    path("", account.overview, name="account_overview"),
    path("login/", accounts.login, name="account_login"),
    path("logout/", accounts.logout, name="account_logout"),
    path("inactive/", accounts.account_inactive, name="account_inactive"),
    path("reauthenticate/", accounts.reauthenticate, name="account_reauthenticate"),
    path("password/", include(_password)),
    path("2fa/", include("allauth.mfa.urls")),
    path("identities/", include(_identities)),
    path("demo/<slug:token>/", demo.demo, name="account_demo"),
]
