"""One noun of reference data on the admin site: its forms rehearse the act that they ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from negotiations import models, operations
from negotiations.admin.site import ruled, seat_of
from negotiations.desk_words import Role
from negotiations.operations import Actor, Receipt
from negotiations.operations.content import key_of, noun_of
from negotiations.operations.mending import MENDABLE, mended_at
from negotiations.operations.rehearsal import rehearse
from negotiations.pages.desk.columns import LABELS
from negotiations.pages.frames import language_now
from negotiations.pages.nouns import noun_name
from negotiations.refusals import Refusal

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = admin.ModelAdmin

# Where a refusal is shown that points nowhere, by its code.
_PLACES = {"bad_zone": ("zone",), "bad_date": ("held_from",), "duplicate": ("slug", "code")}
_OPTIONAL = frozenset({"parent", "party", "aliases", "summary_en", "summary_ko"})


class Reference(Base):
    """One noun of reference data: `adds` are the fields of a new row, `verb` what registers it.

    `within` is the path to its negotiation ("": it is one); null where it belongs to none.
    """

    actions = None
    list_per_page = 100
    verb: Callable[..., Receipt]
    adds: tuple[str, ...] = ()
    within: str | None = None

    @property
    def noun(self) -> str:
        """Its name in the ledger."""
        return noun_of(self.model)

    @property
    def mends(self) -> tuple[str, ...]:
        """The columns that can be mended."""
        return MENDABLE.get(self.noun, (None, ()))[1]

    # What may be done.

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who comes in sees all nouns."""
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Who comes in sees the rows of `get_queryset`."""
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who comes in; a negotiation is opened by a superuser, whose role is everywhere."""
        held = seat_of(request)
        return held is not None and (held.superuser if self.within == "" else held.may(Role.ADMIN))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only where there is something to mend."""
        return bool(self.mends) and self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: entries of the ledger speak of it."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows of the negotiations of which the account is an admin."""
        rows = super().get_queryset(request)
        if self.within is None:
            return rows
        return rows.filter(**{f"{self.within}slug__in": ruled(request)})

    # How it is asked for.

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """What a new row takes; of an old one, what can be mended and what cannot."""
        if obj is None:
            return self.adds
        return list(dict.fromkeys([*self.adds, *self.mends, *(["seen"] if self.mends else [])]))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Slugs, codes and whatever else addresses and published rows rely on."""
        return [name for name in self.adds if name not in self.mends] if obj else []

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form of the model's columns, which is valid when the act would be done."""
        names = [name for name in self.get_fields(request, obj) if name != "seen"]
        kwargs["labels"] = LABELS
        kwargs["fields"] = [n for n in names if n not in self.get_readonly_fields(request, obj)]
        made: Any = super().get_form(request, obj, change, **kwargs)
        act = self._act

        class Rehearsed(made):  # type: ignore[misc]  # made by Django for the model
            """Tells at its fields what the operation would refuse."""

            seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

            def clean(self) -> Any:
                """The values, after a rehearsal."""
                cleaned = super().clean()
                if not self.errors:
                    _rehearse(self, lambda: act(request, obj, self))
                return cleaned

        if obj is not None and self.mends:
            Rehearsed.base_fields["seen"].initial = mended_at(self.noun, obj.pk)
        return Rehearsed

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Needed or not, as the verb has it; choices of the account's own negotiations."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        optional = db_field.name in _OPTIONAL or (self.noun, db_field.name) == ("track", "parties")
        field.required = field.required and not optional
        path = {models.Negotiation: "", models.Track: "negotiation__"}.get(db_field.related_model)
        if path is not None:
            field.queryset = field.queryset.filter(**{f"{path}slug__in": ruled(request)})
        return field

    # What is written, and that nothing else is.

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Do the act; the row is read again as it was written."""
        obj.pk = self._act(request, obj if change else None, form).id
        obj.refresh_from_db()

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """The operation has written links, too."""

    def log_addition(self, request: Any, obj: Any, message: Any) -> Any:
        """The ledger tells it."""

    def log_change(self, request: Any, obj: Any, message: Any) -> Any:
        """The ledger tells it."""

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:  # fmt: skip
        """The form; where somebody was faster than its rehearsal, it is shown afresh."""
        try:
            told = {**(extra_context or {}), "title": noun_name(self.noun)}
            return super().changeform_view(request, object_id, form_url, told)
        except Refusal as refusal:
            messages.error(request, refusal.sentence(language_now()))
            return HttpResponseRedirect(request.get_full_path(), status=303)

    def changelist_view(self, request: Any, extra_context: dict[str, Any] | None = None) -> Any:
        """The rows, under the name that readers know the noun by."""
        told = {**(extra_context or {}), "title": noun_name(self.noun)}
        return super().changelist_view(request, told)

    def history_view(self, request: Any, object_id: Any, extra_context: Any = None) -> HttpResponse:
        """The ledger tells it to everybody."""
        return HttpResponseRedirect(reverse("pages:changes"))

    def _act(self, request: HttpRequest, obj: Any, form: Any) -> Receipt:
        by, now = Actor(officer=request.user.pk or 0), timezone.now()
        given = {n: _plain(n, v) for n, v in form.cleaned_data.items() if n != "seen"}
        if obj is None:
            return type(self).verb(by=by, now=now, **given)
        values = {name: "" if value is None else value for name, value in given.items()}
        seen = form.cleaned_data.get("seen") or 0
        return operations.mend(by=by, now=now, noun=self.noun, id=obj.pk, values=values, seen=seen)


def _plain(name: str, value: Any) -> Any:
    """A cleaned value as verbs take it: rows by their keys."""
    match value:
        case models.Track() if name == "parent":
            return value.slug
        case Model():
            return key_of(value)
        case QuerySet():
            return [key_of(row) for row in value]
        case _:
            return value


def _rehearse(form: Any, act: Callable[[], Receipt]) -> None:
    """Try the act and undo it; a refusal becomes an error of the form, at its field."""
    try:
        rehearse(act, lambda _: None)
    except Refusal as refusal:
        named = (refusal.at.strip("/").split("/")[0], *_PLACES.get(refusal.code, ()))
        place = next((name for name in named if name in form.fields and name != "seen"), None)
        error = forms.ValidationError(refusal.sentence(language_now()), refusal.code)
        form.add_error(place, error)
        if refusal.code == "mended_since":
            # Who has read this sentence has seen it; the next sending may replace the other's.
            form.data = form.data.copy()
            form.data["seen"] = refusal.facts["number"]
