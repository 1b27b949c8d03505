"""What an assessment summary holds, item by item, as frozen values; lays nothing out.

Source: Procurement Regulations 2024, r.31 (England, Northern Ireland, reserved bodies);
Procurement (Wales) Regulations 2024, r.32, which lists the same; Procurement Act 2023, ss.50
and 94.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from tendereval.domain.ids import BidderId, CriterionId, LotId


class Item(StrEnum):
    """The items that the regulations list, in their order."""

    NAME = "1"
    CONTACT = "2"
    IDENTIFIER = "3"
    CRITERIA = "4"
    WHERE_IN_FULL = "5"
    SCORES = "6"
    EXPLANATIONS = "6a"
    SUB_EXPLANATIONS = "6b"
    TOTALS = "7"
    FURTHER = "8"
    WINNER = "9"


class Limb(StrEnum):
    """Why something is withheld; the limb is printed, the reasons for it are not.

    Source: Procurement Act 2023, s.94(1).
    """

    NATIONAL_SECURITY = "s.94(1)(a)"
    COMMERCIAL = "s.94(1)(b)"


@dataclass(frozen=True, slots=True)
class Withheld:
    """That one text is withheld from one addressee.

    Attributes:
        note: why the public interest asks for it; kept inside, never printed.
        by: the panel's word for who decided; kept inside.
    """

    limb: Limb
    note: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """A text with whether it is withheld from this addressee."""

    text: str
    withheld: Withheld | None = None

    @property
    def is_there(self) -> bool:
        """Whether there is something to print: the text, or that it is withheld."""
        return self.withheld is not None or bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class SubExplanation:
    """How a tender was assessed by one sub-criterion."""

    ref: str
    text: str
    explanation: Explained


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """One criterion in the assessment of one tender (items 6, 6a, 6b).

    Attributes:
        score: what was given: points, Pass or Fail as 1 or 0, or the price; None where the
            tender was not assessed by it.
        mark: marks after the method's own rounding; None for Pass and Fail, and where the
            tender was not marked by it.
        available: marks available; None for Pass and Fail.
        is_price: the score is a price.
        is_pass: the score is Pass or Fail.
        band: the label of the band it falls in; empty where the scale has none.
    """

    criterion: CriterionId
    title: str
    score: Fraction | None
    mark: Fraction | None
    available: Fraction | None
    band: str
    explanation: Explained
    sub: tuple[SubExplanation, ...] = ()
    is_price: bool = False
    is_pass: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """How one tender was assessed (items 6 and 7).

    Attributes:
        bidder: whose; shown by name where it is the addressee's or the winner's.
        scores: in published order.
        sub_totals: marks per section, in published order: reference, title, marks.
        total: what decided; None where the tender was not ranked.
        is_money: the total is an amount of money, by the method's own award rule.
        added: the sum of its marks, where the method rounds a total that is their sum.
        is_disqualified: it was put out under the methodology, so that it was assessed only as
            far as that and has no total.
    """

    bidder: BidderId
    name: str
    scores: tuple[CriterionScore, ...]
    sub_totals: tuple[tuple[CriterionId, str, Fraction], ...]
    total: Fraction | None
    is_money: bool = False
    is_disqualified: bool = False
    added: Fraction | None = None


@dataclass(frozen=True, slots=True)
class CriterionFacts:
    """One award criterion as published (item 4).

    Attributes:
        importance: marks available of the whole, exact; None for Pass and Fail.
        how: how it was assessed, by reference to scores, and what scores were available.
        bands: points or Pass and Fail, label and published wording.
        question: in full; ``guidance`` likewise.
        sub: references and texts of its sub-criteria.
    """

    criterion: CriterionId
    title: str
    kind: str
    importance: Fraction | None
    how: str
    bands: tuple[tuple[str, str, str], ...]
    question: str
    guidance: str
    sub: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """A section that criteria stand under, as published; it has a sub-total of its own.

    Attributes:
        importance: marks available in it.
        text: what is published about it; its minimum included.
        under: the criteria anywhere under it, in published order.
    """

    criterion: CriterionId
    title: str
    importance: Fraction
    text: str
    under: tuple[CriterionId, ...]


@dataclass(frozen=True, slots=True)
class AssessmentSummary:
    """Everything that one supplier is given about one lot.

    Attributes:
        addressee: whose summary it is.
        is_winner: the addressee is awarded the contract (or a place).
        criteria: of the lot, in published order.
        methodology: how scores make the total and what decides, in sentences.
        in_full: whether the criteria stand in full here; else ``where`` says where.
        own: the addressee's assessment.
        further: further explanation why the contract is not awarded to it, reasons for
            disqualification included (item 8); empty for a winner.
        winners: the assessment of each successful tender (item 9); empty for a winner.
        lowest: the lowest price, where the published formula needs it to follow the marks;
            says nothing of whose it is.
        draft: whether the award is not approved yet.
        dated: the day it bears; None while it is not sent.
        sections: those with marks, in published order; ``own`` has a sub-total of each.
        successful: how many tenders are; a supplier that is not among them sees each.
    """

    addressee: BidderId
    lot: LotId
    lot_title: str
    is_winner: bool
    name: str
    address: str
    email: str
    identifier: str
    criteria: tuple[CriterionFacts, ...]
    methodology: tuple[str, ...]
    in_full: bool
    where: str
    own: Assessment
    further: Explained
    winners: tuple[Assessment, ...]
    lowest: tuple[tuple[CriterionId, Fraction], ...]
    draft: bool
    dated: date | None = None
    sections: tuple[SectionFacts, ...] = ()
    successful: int = 1


@dataclass(frozen=True, slots=True)
class Missing:
    """One required item that a summary lacks.

    Attributes:
        words: which, and what to do, one sentence.
        place: where it is mended (``bids``, ``moderation``, ``award``).
    """

    addressee: BidderId
    item: Item
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that the lead should look at before summaries go out; it stops nothing.

    Attributes:
        bidder: whose assessment the text explains.
        item: which the text stands in.
        criterion: which it explains; blank for none.
        words: one sentence.
    """

    bidder: BidderId
    item: Item
    criterion: str
    words: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether every summary of a lot may go out.

    Attributes:
        missing: what keeps them from it, supplier by supplier.
        remarks: what to look at before.
    """

    missing: tuple[Missing, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Supplement:
    """What the lead adds to the record for summaries, by lot; the record itself stays.

    Attributes:
        price_explanations: by bidder and price criterion, in place of the generated words.
        further: by bidder, in place of the generated words.
        withheld: by addressee, bidder explained, criterion (blank for the further reasons) and
            sub-criterion (blank for none).
        where: where the full criteria can be accessed; blank where they stand in full.
        dated: the day that summaries bear.
        texts: by bidder explained, criterion and sub-criterion (blank for none), in place of
            the panel's releasable words.
    """

    price_explanations: tuple[tuple[BidderId, CriterionId, str], ...] = ()
    further: tuple[tuple[BidderId, str], ...] = ()
    withheld: tuple[tuple[BidderId, BidderId, CriterionId, str, Withheld], ...] = ()
    where: str = ""
    dated: date | None = None
    texts: tuple[tuple[BidderId, CriterionId, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Dispatch:
    """That summaries of a lot went out, all at the same time.

    Attributes:
        sent: bidder, address it went to, SHA-256 of the PDF.
    """

    lot: LotId
    on: date
    how: str
    sent: tuple[tuple[BidderId, str, str], ...]
