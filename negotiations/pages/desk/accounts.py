"""The form of an account: what a party's account of a meeting says on a topic, or leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from negotiations import operations
from negotiations.pages.desk.desk import Sitting
from negotiations.pages.desk.drafting import NOUNS, Noun
from negotiations.pages.desk.evidence_picker import EvidencedForm, pick
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.preview import as_published
from negotiations.pages.desk.words import Words, ground_choices, offered
from negotiations.queries import ground
from negotiations.vocabulary import MilestoneKind


class AccountForm(EvidencedForm):
    """One topic of one meeting, by one party's account."""

    track = forms.ChoiceField(label=_("Track"))
    meeting = forms.CharField(
        label=_("Meeting, by its name in addresses"),
        max_length=80,
        widget=forms.TextInput({"list": "meetings"}),
        help_text=_("A milestone of kind meeting in the track’s negotiation."),
    )
    according_to = forms.ChoiceField(label=_("Whose account"))
    topic = forms.CharField(
        label=_("Topic, by its name in addresses"),
        max_length=80,
        widget=forms.TextInput({"list": "topics"}),
        help_text=_(
            "Small Latin letters, digits and hyphens. Accounts of the same topic stand on one line."
        ),
    )
    topic_en = forms.CharField(label=_("Topic in English"), max_length=120)
    topic_ko = forms.CharField(
        label=_("Topic in Korean"), max_length=120, widget=forms.TextInput({"lang": "ko"})
    )
    bearing = Words("account_bearing", radio=True, initial="tells", label=_("Bearing"))
    text_en = forms.CharField(
        label=_("What it says, in English"),
        required=False,
        max_length=300,
        help_text=_("One line in our words; none where the topic is left out."),
    )
    text_ko = forms.CharField(
        label=_("What it says, in Korean"),
        required=False,
        max_length=300,
        widget=forms.TextInput({"lang": "ko"}),
    )
    contradicts = forms.TypedChoiceField(
        label=_("Contradicts"), required=False, coerce=int, empty_value=None,
        help_text=_(
            "Another party’s account of the same topic, where the two cannot both be true. The "
            "judgement is published with this draft."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered(self.fields["track"], [("", "—")], ground_choices(ground.tracks_of(self.seat)))
        offered(self.fields["according_to"], [("", "—")], ground_choices(ground.voices()))
        others = ground.accounts_of(self.seat, also=self.initial.get("contradicts"))
        offered(self.fields["contradicts"], [("", gettext("none"))], ground_choices(others))


def _around(sitting: Sitting, form: DeskForm) -> Mapping[str, Any]:
    assert isinstance(form, AccountForm)
    known = ground.milestones_of(sitting.seat)
    return {
        **pick(sitting, form),
        "meetings": [one for one in known if one.kind == MilestoneKind.MEETING],
        "topics": ground.topics_of(sitting.seat),
    }


NOUNS["account"] = Noun(
    form=AccountForm,
    template="desk/changes/account.html",
    verb=operations.draft_account,
    preview=as_published,
    around=_around,
)
