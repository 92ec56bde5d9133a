"""Settings of the project, from the environment only; each is listed in README.md."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from zoneinfo import ZoneInfo

from celery.schedules import crontab
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from negotiations.rates import read_policy
from tracker.accounts import *  # noqa: F403  sign-in, sessions, lockout, mail
from tracker.accounts import ACCOUNT_APPS, BEHIND_HTTPS, FORM_TARGETS
from tracker.environ import database, flag, seeds, shared, waiters, words
from tracker.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent


DEBUG = flag("DEBUG", "0")
# `make run` keeps one and `tracker.wsgi` refuses to serve without; commands may do with any.
SECRET_KEY = os.environ.get("SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")
# What the ledger's checkpoints are signed with (the first key is the present one), and its name
# there; without, keys are made of SECRET_KEY and its fallbacks, and it is named by SITE_URL.
LEDGER_KEY = seeds("LEDGER_KEY", os.environ.get("LEDGER_KEY", ""))
LEDGER_NAME = os.environ.get("LEDGER_NAME", "")
# Where it is on this machine, for the links of letters that no request asked for.
PORT = os.environ.get("PORT", "8000")
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
    "tracker.observing.Observed",
    "tracker.chains.ShortForApi",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.compression.Compressed",
    "tracker.caching.NothingPrivate",
    "tracker.replica.ReadsFromReplica",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tracker.sessions.RenewedByUse",
    "tracker.languages.ByAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tracker.chains.SamePolicy",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
# What machines ask (below /api/, feeds, calendars) passes through these alone.
API_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tracker.compression.Compressed",
    "negotiations.api.cors.ReadableFromAnywhere",
    "tracker.caching.NothingPrivate",
    "tracker.replica.ReadsFromReplica",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tracker.chains.SamePolicy",
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

DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///parley"))}
# Public reads are asked there (tracker.replica) while it is at most so many seconds behind.
REPLICA_LAG = float(os.environ.get("REPLICA_LAG", "10"))
if os.environ.get("REPLICA_URL"):
    DATABASES["replica"] = database(os.environ["REPLICA_URL"]) | {"TEST": {"MIRROR": "default"}}
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
# Exports: how many at once a process of the web server sends, which keep a thread each, and for how
# many seconds at most; where the nightly files lie, how many nights of them, and under which
# address nginx hands them over (X-Accel-Redirect) instead of this program.
EXPORTS_AT_ONCE = int(os.environ.get("EXPORTS_AT_ONCE", "2"))
EXPORT_SECONDS = int(os.environ.get("EXPORT_SECONDS", "900"))
EXPORT_ROOT = Path(
    os.environ.get("EXPORT_ROOT")
    or Path(os.environ.get("PARLEY_DATA", BASE_DIR / ".parley")) / "exports"
)
# Where mails lie while there is no EMAIL_URL.
MAIL_FOLDER = Path(os.environ.get("PARLEY_DATA", BASE_DIR / ".parley")) / "mails"
EXPORT_KEEP = int(os.environ.get("EXPORT_KEEP", "7"))
EXPORT_ACCEL = os.environ.get("EXPORT_ACCEL", "")
CELERY_BROKER_URL = os.environ.get("BROKER_URL", "redis://localhost:6379/0")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
# What has its moment, or tells the outside, has a worker of its own: no capture stands before it.
CELERY_TASK_ROUTES = {
    "negotiations.sweep": {"queue": "dispatch"},
    "negotiations.tell": {"queue": "dispatch"},
    "negotiations.deliver": {"queue": "dispatch"},
    "negotiations.write_letters": {"queue": "dispatch"},
    "negotiations.send_letters": {"queue": "dispatch"},
    "negotiations.notify": {"queue": "dispatch"},
}
CELERY_TIMEZONE = "UTC"
# Asked for every hour, done once a night: a message that was lost, or a worker, costs no night.
_NIGHT = "17-23"
CELERY_BEAT_SCHEDULE = {
    "check-ledger": {
        "task": "negotiations.check_ledger",
        "schedule": crontab(hour=_NIGHT, minute=30),
    },
    "tidy": {"task": "negotiations.tidy", "schedule": crontab(hour=18, minute=45)},
    "export": {"task": "negotiations.export", "schedule": crontab(hour=19, minute=0)},
    "keep-night": {"task": "negotiations.keep_night", "schedule": crontab(hour=_NIGHT, minute=0)},
    "rehash": {"task": "negotiations.rehash", "schedule": crontab(hour=_NIGHT, minute=45)},
    # For retries that are due, and for a wake-up that was lost.
    "tell": {
        "task": "negotiations.tell",
        "kwargs": {"sweep": True},
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    # One that waited longer than until the next is of no use. What is mailed waits for no capture.
    "letters": {
        "task": "negotiations.write_letters",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "notices": {"task": "negotiations.notify", "schedule": 30.0, "options": {"expires": 30}},
    # As often as a host may be asked.
    "poll": {"task": "negotiations.poll", "schedule": 10.0, "options": {"expires": 10}},
    "keep": {"task": "negotiations.keep", "schedule": 10.0, "options": {"expires": 10}},
    "sweep": {"task": "negotiations.sweep", "schedule": 30.0, "options": {"expires": 30}},
}

# How often scripts may ask, and where all processes count it together.
RATE_ANONYMOUS = read_policy("anonymous", os.environ.get("RATE_ANONYMOUS", "600/min"))
RATE_TOKEN = read_policy("token", os.environ.get("RATE_TOKEN", "3000/min"))
# How often one address may ask for letters; each time a mail goes out.
RATE_SUBSCRIPTIONS = read_policy("subscriptions", os.environ.get("RATE_SUBSCRIPTIONS", "20/h"))
# How often one address may report an error; each is for an officer to read.
RATE_REPORTS = read_policy("reports", os.environ.get("RATE_REPORTS", "10/h"))
# What each web process holds of answers that cannot change, in megabytes of bodies.
ANSWER_CACHE_MB = float(os.environ.get("ANSWER_CACHE_MB", "8"))
RATE_STORE = shared(os.environ.get("BROKER_URL", ""))

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
    SECURE_REDIRECT_EXEMPT = [r"^api/v1/health/$", r"^(health|metrics)/?$"]
    SECURE_HSTS_SECONDS = 31_536_000

# One line of log for each request at LOG_LEVEL=INFO.
LOGGING = logging_settings(
    form=os.environ.get("LOG_FORMAT", "line"), level=os.environ.get("LOG_LEVEL", "WARNING")
)
# Who may read /metrics: whoever sends this; where it is empty, this machine alone.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
