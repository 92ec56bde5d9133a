"""Floor 2, the write door. These are all the verbs of the product.

Each is a keyword function, atomic, and leaves one ledger entry. `by` is who acts, `now` the instant
read at the edge. What it will not do, it refuses with a Refusal and writes nothing.
"""

from negotiations.operations.drafting import discard_draft, draft_retraction
from negotiations.operations.linkages import draft_linkage
from negotiations.operations.milestones import draft_milestone
from negotiations.operations.operation import VERBS, Actor, Receipt, Role
from negotiations.operations.publishing import publish
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
from negotiations.operations.sources import capture_source, draft_source
from negotiations.operations.statements import draft_statement
from negotiations.operations.statuses import draft_status_change
from negotiations.operations.terms import draft_position

__all__ = [
    "VERBS",
    "Actor",
    "Receipt",
    "Role",
    "appoint",
    "capture_source",
    "discard_draft",
    "draft_linkage",
    "draft_milestone",
    "draft_position",
    "draft_retraction",
    "draft_source",
    "draft_statement",
    "draft_status_change",
    "grade_publisher",
    "publish",
    "register_negotiation",
    "register_office",
    "register_party",
    "register_person",
    "register_publisher",
    "register_term",
    "register_track",
]
