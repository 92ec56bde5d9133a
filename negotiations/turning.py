"""Characters that would turn the words after a text around, if nothing ends them.

Pages isolate stored text (`<bdi>`); where no mark-up can, such as in titles of drawings, citations,
feeds and on paper, they are left out (Unicode Standard Annex #9, 2.1 to 2.5).
"""

from __future__ import annotations

import re

# Embeddings, overrides and isolates, with what ends them; the mere marks do no harm.
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def unturned(text: str) -> str:
    """The text without embeddings, overrides and isolates."""
    return _TURNING.sub("", text)
