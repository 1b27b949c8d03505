"""Reads what a lead decides about public value from a TOML file, for scripts.

Goals, what is made of the living wage check, decisions on certificates, commitments made from
answers, terms of the contract and reports of delivery. Only reads; the rules are the services'.
"""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

import msgspec

from tendereval.domain.errors import ExchangeProblem
from tendereval.domain.exact import typed_amount
from tendereval.domain.publicvalue.commitment_rules import Parts
from tendereval.domain.publicvalue.living_wage import WageSetting, WageUse

_LARGEST: Final = 4 * 1024 * 1024


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A table of the file; a key that means nothing is refused, as it may be misspelt."""


class GoalEntry(_Entry, frozen=True):
    """A goal of the authority."""

    mission: str
    outcome: str
    baseline: str = ""
    end_state: str = ""
    by: date | None = None


class WageEntry(_Entry, frozen=True):
    """What the tender makes of the living wage check."""

    use: WageUse
    criterion: str = ""
    check_on: date | None = None
    reason: str = ""
    relevance: str = ""
    proportionality: str = ""

    def setting(self) -> WageSetting:
        """Return it as it is kept."""
        return WageSetting(
            self.use,
            chosen=True,
            criterion=self.criterion,
            check_on=self.check_on,
            reason=self.reason,
            relevance=self.relevance,
            proportionality=self.proportionality,
        )


class DecisionEntry(_Entry, frozen=True):
    """Whether a certificate offered as equivalent, or made out to another, is accepted.

    Attributes:
        certificate: its id or name in the list; empty where only an equivalent is offered.
        number: of the certificate, where the bidder claims several such.
    """

    bidder: str
    accepted: bool
    reason: str
    certificate: str = ""
    number: str = ""


class PromiseEntry(_Entry, frozen=True):
    """Words of an answer, and what they promise.

    Attributes:
        ref: of the question; ``lot`` where it is asked in one lot only.
        words: as they stand in the answer.
        page: of the answer's document that says them; empty for a typed answer.
        how_many: a whole number, or text such as ``"2.5"``.
    """

    bidder: str
    ref: str
    words: str
    lot: str = ""
    page: str = ""
    who: str = ""
    what: str = ""
    how_many: int | str | None = None
    unit: str = ""
    by_when: date | None = None
    evidence: str = ""
    baseline: str = ""
    anyway: str = ""
    goals: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()

    def parts(self) -> Parts:
        """Return what is written about the promise.

        Raises:
            ExchangeProblem: the number could mean several things, or nothing.
        """
        return Parts(
            self.who.strip(),
            self.what.strip(),
            None if self.how_many is None else _number(self.how_many),
            self.unit.strip(),
            self.by_when,
            self.evidence.strip(),
            self.baseline.strip(),
            self.anyway.strip(),
            self.goals,
            self.targets,
        )


class TermEntry(_Entry, frozen=True):
    """A commitment of the contract: who answers for it, and whether it is a KPI."""

    commitment: str
    owner: str = ""
    kpi: bool = False


class DeliveryEntry(_Entry, frozen=True):
    """What was delivered of a commitment up to a day."""

    commitment: str
    on: date
    delivered: int | str
    evidence: str = ""
    note: str = ""

    def number(self) -> Fraction:
        """Return the total so far.

        Raises:
            ExchangeProblem: it could mean several things, or nothing.
        """
        return _number(self.delivered)


class PublicValueFile(_Entry, frozen=True):
    """All of a file; every table may be left out.

    Attributes:
        no_kpis: why no key performance indicators are published; empty where some are.
    """

    goals: tuple[GoalEntry, ...] = ()
    living_wage: WageEntry | None = None
    certificates: tuple[DecisionEntry, ...] = ()
    commitments: tuple[PromiseEntry, ...] = ()
    contract: tuple[TermEntry, ...] = ()
    no_kpis: str = ""
    delivery: tuple[DeliveryEntry, ...] = ()


def read_public_value(path: Path) -> PublicValueFile:
    """Read a file of decisions about public value.

    Raises:
        ExchangeProblem: it cannot be read, is no TOML, or a key or a value of it cannot be.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise ExchangeProblem(
            f"{path.name} cannot be read: {error.strerror or error}.", "Choose another file."
        ) from error
    if len(data) > _LARGEST:
        raise ExchangeProblem(f"{path.name} is larger than any such file.", "Choose another file.")
    try:
        return msgspec.convert(tomllib.loads(data.decode("utf-8-sig")), type=PublicValueFile)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExchangeProblem(
            f"{path.name} is no TOML file: {error}.", "Mend it in a text editor; save as UTF-8."
        ) from error
    except msgspec.ValidationError as error:
        raise ExchangeProblem(f"{path.name}: {error}.", "Mend that key or value.") from error


def _number(value: int | str) -> Fraction:
    if isinstance(value, int):
        return Fraction(value)
    found = typed_amount(value)
    if found is None:
        raise ExchangeProblem(
            f"“{value}” is no number.", 'Write digits, such as 24, or text such as "2.5".'
        )
    return found
