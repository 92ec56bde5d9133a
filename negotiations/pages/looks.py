"""The looks of a picture that is taken away: what the style sheet says, written on each mark.

A file has no style sheet: programs that set or convert SVG read attributes, and the policy of this
site lets no file bring styles of its own. Colours are those of the light pages.
"""

from __future__ import annotations

import re

from negotiations.typesetting import SANS

PAPER, INK, INK_2 = "#ffffff", "#1a1c20", "#474b53"
_EDGE, _MARK, _TIE = "#17457a", "#8a2d18", "#96700c"
_RULE, _RULE_STRONG, _FILL = "#dcd8cc", "#77746a", "#c4d6e8"
_HALO = 'paint-order="stroke" stroke-linejoin="round"'
# By class, as the style sheet has them; later ones of a mark win.
LOOKS = {
    "grid-line": f'stroke="{_RULE}" fill="none"',
    "lane-rule": f'stroke="{_RULE}" fill="none"',
    "ground": f'stroke="{_RULE_STRONG}" fill="none"',
    "axis-label": f'fill="{INK_2}" font-weight="400"',
    "axis-year": f'fill="{INK}" font-weight="700"',
    "axis-break": f'fill="none" stroke="{_RULE_STRONG}"',
    "band": f'fill="{_FILL}"',
    "band-off": f'fill="none" stroke="{_EDGE}" stroke-dasharray="4 3"',
    "band-edge": f'fill="none" stroke="{_EDGE}" stroke-width="1.75"',
    "hatch": 'fill="none" stroke="#8fabc8" stroke-width="2"',
    "band-label": f'fill="{INK}" font-weight="400" {_HALO} stroke="{_FILL}" stroke-width="3"',
    "band-label-above": f'stroke="{PAPER}"',
    "silence": f'fill="{PAPER}" fill-opacity=".82"',
    "silence-dot": f'fill="{_RULE_STRONG}"',
    "silence-label": f'fill="{INK}" font-weight="400" {_HALO} stroke="{PAPER}" stroke-width="4"',
    "lane-break": f'stroke="{PAPER}" stroke-width="5"',
    "lane-now": f'fill="{INK}" font-weight="400" {_HALO} stroke="{PAPER}" stroke-width="4"',
    "target": 'fill="none"',
    "target-line": 'fill="none"',
    "tick": f'stroke="{INK_2}" stroke-width="1.75" fill="none"',
    "milestone": f'color="{_MARK}" fill="{_MARK}"',
    "slip": "",
    "slip-line": f'stroke="{_MARK}" stroke-width="1" fill="none"',
    "move": 'stroke="#8fabc8" stroke-width="1.5" stroke-dasharray="1.5 3.5" fill="none"',
    "move-words": 'stroke-dasharray="none"',
    "move-dot": f'fill="{_EDGE}"',
    "tie": f'stroke="{_TIE}" stroke-width="1.25" fill="none"',
    "tie-asserted": "",
    "tie-denied": "",
    "tie-ended": 'stroke-dasharray="5 4"',
    "tie-head": f'fill="{_TIE}" stroke="{_TIE}" stroke-width="1.25"',
    "tie-head-open": f'fill="{PAPER}"',
    "tie-dot": f'fill="{_TIE}"',
    "now": f'stroke="{_MARK}" stroke-width="1.5" stroke-dasharray="3 3" fill="none"',
    "now-label": f'fill="{_MARK}" font-weight="700"',
    "lane-marks": "",
    "key-words": f'fill="{INK_2}" font-weight="400"',
    "sheet-title": f'fill="{INK}" font-size="22" font-weight="700"',
    "sheet-under": f'fill="{INK_2}" font-size="13" font-weight="400"',
    "sheet-name": f'fill="{INK}" font-size="13.5" font-weight="700"',
    "sheet-name-below": f'fill="{INK}" font-size="13.5" font-weight="400"',
    "sheet-heard": f'fill="{INK_2}" font-size="11" font-weight="400"',
    "sheet-source": f'fill="{INK_2}" font-size="11" font-weight="400"',
    "fig": f'fill="{INK_2}" color="{INK_2}"',
    "fig-title": f'fill="{INK}" font-size="16" font-weight="600"',
    "fig-who": f'fill="{INK}" font-weight="600"',
    "fig-apart": f'fill="{INK}" font-weight="600"',
    "fig-grid": f'stroke="{_RULE}"',
    "fig-hatch": "",
    "fig-hatching": f'stroke="{_RULE_STRONG}" stroke-width="1.5" opacity=".55"',
    "fig-break": f'color="{_RULE_STRONG}"',
    "fig-law": f'fill="none" stroke="{_FILL}" stroke-width="9"',
    "fig-line": f'fill="none" stroke="{_EDGE}"',
    "fig-line-0": "",
    "fig-line-1": f'stroke="{_MARK}"',
    "fig-line-2": f'stroke="{INK_2}"',
    "fig-line-3": f'stroke="{INK_2}"',
    "fig-range": f'fill="{_FILL}" stroke="none" opacity=".5"',
    "fig-step": f'fill="currentColor" color="{_EDGE}"',
    "fig-party-0": "",
    "fig-party-1": f'color="{_MARK}"',
    "fig-party-2": f'color="{INK_2}"',
    "fig-party-3": f'color="{INK_2}"',
    "fig-target": "",
    "fig-vague": "",
    "fig-arrow": "",
    "fig-label": f'color="{_RULE_STRONG}"',
}
_CLASS = re.compile(r'(?<=\s)class="([a-z0-9 _-]+)"')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
# Letters that XML 1.0 does not take (section 2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def with_looks(drawn: str) -> str:
    """The mark-up of a picture with attributes in place of classes; well-formed XML."""
    dressed = _CLASS.sub(lambda found: _attributes(found[1]), _well_formed(drawn))
    family = f'font-family="{SANS}, Noto Sans KR, sans-serif" font-size="12"'
    return dressed.replace("<svg ", f"<svg {family} ", 1)


def _well_formed(drawn: str) -> str:
    """The mark-up without the letters that XML does not take."""
    return _NOT_XML.sub("", drawn)


def _attributes(classes: str) -> str:
    worn: dict[str, str] = {}
    for name in classes.split():
        worn.update(_ATTRIBUTE.findall(LOOKS[name]))
    return " ".join(f'{name}="{value}"' for name, value in worn.items())
