"""The sheets and columns of the workbook by name; the reader and the template both follow it."""

from dataclasses import dataclass

from tendereval.domain.bidding import BidStatus
from tendereval.domain.evaluation import InterestOutcome, Role
from tendereval.domain.publicvalue.certificates import Assurance
from tendereval.domain.publicvalue.good_works_share import Category
from tendereval.domain.publicvalue.living_wage import Employer, PayBasis, WagePlace
from tendereval.domain.tender import (
    AwardRule,
    BuyerType,
    ContractKind,
    CriterionKind,
    PriceFormula,
    Procedure,
    QualityMarks,
    Regime,
    WeightMode,
)

YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: its heading.
        choices: what may be chosen; empty where anything may be written.
        width: in characters, for the template.
        source: sheet whose first column holds the values to choose from, or empty.
    """

    name: str
    choices: tuple[str, ...] = ()
    width: int = 16
    source: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet.

    Attributes:
        name: exactly as the workbook must have it.
        required: how many of the columns must be there; they come first.
        naming: columns whose merged cells count for each of the rows they cover.
        guidance: what the template says above the header row.
        example: one row as it is filled in, shown above the header row.
    """

    name: str
    columns: tuple[Column, ...]
    required: int
    guidance: str
    example: tuple[str, ...] = ()
    naming: frozenset[str] = frozenset({"Evaluator", "Bidder", "Ref", "Lot", "Scale"})


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the ``Tender`` sheet: its name, the choices and what to write."""

    name: str
    choices: tuple[str, ...] = ()
    hint: str = ""


def _values(*options: str) -> tuple[str, ...]:
    return tuple(str(option) for option in options)


_DATE_HINT = "a date like 14 September 2026"
ITEMS = (
    Item("Reference", hint="the tender's own reference; needed"),
    Item("Title"),
    Item("Contracting authority"),
    Item("Buyer type", _values(*BuyerType)),
    Item("Regime", _values(*Regime)),
    Item("Contract kind", _values(*ContractKind)),
    Item("Procedure", _values(*Procedure)),
    Item("Tender notice date", hint=_DATE_HINT),
    Item("Tender deadline", hint="14 September 2026 12:00; without a time the end of the day"),
    Item("Contract start", hint=_DATE_HINT),
    Item("Contract end", hint=_DATE_HINT),
    Item("Estimated value", hint="an amount like £1,250,000"),
    Item("Estimated value includes VAT", YES_NO),
    Item("Prices include VAT", YES_NO),
    Item("Currency", hint="three letters; GBP where blank"),
    Item("Social value model", hint="as the tender documents name it"),
    Item("Framework places", hint="how many suppliers; blank where it is no framework"),
    Item("Lot cap", hint="most lots for one supplier; blank for no cap"),
    Item("Refinement provided for", YES_NO),
    Item("Weights are", _values(*WeightMode), "of total where blank"),
    Item("Award rule", _values(*AwardRule)),
    Item("Award rule parameters", hint="name=value; name=value"),
    Item("Quality marks", _values(*QualityMarks), "points over maximum where blank"),
    Item("Round marks to", hint="decimal places; blank: marks are not rounded"),
    Item("Round totals to", hint="decimal places; blank: totals are not rounded"),
    Item("Tie margin", hint="in the unit of the total; 0 where blank"),
    Item("Tie-break", hint="in order: highest quality; highest Q3; lowest price; draw"),
    Item("Close result margin", hint="in the unit of the total; blank: not reported"),
    Item("Hide bidder names", YES_NO, "whether evaluators see Bidder A, Bidder B…"),
)

_LOT = Column("Lot", width=8, source="Lots")
_BIDDER = Column("Bidder", width=26, source="Bidders")
_REF = Column("Ref", width=10, source="Criteria")
_EVALUATOR = Column("Evaluator", width=26, source="Panel")

TENDER = Layout(
    "Tender",
    (Column("Item", width=30), Column("Value", width=44), Column("What to write", width=70)),
    2,
    "The tender itself. Write in the Value column; leave blank what is not known yet.",
    ("Reference", "PROC-2026-017", ""),
)
LOTS = Layout(
    "Lots",
    (Column("Lot", width=10), Column("Title", width=40), Column("Estimated value", width=18)),
    1,
    "One row per lot. Leave the sheet empty where the tender has no lots.",
    ("North", "Grounds maintenance, northern parks", "£250,000"),
    frozenset(),
)
CRITERIA = Layout(
    "Criteria",
    (
        Column("Ref", width=10),
        Column("Title", width=30),
        Column("Kind", _values(*CriterionKind), 22),
        Column("Parent", width=10),
        _LOT,
        Column("Weight", width=10),
        Column("Scale", width=14),
        Column("Minimum", width=10),
        Column("Word limit", width=10),
        Column("Question", width=60),
        Column("Guidance", width=60),
        Column("Formula", _values(*PriceFormula), 22),
        Column("Parameters", width=24),
        Column("Goals", width=20),
        Column("Model criterion", width=18),
    ),
    3,
    "One row per section, question, price and condition, as published. A blank Lot is common to "
    "all lots. Scale: 0-5, 0-4, 0-3, 0-10, 0/30/70/100, pass/fail, or one of your Scales sheet.",
    ("Q1", "Mobilisation", "quality", "", "", "20", "0-5", "2", "1000", "How will you start…?"),
    frozenset(),
)
SUB_CRITERIA = Layout(
    "Sub-criteria",
    (_REF, Column("Sub-ref", width=10), Column("Text", width=90)),
    3,
    "Published points under a question. They are discussed and explained, not scored.",
    ("Q1", "Q1.a", "A realistic programme for the first 90 days"),
)
SCALES = Layout(
    "Scales",
    (
        Column("Scale", width=16),
        Column("Points", width=18),
        Column("Label", width=20),
        Column("Descriptor", width=90),
        Column("Percent", width=10),
    ),
    2,
    "Only for scales of your own: one row per step, or a range such as 0-150 or 0-100 step 0.5. "
    "Percent only where the steps are not even.",
    ("quality 0-3", "3", "Good", "Answers the whole question and proves it with examples.", ""),
)
BIDDERS = Layout(
    "Bidders",
    (
        Column("Bidder", width=30),
        Column("Status", _values(*BidStatus), 24),
        Column("Status reason", width=40),
        _LOT,
        Column("Identifier", width=18),
        Column("Address", width=40),
        Column("Email", width=28),
        Column("SME", YES_NO, 8),
        Column("VCSE", YES_NO, 8),
        Column("Supported employment provider", YES_NO, 16),
        Column("Lots", width=14),
        Column("Subcontractors", width=30),
        Column("Notified on", width=18),
        Column("Responded on", width=18),
        Column("Decided on", width=18),
    ),
    1,
    "One row per bidder; further rows only to give another lot's status. Status: assessed where "
    "blank. Lot: which bid the status is about. Lots: what is bid for (1; 2), blank for every lot.",
    ("Bramley Care Ltd", "assessed", "", "", "01234567", "1 High Street, Leeds"),
    frozenset({"Bidder"}),
)
PANEL = Layout(
    "Panel",
    (
        Column("Name", width=28),
        Column("Email", width=34),
        Column("Role", _values(*Role), 14),
        Column("Questions", width=24),
        Column("Lots", width=14),
    ),
    3,
    "One row per person. Questions: references such as Q1; Q2, or all; blank for every scored "
    "question (evaluators and community members). Lots: blank for every lot.",
    ("Priya Shah", "priya.shah@authority.example", "evaluator", "all", ""),
    frozenset(),
)
RESPONSES = Layout(
    "Responses",
    (
        _BIDDER,
        _REF,
        Column("Response", width=90),
        Column("Document", width=34),
        Column("Page", width=10),
        _LOT,
    ),
    2,
    "What each bidder answered: text, a document beside this workbook, or both.",
    ("Bramley Care Ltd", "Q1", "We begin with…", "answers/bramley-q1.pdf", "4"),
)
PRICES = Layout(
    "Prices",
    (_BIDDER, Column("Price", width=18), _REF, _LOT),
    2,
    "One price per bidder and price criterion. Ref may stay blank where there is only one.",
    ("Bramley Care Ltd", "£103,500.00", "PRICE", ""),
)
PRICE_LINES = Layout(
    "Price lines",
    (
        _BIDDER,
        Column("Item", width=40),
        Column("Quantity", width=12),
        Column("Unit price", width=16),
        _REF,
        _LOT,
    ),
    4,
    "A priced schedule, summed exactly into the price. A price given twice must agree.",
    ("Bramley Care Ltd", "Care hours, weekday", "5200", "19.90", "PRICE", ""),
)
SCORES = Layout(
    "Scores",
    (
        _EVALUATOR,
        _BIDDER,
        _REF,
        Column("Score", width=12),
        Column("Rationale", width=90),
        _LOT,
    ),
    4,
    "Individual scores. A blank score is not scored, never 0. Pass or Fail for conditions and "
    "requirements. Write cannot score, with the reason as rationale, where nobody could.",
    ("Priya Shah", "Bramley Care Ltd", "Q1", "4", "Names every site and gives dates; …"),
)
AGREED = Layout(
    "Agreed",
    (
        _BIDDER,
        _REF,
        Column("Score", width=12),
        Column("Rationale", width=70),
        Column("Releasable rationale", width=70),
        _LOT,
        Column("Present", width=30),
        Column("Confirmed by", width=30),
    ),
    4,
    "What the panel agreed, and why. An average of scores is not an agreed score. Present and "
    "Confirmed by: names separated by semicolons, or all.",
    ("Bramley Care Ltd", "Q1", "4", "All sites are named; …", "", "", "all", "all"),
)
DECLARATIONS = Layout(
    "Declarations",
    (
        _EVALUATOR,
        Column("Interest", width=60),
        Column("About", width=30),
        Column("Outcome", _values(*InterestOutcome), 22),
        Column("How", width=60),
    ),
    1,
    "Declarations of interests. A blank Interest means none. About: bidders, with semicolons.",
    ("Priya Shah", "", "", "", ""),
)
EXPLANATIONS = Layout(
    "Explanations",
    (_BIDDER, _REF, Column("Sub-ref", width=10), Column("Explanation", width=90), _LOT),
    4,
    "How the panel saw each sub-criterion; belongs to an agreed score.",
    ("Bramley Care Ltd", "Q1", "Q1.a", "The programme covers all sites in 60 days.", ""),
)
PAY = Layout(
    "Pay",
    (
        _BIDDER,
        Column("Role", width=26),
        Column("Employer", _values(*Employer), 14),
        Column("Place", _values(*WagePlace), 10),
        Column("Basis", _values(*PayBasis), 10),
        Column("Amount", width=14),
        Column("Hours", width=8),
        Column("Heads", width=8),
        Column("Under 18", YES_NO, 10),
        Column("Apprentice", YES_NO, 12),
    ),
    8,
    "What each role of the contract is paid, in pounds: per hour, or per year with hours a week. "
    "A bidder's rows are its whole schedule: they replace the one before.",
    ("Bramley Care Ltd", "Care worker", "direct", "UK", "hour", "13.45", "37.5", "12", "no", "no"),
)
CERTIFICATES = Layout(
    "Certificates",
    (
        _BIDDER,
        Column("Certificate", width=18),
        Column("Level", width=16),
        Column("Number", width=16),
        Column("Issued", width=18),
        Column("Ends", width=18),
        Column("Scope", width=40),
        Column("Evidence", width=40),
        Column("Holder", width=26),
        Column("Offered as", tuple(kind.replace("_", " ") for kind in Assurance), 18),
        Column("Equivalent", width=40),
        _REF,
    ),
    2,
    "Certificates as claimed; Certificate and Level as in the list to the right. Equivalent: what "
    "is offered instead, and why. A bidder's rows replace those before.",
    ("Bramley Care Ltd", "lwf", "accredited", "LW-1234", "1 May 2026", "30 April 2027"),
)
PARTNERS = Layout(
    "Partners",
    (
        _BIDDER,
        Column("Partner", width=26),
        Column("Category", _values(*Category), 28),
        Column("Direct", YES_NO, 8),
        Column("Amount", width=14),
        Column("Share", width=8),
        Column("Purpose", YES_NO, 10),
        Column("Includes VAT", YES_NO, 14),
        Column("Years", width=8),
        *(
            Column(f"{whole} {part}", width=27)
            for whole in ("Organisation", "Part", "Joint")
            for part in ("workforce", "disadvantaged")
        ),
        Column("Evidence", width=40),
        Column("Identifier", width=16),
        _LOT,
    ),
    3,
    "What goes to Good Works organisations: Amount over the whole contract, or Share of the price "
    "with its sign (1%). Purpose: is giving work to disabled or disadvantaged people what it is "
    "for, wholly or partly? Direct: the bidder itself. Lot: blank for all lots of the bid "
    "together. A bidder's rows replace those before.",
    (
        *("Bramley Care Ltd", "Orchard Works", str(Category.SUPPORTED_EMPLOYMENT), "no", "£4,000"),
        *("", "yes", "no", "", "40", "14", "", "", "", "", "Accounts of 2026, page 7", "CE014", ""),
    ),
)

SHEETS = (
    TENDER,
    LOTS,
    CRITERIA,
    SUB_CRITERIA,
    SCALES,
    BIDDERS,
    PANEL,
    RESPONSES,
    PRICES,
    PRICE_LINES,
    SCORES,
    AGREED,
    DECLARATIONS,
    EXPLANATIONS,
    PAY,
    CERTIFICATES,
    PARTNERS,
)
