"""Figures as people write them, in English and Korean."""

from __future__ import annotations

from decimal import Decimal

from negotiations.vocabulary import Qualifier, Unit

_EN = {
    Unit.PERCENT: "{} %",
    Unit.USD_BILLION: "${} billion",
    Unit.USD_BILLION_PER_YEAR: "${} billion a year",
    Unit.KRW_TRILLION: "{} trillion won",
}
_EN_WORDS = {
    Qualifier.ABOUT: "about {}",
    Qualifier.UP_TO: "up to {}",
    Qualifier.AT_LEAST: "at least {}",
    Qualifier.BELOW: "below {}",
    Qualifier.ABOVE: "above {}",
}
# Korean puts what bounds a figure behind it, what loosens it before it.
_KO_WORDS = {
    Qualifier.ABOUT: "약 {}",
    Qualifier.UP_TO: "최대 {}",
    Qualifier.AT_LEAST: "최소 {}",
    Qualifier.BELOW: "{} 미만",
    Qualifier.ABOVE: "{} 초과",
}
_KO_MONEY = {Unit.USD_BILLION: "달러", Unit.USD_BILLION_PER_YEAR: "달러", Unit.KRW_TRILLION: "원"}
# Korean counts in 만 (10^4), 억 (10^8) and 조 (10^12): how many 만 one of the unit is.
_MAN = {
    Unit.USD_BILLION: 100_000,
    Unit.USD_BILLION_PER_YEAR: 100_000,
    Unit.KRW_TRILLION: 100_000_000,
}
_STEPS = ((100_000_000, "조"), (10_000, "억"), (1, "만"))


def figure_en(
    *, amount: Decimal | None, amount_to: Decimal | None, unit: str, qualifier: str, text: str
) -> str:
    """An amount (or range) of `unit` in English, "up to $20 billion a year"; else `text`."""
    if amount is None:
        return text
    number = _plain(amount)
    if amount_to is not None:
        number = f"{number}–{_plain(amount_to)}"
    written = _EN.get(Unit(unit), "{}").format(number)
    return _EN_WORDS.get(Qualifier(qualifier), "{}").format(written)


def figure_ko(
    *, amount: Decimal | None, amount_to: Decimal | None, unit: str, qualifier: str, text: str
) -> str:
    """An amount (or range) of `unit` in Korean, "연간 최대 200억 달러"; else `text`."""
    if amount is None:
        return text
    number = _korean(amount, unit)
    if amount_to is not None:
        number = f"{number}~{_korean(amount_to, unit)}"
    if money := _KO_MONEY.get(Unit(unit)):
        number = f"{number} {money}"
    elif unit == Unit.PERCENT:
        number = f"{number}%"
    written = _KO_WORDS.get(Qualifier(qualifier), "{}").format(number)
    return f"연간 {written}" if unit == Unit.USD_BILLION_PER_YEAR else written


def _plain(amount: Decimal) -> str:
    """350.000000 as 350, 1500 as 1,500, 8.20 as 8.2."""
    return f"{amount.normalize():,f}"


def _korean(amount: Decimal, unit: str) -> str:
    """350 billion as 3,500억, 66.2947 trillion as 66조 2,947억; what is finer stays a decimal."""
    scale = _MAN.get(Unit(unit))
    if scale is None:
        return _plain(amount)
    rest, parts = abs(amount) * scale, []
    for step, name in _STEPS:
        whole = rest // step
        if name == "만" and rest % 1:
            whole = rest
        if whole:
            parts.append(f"{_plain(whole)}{name}")
        rest -= whole * step
    return ("-" if amount < 0 else "") + (" ".join(parts) or "0")
