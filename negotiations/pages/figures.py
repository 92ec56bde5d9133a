"""What a position says, as a figure with its unit or as its text, in English and Korean."""

from __future__ import annotations

from decimal import Decimal

from negotiations.definitions import define
from negotiations.vocabulary import Qualifier, Unit

_MONEY_KO = {Unit.USD_BILLION: "억 달러", Unit.USD_BILLION_PER_YEAR: "억 달러"}


def figure(amount: Decimal, amount_to: Decimal | None, unit: str, language: str) -> str:
    """One amount or a range in a unit of the vocabulary, as a newspaper writes it."""
    if language == "ko":
        return _korean(amount, amount_to, Unit(unit))
    return _english(amount, amount_to, Unit(unit))


def qualified(words: str, qualifier: str, language: str) -> str:
    """The figure with its qualifier: up to US$350 billion; 최대 3,500억 달러."""
    if qualifier == Qualifier.EXACTLY:
        return words
    if language == "ko":
        return _QUALIFIED_KO[Qualifier(qualifier)].format(words)
    return f"{define('qualifier', qualifier).label_en.lower()} {words}"


_QUALIFIED_KO = {
    Qualifier.ABOUT: "약 {}",
    Qualifier.UP_TO: "최대 {}",
    Qualifier.AT_LEAST: "최소 {}",
    Qualifier.BELOW: "{} 미만",
    Qualifier.ABOVE: "{} 초과",
}


def _number(amount: Decimal) -> str:
    words = f"{amount:,f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def _range(amount: Decimal, amount_to: Decimal | None, dash: str) -> str:
    return _number(amount) + (f"{dash}{_number(amount_to)}" if amount_to is not None else "")


def _english(amount: Decimal, amount_to: Decimal | None, unit: Unit) -> str:
    span = _range(amount, amount_to, "–")
    return {
        Unit.PERCENT: f"{span}%",
        Unit.USD_BILLION: f"US${span} billion",
        Unit.USD_BILLION_PER_YEAR: f"US${span} billion a year",
        Unit.KRW_TRILLION: f"₩{span} trillion",
    }.get(unit, span)


def _korean(amount: Decimal, amount_to: Decimal | None, unit: Unit) -> str:
    if unit in _MONEY_KO:
        # A billion is ten eok: 350 billion dollars are 3,500억 달러.
        span = _range(amount * 10, amount_to * 10 if amount_to is not None else None, "~")
        yearly = "연 " if unit is Unit.USD_BILLION_PER_YEAR else ""
        return f"{yearly}{span}{_MONEY_KO[unit]}"
    span = _range(amount, amount_to, "~")
    return {Unit.PERCENT: f"{span}%", Unit.KRW_TRILLION: f"{span}조 원"}.get(unit, span)
