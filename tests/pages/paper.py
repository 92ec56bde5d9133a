"""What tests ask of a PDF."""

from __future__ import annotations

import re


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has: as many as objects that are one."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
