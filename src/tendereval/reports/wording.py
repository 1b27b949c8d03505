"""The constant wording of documents, in one place so that it can be reviewed as a whole.

Holds no rule. Braces are filled in by ``str.format``; what is filled in is never read again,
so braces in a name stay braces.
"""

from collections.abc import Mapping
from typing import Final

from tendereval.domain.award import ApprovalOutcome
from tendereval.domain.bidding import BidStatus
from tendereval.domain.evaluation import InterestOutcome, Role
from tendereval.domain.stages import Stage
from tendereval.domain.tender import AwardRule, PriceFormula, Regime, VersionKind

# The document
TITLE: Final = "Award report"
HEAD: Final = "Award report: {title}"
DRAFT: Final = "DRAFT, not yet approved"
UNTITLED: Final = "untitled tender"
NO_REFERENCE: Final = "No reference"
FOOT: Final = "{reference}  ·  {method}  ·  Record {day}, {hash}"
FOOT_METHOD: Final = "Method {fingerprint}"
FOOT_UNPUBLISHED: Final = "Method not published"
NONE: Final = "–"
NOT_RECORDED: Final = "not recorded"
UNKNOWN_PERSON: Final = "a person who is not named"
LOT: Final = "Lot {ref}"
IN_LOT: Final = "lot {ref}"
LOT_TITLED: Final = "Lot {ref}: {title}"

STAGES: Final[Mapping[Stage, str]] = {
    Stage.SET_UP: "Set-up",
    Stage.PUBLISHED: "Published",
    Stage.SCORING: "Individual scoring",
    Stage.MODERATION: "Moderation",
    Stage.PRICE: "Price",
    Stage.AWARD: "Award",
    Stage.CLOSED: "Closed",
}
STATUSES: Final[Mapping[BidStatus, str]] = {
    BidStatus.ASSESSED: "assessed",
    BidStatus.LATE: "late",
    BidStatus.WITHDRAWN: "withdrawn",
    BidStatus.EXCLUDED: "excluded",
    BidStatus.CONDITION_NOT_MET: "condition not met",
    BidStatus.DISREGARDED_ABNORMALLY_LOW: "disregarded: abnormally low",
    BidStatus.DISREGARDED_PROCEDURAL: "disregarded: breach of procedure",
    BidStatus.DISREGARDED_NON_TREATY: "disregarded: not a treaty state supplier",
    BidStatus.NOT_PROGRESSED: "not progressed",
    BidStatus.DISQUALIFIED: "disqualified under the method",
    BidStatus.RESERVE: "reserve",
}
ROLES: Final[Mapping[Role, str]] = {
    Role.LEAD: "Lead evaluator",
    Role.EVALUATOR: "Evaluator",
    Role.COMMUNITY: "Community evaluator",
    Role.MODERATOR: "Moderator",
    Role.APPROVER: "Approver",
    Role.OBSERVER: "Observer",
}
OUTCOMES: Final[Mapping[ApprovalOutcome, str]] = {
    ApprovalOutcome.RECOMMENDS: "Recommends",
    ApprovalOutcome.APPROVES: "Approves",
    ApprovalOutcome.REFUSES: "Refuses",
}
INTERESTS: Final[Mapping[InterestOutcome, str]] = {
    InterestOutcome.NONE: "nothing needs to be done",
    InterestOutcome.MANAGED: "managed",
    InterestOutcome.REMOVED_FOR_BIDDERS: "removed from scoring {bidders}",
    InterestOutcome.REMOVED: "removed from the panel",
}
KINDS: Final[Mapping[VersionKind, str]] = {
    VersionKind.PUBLISHED: "Published",
    VersionKind.AMENDMENT: "Amendment",
    VersionKind.REFINEMENT: "Refinement",
    VersionKind.MODIFICATION: "Modification",
    VersionKind.CORRECTION: "Transcription correction",
    VersionKind.ELSEWHERE: "Taken from an evaluation made elsewhere",
}
REGIMES: Final[Mapping[Regime, str]] = {
    Regime.PA2023: "Procurement Act 2023",
    Regime.PA2023_WALES: "Procurement Act 2023, devolved Welsh authority",
    Regime.PSR_2023: "Health Care Services (Provider Selection Regime) Regulations 2023",
    Regime.SCOTLAND: "Public Contracts (Scotland) Regulations 2015",
    Regime.PCR2015: "Public Contracts Regulations 2015",
    Regime.BELOW_THRESHOLD: "below the thresholds of the procurement law",
}
MODELS: Final[Mapping[str, str]] = {"own": "the authority’s own", "none": "none"}

# Headings
SECTIONS: Final = (
    "Decision",
    "Background and timetable",
    "Method",
    "Panel and interests",
    "Tenders received",
    "Conditions and requirements",
    "Clarifications",
    "Moderation",
    "Results",
    "Reasons",
    "Outcome and reserve",
    "Risks, standing and budget",
    "After the decision",
    "Approvals",
    "Record",
)
ANNEX: Final = "Published questions"

