"""What stands in the head of a page for other sites."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# What would end the element, or begin another one.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@register.simple_tag
def structured(told: Any) -> SafeString:
    """JSON-LD (https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents), or nothing.

    It is data, which no browser runs, so no policy refuses it.
    """
    if not told:
        return SafeString("")
    text = json.dumps(told, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
