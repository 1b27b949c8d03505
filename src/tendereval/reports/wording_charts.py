"""The constant wording of charts and of the words that stand for them, to be reviewed as a whole.

Holds no rule. Braces are filled in by ``str.format``.
"""

from typing import Final

NO_SCORE: Final = "no score"
INDIVIDUAL: Final = "Individual"
AGREED: Final = "Agreed"
NOT_AGREED: Final = "not agreed"
PART: Final = "{caption}, part {part} of {parts}"

SCORES_CAPTION: Final = "Agreed scores per criterion, out of {highest}"
SCORES_SHOWN: Final = "Bars show the agreed scores, out of {highest}, of {bidders} on {criteria}."
SCORES_OF: Final = "{ref}: {scores}"
SCORES_EXTREMES: Final = "{ref}: highest {highest} ({names}), lowest {lowest}"

JUDGED_CAPTION: Final = "From individual scores to the agreed score"
JUDGED_SHOWN: Final = (
    "Discs show on a scale from {lowest} to {highest} which scores the evaluators gave, and a "
    "triangle the score the panel agreed, for {rows}."
)
JUDGED_ROW: Final = "{label}: {individual}, {agreed}"
JUDGED_INDIVIDUAL: Final = "individual {scores}"
JUDGED_AGREED: Final = "agreed {score}"
NO_INDIVIDUAL: Final = "no individual score"
JUDGED_SAME: Final = "agreed within the range of the individual scores in {within} of {all}"

BUILT_CAPTION: Final = "How the totals build up, out of {available}"
BUILT_PART: Final = "{name} ({available})"
BUILT_SHOWN: Final = (
    "Stacked bars show how the marks for {parts} add up to the totals of {bidders}."
)
BUILT_SUM: Final = "{name}: {sum}"
BUILT_TOTAL: Final = "{name} {total}"
BUILT_TOTALS: Final = "The totals are {totals}."
SEVERAL_TENDERS: Final = "{count} tenders"
SEVERAL_CRITERIA: Final = "{count} criteria"
SEVERAL_ROWS: Final = "{count} scores"
