"""The routes of the API, below /api/: addresses, and the class that answers each method."""

from __future__ import annotations

from django.urls import path, re_path, register_converter

from negotiations.api.batches import DraftStatements
from negotiations.api.briefs import (
    ShowBrief,
    ShowFixedBrief,
    ShowFixedHandover,
    ShowHandover,
    ShowSinceBrief,
    ShowSinceHandover,
)
from negotiations.api.changes import ListChanges, ListCorrections
from negotiations.api.comparisons import CompareNegotiation, CompareTrack
from negotiations.api.docs import ShowDocs
from negotiations.api.drafting import (
    CorrectRow,
    DraftAccount,
    DraftLinkage,
    DraftMilestone,
    DraftPosition,
    DraftSource,
    DraftStatement,
    DraftStatusChange,
    RetractRow,
)
from negotiations.api.drafts import (
    AmendDraft,
    DiscardDraft,
    ListDrafts,
    ReturnDraft,
    ShowDraft,
    SubmitDraft,
)
from negotiations.api.exports import ExportNegotiation, ExportTable
from negotiations.api.linkages import ShowLinkages
from negotiations.api.meetings import ListMeetings, ShowMeeting
from negotiations.api.milestones import ShowMilestones
from negotiations.api.negotiations import ListNegotiations, ShowBoard, ShowLanes, ShowNegotiation
from negotiations.api.nightly_routes import ListNightly, ShowNightly, TakeNightly
from negotiations.api.nouns import NounConverter
from negotiations.api.nowhere import Nowhere
from negotiations.api.oembed import ShowEmbedding
from negotiations.api.people import (
    ListParties,
    ListPeople,
    ListPublishers,
    ShowParty,
    ShowPerson,
    ShowPublisher,
)
from negotiations.api.positions import ShowFigures, ShowMatrix
from negotiations.api.proofs import (
    ExportLedger,
    ShowCheckpoint,
    ShowConsistency,
    ShowInclusion,
    TakeCheckpoint,
)
from negotiations.api.publications import (
    ApproveRelease,
    CancelRelease,
    CaptureSource,
    CheckTrack,
    PublishDraft,
    PublishTogether,
)
from negotiations.api.record import (
    ListAccounts,
    ListLinkages,
    ListMilestones,
    ListPositions,
    ListStatusChanges,
    ShowAccount,
    ShowLinkage,
    ShowMilestone,
    ShowPosition,
    ShowStatusChange,
)
from negotiations.api.reports import ListReports, ShowReport, ShowReportSums
from negotiations.api.routes import gather
from negotiations.api.search import SearchRecord
from negotiations.api.service import ListVocabulary, ShowHealth, ShowSchema
from negotiations.api.sources import ListSources, ShowEvidence, ShowSource
from negotiations.api.statements import ListStatements, ShowStatement
from negotiations.api.tracks import ListTimeline, ListTracks, ShowTrack

register_converter(NounConverter, "drafted")

_N = "v1/negotiations/<str:negotiation>"
_ROW = "v1/<drafted:noun>/<str:id>"
_DRAFT = f"v1/drafts/{_ROW.removeprefix('v1/')}"

