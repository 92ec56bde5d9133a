"""Who speaks, negotiates and publishes: reference data, told as it is now, without clocks."""

from __future__ import annotations

from negotiations.api.asking import Asked
from negotiations.api.filters import PAGING
from negotiations.api.reading import Read
from negotiations.queries import people
from negotiations.queries.shapes import Page, PartyRef, PersonRecord, PublisherRef


class ListPeople(Read):
    """People by slug, with the offices they hold and held."""

    tag = "People"
    shape = Page[PersonRecord]
    parameters = PAGING

    def answer(self, asked: Asked) -> Page[PersonRecord]:
        """One page of them."""
        return people.list_people(**asked.paging)


class ShowPerson(Read):
    """One person."""

    tag = "People"
    shape = PersonRecord

    def answer(self, asked: Asked, *, slug: str) -> PersonRecord:  # noqa: ARG002
        """The person of that slug."""
        return people.person(slug)


class ListParties(Read):
    """States and organisations that negotiate, by code."""

    tag = "People"
    shape = Page[PartyRef]
    parameters = PAGING

    def answer(self, asked: Asked) -> Page[PartyRef]:
        """One page of them."""
        return people.list_parties(**asked.paging)


class ShowParty(Read):
    """One party."""

    tag = "People"
    shape = PartyRef

    def answer(self, asked: Asked, *, code: str) -> PartyRef:  # noqa: ARG002
        """The party of that code."""
        return people.party(code)


class ListPublishers(Read):
    """Publishers by slug, with their tier and Admiralty letter."""

    tag = "People"
    shape = Page[PublisherRef]
    parameters = PAGING

    def answer(self, asked: Asked) -> Page[PublisherRef]:
        """One page of them."""
        return people.list_publishers(**asked.paging)


class ShowPublisher(Read):
    """One publisher."""

    tag = "People"
    shape = PublisherRef

    def answer(self, asked: Asked, *, slug: str) -> PublisherRef:  # noqa: ARG002
        """The publisher of that slug."""
        return people.publisher(slug)
