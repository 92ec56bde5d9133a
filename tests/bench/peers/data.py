"""Datasette on the SQLite copy, as `datasette serve --immutable` but for the access log."""

from __future__ import annotations

import json
import os
from pathlib import Path

from datasette.app import Datasette

app = Datasette(
    [],
    immutables=[os.environ["COPY_FILE"]],
    metadata=json.loads(Path(os.environ["METADATA"]).read_text()),
    settings={"suggest_facets": False, "allow_facet": False},
).app()
