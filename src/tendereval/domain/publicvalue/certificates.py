"""Certificates that bidders claim: how independent they are and when they are in force."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Assurance(StrEnum):
    """Who looked before a scheme gave its badge, from least to most independent."""

    SELF_DECLARED = "self_declared"
    STATUTORY_REGISTER = "statutory_register"
    PEER_VALIDATED = "peer_validated"
    ISSUER_CHECKED = "issuer_checked"
    INDEPENDENT = "independent"

    @property
    def rank(self) -> int:
        """4 for the most independent; a register and another member stand level."""
        return _RANK[self]

    @property
    def in_words(self) -> str:
        """Who looked before it was given."""
        return _WORDS[self]


_RANK: Final = {
    Assurance.SELF_DECLARED: 1,
    Assurance.STATUTORY_REGISTER: 2,
    Assurance.PEER_VALIDATED: 2,
    Assurance.ISSUER_CHECKED: 3,
    Assurance.INDEPENDENT: 4,
}
_WORDS: Final = {
    Assurance.SELF_DECLARED: "self-declared: the bidder says so",
    Assurance.STATUTORY_REGISTER: "on a statutory register: proves a status, not conduct",
    Assurance.PEER_VALIDATED: "validated by another member",
    Assurance.ISSUER_CHECKED: "checked by the scheme's owner",
    Assurance.INDEPENDENT: "assessed independently",
}


@dataclass(frozen=True, slots=True)
class SchemeLevel:
    """One level of a scheme; assurance differs by level."""

    name: str
    assurance: Assurance


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme that certifies or lists organisations.

    Attributes:
        id: as in the data file (``lwf``).
        strands: what it speaks to (``good_work``, ``living_wage`` …).
        valid_months: how long a certificate lasts; None: ask for the end date.
        status: ``current``, ``closed`` or ``not certifiable``.
        verified: whether the record was seen in a source; ``note`` says what was not.
    """

    id: str
    name: str
    issuer: str
    strands: tuple[str, ...]
    levels: tuple[SchemeLevel, ...]
    valid_months: int | None
    public_register: bool
    status: str
    verified: bool
    valid_verified: bool
    note: str
    source: str

    @property
    def is_current(self) -> bool:
        """Whether the scheme still certifies."""
        return self.status == "current"


@dataclass(frozen=True, slots=True)
class Claim:
    """One certificate that a bidder claims.

    Attributes:
        scheme: its id; empty where only an equivalent is offered.
        level: as named by the scheme.
        holder: the organisation it is made out to; empty is the bidder itself.
        offered_as: the assurance that the bidder claims for it; None where it claims none.
        equivalent: what is offered as equivalent to ``scheme``, and why.
        accepted: the lead's decision on an equivalent or on one made out to another; None while
            there is none.
        criterion: the question it was offered under; empty for none.
    """

    scheme: str
    level: str
    number: str
    issued: date | None
    ends: date | None
    scope: str
    evidence: str
    holder: str = ""
    offered_as: Assurance | None = None
    equivalent: str = ""
    accepted: bool | None = None
    reason: str = ""
    criterion: str = ""
