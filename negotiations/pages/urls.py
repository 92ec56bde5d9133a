"""Addresses of the pages; in Korean they stand under /ko/. What has only slugs comes last."""

from __future__ import annotations

from django.urls import include, path

from negotiations.pages import (
    about,
    badges,
    board_files,
    boards,
    briefs,
    cards,
    changes,
    citing,
    comparisons,
    corrections,
    embeds,
    figures,
    home,
    ledger,
    linkages,
    meetings,
    milestones,
    people,
    positions,
    reports,
    scripts,
    search,
    sources,
    statements,
    subscriptions,
    tracks,
    trust,
    vocabulary,
)

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("statements/<int:id>/", statements.statement, name="statement"),
    *(
        path(f"statements/<int:id>/citation.{form}", view, name=f"statement_{form}")
        for form, view in citing.STATEMENT.items()
    ),
    *(
        path(f"<slug:negotiation>/citation.{form}", view, name=f"board_{form}")
        for form, view in citing.BOARD.items()
    ),
    *(
        path(f"<slug:negotiation>/<slug:track>/citation.{form}", view, name=f"track_{form}")
        for form, view in citing.TRACK.items()
    ),
    path("sources/<int:id>/", sources.source, name="source"),
    path("people/<slug:person>/", people.person, name="person"),
    path("search/", search.find, name="search"),
    path("changes/", changes.changes, name="changes"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/verify.py", ledger.verify_py, name="verify_py"),
    path("ledger/consistency/", ledger.consistency, name="consistency"),
    path("ledger/<int:number>/", ledger.act, name="ledger_act"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("vocabulary/", vocabulary.vocabulary, name="vocabulary"),
    path("about/", about.about, name="about"),
    path("trust/", trust.trust, name="trust"),
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.new, name="report_new"),
    path("reports/<int:id>/", reports.report, name="report"),
    path("for-scripts/", scripts.scripts, name="scripts"),
    path("subscriptions/", subscriptions.subscribe, name="subscriptions"),
    path("subscriptions/asked/", subscriptions.asked, name="subscriptions_asked"),
    path("subscriptions/<slug:token>/", subscriptions.subscription, name="subscription"),
    path("embed/statements/<int:id>/", embeds.statement, name="embed_statement"),
    path("embed/<slug:negotiation>/<slug:track>/", embeds.track, name="embed_track"),
    path("embed/<slug:negotiation>/", embeds.board, name="embed_board"),
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
    path("<slug:negotiation>/card.png", cards.board_card, name="board_card"),
    path("<slug:negotiation>/<slug:track>/card.png", cards.track_card, name="track_card"),
    path("<slug:negotiation>/<slug:track>/badge.svg", badges.badge, name="badge"),
    path("<slug:negotiation>/linkages/", linkages.linkages, name="linkages"),
    path("<slug:negotiation>/milestones/", milestones.milestones, name="milestones"),
    path("<slug:negotiation>/milestones.csv", milestones.milestones_csv, name="milestones_csv"),
    path("<slug:negotiation>/meetings/", meetings.meetings, name="meetings"),
    path("<slug:negotiation>/meetings/<slug:meeting>/", meetings.meeting, name="meeting"),
    path("<slug:negotiation>/figures.csv", figures.figures_csv, name="figures_csv"),
    path("<slug:negotiation>/figures/", figures.figures, name="figures"),
    path(
        "<slug:negotiation>/figures/<slug:track>/<slug:term>.svg",
        figures.figure_svg,
        name="figure_svg",
    ),
    path("<slug:negotiation>/positions/", positions.positions, name="positions"),
    path("<slug:negotiation>/board.svg", board_files.board_svg, name="board_svg"),
    path("<slug:negotiation>/board.png", board_files.board_png, name="board_png"),
    path("<slug:negotiation>/board.csv", board_files.board_csv, name="board_csv"),
    path("<slug:negotiation>/compare/", comparisons.compare, name="compare"),
    path(
        "<slug:negotiation>/<slug:track>/compare/",
        comparisons.compare_track,
        name="compare_track",
    ),
    path("<slug:negotiation>/<slug:track>/", tracks.track, name="track"),
    path("<slug:negotiation>/", boards.board, name="board"),
]
