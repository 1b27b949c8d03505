"""What goes into a file comes out of it, to the letter."""

import json
import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tendereval.domain.award import Approval, ApprovalOutcome
from tendereval.domain.bidding import (
    Bid,
    Bidder,
    BidStatus,
    Place,
    PriceSubmission,
    Response,
    StoredDocument,
)
from tendereval.domain.errors import Bug, ExchangeProblem
from tendereval.domain.evaluation import (
    Declaration,
    InterestOutcome,
    PanelMember,
    Person,
    Role,
    Score,
    ScoreState,
)
from tendereval.domain.ids import BidderId, CriterionId, LotId, PersonId
from tendereval.domain.method_text import canonical_text, fingerprint
from tendereval.domain.scale import PointRange, ScoreBand, ScoringScale
from tendereval.domain.stages import Stage
from tendereval.domain.tender import (
    AwardCriterion,
    AwardRule,
    CriterionKind,
    Lot,
    Method,
    MethodVersion,
    PriceFormula,
    QualityMarks,
    SubCriterion,
    VersionKind,
    WeightMode,
)
from tendereval.store import beside_record, mapping, recording, rows
from tests.store.tender_files import (
    ACME,
    AT,
    BEST,
    DOCUMENT,
    EVE,
    IN_LOT,
    LEAD,
    LOT,
    PRICE,
    Q1,
    Everything,
    a_full_tender,
    an_empty_tender,
    everything,
    occasion,
    opened,
    typed,
)

BLNS = Path(__file__).parents[3] / "shared" / "cases" / "strings" / "blns.json"
HOSTILE = (
    "",
    "\0",
    "before\0after",
    "'; DROP TABLE score; --",
    "=cmd|' /C calc'!A0",
    "\u202eright to left",
    "e\u0301 and \u00e9",
    "\ufeff\ufffe\uffff",
    "\U0001f469\u200d\U0001f52c\U0010ffff",
    "\r\n\t\x0b\x1b[31m\x7f\x85\u2028",
    "{0} %s %(a)s :bind $1 ?",
    "x" * 40_000,
)
texts = st.text(st.characters(codec="utf-8"), max_size=200)
decimals = st.builds(
    lambda digits, places: Fraction(digits, 10**places),
    st.integers(-(10**40), 10**40),
    st.integers(0, 60),
)
slow = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read_back(path: Path) -> Everything:
    with opened(path, writing=False) as file, file.reading() as reader:
        assert reader.record_faults() == ()
        (clarification,) = reader.clarifications()
        (agreed,) = reader.agreed_scores()
        (sent_back,) = reader.sent_back()
        (reopening,) = reader.reopenings()
        (approval,) = reader.approvals()
        return Everything(
            reader.details(),
            reader.method_versions()[0].method,
            reader.bidders(),
            reader.bids(),
            reader.panel(),
            reader.declarations(),
            reader.responses(),
            clarification,
            reader.prices(),
            reader.scores_with_rationale(),
            agreed,
            reader.confirmations(),
            sent_back,
            reopening,
            reader.decisions()[approval.lot],
            approval,
        )


def newest_score(values: Everything) -> Everything:
    """Leave the scores that ``a_full_tender`` adds later out of the comparison."""
    eve = Score(EVE, IN_LOT, ScoreState.READY, Fraction(3), "It is good enough.", 1, 3, AT)
    return replace(values, scores=(*values.scores, eve))


def test_every_value_comes_back_equal(tmp_path: Path) -> None:
    values = everything()
    assert read_back(a_full_tender(tmp_path / "a.tender", values)) == newest_score(values)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_comes_back_equal_everywhere(tmp_path: Path, text: str) -> None:
    values = everything(text)
    assert read_back(a_full_tender(tmp_path / "a.tender", values)) == newest_score(values)


def test_the_rest_of_a_file_comes_back(tmp_path: Path) -> None:
    values = everything()
    path = a_full_tender(tmp_path / "a.tender", values)
    with opened(path, writing=False) as file, file.reading() as reader:
        assert reader.tender_id() == "t-1"
        assert reader.stage() is Stage.SET_UP
        assert [(stage, why) for stage, why, _at in reader.stage_reasons()] == [(Stage.SET_UP, "")]
        (version,) = reader.method_versions()
        assert version == values.version
        assert reader.people() == {
            LEAD: Person(LEAD, "Léa Lead", "lea@council.example"),
            EVE: Person(EVE, "Eve Aluator", "eve@council.example"),
        }
        (document,) = reader.documents()
        digest = document.id
        assert document == StoredDocument(
            digest, ACME, "answer.pdf", len(DOCUMENT), "application/pdf"
        )
        assert reader.document_content(digest) == DOCUMENT
        assert reader.answers_lock() == ("0" * 64, 2, 1)
        assert [score.revision for score in reader.score_history(IN_LOT)] == [1, 1, 2, 3]
        assert reader.working_text(EVE, "score", IN_LOT)
        assert [response.place for response in reader.late_responses()] == [IN_LOT]
        assert reader.documents_made()[0]["name"] == "award.pdf"
        assert reader.entries()[-1] == reader.head()
        assert all(at == AT for _bid, at in reader.bid_history())