# Cover
LOGO: Final = "Logo of the contracting authority"
DECISION_SOUGHT: Final = "Decision sought"
DECISION_TAKEN: Final = "Decision"
AWARD_TO: Final = "Award the contract to "
AWARD_LOT_TO: Final = "Award {lot} to "
AWARD_PLACES: Final = "Award places on the framework to "
AWARD_LOT_PLACES: Final = "Award places on the framework for {lot} to "
WHOSE_IS_FIRST: Final = (
    ", whose tender is the most advantageous by the published method, at {marks} of {available}"
)
WHOSE_SHARES: Final = ", whose tender shares rank {rank}, at {marks} of {available}"
WHOSE_RANKS: Final = ", whose tender ranks {rank}, at {marks} of {available}"
WHOSE_UNRANKED: Final = ", whose tender is not ranked as the record stands"
AND_PRICE: Final = " and {price}"
NO_AWARD: Final = "Do not award the contract."
NO_AWARD_LOT: Final = "Do not award {lot}."
NO_DECISION: Final = "No decision is recorded yet. The tender is at the stage “{stage}”."
NO_DECISION_LOT: Final = "No decision is recorded yet for {lot}."
FACT_TENDERS: Final = "Tenders received"
FACT_MARGIN: Final = "Margin"
FACT_PANEL: Final = "Panel"
FACT_INTERESTS: Final = "Interests"
FACT_VALUE: Final = "Estimated value"
FACT_STAGE: Final = "Stage"
APPROVALS: Final = "Approvals"
AWAITED: Final = "awaited"
RANKED: Final = "ranked"
NOT_COUNTED: Final = "not counted: {statuses}"
CLOSE: Final = ", a close result under the method"
MARGIN_ONE: Final = "{gap} over {name} ({total})"
MARGIN_TIED: Final = "{gap} over {count} tenders tied at {total}"
MARGIN_BROKEN: Final = "Level with {name} on {total}; separated by the published tie-break “{rule}”"
MARGIN_WITHIN: Final = (
    "{gap} over {name} ({total}), a tie within the published margin, separated by the published "
    "tie-break “{rule}”"
)
MARGIN_SHARED: Final = "None: {names} share the rank"
MARGIN_ALONE: Final = "No other tender is ranked"

# 1 Decision
RATIONALE: Final = "Rationale"
RECORDED: Final = "Recorded by {name} on {moment}, revision {revision}."
IS_APPROVED: Final = "The decision is approved."
WAS_APPROVED: Final = (
    "The decision was approved; the tender has since gone back to the stage “{stage}”."
)
IS_REFUSED: Final = "The decision is refused by {names}."
IS_AWAITED: Final = "The decision is not approved yet."
MOST_ADVANTAGEOUS: Final = (
    "Under the published method the tender with the most marks is the most advantageous. The "
    "tender submitted by {name} has {total} of {available} and ranks first."
)
MOST_ADVANTAGEOUS_SHARED: Final = (
    "Under the published method the tender with the most marks is the most advantageous. The "
    "tenders submitted by {names} share rank 1."
)
LED_BY_TIE_BREAK: Final = "It was separated from tenders it was tied with by “{rule}”."
MARGIN_SENTENCE: Final = "Margin: {margin}."
SEE_RESULTS: Final = "The figures stand in section 9."
NOBODY_RANKED: Final = "No tender is ranked."
WARNINGS: Final = "To be seen before relying on this result"
MISSING: Final = "Missing from the record"
MISSING_TEXT: Final = (
    "The record lacks what follows. An approval has to say that it is accepted, or it has to be "
    "supplied."
)
NO_RANKING_YET: Final = (
    "There is no ranking yet. Prices, totals and ranks are shown once every agreed score is "
    "confirmed and the stage “Price” is entered."
)
NO_RANKING: Final = "There is no ranking. {reason}"

# 2 Background
AUTHORITY: Final = "Contracting authority"
REFERENCE: Final = "Reference"
SUBJECT: Final = "Tender"
BUYER: Final = "Kind of buyer"
REGIME: Final = "Law"
CONTRACT: Final = "Kind of contract"
PROCEDURE: Final = "Procedure"
TERM: Final = "Contract term"
VALUE: Final = "Estimated value"
PRICES_ARE: Final = "Prices"
SOCIAL_MODEL: Final = "Social value model"
REFINEMENT: Final = "Refinement of criteria"
REFINEMENT_TEXT: Final = "provided for in the notice"
WITH_VAT: Final = "{value} with VAT"
WITHOUT_VAT: Final = "{value} without VAT"
PRICES_WITH: Final = "with VAT"
PRICES_WITHOUT: Final = "without VAT"
LOTS: Final = "Lots"
LOT_HEAD: Final = "Lot"
TITLE_HEAD: Final = "Title"
TIMETABLE: Final = "Stages of the evaluation"
STAGE_HEAD: Final = "Stage"
ENTERED: Final = "Entered"
WENT_BACK: Final = "Back to: {stage}"
STAGE_REASON: Final = "{stage}, {moment}: {reason}"
STAGE_REASONS: Final = "Reasons recorded"
NO_STAGES: Final = "No stage was entered yet."
NOTHING_BACK: Final = "No stage was gone back to."

