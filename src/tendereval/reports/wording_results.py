"""The constant wording of the later sections of the award report: panel, tenders, results, record.

Holds no rule; see ``wording`` for how braces are filled in.
"""

from collections.abc import Mapping
from typing import Final

from tendereval.domain.bidding import BidStatus

# 4 Panel and interests
NAME: Final = "Name"
ROLE: Final = "Role"
SCORES_WHAT: Final = "Judges"
SCORES_ALL: Final = "every scored question"
SCORES_NOTHING: Final = "nothing"
SCORES_LOTS: Final = "{questions}; {lots}"
LEFT: Final = "{role}, left"
NO_PANEL: Final = "Nobody is on the panel yet."
CHANGES: Final = "Who joined, left or was replaced"
NO_CHANGES: Final = "No change of the panel is recorded."
MEMBER_LEFT: Final = (
    "{name} left. {reason} Scores that {name} gave stay in the record and are marked “not used”."
)
MEMBER_CHANGED: Final = "{name}: {reason}"
COMMUNITY_NOTE: Final = "Community evaluators are named by label in this report."
INTERESTS_HEAD: Final = "Declarations of interests"
NO_INTEREST: Final = "{names} declared that they have no interest."
NO_INTEREST_ONE: Final = "{names} declared to have no interest."
NOT_DECLARED: Final = "No declaration is recorded of {names}."
DECLARED: Final = "Declared: {interest}"
CONCERNS: Final = "Concerns {bidders}."
DECIDED: Final = "Decision: {outcome}."
UNDECIDED: Final = "The lead’s decision is awaited."
HOW: Final = "How: {how}"
NO_DECLARATIONS: Final = "No declaration is recorded yet."

# 5 Tenders received
SUBMITTED_BY: Final = "Tender submitted by"
STATUS: Final = "Status"
NOTIFIED: Final = "Notice"
RESPONDED: Final = "Response"
DECIDED_ON: Final = "Decision"
IDENTIFIER: Final = "Identifier"
SME: Final = "SME"
VCSE: Final = "VCSE"
SUPPORTED: Final = "Supported employment"
YES: Final = "yes"
NO: Final = "no"
NO_TENDERS: Final = "No tender is registered yet."
NO_TENDERS_LOT: Final = "No tender is registered for this lot."
COUNTS: Final = (
    "{received} received by the deadline, withdrawn and late ones not counted. {assessed} "
    "assessed, of which {smes} from small and medium-sized enterprises (SMEs) and {vcses} from "
    "voluntary, community and social enterprises (VCSEs)."
)
COUNTS_SO_FAR: Final = "These counts are as the record stands; tenders are not ranked yet."
NOT_STATED: Final = "It is not stated for {names} whether it is an SME or a VCSE."
SUPPLIERS: Final = "Who submitted tenders"
SUBCONTRACTORS: Final = "Subcontractors: {names}."
BASIS: Final = "Ground: Procurement Act 2023, {basis}."
BASES: Final[Mapping[BidStatus, str]] = {
    BidStatus.EXCLUDED: "ss.26 to 30",
    BidStatus.CONDITION_NOT_MET: "s.19(3), condition of participation",
    BidStatus.DISREGARDED_ABNORMALLY_LOW: "s.19(3) to (5), abnormally low price",
    BidStatus.DISREGARDED_PROCEDURAL: "s.19(3), breach of a procedural requirement",
    BidStatus.DISREGARDED_NON_TREATY: "s.19(3), not a treaty state supplier",
    BidStatus.NOT_PROGRESSED: "s.20",
    BidStatus.DISQUALIFIED: "s.23(3), assessment methodology",
}
STATUS_HISTORY: Final = "Changes of status"
STATUS_CHANGE: Final = "{moment}: {name}{lot}, {status}. {reason}"
NO_STATUS_CHANGE: Final = "No change of status is recorded."
ANSWERS: Final = "Answers as locked"
LOCK: Final = (
    "The answers are locked: {answers} and {documents}. The fingerprint of all of them is "
    "{fingerprint}; it stands in full in the section “Record”."
)
NO_LOCK: Final = "Answers are not locked yet."
LATE_ANSWERS: Final = "Answers that came after that, kept apart and not scorable by themselves:"
STATUS_WANTS_DATES: Final = (
    "{status} (does not count before notice, response and decision are dated)"
)

# 6 Conditions
NO_CONDITIONS: Final = "The method has no condition of participation and no requirement."
CONDITIONS_HIDDEN: Final = "Results are shown from the stage “Moderation” on."
CONDITIONS_INTRO: Final = "The rationale of each result stands in section 10."
PASSED: Final = "Pass"
FAILED: Final = "Fail"
OPEN: Final = "not agreed"

