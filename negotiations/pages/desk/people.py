"""Accounts of the desk: who may do what where. Admins invite, give and take roles, and close."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from negotiations import operations
from negotiations.desk_words import Role
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.pages.frames import language_now
from negotiations.pages.invitations import Invitation, invite, mail_invitation
from negotiations.queries import officers
from negotiations.queries.officers import Account, HeldRole

_ROLES = (
    (Role.READER.value, _("reader")),
    (Role.OFFICER.value, _("officer")),
    (Role.REVIEWER.value, _("reviewer")),
    (Role.ADMIN.value, _("admin")),
)
_WHAT_ROLES_MAY = _(
    "An officer drafts, a reviewer also publishes what others drafted, an admin also keeps "
    "reference data and accounts."
)


class InviteForm(DeskForm):
    """Who comes to the desk, and as what; without a role only a superuser could close it again."""

    username = forms.CharField(
        label=_("User name"),
        max_length=64,
        help_text=_("Small Latin letters, digits, dots, hyphens and underscores."),
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput({"autocomplete": "off"}))
    negotiation = forms.ChoiceField(label=_("Negotiation"))
    role = forms.ChoiceField(
        label=_("Role"), choices=_ROLES, initial=Role.OFFICER.value, help_text=_WHAT_ROLES_MAY
    )

    def __init__(self, *args: Any, ruled: Sequence[HeldRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["negotiation"]
        field.choices = [(one.negotiation, _title(one)) for one in ruled]


class RolesForm(DeskForm):
    """An account's role in each negotiation of the admin's.

    The role that was shown is sent along, so that only what this admin changed is changed.
    """

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for held in account.roles:
            self.fields[f"role-{held.negotiation}"] = forms.ChoiceField(
                label=_title(held), choices=[("", _("no role")), *_ROLES], required=False,
                initial=held.role, show_hidden_initial=True,
            )  # fmt: skip

    def changed(self) -> dict[str, str]:
        """The new roles, by negotiation."""
        names = [name for name in self.changed_data if name.startswith("role-")]
        return {name.removeprefix("role-"): self.cleaned_data[name] for name in names}


@desk_page(needs=Role.ADMIN, form=False)
def people(sitting: Sitting) -> HttpResponse:
    """All accounts, with their roles where the admin is one."""
    told = {"accounts": officers.accounts(sitting.seat), "ruled": officers.ruled(sitting.seat)}
    return sitting.render("desk/people/people.html", told)


@desk_page(needs=Role.ADMIN)
def invitation(sitting: Sitting) -> HttpResponse:
    """A new account with its first role; the link to set its password is shown in the answer."""
    make = partial(InviteForm, ruled=officers.ruled(sitting.seat))
    form, was_kept = sent(sitting, make)
    made: list[Invitation] = []
    if sitting.posted and form.is_valid():
        done = send(sitting, form, lambda: _register(sitting, form, made))
        if made:
            mail_invitation(sitting.request, made[0])
            told = {"made": made[0]}
            return answered(sitting, "desk/people/invite.html", make(), told)
        if done:  # a copy of a sending that was answered: the link was in that answer
            messages.warning(sitting.request, _now("This account was made already."))
            return done
    return answered(sitting, "desk/people/invite.html", form, {"kept": was_kept})


@desk_page(needs=Role.ADMIN)
def person(sitting: Sitting, *, id: int) -> HttpResponse:
    """One account: its roles where the admin is one."""
    account = officers.account_for(sitting.seat, id)
    form, was_kept = sent(sitting, partial(RolesForm, account=account))
    if sitting.posted and form.is_valid():
        done = send(sitting, form, lambda: _grant(sitting, id, form.changed()))
        if done:
            return done
    return _show(sitting, account, form, kept=was_kept)


@desk_page(needs=Role.ADMIN)
def closing(sitting: Sitting, *, id: int) -> HttpResponse:
    """Close an account, or open it again."""
    account = officers.account_for(sitting.seat, id)
    if not sitting.posted:
        return HttpResponseRedirect(_page_of(id))
    form = DeskForm(sitting.request.POST)
    form.is_valid()
    active = sitting.request.POST.get("active") == "yes"
    done = send(sitting, form, lambda: _close(sitting, id, active=active))
    return done or _show(sitting, account, RolesForm(account=account), refused=form)


def _register(sitting: Sitting, form: DeskForm, made: list[Invitation]) -> str:
    told = form.arguments()
    held = {name: told.pop(name) for name in ("negotiation", "role")}
    by, now = sitting.by, sitting.now
    officer = operations.register_officer(by=by, now=now, **told).id
    operations.grant_role(by=by, now=now, officer=officer, **held)
    made.append(invite(sitting.request, officer))
    return reverse("pages:desk_people")


def _grant(sitting: Sitting, officer: int, roles: dict[str, str]) -> str:
    for negotiation, role in roles.items():
        operations.grant_role(
            by=sitting.by, now=sitting.now, officer=officer, negotiation=negotiation, role=role
        )
    messages.success(
        sitting.request,
        _now("The roles are changed. The account has to sign in again.")
        if roles
        else _now("Nothing was changed."),
    )
    return _page_of(officer)


def _close(sitting: Sitting, officer: int, *, active: bool) -> str:
    operations.suspend_officer(by=sitting.by, now=sitting.now, officer=officer, active=active)
    messages.success(
        sitting.request,
        _now("The account is open again.")
        if active
        else _now("The account is closed. Its sessions and tokens are ended."),
    )
    return _page_of(officer)


def _show(
    sitting: Sitting, account: Account, form: DeskForm, *,
    kept: bool = False, refused: DeskForm | None = None,
) -> HttpResponse:  # fmt: skip
    told = {
        "account": account,
        "roles": form,
        "kept": kept,
        "closing": DeskForm(auto_id="closing_%s"),
        "may_close": _may_close(sitting, account),
    }
    return answered(sitting, "desk/people/person.html", refused or form, told)


def _may_close(sitting: Sitting, account: Account) -> bool:
    """Whether to offer the button; the operation decides."""
    if account.id == sitting.seat.officer or sitting.seat.superuser:
        return account.id != sitting.seat.officer
    here = any(held.role for held in account.roles)
    return here and not account.elsewhere and not account.is_superuser


def _page_of(officer: int) -> str:
    return reverse("pages:desk_person", kwargs={"id": officer})


def _title(held: HeldRole) -> str:
    return held.title_ko if language_now() == "ko" else held.title_en
