"""The wording of the award report on moderation, checks, outcome, risks and what follows.

Holds no rule; see ``wording`` for how braces are filled in.
"""

from collections.abc import Mapping
from typing import Final

from tendereval.domain.evaluation import Role

NOT_IN_FILE: Final = "Not recorded in this file."

# Notices and timetable
DATES: Final = "Notices and timetable"
EVENT: Final = "What"
WHEN: Final = "When"
NOTICE_PUBLISHED: Final = "Tender notice published"
REPUBLISHED: Final = "Method republished, version {number}"
TENDERS_DUE: Final = "Tenders due"
DECISION: Final = "Award decision recorded"
DECISION_LOT: Final = "Award decision recorded, {lot}"
APPROVED: Final = "{outcome}: {role}"
SUMMARIES: Final = "Assessment summaries sent"
AWARD_NOTICE: Final = "Contract award notice published"
NO_AWARD_NOTICE: Final = "Notice of a decision not to award published"
ENTERED: Final = "Contract entered into"
STARTS: Final = "Contract starts"
ENDS: Final = "Contract ends"

# Moderation
NO_MODERATION: Final = "No score is agreed yet."
MODERATION_INTRO: Final = (
    "Evaluators scored by themselves before the panel met. The table counts, for each question, "
    "how many of the agreed scores are the score that every evaluator had given, how many lie "
    "among the scores given, and how many lie outside them. An agreed score is never worked out "
    "from individual ones."
)
MODERATION_TOTAL: Final = "All"
QUESTION: Final = "Question"
AGREED_COUNT: Final = "Agreed"
AT_ONE: Final = "As all had scored"
AMONG: Final = "Among them"
OUTSIDE: Final = "Outside"
ALONE: Final = "No individual score"
CHANGED: Final = "Changed later"
WIDEST: Final = "Widest spread"
PICTURES: Final = "Where evaluators differed"
PICTURE: Final = "{ref} {title}: from individual scores to the agreed score"
PICTURE_OF: Final = "{name}: from individual scores to the agreed score"
PICTURE_ALL: Final = "From individual scores to the agreed score"
NO_DIFFERENCE: Final = "Nowhere did evaluators differ from each other or from the agreed score."
TOO_MANY: Final = (
    "Scores of evaluators differed in {count} places, too many to be drawn here; they stand with "
    "the reasons."
)

# Checks
LOW_PRICES: Final = "Abnormally low prices"
LOW_PRICE_NOT: Final = (
    "No tender is disregarded as abnormally low. Whether a price was looked into is not recorded "
    "in this file."
)
LOW_PRICE: Final = (
    "{name}: notice {notified}, response {responded}, decision {decided}. {effect} {reason}"
)
LOW_PRICE_COUNTS: Final = "The tender is disregarded."
LOW_PRICE_NOT_YET: Final = "The status does not count before all three are dated."
REVERSALS: Final = "If a tender were withdrawn"
NO_REVERSAL: Final = "No ranked tender would change the order of the others by withdrawing."

# Outcome
DECIDED: Final = "Decision"
NO_AWARD: Final = "no award"
NO_DECISION: Final = "no decision"
NO_PRICE: Final = "–"
RESERVE: Final = "Reserve"
RESERVE_OF: Final = "{names} ({lot})"
NO_RESERVE: Final = "No reserve is recorded in this file."

# Risks, standing, budget
RISKS_INTRO: Final = "What follows is as recorded. Nothing is added where the file is silent."
RISKS: Final = "Risks"
FINANCIAL: Final = "Financial standing"
FINANCIAL_CONDITIONS: Final = (
    "Not recorded in this file beyond the conditions of participation in section 6."
)
BUDGET: Final = "Budget"
ESTIMATED: Final = "Estimated value"
PRICE_RECOMMENDED: Final = "Recommended price"
PRICE_RECOMMENDED_LOT: Final = "Recommended price, lot {lot}"
AGAINST_VALUE: Final = "Recommended price against the estimated value"
BELOW: Final = "{amount} below it"
ABOVE: Final = "{amount} above it"
EQUAL: Final = "equal to it"
COMMITMENTS: Final = "Commitments that become terms"
COMMITMENTS_IN: Final = "in section {number}"
BENEFITS: Final = "Savings and benefits"

# After the decision
AFTER_INTRO: Final = (
    "Dates are worked out by the law of the procurement from days that are recorded. A day that is "
    "not recorded is not guessed."
)
STANDSTILL: Final = "Standstill"
STANDSTILL_OPEN: Final = (
    "Not known yet: the day of the contract award notice is not recorded in this file."
)
STANDSTILL_SOURCE: Final = "Source: {source}."
WORKING: Final = "How it was counted"
SUMMARIES_DUE: Final = (
    "Assessment summaries are given at the same time to each supplier with an assessed tender, "
    "before the contract award notice is published: {count}."
)
SUMMARIES_FREE: Final = (
    "Section 50 of the Procurement Act 2023 does not ask for assessment summaries here. Suppliers "
    "with an assessed tender: {count}."
)
SUMMARIES_OTHER_LAW: Final = "Not under this law, or the law is not recorded."
SUMMARIES_SENT: Final = "Sent on {day}."
SUMMARIES_NOT_SENT: Final = "That they were sent is not recorded in this file."
WITHHELD: Final = "Withheld under section 94"
WITHHELD_NONE: Final = "Nothing is recorded as withheld."
WITHHELD_ONE: Final = "{ref}, {name}: {limb}"
WITHHELD_FURTHER: Final = "Further reasons why it is not successful"
RETENTION: Final = "Keeping the record"
RETENTION_OPEN: Final = "Not known yet: the day it counts from is not recorded in this file."

# Signatures
SIGNATURES: Final = "Signatures"
SIGNATURES_INTRO: Final = (
    "To be signed where the authority’s scheme of delegation asks for it. The approvals above are "
    "those in the record."
)
SIGNS_THAT: Final = "Signs that"
SIGNATURE: Final = "Signature"
SIGNS: Final[Mapping[Role, str]] = {
    Role.LEAD: "the scoring is recorded accurately",
    Role.EVALUATOR: "the scores under the name are theirs",
    Role.COMMUNITY: "the scores under the label are theirs",
    Role.MODERATOR: "moderation is recorded accurately",
    Role.APPROVER: "the decision is approved",
}
