"""What is not documented fails here: routes, refusals, settings, verbs, commands, seeds fields."""

from __future__ import annotations

import re
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from negotiations.api.places import is_for_machines
from negotiations.definitions import definitions
from negotiations.event_types import EVENT_TYPES, TEST
from negotiations.intake.seed_files import FORM
from negotiations.operations import VERBS
from negotiations.refusals import SENTENCES
from negotiations.vocabulary import VOCABULARIES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
HOUSE = (ROOT / "negotiations" / "README.md").read_text()
SCRIPTS = (ROOT / "negotiations" / "api" / "README.md").read_text()
SEEDS = (ROOT / "seeds" / "README.md").read_text()


def _routes(resolver: URLResolver, prefix: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        route = prefix + str(getattr(pattern.pattern, "_route", ""))
        if isinstance(pattern, URLResolver):
            found |= _routes(pattern, route)
        elif isinstance(pattern, URLPattern) and hasattr(pattern.pattern, "_route"):
            found.add(re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route))
    return found


def test_every_api_route_is_documented() -> None:
    api = {r.removeprefix("api/v1") for r in _routes(get_resolver()) if r.startswith("api/v1/")}
    assert api
    assert {route for route in api if f"`{route}`" not in SCRIPTS} == set()


def test_every_page_is_in_the_readme() -> None:
    pages = {route for route in _routes(get_resolver()) if not is_for_machines(f"/{route}")}
    first = {route.split("/")[0] for route in pages} - {"", "{negotiation}"}
    assert first
    assert {word for word in first if f"`/{word}/" not in README} == set()


def test_every_feed_is_documented() -> None:
    every = {r for r in _routes(get_resolver()) if re.search(r"/?(feed\.\w+|milestones\.ics)$", r)}
    assert every
    told = {route for route in every if not route.startswith("ko/")}
    assert {route for route in told if f"`/{route}`" not in SCRIPTS} == set()
    assert every == told | {f"ko/{route}" for route in told}


def test_every_refusal_code_is_documented() -> None:
    assert {code for code in SENTENCES if f"`{code}`" not in SCRIPTS + HOUSE} == set()


def test_every_refusal_speaks_both_languages() -> None:
    names = {code: set(re.findall(r"{(\w+)}", s.en)) ^ set(re.findall(r"{(\w+)}", s.ko))
             for code, s in SENTENCES.items()}  # fmt: skip
    assert {code: differ for code, differ in names.items() if differ} == {}


def test_every_setting_is_documented() -> None:
    read = re.compile(r'(?:environ(?:\.get|\.setdefault)?|flag|words)[\[(]\s*"([A-Z][A-Z_]+)"')
    # Set by our own processes for their children, or by Django, make and the test runner.
    inner = {"DJANGO_SETTINGS_MODULE", "PARLEY_RUN_STARTED", "MAKELEVEL", "DIE_WITH_PARENT",
             "PYTEST_XDIST_WORKER", "LANG", "HOME", "PARLEY_DEMO"}  # fmt: skip
    names = {
        name
        for path in [*(ROOT / "tracker").rglob("*.py"), *(ROOT / "negotiations").rglob("*.py")]
        for name in read.findall(path.read_text())
    }
    assert names
    assert {name for name in names - inner if f"| `{name}` |" not in README} == set()


def test_every_verb_of_the_ledger_is_documented() -> None:
    verbs = set(VERBS) | {"publish", "correct", "retract"}
    assert {verb for verb in verbs if f"`{verb}`" not in HOUSE} == set()


def test_every_type_of_event_is_documented() -> None:
    assert {one for one in (*EVENT_TYPES, TEST) if f"`{one}`" not in SCRIPTS} == set()


def test_every_make_target_is_documented() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.M)[0].split()) - {"help"}
    assert {target for target in targets if f"`make {target}`" not in README} == set()


def test_every_field_of_the_seeds_is_documented() -> None:
    fields = {
        name
        for tables in FORM.values()
        for required, optional in tables.values()
        for name in {**required, **optional}
    }
    told = SEEDS.replace("[[person.tenure]]", "`tenure`")
    assert {name for name in fields if f"`{name}`" not in told} == set()


def test_every_word_is_defined_in_both_languages() -> None:
    words = {(name, str(word)) for name, enum in VOCABULARIES.items() for word in enum}
    assert set(definitions()) == words
    for word in definitions().values():
        assert all((word.label_en, word.label_ko, word.definition_en, word.definition_ko))


def test_decisions_are_numbered_in_order() -> None:
    numbers = re.findall(
        r"^(\d+)\. \*\*", (ROOT / "negotiations" / "DECISIONS.md").read_text(), re.M
    )
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
