"""For every route a request that is in order, and who may send it: scope of the token, role."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from negotiations.api.nouns import path_of
from negotiations.operations import Actor
from tests.api.office import JSON, LINES, ROLES, Office, Script
from tests.operations.desk import TEXT, last_entry


@dataclass(frozen=True)
class Act:
    """A request, and what it is answered with when it may be sent."""

    path: str
    body: Any = None
    tag: int | None = None
    kind: str = JSON

    def send(self, script: Script, method: str) -> Any:
        """Send it."""
        return script.send(method, self.path, self.body, tag=self.tag, kind=self.kind)


# operationId: scope, role, status of success.
MAY: dict[str, tuple[str, str, int]] = {
    "check_track": ("publish", "officer", 201),
    "draft_statement": ("draft", "officer", 201),
    "draft_statements": ("draft", "officer", 201),
    "draft_status_change": ("draft", "officer", 201),
    "draft_position": ("draft", "officer", 201),
    "draft_linkage": ("draft", "officer", 201),
    "draft_milestone": ("draft", "officer", 201),
    "draft_account": ("draft", "officer", 201),
    "draft_source": ("draft", "officer", 201),
    "capture_source": ("draft", "officer", 201),
    "correct_row": ("draft", "officer", 201),
    "retract_row": ("draft", "officer", 201),
    "publish_draft": ("publish", "reviewer", 201),
    "list_drafts": ("read", "officer", 200),
    "show_draft": ("read", "officer", 200),
    "amend_draft": ("draft", "officer", 200),
    "discard_draft": ("draft", "officer", 204),
    "submit_draft": ("draft", "officer", 201),
    "return_draft": ("draft", "reviewer", 201),
    "publish_together": ("publish", "reviewer", 201),
    "approve_release": ("publish", "reviewer", 201),
    "cancel_release": ("publish", "reviewer", 204),
}
# What anybody may read.
OPEN = {
    "list_negotiations", "show_negotiation", "show_board", "show_lanes", "list_tracks",
    "show_track", "show_linkages", "show_milestones",
    "show_matrix", "show_figures", "show_brief", "show_fixed_brief", "show_since_brief",
    "show_handover", "show_fixed_handover", "show_since_handover", "compare_negotiation",
    "compare_track", "show_embedding", "list_reports", "show_report", "show_report_sums",
    "list_timeline", "list_statements", "show_statement", "list_status_changes",
    "show_status_change", "list_positions", "show_position", "list_linkages", "show_linkage",
    "list_milestones", "show_milestone", "list_accounts", "show_account", "list_meetings",
    "show_meeting", "list_sources", "show_source",
    "show_evidence", "list_people", "show_person", "list_parties", "show_party",
    "list_publishers", "show_publisher",
    "show_checkpoint", "take_checkpoint", "show_inclusion", "show_consistency", "export_ledger",
    "search_record", "list_changes", "list_corrections", "list_vocabulary", "show_schema",
    "show_health",
    "export_table", "export_negotiation", "list_nightly", "show_nightly", "take_nightly",
}  # fmt: skip


def act_of(operation_id: str, office: Office, *, role: str) -> Act:
    """A request in order for who has this role, about rows that are made for it."""
    desk = office.desk
    noun = operation_id.removeprefix("draft_")
    match operation_id:
        case "check_track":
            return Act("/negotiations/talks/tracks/security/checks/", {})
        case "draft_statements":
            lines = "\n".join(json.dumps(desk.usual("statement")) for _ in range(3))
            return Act("/statements/batch/", lines.encode(), kind=LINES)
        case "capture_source":
            source = desk.draft("source").id
            body = {"text": TEXT, "captured_at": "2025-10-14T00:00:00Z"}
            return Act(f"/sources/{source}/snapshots/", body)
        case "correct_row":
            body = {**desk.usual("statement"), "correction_reason": "A slip of the pen."}
            return Act(f"/statements/{desk.ids['statement']}/correction/", body)
        case "retract_row":
            address = f"/statements/{desk.ids['statement']}/retraction/"
            return Act(address, {"correction_reason": "It is not so."})
        case "list_drafts":
            return Act("/drafts/")
        case _ if noun != operation_id:
            return Act(f"/{path_of(noun)}/", desk.usual(noun))
    return _on_draft(operation_id, office, role=role)


def _on_draft(operation_id: str, office: Office, *, role: str) -> Act:
    desk = office.desk
    # Only its drafter, or an admin, throws a draft away.
    own = operation_id == "discard_draft" and includes(role, "officer")
    by = Actor(officer=office.people[role]) if own else desk.drafter
    id = desk.draft("statement", by=by).id
    seen = last_entry().number
    address, item = f"/drafts/statements/{id}/", {"noun": "statement", "id": id, "version": 1}
    soon = (timezone.now() + timedelta(hours=1)).isoformat()
    match operation_id:
        case "show_draft":
            return Act(address)
        case "amend_draft":
            return Act(address, {**desk.usual("statement"), "note_en": "Once more."}, tag=1)
        case "discard_draft":
            return Act(address, tag=1)
        case "submit_draft":
            return Act(f"{address}submission/", tag=1)
        case "return_draft":
            return Act(f"{address}return/", {"note": "Whose words are these?"}, tag=1)
        case "publish_draft":
            return Act(f"/statements/{id}/publication/", {"seen": seen}, tag=1)
        case "publish_together":
            return Act("/publications/", {"seen": seen, "items": [item]})
        case "approve_release":
            return Act("/releases/", {"seen": seen, "items": [item], "release_at": soon})
    approver = office.script(role if includes(role, "reviewer") else "reviewer")
    body = {"seen": seen, "items": [item], "release_at": soon}
    release = approver.post("/releases/", body).json()["id"]
    return Act(f"/releases/{release}/")


def includes(role: str, needed: str) -> bool:
    """Whether who has the role may do what takes the needed one."""
    return ROLES.index(role) >= ROLES.index(needed)
