"""The ledger, for who would rather check than trust: checkpoints, proofs, a program to run."""

from __future__ import annotations

from datetime import UTC
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from negotiations import checkpoints, merkle, verifier
from negotiations.pages.deeds import deed
from negotiations.pages.page import Context, file, page
from negotiations.pages.questions import Question, read_question
from negotiations.queries import proofs
from negotiations.queries.shapes import Act
from negotiations.refusals import Refusal


def ledger(request: HttpRequest) -> HttpResponse:
    """What the ledger is, and how it stands; with a `number`, on to that act."""
    return _onward(request) or _ledger(request)


def _onward(request: HttpRequest) -> HttpResponse | None:
    """To the act whose number is asked for, under the reader's clocks; None is for the page."""
    try:
        question = read_question(request.GET, takes=("number",), now=timezone.now())
    except Refusal:
        return None
    text = (question.parameter("number") or "").strip()
    if not _is_number(text):
        return None
    act = reverse("pages:ledger_act", kwargs={"number": int(text)})
    return redirect(f"{act}?{question.clock_query}" if question.given else act)


@page("ledger/ledger.html", twin="/api/v1/ledger/checkpoint/", takes=("number",), clocked=False)
def _ledger(question: Question) -> Context:
    if question.parameter("number"):
        raise _no_number("number")
    return {"checkpoint": proofs.checkpoint()}


@page("ledger/act.html", twin="/api/v1/ledger/{number}/proof/", clocked=False)
def act(question: Question, *, number: int) -> Context:  # noqa: ARG001 (told as it is now)
    """One public act, and step by step that it is in the newest checkpoint."""
    proof = proofs.inclusion(number)
    leaf, path = bytes.fromhex(proof.leaf_hash), [bytes.fromhex(one) for one in proof.proof]
    steps = merkle.steps(leaf, proof.leaf_index, proof.tree_size, path)
    return {
        "proof": proof,
        "deed": deed(proof.entry),
        "sealed": _sealed(proof.entry),
        "steps": [(one.left, one.sibling.hex(), one.result.hex()) for one in steps],
        "holds": (steps[-1].result if steps else leaf).hex() == proof.root_hash,
        "key": checkpoints.public_keys()[0],
    }


@page(
    "ledger/consistency.html",
    twin="/api/v1/ledger/consistency/",
    twin_takes=("from", "to"),
    twin_needs="from",
    takes=("from", "to"),
    clocked=False,
)
def consistency(question: Question) -> Context:
    """That a later checkpoint begins with an earlier one."""
    old, new = (_size(question, name) for name in ("from", "to"))
    if old is None:
        return {}
    proof = proofs.consistency(old, new)
    before, head = bytes.fromhex(proof.from_root_hash), bytes.fromhex(proof.to_root_hash)
    path = [bytes.fromhex(one) for one in proof.proof]
    holds = verifier.check_consistency(proof.from_size, proof.to_size, path, before, head)
    return {"key": checkpoints.public_keys()[0], "proof": proof, "holds": holds}


@file("text/x-python; charset=utf-8", name="verify.py")
def verify_py(question: Question) -> bytes:  # noqa: ARG001 (the same whatever is asked)
    """The program that checks all of it without us."""
    return _program()


@cache
def _program() -> bytes:
    return Path(verifier.__file__).read_bytes()


def _sealed(entry: Act) -> str:
    """The letters whose SHA-256 is the hash of an entry."""
    at = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    told = {name: getattr(entry, name) for name in (*verifier.SEALED, "previous_hash")}
    return verifier.sealed(told | {"at": at})


def _size(question: Question, name: str) -> int | None:
    text = question.parameter(name)
    if text is None:
        return None
    if not _is_number(text.strip()):
        raise _no_number(name)
    return int(text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _no_number(name: str) -> Refusal:
    return Refusal("bad_parameter", at=name, name=name, why=_("it is a ledger number"))
