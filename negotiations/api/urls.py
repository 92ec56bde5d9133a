"""The routes of the API. Everything here is public, read-only, and below /api/."""

from __future__ import annotations

from django.urls import path, re_path

from negotiations.api.changes import ListChanges, ListCorrections
from negotiations.api.docs import ShowDocs
from negotiations.api.negotiations import ListNegotiations, ShowBoard, ShowNegotiation
from negotiations.api.nowhere import Nowhere
from negotiations.api.people import (
    ListParties,
    ListPeople,
    ListPublishers,
    ShowParty,
    ShowPerson,
    ShowPublisher,
)
from negotiations.api.record import (
    ListLinkages,
    ListMilestones,
    ListPositions,
    ListStatusChanges,
    ShowLinkage,
    ShowMilestone,
    ShowPosition,
    ShowStatusChange,
)
from negotiations.api.service import ListVocabulary, ShowHealth, ShowSchema
from negotiations.api.sources import ListSources, ShowSource
from negotiations.api.statements import ListStatements, ShowStatement
from negotiations.api.tracks import ListTimeline, ListTracks, ShowTrack

_N = "v1/negotiations/<str:negotiation>"

urlpatterns = [
    path("v1/negotiations/", ListNegotiations.as_view(), name="api_negotiations"),
    path(f"{_N}/", ShowNegotiation.as_view(), name="api_negotiation"),
    path(f"{_N}/board/", ShowBoard.as_view(), name="api_board"),
    path(f"{_N}/tracks/", ListTracks.as_view(), name="api_tracks"),
    path(f"{_N}/tracks/<str:track>/", ShowTrack.as_view(), name="api_track"),
    path(f"{_N}/tracks/<str:track>/timeline/", ListTimeline.as_view(), name="api_timeline"),
    path("v1/statements/", ListStatements.as_view(), name="api_statements"),
    path("v1/statements/<str:id>/", ShowStatement.as_view(), name="api_statement"),
    path("v1/status-changes/", ListStatusChanges.as_view(), name="api_status_changes"),
    path("v1/status-changes/<str:id>/", ShowStatusChange.as_view(), name="api_status_change"),
    path("v1/positions/", ListPositions.as_view(), name="api_positions"),
    path("v1/positions/<str:id>/", ShowPosition.as_view(), name="api_position"),
    path("v1/linkages/", ListLinkages.as_view(), name="api_linkages"),
    path("v1/linkages/<str:id>/", ShowLinkage.as_view(), name="api_linkage"),
    path("v1/milestones/", ListMilestones.as_view(), name="api_milestones"),
    path("v1/milestones/<str:id>/", ShowMilestone.as_view(), name="api_milestone"),
    path("v1/sources/", ListSources.as_view(), name="api_sources"),
    path("v1/sources/<str:id>/", ShowSource.as_view(), name="api_source"),
    path("v1/people/", ListPeople.as_view(), name="api_people"),
    path("v1/people/<str:slug>/", ShowPerson.as_view(), name="api_person"),
    path("v1/parties/", ListParties.as_view(), name="api_parties"),
    path("v1/parties/<str:code>/", ShowParty.as_view(), name="api_party"),
    path("v1/publishers/", ListPublishers.as_view(), name="api_publishers"),
    path("v1/publishers/<str:slug>/", ShowPublisher.as_view(), name="api_publisher"),
    path("v1/changes/", ListChanges.as_view(), name="api_changes"),
    path("v1/corrections/", ListCorrections.as_view(), name="api_corrections"),
    path("v1/vocabulary/", ListVocabulary.as_view(), name="api_vocabulary"),
    path("v1/schema/", ShowSchema.as_view(), name="api_schema"),
    path("v1/health/", ShowHealth.as_view(), name="api_health"),
    path("docs/", ShowDocs.as_view(), name="api_docs"),
    re_path(r"^[\s\S]*$", Nowhere.as_view(), name="api_nowhere"),
]
