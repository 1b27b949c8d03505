"""What is odd about a claimed certificate by itself, and how long it lasts."""

import calendar
from collections.abc import Iterable
from datetime import MAXYEAR, date
from typing import Final

from tendereval.domain.publicvalue.certificates import Claim, Scheme, SchemeLevel

_LONGEST_MONTHS: Final = 1200
"""No certificate is taken to last longer; beyond it the calendar itself ends."""


def last_valid_day(issued: date, months: int) -> date:
    """Return the last day of a certificate: the day of issue and calendar months.

    A day that the month does not have is its last one; past the calendar it is the last of all.

    >>> last_valid_day(date(2024, 2, 29), 12), last_valid_day(date(2026, 8, 31), 6)
    (datetime.date(2025, 2, 28), datetime.date(2027, 2, 28))
    """
    years, month = divmod(issued.month - 1 + months, 12)
    year, month = issued.year + years, month + 1
    if year > MAXYEAR:
        return date.max
    return date(year, month, min(issued.day, calendar.monthrange(year, month)[1]))


def certificate_key(claim: Claim) -> tuple[str, str] | None:
    """Return what a certificate is known by: scheme and number; None without a number."""
    plain = "".join(sign for sign in claim.number.casefold() if sign.isalnum())
    if not any(sign.isdigit() for sign in plain):
        return None
    return claim.scheme.strip().casefold(), plain


def needs_decision(claim: Claim, bidder: str) -> bool:
    """Whether the lead decides if a claim is accepted: an equivalent, or made out to another."""
    return bool(claim.equivalent.strip()) or not is_own(claim, bidder)


def is_own(claim: Claim, bidder: str) -> bool:
    """Whether a certificate is made out to the bidder itself, as far as names tell."""
    return not claim.holder.strip() or _company(claim.holder) == _company(bidder)


def _company(name: str) -> str:
    words = name.casefold().replace(".", " ").replace(",", " ").split()
    return " ".join("limited" if word == "ltd" else word for word in words)


def months_of(claim: Claim, scheme: Scheme | None) -> int | None:
    """Return how long the scheme says it lasts; what an equivalent says is its own."""
    if scheme is None or scheme.valid_months is None or claim.equivalent.strip():
        return None
    return scheme.valid_months if 0 < scheme.valid_months <= _LONGEST_MONTHS else None


def last_day_of(claim: Claim, scheme: Scheme | None) -> date | None:
    """Return the last day a certificate is valid; None where it cannot be told."""
    months = months_of(claim, scheme)
    if claim.ends is not None or claim.issued is None or months is None:
        return claim.ends
    return last_valid_day(claim.issued, months)


def are_turned(first: date | None, last: date | None) -> bool:
    """Whether something ends before it begins."""
    return first is not None and last is not None and last < first


def claim_flags(
    claim: Claim, scheme: Scheme | None, level: SchemeLevel | None, bidder: str
) -> Iterable[str]:
    """Yield what the panel must see of a claim by itself, one sentence each."""
    yield from _what_flags(claim, scheme, level, bidder)
    yield from _date_flags(claim, scheme)


def _what_flags(
    claim: Claim, scheme: Scheme | None, level: SchemeLevel | None, bidder: str
) -> Iterable[str]:
    equivalent = claim.equivalent.strip()
    if scheme is None and not equivalent:
        named = claim.scheme.strip() or "This scheme"
        yield f"{named} is not in the list: say what it is equivalent to and why."
    if equivalent:
        yield f"Offered as equivalent: {_stop(equivalent)} {_decided(claim)}"
    elif scheme is not None:
        yield from _scheme_flags(claim, scheme, level)
    offered = claim.offered_as
    if level is not None and offered is not None and offered.rank > level.assurance.rank:
        said = offered.in_words.split(":")[0]
        yield f"Offered as {said}; it is {level.assurance.in_words}."
    yield from _gaps(claim)
    if not is_own(claim, bidder):
        named = f"It is made out to {claim.holder.strip()}, not to {bidder}."
        yield named if equivalent else f"{named} {_decided(claim)}"


def _stop(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _decided(claim: Claim) -> str:
    if claim.accepted is None:
        return "Decide with a reason whether it is accepted."
    said = "Accepted" if claim.accepted else "Not accepted"
    return f"{said}: {_stop(claim.reason.strip())}"


def _scheme_flags(claim: Claim, scheme: Scheme, level: SchemeLevel | None) -> Iterable[str]:
    if scheme.status == "closed":
        yield f"{scheme.name} is closed: a claim of it is out of date."
    elif not scheme.is_current:
        yield f"{scheme.name} cannot be certified: it is guidance only."
    if level is None:
        names = ", ".join(item.name for item in scheme.levels)
        said = claim.level.strip()
        what = f"{scheme.name} has no level “{said}”" if said else "No level is given"
        yield f"{what}; the levels of {scheme.name} are: {names}."
    if not scheme.verified:
        yield f"What the list says of {scheme.name} was not seen in a source: check it."


def _gaps(claim: Claim) -> Iterable[str]:
    if not claim.scope.strip():
        yield "No scope is given: ask which work and which sites it covers."
    if certificate_key(claim) is None:
        yield "No number is given, so that it cannot be looked up."
    if not claim.evidence.strip():
        yield "No evidence is given."


def _date_flags(claim: Claim, scheme: Scheme | None) -> Iterable[str]:
    if are_turned(claim.issued, claim.ends):
        yield "It ends before it was issued."
    if claim.issued is None:
        yield "The day of issue is not given: ask whether it was held at the deadline."
    months, last = months_of(claim, scheme), last_day_of(claim, scheme)
    if last is None and months is None:
        yield "It says no end, and no length is known for it: ask for the end date."
    elif last is None:
        yield "Neither its day of issue nor its end is given: ask for both."
    if months is not None and scheme is not None:
        yield from _length_flags(claim, months, scheme)


def _length_flags(claim: Claim, months: int, scheme: Scheme) -> Iterable[str]:
    if claim.issued is None:
        return
    last = last_valid_day(claim.issued, months)
    if claim.ends is None:
        yield f"Its end is reckoned as {months} months from its issue: see the certificate."
        if not scheme.valid_verified:
            yield f"That it lasts {months} months was not seen in a source: check the end."
    elif claim.ends > last:
        yield f"It claims to run longer than the {months} months of the scheme."
