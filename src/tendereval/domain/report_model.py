"""What a document is made of: an immutable copy of the record, names resolved.

Services fill it; ``award_report`` turns it into an outline. It holds no rule and no wording.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tendereval.domain.award import Approval, AwardDecision
from tendereval.domain.bidding import Bid, Bidder, Clarification, Response, StoredDocument
from tendereval.domain.evaluation import Declaration, PanelMember, Score
from tendereval.domain.ids import LotId, PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation, Reopening, SentBack
from tendereval.domain.ranking import Ranking
from tendereval.domain.stages import Stage
from tendereval.domain.tender import Method, MethodVersion, TenderDetails


@dataclass(frozen=True, slots=True)
class RecordHead:
    """Where the record stood when the document was made.

    Attributes:
        entries: its length.
        hash: SHA-256 (hex) of its newest entry.
        at: when that entry was written.
        tender_id: identity of the file.
    """

    entries: int
    hash: str
    at: datetime
    tender_id: str


@dataclass(frozen=True, slots=True)
class ReportModel:
    """Everything a document about an evaluation may say.

    Attributes:
        versions: of the method, oldest first; the last one is ``method``.
        bids: every bid with its newest status, by bidder and lot.
        bid_history: every status with the time it was recorded, oldest first.
        panel: people who left included.
        names: how to call each person: by label where community or erased.
        declarations: the newest of each person.
        scores: every current individual score with its rationale, by evaluator and place.
        score_history: every revision that was ready or later replaced, oldest first.
        agreed: the agreed score that stands at each place.
        agreed_history: every revision, oldest first.
        sent_back: every sending back and its settling, oldest first.
        rankings: one per lot; empty where there is none yet.
        not_ranked_because: why there is no ranking, in words; empty where there is one.
        decisions: the newest of each lot.
        approvals: oldest first.
        stages: every stage entered with its reason and time, oldest first.
        answers_lock: digest, number of answers and of documents at the deadline.
        gaps: declarations and confirmations that are missing, in words.
    """

    stage: Stage
    details: TenderDetails
    method: Method
    versions: tuple[MethodVersion, ...]
    bidders: tuple[Bidder, ...]
    bids: tuple[Bid, ...]
    bid_history: tuple[tuple[Bid, datetime], ...]
    panel: tuple[PanelMember, ...]
    names: Mapping[PersonId, str]
    declarations: tuple[Declaration, ...]
    responses: tuple[Response, ...]
    documents: tuple[StoredDocument, ...]
    clarifications: tuple[Clarification, ...]
    scores: tuple[Score, ...]
    score_history: tuple[Score, ...]
    agreed: tuple[AgreedScore, ...]
    agreed_history: tuple[AgreedScore, ...]
    confirmations: tuple[Confirmation, ...]
    sent_back: tuple[SentBack, ...]
    reopenings: tuple[Reopening, ...]
    rankings: tuple[Ranking, ...]
    not_ranked_because: str
    decisions: Mapping[LotId, AwardDecision]
    approvals: tuple[Approval, ...]
    stages: tuple[tuple[Stage, str, datetime], ...]
    answers_lock: tuple[str, int, int] | None
    gaps: tuple[str, ...]
    head: RecordHead