# 3 Method
NO_METHOD: Final = "The method is a draft; it is not published yet."
RULE_HEAD: Final = "How the most advantageous tender is found"
RULES: Final[Mapping[AwardRule, str]] = {
    AwardRule.WEIGHTED_TOTAL: (
        "Weighted total: each tender earns marks on every weighted criterion. Its total is the sum "
        "of its marks, and the tender with the highest total is the most advantageous."
    ),
}
RULE_OTHER: Final = "The award rule is “{rule}”."
RULE_NONE: Final = "No award rule is chosen yet."
FORMULA_TOTAL: Final = "Total = sum of the marks of all weighted criteria."
FORMULA_OVER_MAXIMUM: Final = (
    "Marks for a question = weight × agreed score ÷ highest score of its scale."
)
FORMULA_PERCENT: Final = (
    "Where the scale gives a score a percentage, marks = weight × that percentage."
)
FORMULA_RELATIVE: Final = (
    "Marks for a question = weight × share of the scale earned ÷ best share of the scale earned by "
    "a tender that remains."
)
FORMULA_PRICE: Final = "{title} ({ref}): {formula}"
PRICE_FORMULAS: Final[Mapping[PriceFormula, str]] = {
    PriceFormula.LOWEST_OVER_PRICE: (
        "marks = {weight} × lowest price ÷ price. The lowest price is taken from the tenders that "
        "remain; tenders that are not ranked set no lowest price."
    ),
}
PRICE_FORMULA_OTHER: Final = "the formula “{formula}” with a weight of {weight}."
PRICE_FORMULA_NONE: Final = "no formula is chosen yet."
PARAMETER: Final = "Published parameter: {name} = {value}."
WEIGHTS_HEAD: Final = "Weights"
WEIGHTS_HEAD_LOT: Final = "Weights, {lot}"
WEIGHTS_NOT: Final = "The weights of {lot} cannot be shown. {reason}"
THE_TENDER: Final = "the tender"
CRITERION: Final = "Criterion"
SCALE: Final = "Scale"
MINIMUM: Final = "Minimum"
WEIGHT: Final = "Weight"
AS_PUBLISHED: Final = "As published"
AVAILABLE: Final = "Marks available"
TOTAL: Final = "Total"
SECTION_MINIMUM: Final = "{marks} marks"
UNWEIGHTED: Final = "Judged pass or fail, without a weight:"
UNWEIGHTED_ROW: Final = "{ref} {title} ({kind})"
SCALES_HEAD: Final = "Scales"
SCALE_NAMED: Final = "Scale {name}"
SCORE: Final = "Score"
LABEL: Final = "Label"
EARNS: Final = "Earns"
PUBLISHED_WORDING: Final = "Published wording"
PERCENT: Final = "{value}%"
RANGE: Final = "{lowest} to {highest}"
RANGE_STEPS: Final = "{lowest} to {highest} in steps of {step}"
NO_SCALES: Final = "No scale is set yet."
RULES_HEAD: Final = "Minimums, rounding and ties"
MINIMUM_QUESTION: Final = (
    "{ref} {title}: a tender with an agreed score below {minimum} is disqualified."
)
MINIMUM_SECTION: Final = (
    "{ref} {title}: a tender with less than {minimum} marks in this section is disqualified."
)
NO_MINIMUM: Final = "No question or section has a minimum."
ROUND_MARKS: Final = "Each mark is rounded to {places}, half up, before marks are added."
ROUND_MARKS_NOT: Final = "Marks are not rounded."
ROUND_TOTALS: Final = "Totals are rounded to {places}, half up."
ROUND_TOTALS_NOT: Final = "Totals are not rounded."
TIE_EQUAL: Final = "Tenders tie if their totals are equal."
TIE_MARGIN: Final = "A tender ties with the best if its total is less than {margin} marks below."
TIE_RULES: Final = "Ties are separated by these published rules, in this order: {rules}."
TIE_NO_RULES: Final = (
    "No rule to separate ties is published: tenders that are tied share their rank."
)
CLOSE_MARGIN: Final = "A lead of {margin} marks or less is reported as a close result."
HIDDEN_NAMES: Final = "Bidders’ names were hidden from the evaluators."
PLACES: Final = "Places on the framework: {count}."
LOT_CAP: Final = "Most lots that one supplier may win: {count}."
VERSIONS_HEAD: Final = "Versions of the method"
VERSION: Final = "Version"
KIND: Final = "Kind"
DATE: Final = "Recorded"
REPUBLISHED: Final = "Republished"
FINGERPRINT: Final = "Fingerprint"
VERSION_REASON: Final = "Version {number}: {reason}"
ANNEX_NOTE: Final = "The published questions stand in full in annex A."
PUBLISHED_GUIDANCE: Final = "Guidance"
NO_WORDING: Final = "No further wording was published."
WORD_LIMIT: Final = "Word limit: {words}."
GOALS: Final = "Goals: {goals}."
MODEL_CRITERION: Final = "Model criterion: {code}."
ANNEX_INTRO: Final = "What was asked and how it was to be judged, in the words published."
ANNEX_LOT: Final = "In {lot} only."
NO_QUESTIONS: Final = "The method has no question yet."
