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
