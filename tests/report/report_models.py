"""Report models for tests of documents: a transport tender, a large one, a hostile one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from tendereval.domain.award import Approval, ApprovalOutcome, AwardDecision
from tendereval.domain.bidding import (
    Bid,
    Bidder,
    BidStatus,
    Clarification,
    Place,
    StoredDocument,
    current_bids,
)
from tendereval.domain.evaluation import (
    Declaration,
    InterestOutcome,
    PanelMember,
    Role,
    Score,
    ScoreState,
)
from tendereval.domain.ids import BidderId, CriterionId, DocumentId, LotId, PersonId
from tendereval.domain.method_text import fingerprint
from tendereval.domain.moderation import AgreedScore, Confirmation, Explanation
from tendereval.domain.ranking import BidInput, rank_lot
from tendereval.domain.report_model import RecordHead, ReportModel
from tendereval.domain.scale import ScoreBand, ScoringScale
from tendereval.domain.stages import Stage
from tendereval.domain.tender import (
    ONLY_LOT,
    AwardCriterion,
    BuyerType,
    CriterionKind,
    Method,
    MethodVersion,
    SubCriterion,
    TenderDetails,
    VersionKind,
)
from tests.builders import a_criterion, a_method, a_price, a_section, a_tender_details

AT = datetime(2026, 12, 1, 10, 31, tzinfo=UTC)
HEAD = RecordHead(412, "a93f21d8" + "0" * 56, datetime(2026, 12, 18, 9, tzinfo=UTC), "t-1")
LEAD, ONE, TWO, COMMUNITY, APPROVER = (
    PersonId(f"p-{name}") for name in ("lead", "one", "two", "community", "approver")
)
NAMES: Mapping[PersonId, str] = {
    LEAD: "Rhian Davies",
    ONE: "Llŷr Hughes",
    TWO: "Amina Yusuf",
    COMMUNITY: "Community member 1",
    APPROVER: "Owain Gŵyther",
}
GWYN, VALE, NORTHGATE, HARBOUR, SWIFT = (
    BidderId(f"b-{name}") for name in ("gwyn", "vale", "northgate", "harbour", "swift")
)
LABELS = ("No answer", "Poor", "Partial", "Satisfactory", "Good", "Excellent")


def a_published_scale() -> ScoringScale:
    """Make a scale of 0 to 5 with labels and wording."""
    bands = (
        ScoreBand(Fraction(points), label, f"What {label.lower()} means to the panel.")
        for points, label in enumerate(LABELS)
    )
    return ScoringScale("0-5", tuple(bands))


def transport_method() -> Method:
    """Make the method of the transport tender: three sections and a price, rounded to 2."""
    weights = {"S1": (10, 12, 10, 8), "S2": (6, 5, 4), "S3": (6, 5, 4)}
    titles = {"S1": "Service quality", "S2": "Social value", "S3": "Public value"}
    refs = {"S1": "Q", "S2": "SV", "S3": "PV"}
    rows: list[AwardCriterion] = [
        a_criterion("CP1", kind=CriterionKind.CONDITION_OF_PARTICIPATION),
        a_criterion("RQ1", kind=CriterionKind.REQUIREMENT),
    ]
    for section, parts in weights.items():
        rows.append(replace(a_section(section, sum(parts)), title=titles[section]))
        for number, weight in enumerate(parts, 1):
            ref = f"{refs[section]}{number}"
            row = a_criterion(ref, weight, parent=section, minimum=2 if ref == "Q1" else None)
            rows.append(replace(row, question=f"How will you do {ref}?", sub_criteria=_subs(ref)))
    method = replace(a_method(*rows, a_price(30)), scales=(a_published_scale(),))
    return replace(
        method,
        round_marks_to=2,
        close_margin=Fraction(2),
        tie_break=("highest Q4",),
    )


def _subs(ref: str) -> tuple[SubCriterion, ...]:
    return (SubCriterion(f"{ref}.1", "What is done."), SubCriterion(f"{ref}.2", "How it is known."))


SCORES: Mapping[BidderId, tuple[int, ...]] = {
    GWYN: (3, 4, 4, 3, 4, 3, 3, 4, 3, 3),
    VALE: (4, 3, 4, 4, 3, 3, 3, 2, 3, 3),
    NORTHGATE: (3, 3, 4, 4, 3, 3, 3, 2, 3, 4),
    HARBOUR: (1, 3, 3, 3, 3, 3, 3, 3, 3, 3),
}
PRICES: Mapping[BidderId, Fraction] = {
    GWYN: Fraction(1183200),
    VALE: Fraction(1133750),
    NORTHGATE: Fraction(1088400),
    HARBOUR: Fraction(900000),
}


def details() -> TenderDetails:
    """Make the details of the transport tender."""
    return replace(
        a_tender_details("BEC-2026-041", "Community transport", "Bro Elwy Council"),
        buyer_type=BuyerType.DEVOLVED_WELSH,
        notice_date=date(2026, 9, 1),
        contract_start=date(2027, 4, 1),
        contract_end=date(2030, 3, 31),
        estimated_value=Fraction(1180000),
        estimated_value_includes_vat=False,
        prices_include_vat=False,
    )


def transport_bidders() -> tuple[Bidder, ...]:
    """Make five bidders."""
    return (
        Bidder(GWYN, "Tŷ Gwyn Community Transport CIC", "GB-COH-1", sme=True, vcse=True),
        Bidder(VALE, "Vale Coaches Ltd", sme=False, vcse=False, subcontractors=("Relief Drivers",)),
        Bidder(NORTHGATE, "Northgate Mobility Ltd"),
        Bidder(HARBOUR, "Harbour Minibus Co-operative Ltd", sme=True, vcse=False),
        Bidder(SWIFT, "Swift Passenger Services Ltd"),
    )


def transport() -> ReportModel:
    """Make the transport tender at stage ``award``, decided and recommended, not approved."""
    method, bidders = transport_method(), transport_bidders()
    withdrawn = Bid(SWIFT, ONLY_LOT, BidStatus.WITHDRAWN, "Withdrew by letter.")
    bids = current_bids((ONLY_LOT,), bidders, (withdrawn,))
    agreed = tuple(_agreed(method, bidder, points) for bidder, points in SCORES.items())
    every = tuple(item for items in agreed for item in items)
    version = MethodVersion(1, VersionKind.PUBLISHED, method, fingerprint(method), AT)
    model = ReportModel(
        stage=Stage.AWARD,
        details=details(),
        method=method,
        versions=(version,),
        bidders=bidders,
        bids=bids,
        bid_history=((withdrawn, AT),),
        panel=_panel(method),
        names=NAMES,
        declarations=_declarations(),
        responses=(),
        documents=(StoredDocument(DocumentId("d" * 64), GWYN, "tender.pdf", 1000),),
        clarifications=(
            Clarification(
                Place(GWYN, CriterionId("Q2")), "Which day?", "Sunday.", AT, True, "Plain."
            ),
        ),
        scores=tuple(_individual(item, who) for item in every for who in (ONE, TWO)),
        score_history=(),
        agreed=every,
        agreed_history=every,
        confirmations=tuple(_confirmation(item, who) for item in every for who in (ONE, TWO)),
        sent_back=(),
        reopenings=(),
        rankings=(),
        not_ranked_because="",
        decisions={
            ONLY_LOT: AwardDecision(ONLY_LOT, (GWYN,), "It has the most marks.", 1, AT, LEAD)
        },
        approvals=(_approval(LEAD, ApprovalOutcome.RECOMMENDS),),
        stages=tuple(
            (stage, "", AT + timedelta(hours=at)) for at, stage in enumerate(list(Stage)[:6])
        ),
        answers_lock=("ab" * 32, 50, 1),
        gaps=(),
        head=HEAD,
    )
    return ranked(model, PRICES)


def _panel(method: Method) -> tuple[PanelMember, ...]:
    judged = frozenset(row.ref for row in method.criteria if row.kind.is_judged)
    return (
        PanelMember(LEAD, Role.LEAD, "Lead"),
        PanelMember(ONE, Role.EVALUATOR, "Evaluator 1", judged),
        PanelMember(TWO, Role.EVALUATOR, "Evaluator 2", judged),
        PanelMember(COMMUNITY, Role.COMMUNITY, "Community member 1", frozenset()),
        PanelMember(APPROVER, Role.APPROVER, "Approver 1"),
    )


def _declarations() -> tuple[Declaration, ...]:
    managed = InterestOutcome.MANAGED
    return (
        Declaration(LEAD),
        Declaration(ONE, "My cousin drives for Vale.", (VALE,), managed, "Speaks last."),
        Declaration(TWO),
        Declaration(COMMUNITY),
        Declaration(APPROVER),
    )


def _agreed(method: Method, bidder: BidderId, points: Sequence[int]) -> list[AgreedScore]:
    found = []
    scored = [row for row in method.criteria if row.kind.is_scored]
    passed = [row for row in method.criteria if row.kind.is_pass_or_fail]
    given = [*((row, 1) for row in passed), *zip(scored, points, strict=True)]
    for row, value in given:
        place = Place(bidder, row.ref)
        name = f"{row.ref} {bidder}"
        told = tuple(Explanation(sub.ref, f"On {sub.ref}, {bidder}.") for sub in row.sub_criteria)
        found.append(
            AgreedScore(
                place,
                Fraction(value),
                f"The panel’s rationale for {name}.",
                f"What may be released for {name}.",
                told,
                (LEAD, ONE, TWO),
                1,
                recorded_at=AT,
                recorded_by=LEAD,
            )
        )
    return found


def _individual(item: AgreedScore, who: PersonId = ONE) -> Score:
    text = f"{NAMES[who]} on {item.place.criterion} {item.place.bidder}."
    return Score(who, item.place, ScoreState.READY, item.points, text, 1, 1, AT)


def _confirmation(item: AgreedScore, who: PersonId = ONE) -> Confirmation:
    return Confirmation(who, item.place, item.revision, agrees=True, recorded_at=AT)


def _approval(person: PersonId, outcome: ApprovalOutcome, lot: LotId = ONLY_LOT) -> Approval:
    return Approval(lot, 1, person, "Head of Procurement", outcome, date(2026, 12, 18))


def approved(model: ReportModel) -> ReportModel:
    """Let the approver approve the decision of every lot."""
    given = tuple(_approval(APPROVER, ApprovalOutcome.APPROVES, lot) for lot in model.decisions)
    return replace(model, approvals=(*model.approvals, *given))


def ranked(model: ReportModel, prices: Mapping[BidderId, Fraction]) -> ReportModel:
    """Rank every lot of a model; each price serves every lot and price criterion."""
    names = {bidder.id: bidder.name for bidder in model.bidders}
    points = {(item.place.bidder, item.place.criterion): item.points for item in model.agreed}
    found = []
    for lot in model.method.lots:
        rows = list(model.method.in_lot(lot.ref))
        priced = [row.ref for row in rows if row.kind is CriterionKind.PRICE]
        inputs = [
            BidInput(
                bid.bidder,
                names[bid.bidder],
                bid,
                {
                    row.ref: points[bid.bidder, row.ref]
                    for row in rows
                    if (bid.bidder, row.ref) in points
                },
                {ref: prices[bid.bidder] for ref in priced if bid.bidder in prices},
            )
            for bid in model.bids
            if bid.lot == lot.ref
        ]
        found.append(rank_lot(model.method, lot.ref, inputs))
    return replace(model, rankings=tuple(found))


def at_stage(model: ReportModel, stage: Stage) -> ReportModel:
    """Show a model as the service fills it at an earlier stage."""
    hidden = stage.position < Stage.PRICE.position
    early = stage.position < Stage.MODERATION.position
    return replace(
        model,
        stage=stage,
        scores=() if early else model.scores,
        rankings=() if hidden else model.rankings,
        not_ranked_because="Not yet." if hidden else "",
    )


def large(bidders: int = 40, questions: int = 60, text: str = "Enough is said.") -> ReportModel:
    """Make a tender of many bidders and questions whose marks do not all end."""
    base = transport()
    rows = [a_section("S1")]
    rows += [a_criterion(f"Q{n}", 1, parent="S1") for n in range(1, questions + 1)]
    price = a_price(100 - questions if questions < 100 else 40)
    method = replace(a_method(*rows, price), scales=(a_published_scale(),))
    people = tuple(
        Bidder(BidderId(f"b-{n}"), f"Bidder number {n} Ltd") for n in range(1, bidders + 1)
    )
    agreed = tuple(
        AgreedScore(
            Place(bidder.id, row.ref), Fraction((at + by) % 6), text, text, (), (LEAD, ONE), 1
        )
        for by, bidder in enumerate(people)
        for at, row in enumerate(method.criteria)
        if row.kind.is_scored
    )
    version = MethodVersion(1, VersionKind.PUBLISHED, method, fingerprint(method), AT)
    model = replace(
        base,
        method=method,
        versions=(version,),
        bidders=people,
        bids=current_bids((ONLY_LOT,), people, ()),
        bid_history=(),
        declarations=(),
        documents=(),
        clarifications=(),
        agreed=agreed,
        agreed_history=agreed,
        scores=tuple(replace(_individual(item), rationale=text) for item in agreed),
        confirmations=tuple(_confirmation(item) for item in agreed),
        decisions={},
        approvals=(),
    )
    return ranked(model, {bidder.id: Fraction(1000 + 7 * n) for n, bidder in enumerate(people)})


HOSTILE = (
    "Smith & Sons <Ltd>",
    "=cmd|'/c calc'!A0 {0} {name} %s",
    "a\x00b\x07c\u200b\u202eevil\u2066",
    "שלום العربية 漢字 😀 ŵŷ ﬁ",
    "unbroken" * 400,
    "line one\nline two\r\n\r\nnew paragraph\ttab\x0bvertical",
    "(brackets) \\ back\\slash ((",
    "\ud7ff\ufffe\uffff \U0010ffff",
)


def hostile() -> ReportModel:
    """Make the transport tender with strings that break careless documents."""
    model = transport()
    texts = [HOSTILE[at % len(HOSTILE)] for at in range(len(model.agreed))]
    agreed = tuple(
        replace(
            item,
            rationale=text,
            releasable_rationale=text,
            explanations=tuple(replace(one, text=text) for one in item.explanations),
        )
        for item, text in zip(model.agreed, texts, strict=True)
    )
    bidders = tuple(
        replace(
            bidder,
            name=f"{HOSTILE[at]} {at}",
            identifier=HOSTILE[at],
            subcontractors=(HOSTILE[at],),
        )
        for at, bidder in enumerate(model.bidders)
    )
    criteria = tuple(
        replace(row, title=HOSTILE[at % len(HOSTILE)], question=HOSTILE[(at + 3) % len(HOSTILE)])
        for at, row in enumerate(model.method.criteria)
    )
    names = {person: HOSTILE[at] for at, person in enumerate(NAMES)}
    method = replace(model.method, criteria=criteria)
    model = replace(
        model,
        details=replace(
            model.details, title=HOSTILE[4], authority=HOSTILE[0], reference=HOSTILE[5]
        ),
        method=method,
        bidders=bidders,
        names=names,
        agreed=agreed,
        scores=tuple(
            replace(item, rationale=text)
            for item, text in zip(model.scores, texts + texts, strict=True)
        ),
        documents=(StoredDocument(DocumentId("d" * 64), GWYN, HOSTILE[4], 1000),),
        gaps=HOSTILE,
    )
    return ranked(model, PRICES)
