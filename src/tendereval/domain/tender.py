"""The tender and its published method as frozen values; decides nothing and reads no file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.scale import PASS_OR_FAIL, ScoringScale


class BuyerType(StrEnum):
    """Who buys; decides which rules of policy apply."""

    CENTRAL = "central"
    SUB_CENTRAL = "sub-central"
    NHS = "NHS"
    DEVOLVED_WELSH = "devolved Welsh"
    SCOTTISH = "Scottish"
    NORTHERN_IRISH = "Northern Irish"


class Regime(StrEnum):
    """The law the procurement runs under."""

    PA2023 = "PA2023"
    PA2023_WALES = "PA2023 Wales"
    PSR_2023 = "PSR 2023"
    SCOTLAND = "Scotland"
    PCR2015 = "PCR2015"
    BELOW_THRESHOLD = "Below threshold"


class ContractKind(StrEnum):
    """The kind of contract, where the law treats it apart."""

    ORDINARY = "ordinary"
    LIGHT_TOUCH = "light touch"
    CONCESSION = "concession"
    FRAMEWORK = "framework"
    CALL_OFF = "call-off"
    UTILITIES = "utilities"
    DEFENCE = "defence"


class Procedure(StrEnum):
    """How the competition is run."""

    OPEN = "open"
    COMPETITIVE_FLEXIBLE = "competitive flexible"
    DIRECT = "direct"
    OTHER = "other"


class WeightMode(StrEnum):
    """What a weight in the Weight column is a share of."""

    OF_TOTAL = "of total"
    OF_PARENT = "of parent"
    POINTS = "points"


class AwardRule(StrEnum):
    """How quality and price are combined."""

    WEIGHTED_TOTAL = "weighted total"
    PRICE_PER_QUALITY_POINT = "price per quality point"
    QUALITY_PER_POUND = "quality per pound"
    WEIGHTED_VALUE_FOR_MONEY = "weighted value for money"
    MONETISED_QUALITY = "monetised quality"
    PRICE_PLUS_QUALITY = "price plus quality"
    UTILITY_INDEX = "utility index"
    LOWEST_COMPLIANT_PRICE = "lowest compliant price"
    HIGHEST_QUALITY = "highest quality"


class PriceFormula(StrEnum):
    """How a price criterion turns prices into marks."""

    LOWEST_OVER_PRICE = "lowest over price"
    BELOW_LOWEST = "below lowest"
    MEAN = "mean"
    CEILING = "ceiling"
    OPTIMUM_TO_MAXIMUM = "optimum to maximum"
    REFERENCE_OVER_PRICE = "reference over price"
    LOWEST_PRICE_PER_POINT = "lowest price per point"


class QualityMarks(StrEnum):
    """How a score becomes marks."""

    POINTS_OVER_MAXIMUM = "points over maximum"
    RELATIVE_TO_BEST = "relative to best"


class CriterionKind(StrEnum):
    """What a row of the criteria tree is."""

    SECTION = "section"
    QUALITY = "quality"
    SOCIAL_VALUE = "social value"
    PUBLIC_VALUE = "public value"
    PRICE = "price"
    CONDITION_OF_PARTICIPATION = "condition of participation"
    REQUIREMENT = "requirement"
    INFORMATION = "information"

    @property
    def is_scored(self) -> bool:
        """Whether a panel gives it points that count towards the total."""
        return self in _SCORED

    @property
    def is_pass_or_fail(self) -> bool:
        """Whether it is answered Pass or Fail and carries no weight."""
        return self in {CriterionKind.CONDITION_OF_PARTICIPATION, CriterionKind.REQUIREMENT}

    @property
    def is_judged(self) -> bool:
        """Whether a panel judges it at all, by points or by Pass and Fail."""
        return self.is_scored or self.is_pass_or_fail

    @property
    def is_weighted(self) -> bool:
        """Whether it carries marks: the scored kinds and price."""
        return self.is_scored or self is CriterionKind.PRICE


_SCORED = frozenset({CriterionKind.QUALITY, CriterionKind.SOCIAL_VALUE, CriterionKind.PUBLIC_VALUE})


@dataclass(frozen=True, slots=True)
class SubCriterion:
    """A published point under a question; discussed and explained, never scored by itself."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class AwardCriterion:
    """One row of the criteria tree: a section, a question, a price or a condition.

    Attributes:
        ref: unique in the tender, compared without case.
        title: a few words.
        kind: decides whether it is scored, weighed, passed or only read.
        parent: the section it stands under; None at the top.
        lot: the only lot it belongs to; None is common to all lots (answered once).
        weight: as typed, in the unit of ``Method.weights_are``; None where it carries none.
        scale: name of the scale; None where none applies.
        minimum: points (marks on a section) below which the bid is disqualified.
        word_limit: words allowed in the answer; None is no limit.
        question: the published question in full.
        guidance: what a good answer shows, as published.
        formula: how a price criterion gives marks.
        parameters: of the formula, name and value as published, in order.
        goals: Sustainable Development Goals or the authority's own, as typed.
        model_criterion: code in a Social Value Model (``PPN002:1c``), or empty.
        sub_criteria: in published order.
    """

    ref: CriterionId
    title: str
    kind: CriterionKind
    parent: CriterionId | None = None
    lot: LotId | None = None
    weight: Fraction | None = None
    scale: str | None = None
    minimum: Fraction | None = None
    word_limit: int | None = None
    question: str = ""
    guidance: str = ""
    formula: PriceFormula | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    goals: tuple[str, ...] = ()
    model_criterion: str = ""
    sub_criteria: tuple[SubCriterion, ...] = ()

    def counts_in(self, lot: LotId) -> bool:
        """Whether it is part of this lot: its own criteria and the common ones."""
        return self.lot is None or self.lot == lot