# 7 Clarifications
NO_CLARIFICATIONS: Final = "No clarification is recorded."
CLARIFIED: Final = "{count} recorded; the panel may take {taken} into account."
ASKED: Final = "Asked"
ANSWERED: Final = "Answered"
MAY_COUNT: Final = "The panel may take the answer into account. {reason}"
MAY_NOT_COUNT: Final = "The panel may not take the answer into account. {reason}"

# 8 Results
RESULTS_INTRO: Final = "Anyone can add up the columns below and reach the same totals."
RESULTS_OVER_MAXIMUM: Final = (
    "Each score that the panel agreed is divided by the highest score of its scale and multiplied "
    "by the weight of its question."
)
RESULTS_PERCENT: Final = (
    "A score to which the published scale gives a percentage earns that percentage of the weight."
)
RESULTS_RELATIVE: Final = (
    "Each score that the panel agreed earns a share of its scale; that share is divided by the "
    "best share of a tender that remains and multiplied by the weight of the question."
)
RESULTS_ROUNDED: Final = "Marks are rounded to {places} and then added."
RESULTS_EXACT: Final = "Marks are not rounded before they are added."
RESULTS_SHOWN: Final = (
    "A mark whose decimals do not end is shown to four places and counted in full, so that a sum "
    "of shown figures can be 1 in the last place off the sum shown."
)
RESULTS_TOTALS: Final = "Totals are rounded to {places} at the end."
RESULTS_EXACT_TOTALS: Final = "Totals are exact."
WEIGHT: Final = "Weight"
SCORE: Final = "Score"
MARKS: Final = "Marks"
RANK: Final = "Rank"
PRICE: Final = "Price"
PRICE_OFFERED: Final = "Price offered"
TOTAL: Final = "Total"
BEFORE_ROUNDING: Final = "Total before rounding"
OUT_OF: Final = "Total, of {available}"
ORDER: Final = "Order"
TABLE_OF: Final = "Tenders {first} to {last} of {count}"
PRICE_WORKING: Final = "Price working"
NO_PRICES: Final = "The method has no price criterion."
PRICE_SENTENCE: Final = "{title}: marks = {weight} × lowest price ÷ price."
PRICE_SENTENCE_OTHER: Final = "{title}: the formula “{formula}” with a weight of {weight}."
LOWEST: Final = "The lowest price is {amount}, offered by {holders}."
LOWEST_AMONG: Final = "It was taken from the prices of {names}."
LOWEST_AMONG_ONE: Final = "No other price was compared."
READ_AS: Final = "The price of {name}, {price}, is read as {amount} by the published rule."
WORKING: Final = "{weight} × lowest ÷ price"
WORKED_MARKS: Final = "Marks = {working}"
UNROUNDED: Final = "Unrounded"
NOT_RANKED: Final = "Tenders not ranked"
ALL_RANKED: Final = "Every tender is ranked."
NO_REASON: Final = "No reason is recorded."
NOT_RANKED_SCORES: Final = "Agreed scores of tenders not ranked, up to where they were assessed"
REASONS_LINK: Final = "Reasons: {ref}, {name}"
TIES: Final = "Ties"
NO_TIES: Final = "No tenders are tied."
TIE_LEFT: Final = "{names} share rank {rank}."
TIE_BROKEN: Final = (
    "{name} (rank {rank}) was separated from tenders it was tied with by the published rule "
    "“{rule}”."
)
WARNINGS: Final = "Warnings"
NO_WARNINGS: Final = "There are no warnings."
BUILT_PICTURE: Final = "How the totals build up, out of {available}"
BUILT_PICTURE_UNROUNDED: Final = (
    "How the totals build up, out of {available}, before they are rounded"
)
SCORES_PICTURE: Final = "Agreed scores, out of {highest}"
SCORES_PICTURE_IN: Final = "{section}: agreed scores, out of {highest}"
RE_ADD: Final = "How to add it up again"
RE_ADD_INTRO: Final = (
    "Take the marks of each section and of each criterion that stands alone, in the order of the "
    "table, and add them."
)
RE_ADD_EXAMPLE: Final = "For example {ref} of {name}: {sum}."
RE_ADD_ROUNDED: Final = "Totals are then rounded to {places}, half up."
ADDED: Final = "Marks added"
PLACES: Final[Mapping[int, str]] = {
    0: "whole numbers",
    1: "one decimal place",
    2: "two decimal places",
    3: "three decimal places",
    4: "four decimal places",
}
PLACES_MANY: Final = "{places} decimal places"

