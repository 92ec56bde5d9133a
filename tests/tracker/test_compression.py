"""Compression, and what caches are told of it."""

from __future__ import annotations

import gzip
import json

import pytest
from django.test import Client

ADDRESS = "/api/v1/vocabulary/"


@pytest.mark.django_db
def test_an_answer_is_compressed_where_that_is_asked_for(client: Client) -> None:
    plain = client.get(ADDRESS)
    packed = client.get(ADDRESS, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.content)) == json.loads(plain.content)
    assert len(packed.content) < len(plain.content) / 3


@pytest.mark.django_db
def test_every_answer_tells_caches_that_the_encoding_varies(client: Client) -> None:
    answer = client.get(ADDRESS)
    same = client.get(ADDRESS, headers={"if-none-match": answer["ETag"]})
    assert same.status_code == 304
    assert "Accept-Encoding" in answer["Vary"]
    assert same["Vary"] == answer["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", [ADDRESS, "/vocabulary/", "/api/v1/schema/"])
@pytest.mark.parametrize("takes", ["gzip;q=0", "gzip; q=0.0, identity", "identity", "br"])
def test_who_does_not_take_it_gets_it_as_it_is(client: Client, address: str, takes: str) -> None:
    answer = client.get(address, headers={"accept-encoding": takes})
    assert "Content-Encoding" not in answer
    assert answer["Content-Length"] == str(len(answer.content))


@pytest.mark.django_db
def test_who_takes_it_last_gets_it(client: Client) -> None:
    answer = client.get(ADDRESS, headers={"accept-encoding": "br, gzip;q=0.5"})
    assert answer["Content-Encoding"] == "gzip"
