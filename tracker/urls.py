"""Addresses: JSON under /api/v1/; pages in English without prefix and in Korean under /ko/, and
beside them their feeds and calendars.
"""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from negotiations.admin import site

urlpatterns = [
    path("api/", include("negotiations.api.urls")),
    path("", include("negotiations.api.feed_urls")),
    path("", include("negotiations.api.probes")),
    *i18n_patterns(
        path("desk/admin/", site.urls),
        path("desk/account/", include("negotiations.pages.account_urls")),
        path("", include("negotiations.pages.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "tracker.failures.bad_request"
handler403 = "negotiations.pages.errors.forbidden"
handler404 = "negotiations.pages.errors.not_found"
handler429 = "negotiations.pages.errors.too_many"
handler500 = "tracker.failures.failed"