# 9 Reasons
REASONS_HIDDEN: Final = (
    "Individual scores and agreed scores are shown from the stage “Moderation” on."
)
REASONS_INTRO: Final = (
    "For each question come the tenders in the order in which they were registered: the score the "
    "panel agreed and why, then the scores that evaluators gave by themselves before it. An agreed "
    "score is chosen by the panel and is never worked out from individual ones."
)
NO_QUESTIONS: Final = "The method has nothing to judge yet."
WEIGHS: Final = "Weight {weight}."
CONDITION: Final = "Condition of participation, pass or fail."
REQUIREMENT: Final = "Requirement, pass or fail."
ONLY_IN: Final = "In {lot} only."
NOTHING_YET: Final = "Nothing is recorded yet for {names}."
NOT_JUDGED: Final = "Not judged: {names}."
STATUS_NOTE: Final = "This tender has the status “{status}”. Its scores are kept and not used."
AGREED: Final = "Agreed score: {score}."
AGREED_BAND: Final = "Agreed score: {score}, {label}."
AGREED_RESULT: Final = "Agreed: {label}."
QUOTED: Final = "“{text}”"
WORKED: Final = "{score} ÷ {maximum} × {weight} = {marks}."
WORKED_PERCENT: Final = "{percent}% of {weight} = {marks}."
WORKED_RELATIVE: Final = "{marks} of {weight}."
NOT_AGREED: Final = "No score is agreed yet."
RATIONALE: Final = "Rationale"
BY_SUB_CRITERION: Final = "By sub-criterion"
RELEASABLE: Final = "Releasable rationale"
NO_RELEASABLE: Final = "No releasable rationale is written."
UNEXPLAINED: Final = "Not explained: {refs}."
AGREED_AT: Final = "Agreed on {moment}."
ELSEWHERE: Final = "Brought in from an evaluation made elsewhere."
PRESENT: Final = "Present: {names}."
NOBODY_PRESENT: Final = "It is not recorded who was present."
CONFIRMED: Final = "Confirmed by {names}."
AWAITING: Final = "Confirmation is awaited from {names}."
NO_DISSENT: Final = "Nobody dissented."
DISSENT: Final = "Dissent of {name}."
UNCHANGED: Final = "The agreed score was not changed afterwards."
UNDER_VERSION: Final = "Given under version {number} of the method."
INDIVIDUAL: Final = "Individual scores"
NO_INDIVIDUAL: Final = "No individual score is recorded."
DRAFT_SCORE: Final = "draft"
CANNOT_SCORE: Final = "cannot score"
NOT_USED: Final = "not used, left the panel"
VERSION_SHORT: Final = "version {number} of the method"
EARLIER_INDIVIDUAL: Final = "Earlier individual scores"
REVISION: Final = "revision {number}"
EARLIER_AGREED: Final = "Earlier agreed scores"
EARLIER_LABEL: Final = "Agreed before, revision {number}."
EARLIER_LABEL_AT: Final = "Agreed before, revision {number}, {moment}."
EARLIER_RELEASABLE: Final = "Releasable rationale, revision {number}."
CHANGED_BECAUSE: Final = "Why it was changed. "
SENT_BACK: Final = "Sent back to its evaluators"
SENT_BACK_ON: Final = "{moment}, sent back: {reason}"
SETTLED_ON: Final = "{moment}, settled: {reason}"
REOPENED: Final = "Reopened after prices and ranking were known"
REOPENED_BY: Final = "Approved by {name} on {moment}."
REOPENED_WHY: Final = "Reason. "
ORDER_BEFORE: Final = "Order before. "
ORDER_AFTER: Final = "Order after. "
ORDER_OPEN: Final = "Known once the new score is confirmed."

# 10 Approvals
LOT: Final = "Lot"
OUTCOME: Final = "Decision"
GIVEN: Final = "Date"
REVISION_HEAD: Final = "Revision"
NO_APPROVALS: Final = "No approval is recorded yet."
STATEMENT: Final = "{name}, {role}, {day}. "

# 11 Record
RECORD_INTRO: Final = (
    "Every act on this tender is an entry of the record, and each entry carries the fingerprint of "
    "the one before it. This report was made from the record as it stood at the entry below."
)
TENDER_ID: Final = "Tender file"
ENTRIES: Final = "Entries"
HEAD_AT: Final = "Newest entry"
HEAD_HASH: Final = "Newest entry"
METHOD_VERSION: Final = "Method, version {number}"
ANSWERS_HASH: Final = "Answers as locked"
FINGERPRINTS: Final = "Fingerprints in full"
DOCUMENTS: Final = "Documents kept"
DOCUMENT: Final = "Document"
DIGEST: Final = "SHA-256"
NO_DOCUMENTS: Final = "No document is kept in the file."
OLD_VERSIONS: Final = "Scores given under an earlier version of the method"
NO_OLD_VERSIONS: Final = "Every score was given under the version of the method in force."
OLD_VERSION: Final = "{ref}, {name}, version {number}: {what}."
OLD_AGREED: Final = "agreed score"
OLD_INDIVIDUAL: Final = "score of {names}"
