"""A client that a public generator makes of the description works against the product."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from negotiations.api.schema import document
from tests.api.acts import act_of
from tests.api.office import Office, issue
from tests.live import live

# Nothing is formatted afterwards; to the generator, lines are a file like any other.
CONFIG = {
    "post_hooks": [],
    "content_type_overrides": {"application/x-ndjson": "application/octet-stream"},
}
NAME = "parley_client"
Part = Callable[[str], Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the client was generated; a warning of the generator is an error."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "openapi.json").write_bytes(document())
    (folder / "config.json").write_text(json.dumps(CONFIG))
    command = [str(Path(sys.executable).parent / "openapi-python-client"), "generate"]
    where = ["--path", "openapi.json", "--output-path", NAME, "--config", "config.json"]
    done = subprocess.run(
        [*command, *where, "--meta", "none", "--fail-on-warning"],
        cwd=folder, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def part(folder: Path) -> Iterator[Part]:
    """A module of the client, by its name within."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield lambda name: importlib.import_module(f"{NAME}.{name}")
    for name in [one for one in sys.modules if one.split(".")[0] == NAME]:
        del sys.modules[name]


@pytest.fixture
def site(office: Office) -> Iterator[str]:  # noqa: ARG001
    """The address of the product with the office's record."""
    with live() as url:
        yield url


@pytest.mark.django_db
def test_every_operation_has_a_function(folder: Path) -> None:
    """None was left out because something in its description was not understood."""
    told = json.loads(document())["paths"].values()
    ids = {operation["operationId"] for item in told for operation in item.values()}
    assert {path.stem for path in (folder / NAME / "api").glob("*/[a-z]*.py")} == ids


@pytest.mark.django_db
def test_reading(part: Part, site: str, office: Office) -> None:
    """A filtered list, a search, one track under a clock, the board, the changes: typed, with words
    as enumerations and days as dates.
    """
    client = part("client").Client(base_url=site)
    kinds = part("models").ListStatementsKind

    listed = part("api.statements_and_sources.list_statements").sync(
        client=client, negotiation="talks", track="security", party="KR", kind=kinds.REPORTS,
        said_from=date(2025, 9, 1), limit=1,
    )  # fmt: skip
    assert [said.id for said in listed.results] == [office.desk.ids["statement"]]
    assert listed.results[0].kind is part("models").StatementKind.REPORTS
    assert listed.results[0].said_lower == date(2025, 10, 1)
    assert listed.results[0].source.publisher.slug == "paper"
    assert listed.next_ is None

    found = part("api.search.search_record").sync(
        client=client, q='"are close" -far', negotiation="talks", said_to=date(2025, 10, 31)
    )
    assert [one.noun for one in found.results] == [part("models").FoundNoun.STATEMENT]
    assert [s.text for s in found.results[0].excerpts[0].segments if s.hit] == ["are close"]

    track = part("api.tracks.show_track").sync(
        "talks", "security", client=client, on=date(2025, 10, 20), known_by=date(2025, 10, 20)
    )
    assert (track.slug, track.stage, track.clocks.on) == ("security", None, date(2025, 10, 20))

    board = part("api.negotiations.show_board").sync("talks", client=client)
    assert [row.state.slug for row in board.rows][:1] == ["security"]

    changes = part("api.the_ledger.list_changes").sync(client=client, after=0, limit=2)
    assert [change.number for change in changes.results] == [1, 2]
    assert changes.results[0].verb is part("models").ChangeVerb.REGISTER_PARTY
    assert changes.next_.startswith(f"{site}/api/v1/changes/?after=2")


@pytest.mark.django_db
def test_conditions_and_problems(part: Part, site: str) -> None:
    """304 without a body; a problem with its code, in the reader's language."""
    client = part("client").Client(base_url=site)
    list_tracks = part("api.tracks.list_tracks")
    first = list_tracks.sync_detailed("talks", client=client)
    held = first.headers["ETag"]
    again = list_tracks.sync_detailed("talks", client=client, if_none_match=held)
    assert (first.status_code, again.status_code, again.parsed) == (200, 304, None)

    korean = client.with_headers({"Accept-Language": "ko"})
    refused = list_tracks.sync_detailed("talks", client=korean, limit=201)
    assert refused.status_code == 400
    assert (refused.parsed.code, refused.parsed.at) == ("bad_parameter", "limit")
    assert "정수여야" in refused.parsed.detail
    assert list_tracks.sync("nowhere", client=client).code == "not_found"


@pytest.mark.django_db
def test_writing(part: Part, site: str, office: Office) -> None:
    """With a token: a draft, once however often it is sent; lines; without one a problem."""
    models = part("models")
    draft_statement = part("api.drafts.draft_statement")
    token = issue(office.people["officer"], ["draft"])
    officer = part("client").AuthenticatedClient(base_url=site, token=token)
    body = models.DraftStatement.from_dict(office.desk.usual("statement"))

    made = [
        draft_statement.sync_detailed(client=officer, body=body, idempotency_key="once")
        for _ in range(2)
    ]
    assert [one.status_code for one in made] == [201, 201]
    assert made[0].parsed.noun is models.ReceiptNoun.STATEMENT
    assert made[0].parsed == made[1].parsed
    assert made[1].headers["Idempotency-Replayed"] == "true"

    shown = part("api.drafts.show_draft").sync(
        models.ShowDraftNoun.STATEMENTS, made[0].parsed.id, client=officer
    )
    assert shown.body["paraphrase_en"] == "They are close."

    lines = part("types").File(payload=act_of("draft_statements", office, role="officer").body)
    batch = part("api.drafts.draft_statements").sync(client=officer, body=lines)
    assert len(batch.ids) == 3

    anybody = part("client").Client(base_url=site)
    assert draft_statement.sync(client=anybody, body=body).code == "no_token"
