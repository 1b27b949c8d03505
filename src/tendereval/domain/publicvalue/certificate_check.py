"""Check claimed certificates: when they are in force, how independent they are, what is odd."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.certificate_flags import (
    are_turned,
    certificate_key,
    claim_flags,
    last_day_of,
    last_valid_day,
    months_of,
    needs_decision,
)
from tendereval.domain.publicvalue.certificates import Assurance, Claim, Scheme, SchemeLevel

GOOD_WORK: Final = "good_work"
LIVING_WAGE: Final = "lwf"
"""The scheme of Living Wage employers."""

_REMIND_DAYS: Final = 56
"""How long before a certificate lapses its renewal is asked for."""


class CertificateState(StrEnum):
    """Where a certificate stands against the tender and the contract."""

    IN_FORCE = "in force throughout the contract"
    CURRENT = "in force at the deadline and the start; the contract's end is not given"
    LAPSES_IN_TERM = "lapses in the contract"
    LAPSES_BEFORE_START = "lapses before the contract starts"
    EXPIRED = "expired at the deadline"
    NOT_YET_ISSUED = "not yet issued at the deadline"
    UNKNOWN = "unknown"

    @property
    def is_current(self) -> bool:
        """Whether it is in force at the deadline and when the contract starts."""
        return self in {
            CertificateState.IN_FORCE,
            CertificateState.CURRENT,
            CertificateState.LAPSES_IN_TERM,
        }


@dataclass(frozen=True, slots=True)
class Days:
    """The days that certificates are held against; None where the tender does not say.

    Attributes:
        deadline: of tenders.
        start: of the contract.
        end: its last day.
    """

    deadline: date | None
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class ClaimFinding:
    """What the check says of one claim.

    Attributes:
        scheme: None where it is not in the list.
        assurance: of the level claimed; None where scheme or level is unknown, and for an
            equivalent that is not accepted.
        last_day: the last day it is valid; None where it cannot be told.
        remind_on: when to ask for the renewal; None where it does not lapse in the contract.
        counts: whether nothing about it awaits a decision or was decided against it.
        flags: what the panel must see, one sentence each.
    """

    claim: Claim
    scheme: Scheme | None
    assurance: Assurance | None
    state: CertificateState
    last_day: date | None
    remind_on: date | None
    counts: bool
    flags: tuple[str, ...]

    @property
    def name(self) -> str:
        """What to call it."""
        called = self.scheme.name if self.scheme else self.claim.scheme.strip()
        if not self.claim.equivalent.strip():
            return called or "A certificate"
        return f"An equivalent to {called}" if called else "An equivalent"

    @property
    def assurance_words(self) -> str:
        """Who looked before it was given, in words."""
        return self.assurance.in_words if self.assurance else "assurance not known"

    @property
    def awaits_decision(self) -> bool:
        """Whether the lead has to say if it is accepted."""
        return not self.counts and self.claim.accepted is None

    @property
    def speaks_of_good_work(self) -> bool:
        """Whether its scheme is a current one about good work."""
        scheme = self.scheme
        return scheme is not None and scheme.is_current and GOOD_WORK in scheme.strands


@dataclass(frozen=True, slots=True)
class CertificateFinding:
    """What the check says of one bidder.

    Attributes:
        independence: the most independent assurance among current claims of good work; None
            where there is none.
    """

    claims: tuple[ClaimFinding, ...]
    independence: Assurance | None

    @property
    def holds_living_wage(self) -> bool:
        """Whether a current Living Wage accreditation of the bidder's own is claimed."""
        return any(
            item.scheme is not None
            and item.scheme.id == LIVING_WAGE
            and item.state.is_current
            and item.counts
            and not item.claim.equivalent.strip()
            for item in self.claims
        )

    @property
    def sentence(self) -> str:
        """The finding in one sentence, and what lapses or awaits a decision."""
        if not self.claims:
            return "No certificate of good work is claimed."
        # As with reminders: what was refused needs no renewal.
        lapsing = sum(
            item.state is CertificateState.LAPSES_IN_TERM and item.claim.accepted is not False
            for item in self.claims
        )
        waiting = sum(item.awaits_decision for item in self.claims)
        more = f" {_few(lapsing, 'lapses', 'lapse')} in the contract." if lapsing else ""
        if waiting:
            more += f" {_few(waiting, 'awaits', 'await')} a decision."
        return f"{self._best()}{more}"

    def _best(self) -> str:
        if self.independence is not None:
            return f"The best current claim of good work is {self.independence.in_words}."
        unknown = CertificateState.UNKNOWN
        if any(item.speaks_of_good_work and item.state is unknown for item in self.claims):
            return "Whether a claim of good work is current is not known."
        return "No claim of good work counts at the deadline and the start of the contract."


def _few(number: int, one: str, many: str) -> str:
    return f"One certificate {one}" if number == 1 else f"{number} certificates {many}"


def assurance_words(assurance: Assurance) -> str:
    """Return who looked before a badge was given, in words."""
    return assurance.in_words


def check_claims(
    claims: Sequence[Claim],
    schemes: Mapping[str, Scheme],
    days: Days,
    bidder: str,
    shared: Collection[tuple[str, str]] = (),
) -> CertificateFinding:
    """Check one bidder's claims.

    Args:
        claims: in the order given.
        schemes: by id.
        days: of the tender and the contract.
        bidder: its name, to compare certificates' holders with.
        shared: keys of the certificates that another bidder claims too.
    """
    found = tuple(
        _checked(claim, schemes.get(claim.scheme), days, bidder, shared) for claim in claims
    )
    good = [
        item.assurance
        for item in found
        if item.assurance is not None
        and item.state.is_current
        and item.counts
        and item.speaks_of_good_work
    ]
    return CertificateFinding(found, max(good, key=lambda one: one.rank, default=None))


