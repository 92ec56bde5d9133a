"""What is registered: officers, parties, negotiations, tracks, people, publishers, terms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from negotiations import models

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


class OfficerFactory(DjangoModelFactory[models.Officer]):
    """An account at the desk."""

    class Meta:
        model = models.Officer

    username = factory.Sequence(lambda n: f"officer-{n}")


class PartyFactory(DjangoModelFactory[models.Party]):
    """A party; the same code gives the same row."""

    class Meta:
        model = models.Party
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"P{n}")
    name_en = factory.LazyAttribute(lambda o: _known(o.code)[0])
    name_ko = factory.LazyAttribute(lambda o: _known(o.code)[1])
    capital_en = factory.LazyAttribute(lambda o: _known(o.code)[2])
    capital_ko = factory.LazyAttribute(lambda o: _known(o.code)[3])
    zone = "Asia/Seoul"


def _known(code: str) -> tuple[str, str, str, str]:
    named = {
        "KR": ("Republic of Korea", "대한민국", "Seoul", "서울"),
        "US": ("United States", "미국", "Washington", "워싱턴"),
    }
    return named.get(code, (f"State {code}", f"국가 {code}", f"Capital {code}", f"수도 {code}"))


class Linked(DjangoModelFactory[Any]):
    """Makes rows with links given as lists of rows."""

    class Meta:
        abstract = True

    _links: tuple[str, ...] = ()

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        linked = {name: kwargs.pop(name) for name in cls._links if name in kwargs}
        row = super()._create(model_class, *args, **kwargs)
        for name, rows in linked.items():
            getattr(row, name).set(rows)
        return row


class NegotiationFactory(Linked):
    """A negotiation, by default of Korea and the United States."""

    class Meta:
        model = models.Negotiation

    _links = ("parties",)
    slug = factory.Sequence(lambda n: f"talks-{n}")
    title_en = factory.LazyAttribute(lambda o: f"Talks {o.slug}")
    title_ko = factory.LazyAttribute(lambda o: f"협상 {o.slug}")
    registered_at = LONG_AGO

    @factory.lazy_attribute
    def parties(self) -> list[models.Party]:
        """Korea and the United States."""
        return [PartyFactory(code="KR"), PartyFactory(code="US")]


class TrackFactory(Linked):
    """A track of a new negotiation."""

    class Meta:
        model = models.Track

    _links = ("parties",)
    negotiation = factory.SubFactory(NegotiationFactory)
    slug = factory.Sequence(lambda n: f"track-{n}")
    title_en = factory.LazyAttribute(lambda o: o.slug.capitalize())
    title_ko = factory.LazyAttribute(lambda o: f"의제 {o.slug}")
    procedure = "executive_agreement"
    position = factory.Sequence(lambda n: n)
    registered_at = LONG_AGO


class OfficeFactory(DjangoModelFactory[models.Office]):
    """A post."""

    class Meta:
        model = models.Office

    slug = factory.Sequence(lambda n: f"office-{n}")
    title_en = "Foreign minister"
    title_ko = "외교부 장관"


class PersonFactory(DjangoModelFactory[models.Person]):
    """Someone who speaks."""

    class Meta:
        model = models.Person

    slug = factory.Sequence(lambda n: f"person-{n}")
    name_en = "Cho Hyun"
    name_ko = "조현"


class TenureFactory(DjangoModelFactory[models.Tenure]):
    """An office held."""

    class Meta:
        model = models.Tenure

    person = factory.SubFactory(PersonFactory)
    office = factory.SubFactory(OfficeFactory)
    held_from = "2025-07-19"


class PublisherFactory(DjangoModelFactory[models.Publisher]):
    """A newspaper."""

    class Meta:
        model = models.Publisher

    slug = factory.Sequence(lambda n: f"publisher-{n}")
    name_en = "The Paper"
    name_ko = "신문"
    tier = "press"


class GradeFactory(DjangoModelFactory[models.Grade]):
    """A publisher's letter."""

    class Meta:
        model = models.Grade

    publisher = factory.SubFactory(PublisherFactory)
    reliability = "B"
    graded_on = date(2025, 1, 1)


class TermFactory(DjangoModelFactory[models.Term]):
    """A tariff rate."""

    class Meta:
        model = models.Term

    track = factory.SubFactory(TrackFactory)
    slug = factory.Sequence(lambda n: f"term-{n}")
    name_en = "Car tariff"
    name_ko = "자동차 관세"
    unit = "percent"
    registered_at = LONG_AGO
