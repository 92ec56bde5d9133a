"""Addresses of the pages; in Korean they stand under /ko/. What has only slugs comes last."""

from __future__ import annotations

from django.urls import include, path

from negotiations.pages import (
    about,
    boards,
    changes,
    comparisons,
    corrections,
    home,
    people,
    scripts,
    search,
    sources,
    statements,
    subscriptions,
    tracks,
    vocabulary,
)

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("statements/<int:id>/", statements.statement, name="statement"),
    path("sources/<int:id>/", sources.source, name="source"),
    path("people/<slug:person>/", people.person, name="person"),
    path("search/", search.find, name="search"),
    path("changes/", changes.changes, name="changes"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("vocabulary/", vocabulary.vocabulary, name="vocabulary"),
    path("about/", about.about, name="about"),
    path("for-scripts/", scripts.scripts, name="scripts"),
    path("subscriptions/", subscriptions.subscribe, name="subscriptions"),
    path("subscriptions/asked/", subscriptions.asked, name="subscriptions_asked"),
    path("subscriptions/<slug:token>/", subscriptions.subscription, name="subscription"),
    path("desk/", include("negotiations.pages.desk.urls")),
    path("<slug:negotiation>/compare/", comparisons.compare, name="compare"),
    path(
        "<slug:negotiation>/<slug:track>/compare/",
        comparisons.compare_track,
        name="compare_track",
    ),
    path("<slug:negotiation>/<slug:track>/", tracks.track, name="track"),
    path("<slug:negotiation>/", boards.board, name="board"),
]