@dataclass(frozen=True, slots=True)
class Lot:
    """A part of the tender that is awarded by itself."""

    ref: LotId
    title: str = ""
    estimated_value: Fraction | None = None


ONLY_LOT = LotId("1")


@dataclass(frozen=True, slots=True)
class Method:
    """Everything published about how tenders are assessed; frozen as one version.

    Attributes:
        lots: in published order; one lot ``1`` where the tender has none.
        criteria: in published order, a parent before its children.
        scales: those that criteria name.
        weights_are: the unit of every weight.
        award_rule: None until chosen.
        award_parameters: of the rule, name and value as published.
        quality_marks: how points become marks.
        round_marks_to: decimal places each mark is rounded to, half up; None is never.
        round_totals_to: the same for totals.
        tie_margin: a total less than this below the best ties with it; 0 is equality.
        tie_break: ordered rules as published (``highest quality``); empty is none.
        close_margin: a lead of this or less is reported as close; None is not reported.
        hide_bidder_names: whether evaluators see aliases.
        framework_places: how many suppliers a framework takes; None is not a framework.
        lot_cap: most lots one supplier may win; None is no cap.
    """

    lots: tuple[Lot, ...] = (Lot(ONLY_LOT),)
    criteria: tuple[AwardCriterion, ...] = ()
    scales: tuple[ScoringScale, ...] = ()
    weights_are: WeightMode = WeightMode.OF_TOTAL
    award_rule: AwardRule | None = None
    award_parameters: tuple[tuple[str, str], ...] = ()
    quality_marks: QualityMarks = QualityMarks.POINTS_OVER_MAXIMUM
    round_marks_to: int | None = None
    round_totals_to: int | None = None
    tie_margin: Fraction = Fraction(0)
    tie_break: tuple[str, ...] = ()
    close_margin: Fraction | None = None
    hide_bidder_names: bool = False
    framework_places: int | None = None
    lot_cap: int | None = None

    def criterion(self, ref: str) -> AwardCriterion | None:
        """Return the criterion of this reference, compared without case, or None."""
        wanted = ref.casefold()
        return next((row for row in self.criteria if row.ref.casefold() == wanted), None)

    def in_lot(self, lot: LotId) -> Iterator[AwardCriterion]:
        """Yield the criteria that count in a lot, in published order."""
        return (row for row in self.criteria if row.counts_in(lot))

    def judged(self, lot: LotId) -> Iterator[AwardCriterion]:
        """Yield what a panel judges in a lot: scored questions, conditions, requirements."""
        return (row for row in self.in_lot(lot) if row.kind.is_judged)

    def scale_of(self, criterion: AwardCriterion) -> ScoringScale:
        """Return the scale a criterion is judged on; an empty scale when it names none."""
        if criterion.kind.is_pass_or_fail:
            return PASS_OR_FAIL
        name = (criterion.scale or "").casefold()
        found = (scale for scale in self.scales if scale.name.casefold() == name)
        return next(found, ScoringScale(criterion.scale or ""))

    def lot(self, ref: str) -> Lot | None:
        """Return the lot of this reference, compared without case, or None."""
        wanted = ref.casefold()
        return next((lot for lot in self.lots if lot.ref.casefold() == wanted), None)


@dataclass(frozen=True, slots=True)
class TenderDetails:
    """What is known about the tender beside its method; every field may be blank at first.

    Attributes:
        notice_date: when the tender notice was published.
        deadline: when tenders had to be in; aware, London time.
        estimated_value: in ``currency``.
        social_value_model: as chosen from the tender's own documents.
        refinement_provided_for: whether the notice provides for refining criteria
            (Procurement Act 2023, s.24).
    """

    reference: str = ""
    title: str = ""
    authority: str = ""
    buyer_type: BuyerType | None = None
    regime: Regime | None = None
    contract_kind: ContractKind | None = None
    procedure: Procedure | None = None
    notice_date: date | None = None
    deadline: datetime | None = None
    contract_start: date | None = None
    contract_end: date | None = None
    estimated_value: Fraction | None = None
    estimated_value_includes_vat: bool | None = None
    prices_include_vat: bool | None = None
    currency: str = "GBP"
    social_value_model: str = ""
    refinement_provided_for: bool = False


class VersionKind(StrEnum):
    """Why a version of the method came to be."""

    PUBLISHED = "published"
    AMENDMENT = "amendment"
    REFINEMENT = "refinement"
    MODIFICATION = "modification"
    CORRECTION = "transcription correction"
    ELSEWHERE = "taken from an evaluation made elsewhere"


@dataclass(frozen=True, slots=True)
class MethodVersion:
    """A method as it stood for everybody from one moment on.

    Attributes:
        number: 1, 2, 3 … in order.
        fingerprint: SHA-256 (hex) of the canonical text.
        republished_on: date of the republication that an amendment needs.
    """

    number: int
    kind: VersionKind
    method: Method
    fingerprint: str
    recorded_at: datetime
    reason: str = ""
    republished_on: date | None = None
