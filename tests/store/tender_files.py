"""A small tender file with a row in every table, and ways to read, copy and spoil it."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

from tendereval.domain.award import Approval, ApprovalOutcome, AwardDecision
from tendereval.domain.bidding import (
    Bid,
    Bidder,
    BidStatus,
    Clarification,
    Place,
    PriceLine,
    PriceSubmission,
    Response,
)
from tendereval.domain.evaluation import (
    Declaration,
    InterestOutcome,
    PanelMember,
    Role,
    Score,
    ScoreState,
)
from tendereval.domain.ids import BidderId, CriterionId, LotId, PersonId
from tendereval.domain.method_text import canonical_text, fingerprint
from tendereval.domain.moderation import AgreedScore, Confirmation, Explanation, Reopening, SentBack
from tendereval.domain.stages import Stage
from tendereval.domain.tender import (
    Method,
    MethodVersion,
    Procedure,
    Regime,
    TenderDetails,
    VersionKind,
)
from tendereval.store import beside_record, lock, recording
from tendereval.store.audit import Actor, Occasion
from tendereval.store.facts import add_fact
from tendereval.store.repository import Reader
from tendereval.store.tender_file import TenderFile
from tendereval.store.unit_of_work import Change
from tests.builders import a_criterion, a_method, a_price
from tests.store.pack_values import PackValues, pack_values, record_packs

AT = datetime(2027, 6, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
LEAD, EVE = PersonId("p-1"), PersonId("p-2")
ACME, BEST = BidderId("b-1"), BidderId("b-2")
LOT = LotId("1")
Q1 = Place(ACME, CriterionId("Q1"))
IN_LOT = Place(BEST, CriterionId("Q2"), LOT)
PRICE = Place(ACME, CriterionId("PRICE"))
DOCUMENT = b"%PDF-1.7 the answer\0" + bytes(range(256)) * 80


@dataclass(frozen=True, slots=True)
class Everything:
    """One or two of each domain value that a file can keep."""

    details: TenderDetails
    method: Method
    bidders: tuple[Bidder, ...]
    bids: tuple[Bid, ...]
    panel: tuple[PanelMember, ...]
    declarations: tuple[Declaration, ...]
    responses: tuple[Response, ...]
    clarification: Clarification
    prices: tuple[PriceSubmission, ...]
    scores: tuple[Score, ...]
    agreed: AgreedScore
    confirmations: tuple[Confirmation, ...]
    sent_back: SentBack
    reopening: Reopening
    decision: AwardDecision
    approval: Approval

    @property
    def version(self) -> MethodVersion:
        return MethodVersion(
            1, VersionKind.PUBLISHED, self.method, fingerprint(self.method), AT, "", None
        )


def everything(text: str = "Because the answer says so.") -> Everything:
    """Make the values; ``text`` stands wherever a person writes freely."""
    method = a_method(a_criterion("Q1", 40), a_criterion("Q2", "20.5", lot="1"), a_price("39.5"))
    return Everything(
        _details(text),
        method,
        (
            Bidder(ACME, "Acme & Sons <Ltd>", "01234567", "1 High Street", "a@acme.example", True),
            Bidder(BEST, "Best plc", lots=(LOT,), subcontractors=(text, "Zed")),
        ),
        (
            Bid(ACME, LOT),
            Bid(BEST, LOT, BidStatus.EXCLUDED, text, *(date(2027, 5, day) for day in (1, 9, 10))),
        ),
        _panel(text),
        _declarations(text),
        (Response(Q1, text), Response(IN_LOT, "", None, "12–14", late=True)),
        Clarification(Q1, text, text, AT, scorable=True, reason=text),
        _prices(text),
        (
            Score(EVE, Q1, ScoreState.READY, Fraction("3.75"), text, 1, 1, AT),
            Score(LEAD, IN_LOT, ScoreState.CANNOT_SCORE, None, text, 1, 1, AT),
        ),
        AgreedScore(
            Q1, Fraction(4), text, text, (Explanation("a", text),), (LEAD, EVE), 1, 1, text,
            elsewhere=True, recorded_at=AT, recorded_by=LEAD,
        ),
        (Confirmation(EVE, Q1, 1, agrees=False, dissent=text, recorded_at=AT),),
        SentBack(Q1, text, AT, is_open=True),
        Reopening(Q1, EVE, text, "1 Acme", "1 Best", AT),
        AwardDecision(LOT, (BEST, ACME), text, 1, AT, LEAD),
        Approval(LOT, 1, EVE, "Director", ApprovalOutcome.APPROVES, date(2027, 6, 2), text),
    )  # fmt: skip


def _details(text: str) -> TenderDetails:
    return TenderDetails(
        "T1",
        text,
        "Borsetshire",
        regime=Regime.PA2023,
        procedure=Procedure.OPEN,
        notice_date=date(2027, 1, 2),
        deadline=datetime(2027, 3, 1, 12, tzinfo=ZoneInfo("Europe/London")),
        estimated_value=Fraction("1250000.55"),
        prices_include_vat=False,
    )


def _panel(text: str) -> tuple[PanelMember, ...]:
    return (
        PanelMember(LEAD, Role.LEAD, "Lead evaluator"),
        PanelMember(
            EVE,
            Role.EVALUATOR,
            "Evaluator 1",
            frozenset({CriterionId("Q1"), CriterionId("Q2")}),
            frozenset({LOT}),
            left=True,
            reason=text,
        ),
    )


def _declarations(text: str) -> tuple[Declaration, ...]:
    return (
        Declaration(LEAD),
        Declaration(
            EVE,
            text,
            (ACME,),
            InterestOutcome.REMOVED_FOR_BIDDERS,
            text,
            frozenset({ACME, BEST}),
        ),
    )


def _prices(text: str) -> tuple[PriceSubmission, ...]:
    return (
        PriceSubmission(PRICE, Fraction("10350.00")),
        PriceSubmission(
            Place(BEST, CriterionId("PRICE"), LOT),
            Fraction("-0.000000000001"),
            (PriceLine(text, Fraction("2.5"), Fraction("-0.0000000000004")),),
        ),
    )


def record(change: Change, values: Everything) -> None:
    """Record all of it in one change."""
    recording.set_contact(change, LEAD, "Léa Lead", "lea@council.example")
    recording.set_contact(change, EVE, "Eve Aluator", "eve@council.example")
    recording.add_details(change, values.details)
    recording.add_version(change, values.version, canonical_text(values.method))
    for bidder in values.bidders:
        recording.add_bidder(change, bidder)
    for bid in values.bids:
        recording.add_bid(change, bid)
    for member in values.panel:
        recording.add_member(change, member)
    for declaration in values.declarations:
        recording.add_declaration(change, declaration)
    recording.add_document(change, ACME, "answer.pdf", DOCUMENT, "application/pdf")
    recording.add_responses(change, values.responses)
    recording.add_answers_lock(change, "0" * 64, 2, 1)
    recording.add_clarification(change, values.clarification)
    for price in values.prices:
        recording.add_price(change, price)
    recording.add_scores(change, values.scores, AT)
    recording.add_agreed(change, values.agreed, LEAD, AT)
    for word in values.confirmations:
        recording.add_confirmation(change, word, AT)
    recording.add_sent_back(change, values.sent_back)
    recording.add_reopening(change, values.reopening)
    recording.add_decision(change, values.decision)
    recording.add_approval(change, values.approval)


def a_holder(process: int | None = None, person: str = "Léa Lead") -> lock.Holder:
    holder = lock.this_process(person, AT.isoformat())
    number = holder.process if process is None else process
    return lock.Holder(holder.host, number, person, holder.since)


def occasion(kind: str = "something recorded", reason: str = "") -> Occasion:
    return Occasion(
        kind, Actor(LEAD, "test"), AT, {"thing": "1"}, {"text after": "ab" * 32}, reason
    )


def an_empty_tender(path: Path) -> TenderFile:
    """Make a file with an identity, a stage and nothing else; it stays open."""
    file = TenderFile.create(path, a_holder())
    with file.change(occasion("tender made")) as change:
        recording.add_identity(change, "t-1", "0.1.0")
        recording.add_stage(change, Stage.SET_UP)
        recording.set_method_draft(change, Method())
        recording.add_details(change, TenderDetails())
    return file


def a_full_tender(
    path: Path, values: Everything | None = None, packs: PackValues | None = None
) -> Path:
    """Make a closed file with a row in every table."""
    with an_empty_tender(path) as file:
        with file.change(occasion("everything recorded", "a reason")) as change:
            record(change, values or everything())
            record_packs(change, packs or pack_values())
            add_fact(change, "a fact", "b-1", ("told", "twice"))
        for points in ("1", "2.5", "3"):
            add_score(file, points)
        with file.beside() as change:
            recording.set_method_draft(change, Method())
            beside_record.keep_working_text(change, EVE, IN_LOT, typed("half a sent"), AT)
            beside_record.add_document_made(
                change,
                {
                    "made_at": AT.isoformat(),
                    "kind": "award",
                    "name": "award.pdf",
                    "sha256": "0" * 64,
                    "head": change.reader.head().hash,
                    "made_by": LEAD,
                },
            )
    return path


def typed(body: str) -> dict[str, str | None]:
    return {"kind": "score", "points": None, "state": "draft", "body": body}


def add_score(file: TenderFile, points: str = "2", rationale: str = "It is good enough.") -> int:
    """Append the next revision of one score and return its number."""
    with file.change(occasion("score recorded")) as change:
        earlier = change.reader.current_score(EVE, IN_LOT)
        revision = earlier.revision + 1 if earlier else 1
        score = Score(EVE, IN_LOT, ScoreState.READY, Fraction(points), rationale, 1, revision)
        recording.add_scores(change, (score,), AT)
    return revision


def opened(path: Path, *, writing: bool = True, take_over: bool = False) -> TenderFile:
    return TenderFile.open(path, a_holder() if writing else None, AT, take_over=take_over)


QUESTIONS: Mapping[str, Callable[[Reader], object]] = {
    name: getattr(Reader, name)
    for name in [
        "tender_id",
        "stage",
        "stage_reasons",
        "details",
        "method",
        "method_versions",
        "method_texts",
        "bidders",
        "bids",
        "bid_history",
        "panel",
        "people",
        "count_of_people",
        "declarations",
        "responses",
        "documents",
        "answers_lock",
        "clarifications",
        "prices",
        "decisions",
        "approvals",
        "head",
        "entries",
        "record_faults",
        "documents_made",
        "has_working_texts",
        "scores",
        "scores_with_rationale",
        "disagreements",
        "agreed_points",
        "agreed_scores",
        "agreed_history",
        "confirmations",
        "sent_back",
        "sent_back_history",
        "reopenings",
        "aliases",
        "names_revealed",
        "name_decisions",
        "tender_keys",
        "tender_key_history",
        "signed_heads",
        "contact_keys",
        "packs_made",
        "collected",
        "packs_opened",
        "returns_made",
        "receipts",
    ]
}


def read_everything(reader: Reader) -> dict[str, object]:
    """Ask every question there is."""
    answers = {name: question(reader) for name, question in QUESTIONS.items()}
    for place in (Q1, IN_LOT):
        answers[f"at {place}"] = (
            reader.scores_at(place),
            reader.score_history(place),
            reader.current_score(EVE, place),
            reader.agreed_at(place),
            reader.working_text(EVE, "score", place),
        )
    answers["facts"] = reader.facts("a fact", tuple[str, ...])
    answers["fact history"] = reader.fact_history("a fact", tuple[str, ...])
    answers["returns"] = [
        (reader.collected_plain(item.sha256), reader.sealed_original(item.sha256))
        for item in reader.collected()
    ]
    answers["sealed keys"] = [
        reader.sealed_keys(keys.signing) for keys, *_rest in reader.tender_key_history()
    ]
    answers["content"] = [reader.document_content(item.id) for item in reader.documents()]
    return answers


@contextmanager
def by_hand(path: Path, *, without_triggers: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the file as somebody with an editor for databases would; commits at the end."""
    with closing(sqlite3.connect(path)) as raw:
        if without_triggers:
            found = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = found.fetchall()
            for name, _sql in triggers:
                raw.execute(f"DROP TRIGGER {name}")
        yield raw
        if without_triggers:
            for _name, sql in triggers:
                raw.execute(sql)
        raw.commit()


def left_beside(path: Path) -> list[str]:
    """Return what lies beside a file: a lock, a journal, a back-up."""
    return sorted(item.name for item in path.parent.iterdir() if item != path)