@slow
@given(st.lists(texts, min_size=1, max_size=8))
def test_any_text_comes_back_equal(bodies: list[str]) -> None:
    responses = tuple(
        Response(Place(ACME, CriterionId(f"Q{n}")), body, page=body)
        for n, body in enumerate(bodies)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.tender")
        with an_empty_tender(path) as file, file.change(occasion(reason=bodies[0])) as change:
            recording.add_responses(change, responses)
            recording.add_bidder(change, Bidder(ACME, bodies[0], subcontractors=tuple(bodies)))
            recording.add_document(change, ACME, bodies[-1], b"%PDF", "application/pdf")
        with opened(path) as file, file.reading() as reader:
            assert reader.responses() == responses
            assert reader.bidders()[0].subcontractors == tuple(bodies)
            assert reader.documents()[0].name == bodies[-1]
            assert reader.head().reason == bodies[0]
            assert reader.record_faults() == ()


@slow
@given(st.lists(decimals, min_size=1, max_size=20))
def test_any_decimal_comes_back_exact(amounts: list[Fraction]) -> None:
    prices = tuple(
        PriceSubmission(Place(BidderId(f"b-{n}"), CriterionId("PRICE")), amount)
        for n, amount in enumerate(amounts)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.tender")
        with an_empty_tender(path) as file:
            with file.change(occasion()) as change:
                for price in prices:
                    recording.add_price(change, price)
            with file.reading() as reader:
                assert reader.prices() == prices
                assert reader.record_faults() == ()


def test_every_naughty_string_is_kept_as_name_rationale_and_file_name(tmp_path: Path) -> None:
    if not BLNS.exists():
        pytest.skip("the list of naughty strings does not lie beside this checkout")
    strings: list[str] = json.loads(BLNS.read_text(encoding="utf-8"))
    bidders = tuple(Bidder(BidderId(f"b-{n}"), text) for n, text in enumerate(strings))
    with an_empty_tender(tmp_path / "a.tender") as file:
        with file.change(occasion("naughty strings recorded")) as change:
            for bidder in bidders:
                recording.add_bidder(change, bidder)
                recording.add_document(change, bidder.id, bidder.name, b"x", "text/plain")
            recording.add_scores(
                change,
                [
                    Score(EVE, Place(item.id, CriterionId("Q1")), ScoreState.DRAFT, None, text, 1)
                    for item, text in zip(bidders, strings, strict=True)
                ],
                AT,
            )
        with file.reading() as reader:
            assert reader.bidders() == bidders
            assert [score.rationale for score in reader.scores_with_rationale()] == strings
            assert [document.name for document in reader.documents()] == strings
            assert reader.record_faults() == ()


def test_half_a_character_is_refused_in_words_wherever_it_stands(tmp_path: Path) -> None:
    broken = "Good, because \ud83d"
    with an_empty_tender(tmp_path / "a.tender") as file:
        before = file.path.read_bytes()
        with (
            pytest.raises(ExchangeProblem, match=r"half of a character \(after “Good, because ”"),
            file.change(occasion()) as change,
        ):
            change.append_text(broken)
        with pytest.raises(ExchangeProblem, match="half"), file.change(occasion(reason=broken)):
            pass
        with (
            pytest.raises(ExchangeProblem, match="half"),
            file.change(occasion()) as change,
        ):
            recording.add_bidder(change, Bidder(ACME, "\udc80"))
        with pytest.raises(ExchangeProblem, match="half"), file.beside() as change:
            beside_record.keep_working_text(change, EVE, Q1, typed(broken), AT)
        with pytest.raises(ExchangeProblem, match="half"), file.reading() as reader:
            reader.scores_at(Place(BidderId(broken), CriterionId("Q1")))
        with pytest.raises(ExchangeProblem, match="half"):
            mapping.to_json(everything(broken).details)
        assert file.path.read_bytes() == before


def test_a_number_without_an_end_is_a_bug(tmp_path: Path) -> None:
    with (
        an_empty_tender(tmp_path / "a.tender") as file,
        pytest.raises(Bug),
        file.change(occasion()) as change,
    ):
        recording.add_price(change, PriceSubmission(PRICE, Fraction(1, 3)))


def test_every_kind_of_everything_comes_back(tmp_path: Path) -> None:
    bids = tuple(Bid(ACME, LotId(status), status, "why") for status in BidStatus)
    people = {role: PersonId(f"p-{n}") for n, role in enumerate(Role, start=10)}
    panel = tuple(PanelMember(person, role, f"The {role}") for role, person in people.items())
    outcomes = zip(people.values(), InterestOutcome, strict=False)
    declared = tuple(
        Declaration(person, "An uncle", outcome=outcome) for person, outcome in outcomes
    )
    scores = tuple(
        Score(EVE, Place(ACME, CriterionId(state)), state, None, "", 1, 1, AT)
        for state in ScoreState
    )
    approvals = tuple(
        Approval(LOT, 1, EVE, "Director", outcome, date(2027, 6, 2)) for outcome in ApprovalOutcome
    )
    with an_empty_tender(tmp_path / "a.tender") as file:
        with file.change(occasion()) as change:
            for bid in bids:
                recording.add_bid(change, bid)
            for member in panel:
                recording.add_member(change, member)
            for declaration in declared:
                recording.add_declaration(change, declaration)
            recording.add_scores(change, scores, AT)
            for approval in approvals:
                recording.add_approval(change, approval)
            for stage in Stage:
                recording.add_stage(change, stage, "why")
        with file.reading() as reader:
            assert reader.bids() == bids
            assert reader.panel() == panel
            assert reader.declarations() == declared
            assert reader.scores_with_rationale() == scores
            assert reader.approvals() == approvals
            assert [stage for stage, _why, _at in reader.stage_reasons()][1:] == list(Stage)


def a_method_with_everything(rule: AwardRule) -> Method:
    criteria = tuple(
        AwardCriterion(
            CriterionId(kind), "T", kind, CriterionId("S"), LOT, Fraction("33.3"), "odd",
            Fraction("1.5"), 500, "Q?", "G", formula, (("zero", "refuse"), ("per", "1")),
            ("SDG 8",), "PPN002:1c", (SubCriterion("a", "A"), SubCriterion("b", "B")),
        )
        for kind, formula in zip(CriterionKind, cycle(PriceFormula))
    )  # fmt: skip
    scale = ScoringScale(
        "odd",
        (ScoreBand(Fraction(0), "None", "Nothing.", Fraction("12.5")),),
        (PointRange(Fraction(-1), Fraction(150), Fraction("0.25")),),
    )
    return Method(
        (Lot(LOT, "North", Fraction("1.01")), Lot(LotId("2"))), criteria, (scale,),
        WeightMode.POINTS, rule, (("quality", "60"),), QualityMarks.RELATIVE_TO_BEST, 2, 0,
        Fraction("0.5"), ("highest quality", "draw"), Fraction(2), True, 4, 1,
    )  # fmt: skip


def test_every_version_of_a_method_comes_back(tmp_path: Path) -> None:
    versions = tuple(
        MethodVersion(n, kind, method, fingerprint(method), AT, "why", date(2027, 1, n))
        for n, (kind, method) in enumerate(
            zip(VersionKind, map(a_method_with_everything, AwardRule), strict=False), start=1
        )
    )
    with an_empty_tender(tmp_path / "a.tender") as file:
        with file.change(occasion()) as change:
            for version in versions:
                recording.add_version(change, version, canonical_text(version.method), EVE)
        with file.reading() as reader:
            assert reader.method_versions() == versions
            assert reader.method() == versions[-1].method
            assert [text for _n, text, _f in reader.method_texts()] == [
                canonical_text(version.method) for version in versions
            ]
        with file.change(occasion()) as change:
            recording.set_method_draft(change, versions[0].method)
            assert change.reader.method() == versions[0].method


def test_a_moment_keeps_its_offset_and_microseconds(tmp_path: Path) -> None:
    odd = datetime(2027, 3, 4, 5, 6, 7, 89, timezone(timedelta(hours=5, minutes=45)))
    values = replace(everything(), sent_back=replace(everything().sent_back, recorded_at=odd))
    found = read_back(a_full_tender(tmp_path / "a.tender", values)).sent_back.recorded_at
    assert (found, found.utcoffset()) == (odd, odd.utcoffset())


def test_a_contact_that_becomes_blank_is_blank(tmp_path: Path) -> None:
    with an_empty_tender(tmp_path / "a.tender") as file:
        for email in ("a@acme.example", ""):
            with file.change(occasion()) as change:
                recording.add_bidder(change, Bidder(ACME, "Acme", email=email))
            with file.reading() as reader:
                assert reader.bidders() == (Bidder(ACME, "Acme", email=email),)


def test_a_person_never_gets_the_number_of_another(tmp_path: Path) -> None:
    with opened(a_full_tender(tmp_path / "a.tender")) as file, file.beside() as change:
        change.remove(rows.contact, {"subject": LEAD})
        change.remove(rows.contact, {"subject": EVE})
        assert recording.find_or_add_person(change, "Nora New") == "p-3"


def test_the_same_document_is_kept_once(tmp_path: Path) -> None:
    with opened(a_full_tender(tmp_path / "a.tender")) as file:
        for bidder, name in ((ACME, "answer.pdf"), (BEST, "answer.pdf"), (BEST, "other.pdf")):
            with file.change(occasion()) as change:
                recording.add_document(change, bidder, name, DOCUMENT, "application/pdf")
        with file.reading() as reader:
            names = [(item.bidder, item.name) for item in reader.documents()]
            assert names == [(ACME, "answer.pdf"), (BEST, "answer.pdf"), (BEST, "other.pdf")]
            assert len({item.id for item in reader.documents()}) == 1
