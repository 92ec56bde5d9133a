"""Citations as files, of statements and of pages under their clocks."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.pages.scenes import scene

pytestmark = pytest.mark.django_db
FORMS = ("txt", "bib", "ris", "json")


def ris(text: str) -> list[tuple[str, str]]:
    """Tags and values of an RIS record, which ends each line with CR and LF."""
    lines = text.split("\r\n")
    assert lines.pop() == ""
    return [(line[:2], line[6:]) for line in lines if re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line)]


def test_a_statement_as_ris(reader: Any) -> None:
    shown = scene()

    answer = reader.get(f"/statements/{shown.quoted.pk}/citation.ris")

    assert answer["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    told = ris(answer.content.decode())
    assert told[0] == ("TY", "ELEC")
    assert told[-1] == ("ER", "")
    fields = dict(told)
    assert fields["TI"] == "not optimistic"
    assert fields["AU"].endswith(",")
    assert fields["L2"] == f"http://testserver/statements/{shown.quoted.pk}/"


def test_a_quotation_cannot_end_a_record(reader: Any) -> None:
    shown = scene()
    shown.person.__class__.objects.filter(pk=shown.person.pk).update(name_en="A\r\nER  - \r\nTY")

    told = ris(reader.get(f"/statements/{shown.quoted.pk}/citation.ris").content.decode())

    assert [tag for tag, _ in told].count("ER") == 1


@pytest.mark.parametrize("path", ["/rok-us/", "/rok-us/security/"])
def test_a_page_is_cited_with_all_its_clocks(reader: Any, path: str) -> None:
    scene()

    item = json.loads(reader.get(f"{path}citation.json?known_on=2025-10-14").content)[0]

    address, _, query = item["URL"].partition("?")
    assert address == f"http://testserver{path}"
    assert query.startswith("on=2025-10-14&known_by=2025-10-14&as_of=")
    assert reader.get(item["URL"].removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_every_form_is_a_download_with_a_name(reader: Any, prefix: str, form: str) -> None:
    scene()

    answer = reader.get(f"{prefix}/rok-us/security/citation.{form}")

    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="rok-us-security.{form}"'


def test_what_is_not_there_is_not_cited(reader: Any) -> None:
    scene()

    assert reader.get("/rok-us/nowhere/citation.ris").status_code == 404
    assert reader.get("/statements/999999/citation.ris").status_code == 404


def test_a_page_links_to_every_form(reader: Any) -> None:
    scene()

    page = reader.read("/ko/rok-us/security/?known_on=2025-10-14")

    found = [a.attributes["href"] for a in page.all("a") if "citation." in a.attributes["href"]]
    assert found == [
        f"/ko/rok-us/security/citation.{form}?known_on=2025-10-14"
        for form in ("bib", "ris", "json", "txt")
    ]
