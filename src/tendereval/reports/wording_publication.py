"""The wording of the published version of the award report: what is left out, and on what ground.

Holds no rule; the rule stands in ``award_publication``. Braces are filled in by ``str.format``.
"""

from collections.abc import Mapping
from typing import Final

from tendereval.domain.evaluation import Role
from tendereval.domain.summaries import Limb

VERSION: Final = "Version for publication"
HEAD_OF_REPORT: Final = "Award report for publication: {title}"
LEFT_OUT: Final = "Left out of the published version: {what}."
HEAD: Final = "What this version leaves out"
ABOUT: Final = (
    "This is the version of the award report for publication. Where something is left out it is "
    "said in its place. The file keeps the whole report."
)
_TENDERS: Final = (
    "Unsuccessful tenders are called by letters, with their status, total and rank. Their "
    "suppliers’ names, prices, marks by criterion and reasons are left out as commercially "
    "sensitive; each supplier is told about its own tender."
)
_PANEL_TEXTS: Final = (
    "Texts written for the panel’s own use: rationales, dissents, reasons for going back. Where a "
    "reason may be released, that one is printed. Of the reasons for the decision, passages that "
    "name an unsuccessful supplier."
)
_TENDER_TEXTS: Final = "Texts of tenders: clarifications, names of documents, subcontractors."
RULES: Final = (
    (
        "Names and e-mail addresses of people. They are called by their part in the evaluation "
        "(Procurement Act 2023, s.99; data protection law)."
    ),
    _TENDERS,
    _PANEL_TEXTS,
    _TENDER_TEXTS,
    (
        "What the lead evaluator withholds under section 94 of the Procurement Act 2023, with the "
        "limb in its place."
    ),
)
RULES_OTHER_LAW: Final = (
    (
        "Names and e-mail addresses of people. They are called by their part in the evaluation, as "
        "data protection law asks."
    ),
    _TENDERS,
    _PANEL_TEXTS,
    _TENDER_TEXTS,
)
DERIVED: Final = (
    "The marks of a successful tender and its price can tell what the lowest price was, though "
    "not whose."
)

NAME_LEFT: Final = "“{name}” may be somebody’s name: “{sentence}”"
NAME_LEFT_OFTEN: Final = "“{name}” may be somebody’s name, {count} times, first: “{sentence}”"

TENDER: Final = "Tender {letter}"
TENDER_LOT: Final = "Tender {letter} of lot {lot}"
ANOTHER_SUPPLIER: Final = "another supplier"
NOT_NAMED: Final = "a person who is not named"
NO_EMAIL: Final = "(e-mail address left out)"
NO_AMOUNT: Final = "(amount left out)"
NO_IDENTIFIER: Final = "(identifier left out)"
OWNER: Final = "named in the file"
NUMBERED: Final = "{role} {number}"
ROLE_LABELS: Final[Mapping[Role, str]] = {
    Role.LEAD: "Lead evaluator",
    Role.EVALUATOR: "Evaluator",
    Role.COMMUNITY: "Community evaluator",
    Role.MODERATOR: "Moderator",
    Role.APPROVER: "Approver",
    Role.OBSERVER: "Observer",
}
LIMBS: Final[Mapping[Limb, str]] = {
    Limb.NATIONAL_SECURITY: (
        "Withheld under section 94(1)(a) of the Procurement Act 2023, national security."
    ),
    Limb.COMMERCIAL: (
        "Withheld under section 94(1)(b) of the Procurement Act 2023, sensitive commercial "
        "information."
    ),
}

# What is left out, said in its place
PASSAGE: Final = "a passage that names an unsuccessful supplier"
INTEREST: Final = "what was declared"
CONCERNED: Final = "the supplier concerned"
HOW_MANAGED: Final = "whom it concerns and how it is managed in detail"
STATUS_REASON: Final = "the reason"
SUPPLIERS: Final = "the suppliers of unsuccessful tenders"
SUBCONTRACTORS: Final = "subcontractors"
CONDITIONS: Final = "the results of unsuccessful tenders"
CLARIFICATIONS: Final = "what was asked and answered, as it tells what tenders say"
MODERATION: Final = "the scores of unsuccessful tenders"
MARKS: Final = "the scores, marks and prices of unsuccessful tenders"
PRICES: Final = "prices of unsuccessful tenders, the lowest price among them"
WARNINGS: Final = "warnings that tell prices or marks of unsuccessful tenders"
REVERSALS: Final = "what the withdrawal of a tender would change"
SUMS: Final = "the sums of unsuccessful tenders"
REASONS: Final = "the scores and reasons of unsuccessful tenders"
RATIONALE: Final = "the panel’s own rationale"
NO_RELEASABLE: Final = "the panel’s own rationale; no releasable one is written"
INDIVIDUAL: Final = "what each evaluator wrote"
DISSENTS: Final = "the words of a dissent"
EARLIER: Final = "the texts and reasons of what stood before"
BACK: Final = "why the answer was sent back"
REOPENED: Final = "why it was reopened, and the order of tenders before and after"
STAGE_REASONS: Final = "reasons recorded for a stage"
PUBLIC_VALUE: Final = "findings on unsuccessful tenders"
SIGNATURES: Final = "signatures"
DOCUMENTS: Final = "names and fingerprints of suppliers’ documents"
LATE: Final = "answers that came late"
