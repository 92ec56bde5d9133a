"""Answers as they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer

from negotiations.queries.encoding import decimal_text, encode, instant_text

__all__ = ["JSONRenderer", "decimal_text", "encode", "instant_text", "renderer_of"]


class JSONRenderer(BaseRenderer):
    """Passes stored bytes through; anything else is encoded."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self,
        data: object,
        accepted_media_type: str | None = None,  # noqa: ARG002  the signature is the framework's
        renderer_context: Mapping[str, Any] | None = None,  # noqa: ARG002
    ) -> bytes:
        """The bytes of an answer; none where there is nothing to say (304, 204)."""
        if data is None:
            return b""
        return data if isinstance(data, bytes) else encode(data)


def renderer_of(media: str) -> BaseRenderer:
    """The same for another media type, so that readers may ask for that one."""
    renderer = JSONRenderer()
    renderer.media_type = media
    return renderer
