"""The constant wording of assessment summaries.

Holds no rule; see ``wording`` for how braces are filled in.
"""

from collections.abc import Mapping
from typing import Final

from tendereval.domain.summaries import Limb
from tendereval.domain.tender import Regime

# The document
TITLE: Final = "Assessment summary"
DOCUMENT_TITLE: Final = "Assessment summary for {name}: {title}"
HEAD: Final = "Assessment summary: {title}"
UNNAMED: Final = "supplier without a name"
AND_LOT: Final = "{title}, {lot}"

REGULATIONS: Final[Mapping[Regime, str]] = {
    Regime.PA2023: "regulation 31 of the Procurement Regulations 2024",
    Regime.PA2023_WALES: "regulation 32 of the Procurement (Wales) Regulations 2024",
}
"""What lists the content, by the law the procurement runs under."""
OTHER_LAW: Final = "Write to the bidders as that law asks."

# First page
SUPPLIER: Final = "Supplier"
ADDRESS: Final = "Postal address"
EMAIL: Final = "E-mail"
IDENTIFIER: Final = "Unique identifier"
REFERENCE: Final = "Tender reference"
DATE: Final = "Date"
NOT_GIVEN: Final = "not given"
NOT_DATED: Final = "not dated yet"
IS_DRAFT: Final = "DRAFT. "
DRAFT_TEXT: Final = "The award decision is not approved yet. This summary is not to be sent."
WON: Final = "{whole} is awarded to you."
LOST: Final = "{whole} is not awarded to you."
AWARDED_TO: Final = " It is awarded to {names}."
PLACES_TO: Final = " Places are awarded to {names}."
THE_CONTRACT: Final = "The contract"
A_PLACE: Final = "A place on the framework"
FOR_LOT: Final = "{whole} for {lot}"
GIVEN_UNDER: Final = (
    "This summary tells you how your tender was assessed. It is given under section 50 of the "
    "Procurement Act 2023 and holds what {regulation} lists."
)
GIVEN_FREELY: Final = (
    "This summary tells you how your tender was assessed. Section 50 of the Procurement Act 2023 "
    "does not ask for it here; it holds what {regulation} lists."
)
AND_OF_WINNER: Final = "It also tells you how the successful tender was assessed."
AND_OF_WINNERS: Final = "It also tells you how the successful tenders were assessed."

# Award criteria
CRITERIA: Final = "Award criteria"
CRITERIA_INTRO: Final = (
    "Tenders were assessed by the criteria below. How much a criterion counts beside the others is "
    "shown by the marks available for it."
)
METHODOLOGY: Final = "How the most advantageous tender was found"
IN_FULL: Final = "The criteria stand in full in the annex to this summary."
WHERE: Final = "The criteria in full: {where}"
NO_WHERE: Final = "It is not stated yet where the criteria can be seen in full."
NO_CRITERIA: Final = "No award criterion is recorded."
CRITERION: Final = "Criterion"
AVAILABLE: Final = "Marks available"
HOW: Final = "How it was assessed"
SCALE: Final = "Scale {letter}"
IN_SCALE: Final = "Scale\u00a0{letter}."
SCALES: Final = "Scores that were available"
SCORE: Final = "Score"
LABEL: Final = "Label"
MEANING: Final = "What the score means"
TOTAL: Final = "Total"

# Assessments
YOURS: Final = "Your tender"
THE_WINNER: Final = "The successful tender: {name}"
MARKS: Final = "Marks"
OF: Final = "Of"
ADDED: Final = "Sum of the marks, before rounding"
TOTAL_OF: Final = "Total of the tender"
PASSED: Final = "Pass"
FAILED: Final = "Fail"
NO_VALUE: Final = "–"
IS_WITHHELD: Final = "withheld"
NOT_RANKED: Final = "The tender was not ranked, so it has no total."
NOTHING_ASSESSED: Final = "No award criterion was applied to this tender."
SCORES: Final = "Scores, marks and total"
LOWEST: Final = (
    "The published formula for {title} compares prices with the lowest price among the tenders "
    "that remained. That is {amount}."
)
SCORE_IS: Final = "Score: {score}"
PRICE_IS: Final = "Price: {amount}"
RESULT_IS: Final = "Result: {score}"
MARKS_ARE: Final = "{marks} of {available}"
NOT_ASSESSED: Final = "Not assessed by this criterion."
NOT_ASSESSED_BECAUSE: Final = "Not assessed by this criterion, because the tender was disqualified."
NOT_EXPLAINED: Final = "No explanation is written yet."

# Why not
WHY_NOT: Final = "Why your tender was not successful"
NO_FURTHER: Final = "No further explanation is written yet."

LIMBS: Final[Mapping[Limb, str]] = {
    Limb.NATIONAL_SECURITY: "Information is withheld here under {limb} of the Procurement Act "
    "2023, in the interest of national security.",
    Limb.COMMERCIAL: "Information is withheld here under {limb} of the Procurement Act 2023: it is "
    "sensitive commercial information, and there is an overriding public interest in withholding "
    "it.",
}
"""What the supplier is told: that something is withheld, and under which limb. Source: s.94."""

# Annex
ANNEX: Final = "Annex: the award criteria in full"
ANNEX_INTRO: Final = "What was asked and how it was to be judged, in the words published."
GUIDANCE: Final = "Guidance"
SECTION_OF: Final = "A section of these criteria: {refs}."
