"""What officers call the columns of reference data."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {
    "code": _("Code (ISO 3166-1)"),
    "slug": _("Name in addresses"),
    "name_en": _("Name in English"),
    "name_ko": _("Name in Korean"),
    "title_en": _("Title in English"),
    "title_ko": _("Title in Korean"),
    "summary_en": _("Summary in English"),
    "summary_ko": _("Summary in Korean"),
    "capital_en": _("Its capital, as headlines name it, in English"),
    "capital_ko": _("Its capital, as headlines name it, in Korean"),
    "zone": _("Zone of its capital, such as Asia/Seoul"),
    "parties": _("Parties"),
    "negotiation": _("Negotiation"),
    "track": _("Track"),
    "parent": _("Hangs below"),
    "procedure": _("Procedure"),
    "headline": _("Leads the board"),
    "position": _("Place in the order"),
    "review_days": _("To be looked at every so many days"),
    "unit": _("Unit"),
    "aliases": _("Other spellings, by comma"),
    "party": _("Party"),
    "person": _("Person"),
    "office": _("Office"),
    "held_from": _("Held from (EDTF; empty: not known)"),
    "held_to": _("Held to (EDTF; empty: not known, or held still)"),
    "tier": _("Tier"),
    "publisher": _("Publisher"),
    "reliability": _("Admiralty letter"),
    "graded_on": _("From"),
}
