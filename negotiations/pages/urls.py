"""Addresses of the pages; in Korean they stand under /ko/. What has only slugs comes last."""

from __future__ import annotations

from django.urls import include, path

from negotiations.pages import (
    about,
    boards,
    briefs,
    changes,
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
    path("<slug:negotiation>/brief/", briefs.brief, name="brief"),
    path("<slug:negotiation>/brief.pdf", briefs.brief_paper, name="brief_paper"),
    path("<slug:negotiation>/brief/<int:number>/", briefs.fixed_brief, name="fixed_brief"),
    path(
        "<slug:negotiation>/brief/<int:number>.pdf",
        briefs.fixed_brief_paper,
        name="fixed_brief_paper",
    ),
    path("<slug:negotiation>/handover/", briefs.handover, name="handover"),
    path("<slug:negotiation>/handover.pdf", briefs.handover_paper, name="handover_paper"),
    path("<slug:negotiation>/handover/<int:number>/", briefs.fixed_handover, name="fixed_handover"),
    path(
        "<slug:negotiation>/handover/<int:number>.pdf",
        briefs.fixed_handover_paper,
        name="fixed_handover_paper",
    ),
    path("<slug:negotiation>/<slug:track>/", tracks.track, name="track"),
    path("<slug:negotiation>/", boards.board, name="board"),
]
