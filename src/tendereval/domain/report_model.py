"""What a document is made of: an immutable copy of the record, names resolved.

Services fill it; ``award_report`` turns it into an outline. It holds no rule and no wording.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tendereval.domain.authority_logo import NO_LOGO, AuthorityLogo
from tendereval.domain.award import Approval, AwardDecision
from tendereval.domain.award_dates import AwardDates
from tendereval.domain.bidding import Bid, Bidder, Clarification, Response, StoredDocument
from tendereval.domain.evaluation import Declaration, PanelMember, Person, Score
from tendereval.domain.ids import BidderId, CriterionId, LotId, PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation, Reopening, SentBack
from tendereval.domain.publicvalue.certificate_check import CertificateFinding, Days, Reminder
from tendereval.domain.publicvalue.commitment_check import BidCommitments
from tendereval.domain.publicvalue.commitments import Commitment, Goal
from tendereval.domain.publicvalue.contract_schedule import Schedule
from tendereval.domain.publicvalue.delivery import DeliveryRecord
from tendereval.domain.publicvalue.good_works_share import ShareTarget
from tendereval.domain.publicvalue.living_wage import Rates, WageSetting
from tendereval.domain.publicvalue.share_finding import ShareFinding
from tendereval.domain.publicvalue.wage_check import PayFinding
from tendereval.domain.ranking import Ranking
from tendereval.domain.retention import Retention
from tendereval.domain.stages import Stage
from tendereval.domain.standstill import Standstill
from tendereval.domain.summaries import Withheld
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
class DataVersion:
    """Dated facts that a finding rests on.

    Attributes:
        title: what people call them.
        retrieved: when they were gathered, as they say themselves; may be empty.
        sha256: of the file.
        imported_at: when they were imported; None for what ships with the product.
        imported_by: who did.
    """

    title: str
    version: str
    retrieved: str
    sha256: str
    imported_at: datetime | None = None
    imported_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class BidPublicValue:
    """What every tool found of one bidder.

    Attributes:
        pay: None where ``PublicValue.no_pay_finding`` says why.
        reminders: when to ask for renewed certificates, earliest first.
        withdrawn: commitments taken out of the register, with their reasons.
        share: what goes to Good Works organisations; None where nobody reckoned it.
    """

    bidder: BidderId
    pay: PayFinding | None
    certificates: CertificateFinding
    reminders: tuple[Reminder, ...]
    commitments: BidCommitments
    withdrawn: tuple[Commitment, ...]
    share: ShareFinding | None


@dataclass(frozen=True, slots=True)
class PublicValue:
    """What was asked, found and promised about public value; changes no mark and no rank.

    Attributes:
        wage: what the tender makes of the living wage check.
        rates: those that count.
        checked_on: the day whose rates count; None where there is none.
        no_pay_finding: why there is no finding about pay; empty where there is one.
        days: that certificates are held against.
        shared_certificates: one sentence for each that several bidders claim.
        social_value: the model and its least weight against the tender's, in sentences.
        kpis: what the law and the model ask for, in sentences.
        goals: of the authority, removed ones left out.
        bids: in the order in which bidders were registered.
        schedules: of every lot.
        deliveries: of every lot, in stage ``closed``; else empty.
        data: every dataset as it counts.
    """

    wage: WageSetting
    rates: Rates
    checked_on: date | None
    no_pay_finding: str
    days: Days
    shared_certificates: tuple[str, ...]
    social_value: tuple[str, ...]
    kpis: tuple[str, ...]
    goals: tuple[Goal, ...]
    target: ShareTarget
    bids: tuple[BidPublicValue, ...]
    schedules: tuple[Schedule, ...]
    deliveries: tuple[DeliveryRecord, ...]
    data: tuple[DataVersion, ...]


@dataclass(frozen=True, slots=True)
class AfterAward:
    """What followed the decision on one lot, as far as it is recorded.

    Attributes:
        standstill: None where the day it counts from is not recorded.
        retention: None where nobody worked it out.
        summaries_on: when the assessment summaries went out; None where it is not recorded.
    """

    lot: LotId
    dates: AwardDates
    standstill: Standstill | None = None
    retention: Retention | None = None
    summaries_on: date | None = None


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
        responses: answers that came late; no other stands in a document.
        sent_back: every sending back and its settling, oldest first.
        rankings: one per lot; empty where there is none yet.
        not_ranked_because: why there is no ranking, in words; empty where there is one.
        decisions: the newest of each lot.
        approvals: oldest first.
        stages: every stage entered with its reason and time, oldest first.
        answers_lock: digest, number of answers and of documents at the deadline.
        gaps: declarations and confirmations that are missing, in words.
        public_value: None where a document does not speak of it.
        after: what followed the decision, by lot; lots without anything recorded are absent.
        people: names and addresses as held beside the record, community evaluators included;
            never shown, so that a published document can be searched for them.
        withheld: what the lead withholds: bidder explained, criterion (blank for the further
            reasons), sub-criterion (blank for none).
        released: what the lead lets out in place of the panel's releasable words, likewise.
        logo: of the authority.
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
    public_value: PublicValue | None = None
    after: tuple[AfterAward, ...] = ()
    people: tuple[Person, ...] = field(default=(), repr=False)
    withheld: tuple[tuple[BidderId, CriterionId, str, Withheld], ...] = ()
    released: tuple[tuple[BidderId, CriterionId, str, str], ...] = ()
    logo: AuthorityLogo = NO_LOGO
