"""Promises made in answers: what makes one complete, and what it serves."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tendereval.domain.bidding import Place


@dataclass(frozen=True, slots=True)
class Goal:
    """A long-term goal of the authority that suppliers commit to.

    Attributes:
        id: never reused; commitments name it.
        mission: the larger purpose it belongs to.
        outcome: what is to become true.
        baseline: where things stand today, in words and figures.
        end_state: what done looks like.
        by: the day it is to be reached; None where open.
        removed: kept, but offered no more.
    """

    id: str
    mission: str
    outcome: str
    baseline: str = ""
    end_state: str = ""
    by: date | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of an answer that a commitment was made from.

    Attributes:
        start: first character in the answer's text, from 0.
        page: where in a document, as typed; empty for a typed answer.
    """

    words: str
    start: int
    page: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise of one bidder.

    Attributes:
        id: never reused (``c-1``).
        place: the answer it stands in.
        quote: the words it was made from.
        who: role or named group that acts, and who gains.
        what: one action or result.
        how_many: the number, exact; None where the words give none.
        unit: of the number.
        by_when: the day; None where the words give none.
        evidence: the record that will prove it, and who checks.
        baseline: the value today; may be empty.
        anyway: what would happen without the contract; may be empty.
        goals: ids of the authority's goals it serves.
        sdg_targets: such as ``8.5``; for information.
        owner: who answers for it in the contract; filled in after award.
        withdrawn: why it was taken out of the register; empty while it stands.
    """

    id: str
    place: Place
    quote: Quote
    who: str = ""
    what: str = ""
    how_many: Fraction | None = None
    unit: str = ""
    by_when: date | None = None
    evidence: str = ""
    baseline: str = ""
    anyway: str = ""
    goals: tuple[str, ...] = ()
    sdg_targets: tuple[str, ...] = ()
    owner: str = ""
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was delivered of a commitment up to a day, in stage ``closed``.

    Attributes:
        delivered: the total so far, exact, in the commitment's unit.
        evidence: what proves it; blank is "without evidence".
    """

    commitment: str
    on: date
    delivered: Fraction
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KpiSetting:
    """The lead's decision about key performance indicators.

    Attributes:
        chosen: ids of the commitments that are KPIs.
        opt_out: reason under s.52(2) for publishing none; empty where there is none.

    Source: Procurement Act 2023, s.52.
    """

    chosen: tuple[str, ...] = ()
    opt_out: str = ""
