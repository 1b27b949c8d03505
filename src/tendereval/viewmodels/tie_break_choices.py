"""Which tie-break rules a method can have, in words; reads none and breaks no tie."""

from tendereval.domain.tender import CriterionKind, Method
from tendereval.domain.tie_break import TieBreakKind


def tie_break_choices(method: Method) -> tuple[tuple[str, str], ...]:
    """Return each rule as published and in words, those in the method already left out."""
    had = {" ".join(rule.casefold().split()) for rule in method.tie_break}
    return tuple((rule, words) for rule, words in _all(method) if rule.casefold() not in had)


def _all(method: Method) -> list[tuple[str, str]]:
    prices = [row for row in method.criteria if row.kind is CriterionKind.PRICE]
    found = [(str(TieBreakKind.HIGHEST_QUALITY), "Highest quality marks in all")]
    found += [
        (f"highest {row.ref}", f"Highest marks for {row.ref} {row.title}".strip())
        for row in method.criteria
        if row.kind.is_scored or row.kind is CriterionKind.SECTION
    ]
    if prices:
        found.append((str(TieBreakKind.LOWEST_PRICE), "Lowest price in all"))
    if len(prices) > 1:
        found += [(f"lowest {row.ref}", f"Lowest price for {row.ref}") for row in prices]
    found.append((str(TieBreakKind.DRAW), "A draw, as the last resort"))
    return found


def tie_break_words(method: Method, rule: str) -> str:
    """Return a rule in words, or as it stands where it cannot be read."""
    key = " ".join(rule.casefold().split())
    return next((words for known, words in _all(method) if known.casefold() == key), rule)
