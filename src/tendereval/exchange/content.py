"""What a workbook holds, as frozen rows that name their place in it; holds no rule.

Names are in their canonical spelling: bidders as on the ``Bidders`` sheet (or in the tender that is
added to), panel members by e-mail where they have one and else by name, references and lots as
in the method. ``row`` is the row of the sheet, 1 for the first, so that a later refusal can
name it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

from tendereval.domain.bidding import BidStatus, PriceLine
from tendereval.domain.evaluation import InterestOutcome, Role
from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.publicvalue.certificates import Claim, Scheme
from tendereval.domain.publicvalue.good_works_share import Partner
from tendereval.domain.publicvalue.living_wage import PayRow
from tendereval.domain.tender import Method, TenderDetails


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A panel member of the tender that is added to."""

    name: str
    email: str = ""

    @property
    def key(self) -> str:
        """How rows refer to the person: the e-mail, or the name where there is none."""
        return self.email or self.name


@dataclass(frozen=True, slots=True)
class Known:
    """What is already in the tender that a workbook is added to.

    Attributes:
        method: the method as it stands; a workbook's sheets change their part of it only.
        bidders: name and the lots bid for (empty: every lot).
        panel: everybody on the panel.
        details: the tender's details as they stand.
        schemes: certificates that may be named; None is the list of the product.
    """

    method: Method
    bidders: tuple[tuple[str, tuple[LotId, ...]], ...] = ()
    panel: tuple[KnownPerson, ...] = ()
    details: TenderDetails = field(default_factory=TenderDetails)
    schemes: Mapping[str, Scheme] | None = None


@dataclass(frozen=True, slots=True)
class BidderRow:
    """One bidder; ``lots`` empty means every lot."""

    row: int
    name: str
    identifier: str = ""
    address: str = ""
    email: str = ""
    sme: bool | None = None
    vcse: bool | None = None
    supported_employment: bool | None = None
    lots: tuple[LotId, ...] = ()
    subcontractors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BidStatusRow:
    """The status of one bid; only where the workbook states one (else it is ``assessed``)."""

    row: int
    bidder: str
    lot: LotId
    status: BidStatus
    reason: str = ""
    notified_on: date | None = None
    responded_on: date | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One panel member.

    Attributes:
        questions: what the person scores, sections spelled out; None where the role decides
            (every scored question for evaluators and community members).
        lots: None is every lot.
    """

    row: int
    name: str
    email: str
    role: Role
    questions: tuple[CriterionId, ...] | None = None
    lots: tuple[LotId, ...] | None = None


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One answer.

    Attributes:
        lot: None for a question common to all lots.
        document: the file, found inside the workbook's folder; None where there is none.
        document_name: its path as the workbook writes it.
    """

    row: int
    bidder: str
    criterion: CriterionId
    lot: LotId | None
    text: str = ""
    document: Path | None = None
    document_name: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One price.

    Attributes:
        sheet: ``Prices``, or ``Price lines`` where the price is only given by its lines.
        lot: None where the price serves every lot bid for.
        lines: its schedule; the amount is their exact sum. Empty where only the sum is given.
    """

    sheet: str
    row: int
    bidder: str
    criterion: CriterionId
    lot: LotId | None
    amount: Fraction
    lines: tuple[PriceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One evaluator's score.

    Attributes:
        evaluator: e-mail, or the name where the panel has no e-mail of the person.
        lot: None for a question common to all lots.
        points: on the question's scale (Pass is 1, Fail is 0); None with ``cannot_score`` and
            for a rationale without a score (a draft).
        cannot_score: whether the evaluator says so; the rationale is the reason.
    """

    row: int
    evaluator: str
    bidder: str
    criterion: CriterionId
    lot: LotId | None
    points: Fraction | None
    rationale: str = ""
    cannot_score: bool = False


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """How the panel saw one sub-criterion."""

    row: int
    bidder: str
    criterion: CriterionId
    lot: LotId | None
    sub_criterion: str
    text: str


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """The panel's score, with who was present and who has confirmed it.

    Attributes:
        present: panel members as in ``ScoreRow.evaluator``; empty where not stated.
        confirmed_by: likewise.
    """

    row: int
    bidder: str
    criterion: CriterionId
    lot: LotId | None
    points: Fraction
    rationale: str
    releasable_rationale: str = ""
    present: tuple[str, ...] = ()
    confirmed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclarationRow:
    """One person's declaration; an empty interest is the declaration of none.

    Attributes:
        about: bidders it concerns.
        outcome: the lead's decision; None while it is awaited, and for no interest.
    """

    row: int
    evaluator: str
    interest: str = ""
    about: tuple[str, ...] = ()
    outcome: InterestOutcome | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role of a bidder's pay schedule; all of a bidder's rows are its schedule."""

    row: int
    bidder: str
    pay: PayRow


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One certificate that a bidder claims; all of a bidder's rows are its list."""

    row: int
    bidder: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One partner that a bidder names; all of a bidder's rows are its list."""

    row: int
    bidder: str
    partner: Partner


@dataclass(frozen=True, slots=True)
class WorkbookContent:
    """Everything read from one workbook; empty where it has no such sheet.

    Attributes:
        details: None where there is no ``Tender`` sheet.
        method: None where there is none of the sheets Tender, Lots, Criteria, Sub-criteria and
            Scales; the whole method, with what was known already where a workbook is added.
        notes: one sentence each on what was left alone or taken in a way worth knowing.
    """

    details: TenderDetails | None = None
    method: Method | None = None
    bidders: tuple[BidderRow, ...] = ()
    statuses: tuple[BidStatusRow, ...] = ()
    panel: tuple[PanelRow, ...] = ()
    responses: tuple[ResponseRow, ...] = ()
    prices: tuple[PriceRow, ...] = ()
    scores: tuple[ScoreRow, ...] = ()
    agreed: tuple[AgreedRow, ...] = ()
    explanations: tuple[ExplanationRow, ...] = ()
    declarations: tuple[DeclarationRow, ...] = ()
    pay: tuple[RoleRow, ...] = ()
    certificates: tuple[CertificateRow, ...] = ()
    partners: tuple[PartnerRow, ...] = ()
    notes: tuple[str, ...] = ()
