"""Settings of the project, from the environment only; each is listed in README.md."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from zoneinfo import ZoneInfo

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from tracker.accounts import *  # noqa: F403  sign-in, sessions, lockout, mail
from tracker.accounts import ACCOUNT_APPS, BEHIND_HTTPS, FORM_TARGETS
from tracker.environ import flag, waiters, words

BASE_DIR = Path(__file__).resolve().parent.parent


DEBUG = flag("DEBUG", "0")
# `make run` keeps one and `tracker.wsgi` refuses to serve without; commands may do with any.
SECRET_KEY = os.environ.get("SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")
# The zone in which this desk says "today"; dates of the record keep their own zones.
TIME_ZONE = os.environ.get("DESK_ZONE", "Asia/Seoul")
DESK_ZONE = ZoneInfo(TIME_ZONE)
USE_TZ = True

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    # Without its search for `admin` modules: the one site is named in tracker.urls.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_cotton",
    *ACCOUNT_APPS,
    "negotiations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.compression.Compressed",
    "negotiations.api.cors.ReadableFromAnywhere",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tracker.sessions.RenewedByUse",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "negotiations.pages.frames.framed",
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
        },
    }
]
COTTON_DIR = "components"

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgresql:///parley"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
_LIMITS = "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=10s"
DATABASES["default"].setdefault("OPTIONS", {})
if flag("DATABASE_LIMITS", "1"):
    DATABASES["default"]["OPTIONS"]["options"] = _LIMITS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어")]
LOCALE_PATHS = [BASE_DIR / "negotiations" / "locale"]
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / ".parley" / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Source maps are of no use compressed, and unhashed copies are asked for by nobody.
WHITENOISE_KEEP_ONLY_HASHED_FILES = not DEBUG
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]

# Host and port pairs on this machine that captures may reach, for tests alone.
FETCH_ALLOW = words("FETCH_ALLOW", "")
# So many readers may wait for the next act in one web process (`/changes/?wait=`).
CHANGES_WAITERS = waiters()
# A form with a long article in Hangul, nine bytes a letter on the wire, arrives whole.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6_000_000
CELERY_BROKER_URL = os.environ.get("BROKER_URL", "redis://localhost:6379/0")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "check-ledger": {"task": "negotiations.check_ledger", "schedule": crontab(hour=18, minute=30)},
    "tidy": {"task": "negotiations.tidy", "schedule": crontab(hour=18, minute=45)},
    # One that waited longer than until the next is of no use.
    "sweep": {"task": "negotiations.sweep", "schedule": 30.0, "options": {"expires": 30}},
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["negotiations.api.rendering.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "negotiations.api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Parley",
    "DESCRIPTION": "What was said in diplomatic negotiations, by whom, and what was known when.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    # Routes in the order of negotiations/api/urls.py; words named by negotiations/api/shaping.py.
    "SORT_OPERATIONS": False,
    "POSTPROCESSING_HOOKS": [],
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *FORM_TARGETS],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
if BEHIND_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^api/v1/health/$"]
    SECURE_HSTS_SECONDS = 31_536_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
