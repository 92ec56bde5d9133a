"""A good tutorial app: ModelViewSet, nested serializers, LimitOffset paging, a template ListView.

Joins are made in one query, links are prefetched, lists are read in the order of an index and
filtered by id, connections are kept. It knows nothing of clocks, ledger or evidence.
"""

from __future__ import annotations

import os
from typing import Any

from tracker.environ import words

DATABASE_URL = os.environ["DATABASE_URL"]


def _configure() -> None:
    import dj_database_url
    from django.conf import settings

    settings.configure(
        SECRET_KEY=os.environ.get("SECRET_KEY", "of a bench"),
        ALLOWED_HOSTS=words("ALLOWED_HOSTS", "127.0.0.1,localhost"),
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        AUTH_USER_MODEL="negotiations.Officer",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60)},
        INSTALLED_APPS=[
            "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions",
            "django.contrib.messages", "django.contrib.postgres", "pgtrigger", "rest_framework",
            "rest_framework.authtoken", "negotiations",
        ],
        # What `startproject` writes.
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [os.path.dirname(__file__)],  # noqa: PTH120
            "OPTIONS": {"context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]},
        }],
        REST_FRAMEWORK={
            "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
            "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
            "DEFAULT_AUTHENTICATION_CLASSES": [
                "rest_framework.authentication.TokenAuthentication"
            ],
            "DEFAULT_PERMISSION_CLASSES": [
                "rest_framework.permissions.IsAuthenticatedOrReadOnly"
            ],
        },
    )  # fmt: skip


_configure()

import django

django.setup()

from django.core.wsgi import get_wsgi_application
from django.urls import include, path
from rest_framework.routers import DefaultRouter

from tests.bench.peers import plain_views

_router = DefaultRouter()
_router.register("statements", plain_views.Statements, "statement")
_router.register("readings", plain_views.Readings, "reading")
_router.register("search", plain_views.Search, "search")
urlpatterns: list[Any] = [
    path("api/", include(_router.urls)),
    path("tracks/<int:track>/", plain_views.TrackPage.as_view()),
    path("export/", plain_views.export),
]
application = get_wsgi_application()
