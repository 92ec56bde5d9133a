"""Floor 2, the write door. These are all the verbs of the record.

Each is a keyword function, atomic, and leaves one ledger entry (`publish_together` one for each
draft). `by` is who acts, `now` the instant read at the edge. What it will not do, it refuses with a
Refusal and writes nothing. What comes in and goes out (feeds, clippings, captures, webhooks,
letters) is work and no act: its functions are in modules of their own beside these.
"""

from negotiations.desk_words import Role
from negotiations.operations.accounts import draft_account
from negotiations.operations.batches import Batch, draft_batch
from negotiations.operations.checking import check_track, recheck_source
from negotiations.operations.drafting import discard_draft, draft_retraction
from negotiations.operations.linkages import draft_linkage
from negotiations.operations.mending import mend
from negotiations.operations.milestones import draft_milestone
from negotiations.operations.officers import (
    grant_role,
    issue_token,
    register_officer,
    revoke_token,
    suspend_officer,
)
from negotiations.operations.operation import VERBS, Receipt
from negotiations.operations.permissions import Actor
from negotiations.operations.publishing import publish, publish_together
from negotiations.operations.reference import (
    appoint,
    grade_publisher,
    register_negotiation,
    register_office,
    register_party,
    register_person,
    register_publisher,
    register_term,
    register_track,
)
from negotiations.operations.releases import approve_release, cancel_release
from negotiations.operations.reviewing import send_back, submit_draft
from negotiations.operations.sources import capture_source, draft_source
from negotiations.operations.statements import draft_statement
from negotiations.operations.statuses import draft_status_change
from negotiations.operations.terms import draft_position

__all__ = [
    "VERBS",
    "Actor",
    "Batch",
    "Receipt",
    "Role",
    "appoint",
    "approve_release",
    "cancel_release",
    "capture_source",
    "check_track",
    "discard_draft",
    "draft_account",
    "draft_batch",
    "draft_linkage",
    "draft_milestone",
    "draft_position",
    "draft_retraction",
    "draft_source",
    "draft_statement",
    "draft_status_change",
    "grade_publisher",
    "grant_role",
    "issue_token",
    "mend",
    "publish",
    "publish_together",
    "recheck_source",
    "register_negotiation",
    "register_office",
    "register_officer",
    "register_party",
    "register_person",
    "register_publisher",
    "register_term",
    "register_track",
    "revoke_token",
    "send_back",
    "submit_draft",
    "suspend_officer",
]
