"""Settings of accounts: sign-in, lockout, sessions, mail; `tracker.settings` takes them all over.

Passwords are counted by django-axes in the database, where no restart of the broker forgets them;
codes, passkeys and resets by allauth in the cache that all processes share.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from tracker.environ import cache, flag, mail

BEHIND_HTTPS = flag("BEHIND_HTTPS", "0")
CACHES = {"default": cache(os.environ.get("BROKER_URL", ""))}

ACCOUNT_APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "axes",
]
AUTH_USER_MODEL = "negotiations.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
_CHECKS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_CHECKS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_CHECKS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_CHECKS}.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # an invitation is a reset as well, and may wait a weekend

# A session lasts twelve hours after its last use (tracker.sessions) and knows no longer life.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "parley_session"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
CSRF_COOKIE_NAME = "parley_csrf"
CSRF_FAILURE_VIEW = "negotiations.pages.desk.desk.out_of_date"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "negotiations.pages.sign_in.SignIn"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]  # nobody signs up; allauth must know
ACCOUNT_EMAIL_VERIFICATION = "none"  # an admin gave the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers whose address somebody typed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Parley: "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_HTTPS else 0

MFA_ADAPTER = "negotiations.pages.codes.Codes"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Parley"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Browsers take localhost for safe without TLS; allauth asks to be told so.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_HTTPS

SOCIALACCOUNT_ADAPTER = "negotiations.pages.identities.Identities"
SOCIALACCOUNT_AUTO_SIGNUP = True  # there is no sign-up; this keeps its form away
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
OIDC_ISSUER = os.environ.get("OIDC_ISSUER", "").rstrip("/")
_OIDC = {
    "provider_id": "oidc",
    "name": os.environ.get("OIDC_NAME", "OpenID Connect"),
    "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
    "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
    "settings": {"server_url": OIDC_ISSUER},
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": [_OIDC] if OIDC_ISSUER else [], "OAUTH_PKCE_ENABLED": True}
}

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "negotiations.pages.tries.account_of"
AXES_CLIENT_IP_CALLABLE = "negotiations.visitors.address_of"
AXES_LOCKOUT_CALLABLE = "negotiations.pages.tries.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["login", "username", "ip_address", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

globals().update(mail(os.environ.get("EMAIL_URL", "")))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("EMAIL_FROM", "parley@localhost")

# Where `make run` keeps the one-time sign-ins of the demo; it alone sets this.
DEMO_FOLDER = os.environ.get("PARLEY_DEMO", "")
# A form that leads to the provider is held to `form-action` there as well.
FORM_TARGETS = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER))] if OIDC_ISSUER else []