def _checked(
    claim: Claim,
    scheme: Scheme | None,
    days: Days,
    bidder: str,
    shared: Collection[tuple[str, str]],
) -> ClaimFinding:
    level = _level(claim, scheme)
    last = last_day_of(claim, scheme)
    state = _state(claim, last, days)
    counts = not needs_decision(claim, bidder) or claim.accepted is True
    is_settled = not claim.equivalent.strip() or counts
    assurance = level.assurance if level and is_settled else None
    lapsing = state is CertificateState.LAPSES_IN_TERM
    remind = last - timedelta(days=_REMIND_DAYS) if lapsing and last else None
    flags = [*claim_flags(claim, scheme, level, bidder), *_day_flags(days)]
    if certificate_key(claim) in shared:
        flags.append("Another bidder claims a certificate of the same number.")
    return ClaimFinding(claim, scheme, assurance, state, last, remind, counts, tuple(flags))


def _day_flags(days: Days) -> Iterable[str]:
    if days.deadline is None or days.start is None or days.end is None:
        yield "Deadline, contract start and contract end are needed to say when it lapses."
    elif are_turned(days.start, days.end):
        yield "The contract ends before it starts: mend its dates to say when this lapses."


def _level(claim: Claim, scheme: Scheme | None) -> SchemeLevel | None:
    if scheme is None:
        return None
    wanted = _plain(claim.level)
    for level in scheme.levels:
        if wanted and wanted in {_plain(level.name), _plain(level.name.partition(" (")[0])}:
            return level
    return scheme.levels[0] if not wanted and len(scheme.levels) == 1 else None


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().split())


def _state(claim: Claim, last: date | None, days: Days) -> CertificateState:
    if days.deadline is None or are_turned(claim.issued, last) or are_turned(days.start, days.end):
        return CertificateState.UNKNOWN
    if claim.issued is not None and claim.issued > days.deadline:
        return CertificateState.NOT_YET_ISSUED
    if last is not None and last < days.deadline:
        return CertificateState.EXPIRED
    if last is None or claim.issued is None or days.start is None:
        return CertificateState.UNKNOWN
    return _in_contract(last, days.start, days.end)


def _in_contract(last: date, start: date, end: date | None) -> CertificateState:
    if last < start:
        return CertificateState.LAPSES_BEFORE_START
    if end is None:
        return CertificateState.CURRENT
    return CertificateState.LAPSES_IN_TERM if last < end else CertificateState.IN_FORCE


@dataclass(frozen=True, slots=True)
class Reminder:
    """A day on which the contract manager asks for a renewed certificate.

    Attributes:
        name: of the certificate.
        last_day: when it lapses.
        is_expected: whether it stands for a renewal that is not issued yet.
    """

    on: date
    name: str
    last_day: date
    is_expected: bool

    @property
    def sentence(self) -> str:
        """What to do, and by when."""
        lapses = f"{self.last_day.day} {self.last_day:%B %Y}"
        if self.is_expected:
            return f"{self.name}: if renewed for the same length, it lapses again on {lapses}."
        return f"{self.name}: ask for the renewal, it lapses on {lapses}."


def reminders(found: ClaimFinding, days: Days) -> tuple[Reminder, ...]:
    """Return when to ask for renewals so that a certificate lasts to the end of the contract.

    One that was refused needs no renewal. The renewals after the first are expected only where
    the scheme says how long a certificate lasts.
    """
    lapsing = (CertificateState.LAPSES_IN_TERM, CertificateState.LAPSES_BEFORE_START)
    last, end = found.last_day, days.end
    if found.state not in lapsing or last is None or found.claim.accepted is False:
        return ()
    result = [_reminder(found, last, is_expected=False)]
    months = months_of(found.claim, found.scheme)
    while months is not None and end is not None:
        following = last_valid_day(last, months * len(result))
        if following >= end or following == date.max:
            break
        result.append(_reminder(found, following, is_expected=True))
    return tuple(result)


def _reminder(found: ClaimFinding, last: date, *, is_expected: bool) -> Reminder:
    return Reminder(last - timedelta(days=_REMIND_DAYS), found.name, last, is_expected)


def numbers_used_twice(
    claims: Mapping[BidderId, Sequence[Claim]],
) -> tuple[tuple[str, str, tuple[BidderId, ...]], ...]:
    """Return certificates that more than one bidder claims: scheme, number, bidders."""
    return tuple((first.scheme, first.number, found) for first, found in _sharing(claims).values())


def shared_keys(claims: Mapping[BidderId, Sequence[Claim]]) -> frozenset[tuple[str, str]]:
    """Return the keys of certificates that more than one bidder claims."""
    return frozenset(_sharing(claims))


def _sharing(
    claims: Mapping[BidderId, Sequence[Claim]],
) -> dict[tuple[str, str], tuple[Claim, tuple[BidderId, ...]]]:
    holders: dict[tuple[str, str], dict[BidderId, Claim]] = {}
    for bidder, items in claims.items():
        for claim in items:
            key = certificate_key(claim)
            if key is not None:
                holders.setdefault(key, {}).setdefault(bidder, claim)
    return {
        key: (next(iter(found.values())), tuple(found))
        for key, found in holders.items()
        if len(found) > 1
    }