urlpatterns = [
    path("v1/negotiations/", gather(ListNegotiations), name="api_negotiations"),
    path(f"{_N}/", gather(ShowNegotiation), name="api_negotiation"),
    path(f"{_N}/board/", gather(ShowBoard), name="api_board"),
    path(f"{_N}/lanes/", gather(ShowLanes), name="api_lanes"),
    path(f"{_N}/brief/", gather(ShowBrief), name="api_brief"),
    path(f"{_N}/brief/<str:number>/", gather(ShowFixedBrief), name="api_fixed_brief"),
    path(f"{_N}/brief/<str:number>/since/", gather(ShowSinceBrief), name="api_since_brief"),
    path(f"{_N}/handover/", gather(ShowHandover), name="api_handover"),
    path(f"{_N}/handover/<str:number>/", gather(ShowFixedHandover), name="api_fixed_handover"),
    path(
        f"{_N}/handover/<str:number>/since/", gather(ShowSinceHandover), name="api_since_handover"
    ),
    path(f"{_N}/linkages/", gather(ShowLinkages), name="api_ties"),
    path(f"{_N}/milestones/", gather(ShowMilestones), name="api_milestone_ledger"),
    path(f"{_N}/meetings/", gather(ListMeetings), name="api_meetings"),
    path(f"{_N}/meetings/<str:meeting>/", gather(ShowMeeting), name="api_meeting"),
    path(f"{_N}/matrix/", gather(ShowMatrix), name="api_matrix"),
    path(f"{_N}/figures/", gather(ShowFigures), name="api_figures"),
    path(f"{_N}/comparison/", gather(CompareNegotiation), name="api_comparison"),
    path(f"{_N}/tracks/", gather(ListTracks), name="api_tracks"),
    path(f"{_N}/tracks/<str:track>/", gather(ShowTrack), name="api_track"),
    path(f"{_N}/tracks/<str:track>/checks/", gather(CheckTrack), name="api_checks"),
    path(
        f"{_N}/tracks/<str:track>/comparison/",
        gather(CompareTrack),
        name="api_track_comparison",
    ),
    path(f"{_N}/tracks/<str:track>/timeline/", gather(ListTimeline), name="api_timeline"),
    path(
        f"{_N}/export/<str:noun>.<str:extension>",
        gather(ExportNegotiation),
        name="api_export_negotiation",
    ),
    path("v1/export/nightly/", gather(ListNightly), name="api_nightly"),
    path("v1/export/nightly/<str:set>/", gather(ShowNightly), name="api_nightly_set"),
    path("v1/export/nightly/<str:set>/<str:file>", gather(TakeNightly), name="api_nightly_file"),
    path("v1/export/ledger.ndjson", gather(ExportLedger), name="api_export_ledger"),
    path("v1/export/<str:table>.<str:extension>", gather(ExportTable), name="api_export"),
    path("v1/statements/", gather(ListStatements, DraftStatement), name="api_statements"),
    path("v1/statements/batch/", gather(DraftStatements), name="api_batch"),
    path("v1/statements/<str:id>/", gather(ShowStatement), name="api_statement"),
    path(
        "v1/status-changes/",
        gather(ListStatusChanges, DraftStatusChange),
        name="api_status_changes",
    ),
    path("v1/status-changes/<str:id>/", gather(ShowStatusChange), name="api_status_change"),
    path("v1/positions/", gather(ListPositions, DraftPosition), name="api_positions"),
    path("v1/positions/<str:id>/", gather(ShowPosition), name="api_position"),
    path("v1/linkages/", gather(ListLinkages, DraftLinkage), name="api_linkages"),
    path("v1/linkages/<str:id>/", gather(ShowLinkage), name="api_linkage"),
    path("v1/milestones/", gather(ListMilestones, DraftMilestone), name="api_milestones"),
    path("v1/milestones/<str:id>/", gather(ShowMilestone), name="api_milestone"),
    path("v1/accounts/", gather(ListAccounts, DraftAccount), name="api_accounts"),
    path("v1/accounts/<str:id>/", gather(ShowAccount), name="api_account"),
    path("v1/sources/", gather(ListSources, DraftSource), name="api_sources"),
    path("v1/sources/<str:id>/", gather(ShowSource), name="api_source"),
    path("v1/sources/<str:id>/evidence/", gather(ShowEvidence), name="api_evidence"),
    path("v1/sources/<str:id>/snapshots/", gather(CaptureSource), name="api_snapshots"),
    path(f"{_ROW}/correction/", gather(CorrectRow), name="api_correction"),
    path(f"{_ROW}/retraction/", gather(RetractRow), name="api_retraction"),
    path(f"{_ROW}/publication/", gather(PublishDraft), name="api_publication"),
    path("v1/drafts/", gather(ListDrafts), name="api_drafts"),
    path(f"{_DRAFT}/", gather(ShowDraft, AmendDraft, DiscardDraft), name="api_draft"),
    path(f"{_DRAFT}/submission/", gather(SubmitDraft), name="api_submission"),
    path(f"{_DRAFT}/return/", gather(ReturnDraft), name="api_return"),
    path("v1/publications/", gather(PublishTogether), name="api_publications"),
    path("v1/releases/", gather(ApproveRelease), name="api_releases"),
    path("v1/releases/<str:id>/", gather(CancelRelease), name="api_release"),
    path("v1/people/", gather(ListPeople), name="api_people"),
    path("v1/people/<str:slug>/", gather(ShowPerson), name="api_person"),
    path("v1/parties/", gather(ListParties), name="api_parties"),
    path("v1/parties/<str:code>/", gather(ShowParty), name="api_party"),
    path("v1/publishers/", gather(ListPublishers), name="api_publishers"),
    path("v1/publishers/<str:slug>/", gather(ShowPublisher), name="api_publisher"),
    path("v1/oembed/", gather(ShowEmbedding), name="api_oembed"),
    path("v1/search/", gather(SearchRecord), name="api_search"),
    path("v1/changes/", gather(ListChanges), name="api_changes"),
    path("v1/ledger/checkpoint/", gather(ShowCheckpoint), name="api_checkpoint"),
    path("v1/ledger/checkpoint.txt", gather(TakeCheckpoint), name="api_checkpoint_note"),
    path("v1/ledger/consistency/", gather(ShowConsistency), name="api_consistency"),
    path("v1/ledger/<str:number>/proof/", gather(ShowInclusion), name="api_inclusion"),
    path("v1/corrections/", gather(ListCorrections), name="api_corrections"),
    path("v1/reports/", gather(ListReports), name="api_reports"),
    path("v1/reports/sums/", gather(ShowReportSums), name="api_report_sums"),
    path("v1/reports/<str:id>/", gather(ShowReport), name="api_report"),
    path("v1/vocabulary/", gather(ListVocabulary), name="api_vocabulary"),
    path("v1/schema/", gather(ShowSchema), name="api_schema"),
    path("v1/health/", gather(ShowHealth), name="api_health"),
    path("docs/", ShowDocs.as_view(), name="api_docs"),
    re_path(r"^[\s\S]*$", Nowhere.as_view(), name="api_nowhere"),
]
