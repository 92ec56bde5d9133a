"""Floor 0: what the acts of the ledger are called in webhooks: `status_change.published`.

The type of an event is the noun of its act and what was done to it, by the table below. A verb that
is in neither table is told under its own name, so that no act is lost for want of a word.
"""

from __future__ import annotations

# What a public act of each verb did.
DONE = {
    "publish": "published",
    "correct": "corrected",
    "retract": "retracted",
    "capture_source": "captured",
    "check_track": "checked",
    "recheck_source": "rechecked",
    "mend": "mended",
    "register_party": "registered",
    "register_negotiation": "registered",
    "register_track": "registered",
    "register_term": "registered",
    "register_person": "registered",
    "register_office": "registered",
    "register_publisher": "registered",
    "appoint": "registered",
    "grade_publisher": "registered",
}
# Verbs whose acts are never public: drafts, reviews, accounts.
UNTOLD = frozenset({
    "approve_release", "cancel_release", "discard_draft", "draft_account", "draft_batch",
    "draft_linkage",
    "draft_milestone", "draft_position", "draft_retraction", "draft_source", "draft_statement",
    "draft_statements", "draft_status_change", "grant_role", "issue_token", "publish_together",
    "register_officer", "revoke_token", "send_back", "submit_draft", "suspend_officer",
})  # fmt: skip

TEST = "webhook.test"
_RECORD = (
    "statement", "status_change", "position", "linkage", "milestone", "account", "source"
)  # fmt: skip
_REFERENCE = ("party", "negotiation", "track", "term", "person", "office", "publisher", "tenure")
EVENT_TYPES: tuple[str, ...] = (
    *(f"{noun}.{done}" for noun in _RECORD for done in ("published", "corrected", "retracted")),
    "snapshot.captured",
    "source.rechecked",
    "track.checked",
    *(f"{noun}.{done}" for noun in _REFERENCE for done in ("registered", "mended")),
    "grade.registered",
)


def type_of(noun: str, verb: str) -> str:
    """The type of the event that an act is."""
    return f"{noun}.{DONE.get(verb, verb)}"
