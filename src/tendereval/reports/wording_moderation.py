"""The constant wording of the moderation record; what it shares stands in ``wording_results``.

Holds no rule; see ``wording`` for how braces are filled in.
"""

from typing import Final

TITLE: Final = "Moderation record"
HEAD: Final = "Moderation record: {title}"
LEAD: Final = "What each evaluator scored and why, what the panel decided, and what changed after."
INTERNAL: Final = "For the authority’s file. It names people and is not for publication."

# Cover
AGREED: Final = "Agreed"
DISAGREED: Final = "Disagreement"
DISSENTS: Final = "Dissents"
CHANGED: Final = "Changed after"
REOPENED: Final = "Reopened"
DAYS: Final = "Moderated"
STAGE: Final = "Stage"
AGREED_OF: Final = "{agreed} of {count}"
DISAGREED_IN: Final = "{count} with individual scores that differ"
NONE: Final = "none"
CHANGED_IN: Final = "{responses}, after the panel had first agreed"
REOPENED_IN: Final = "{responses}, after prices and ranking were known"
NOT_YET: Final = "not yet"
PANEL: Final = "Panel"
PERSON: Final = "Name"
ROLE: Final = "Role"
NO_PANEL: Final = "Nobody is on the panel yet."

# Body
ABOUT: Final = "How to read this record"
ABOUT_ITEMS: Final = (
    (
        "The responses stand question by question, and under each question in the order in which "
        "tenders were registered."
    ),
    (
        "First come the scores that evaluators gave by themselves, with their own reasons and "
        "every earlier revision."
    ),
    (
        "Then comes what the panel decided: the agreed score, its reasons, who was present, who "
        "confirmed and who dissented."
    ),
    "Last comes what changed after that, and why.",
    "An agreed score is chosen by the panel. It is never worked out from individual scores.",
)
BY_THEMSELVES: Final = "Before the discussion"
NOBODY_SCORED: Final = "No individual score is recorded."
REVISION_AT: Final = "revision {number}, {moment}"
REVISION: Final = "revision {number}"
EARLIER: Final = "Earlier revisions of individual scores"
DIFFER: Final = (
    "Scores differ: {lowest} to {highest} among {scorers}, on a scale that goes up to {maximum}."
)
DIFFER_RESULT: Final = "Results differ among {scorers}: some passed the response, others did not."
SAME: Final = "{scorers} gave the same score."
SAME_RESULT: Final = "{scorers} came to the same result."
ONE_SCORER: Final = "One evaluator gave a score, so there is nothing to compare."
NO_SCORER: Final = "No score is ready to be compared."
DECIDED: Final = "What the panel decided"
RECORDED_BY: Final = "Entered in the record by {name}."
AFTERWARDS: Final = "What changed after, and why"
