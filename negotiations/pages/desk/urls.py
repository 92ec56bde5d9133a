"""Addresses of the desk, below /desk/."""

from __future__ import annotations

from django.urls import path, register_converter

from negotiations.pages.desk import (
    accounts,  # noqa: F401 (its form is in NOUNS by being read)
    captures,
    checks,
    clippings,
    drafting,
    drafts,
    feed_forms,
    feed_lists,
    feeds,
    finding,
    front,
    gaps,
    jobs,
    kept_pages,
    keywords,
    linkages,  # noqa: F401
    mails,
    milestones,  # noqa: F401
    people,
    positions,  # noqa: F401
    publication,
    records,
    releases,
    reports,
    retraction,
    review,
    sources,
    statements,  # noqa: F401
    statuses,  # noqa: F401
    subscribers,
    tokens,
    transcriptions,
    webhooks,
)
from negotiations.pages.desk.nouns import NounConverter

register_converter(NounConverter, "noun")
_NOUN, _DRAFT = "<noun:noun>", "drafts/<noun:noun>/<int:id>"

urlpatterns = [
    path("", front.front, name="desk"),
    path("drafts/", drafts.drafts, name="desk_drafts"),
    path("tracks/", checks.tracks, name="desk_tracks"),
    path("tracks/<slug:negotiation>/<slug:track>/check/", checks.check, name="desk_check"),
    path("paraphrases/", gaps.paraphrases, name="desk_paraphrases"),
    path("uncaptured/", gaps.uncaptured, name="desk_uncaptured"),
    path("finding/", finding.find, name="desk_find"),
    path("record/<noun:noun>/<int:id>/", records.published, name="desk_record"),
    path("people/", people.people, name="desk_people"),
    path("people/new/", people.invitation, name="desk_invitation"),
    path("people/<int:id>/", people.person, name="desk_person"),
    path("people/<int:id>/closing/", people.closing, name="desk_person_closing"),
    path("mails/", mails.mails, name="desk_mails"),
    path("mails/<slug:file>/", mails.mail, name="desk_mail"),
    path("subscribers/", subscribers.subscribers, name="desk_subscribers"),
    path("feeds/", feeds.watched, name="desk_feeds"),
    path("feeds/<slug:negotiation>/", feeds.feeds, name="desk_feeds_of"),
    path("feeds/<slug:negotiation>/new/", feed_forms.new, name="desk_feed_new"),
    path("feeds/<slug:negotiation>/import/", feed_lists.take_in, name="desk_feeds_import"),
    path("feeds/<slug:negotiation>/feeds.opml", feed_lists.hand_out, name="desk_feeds_export"),
    path("feed/<int:id>/", feed_forms.edit, name="desk_feed"),
    path("feed/<int:id>/act/", feeds.act, name="desk_feed_act"),
    path("tokens/", tokens.tokens, name="desk_tokens"),
    path("tokens/<int:id>/end/", tokens.revoke, name="desk_token_end"),
    path("webhooks/", webhooks.listed, name="desk_webhooks"),
    path("webhooks/new/", webhooks.new, name="desk_webhook_new"),
    path("webhooks/<int:id>/", webhooks.one, name="desk_webhook"),
    path("sources/", sources.listed, name="desk_sources"),
    path("sources/new/", captures.begin, name="desk_begin"),
    path("sources/transcription/", transcriptions.transcribe, name="desk_transcription"),
    path("evidence/", kept_pages.evidence, name="desk_evidence"),
    path("sources/<int:id>/archive.warc.gz", kept_pages.archive, name="desk_archive"),
    path("sources/<int:id>/page.html", kept_pages.archived_page, name="desk_archived_page"),
    path("sources/<int:id>/text/", transcriptions.text, name="desk_text"),
    path("clippings/", clippings.clippings, name="desk_clippings"),
    path("clippings/<int:id>/", clippings.clipping, name="desk_clipping"),
    path("keywords/<slug:negotiation>/", keywords.edit, name="desk_keywords"),
    path("reports/", reports.reports, name="desk_reports"),
    path("reports/<int:id>/", reports.report, name="desk_report"),
    path("captures/<int:id>/", captures.capture, name="desk_capture"),
    path(f"{_DRAFT}/", review.draft, name="desk_draft"),
    path(f"{_DRAFT}/edit/", drafting.edit, name="desk_edit"),
    path("publication/", publication.publication, name="desk_publication"),
    path("jobs/", jobs.jobs, name="desk_jobs"),
    path("releases/", releases.releases, name="desk_releases"),
    path(f"{_NOUN}/new/", drafting.new, name="desk_new"),
    path(f"{_NOUN}/<int:id>/correction/", drafting.correct, name="desk_correct"),
    path(f"{_NOUN}/<int:id>/retraction/", retraction.retract, name="desk_retract"),
]
