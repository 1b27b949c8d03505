"""The version for publication: what is left out of it, and that every omission is marked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tendereval.domain.award import AwardDecision
from tendereval.domain.bidding import Bid, BidStatus, Place
from tendereval.domain.evaluation import Declaration, InterestOutcome, Person
from tendereval.domain.exact import money
from tendereval.domain.ids import CriterionId, LotId, PersonId
from tendereval.domain.report_model import ReportModel
from tendereval.domain.stages import Stage
from tendereval.domain.summaries import Limb, Withheld
from tendereval.domain.tender import ONLY_LOT, Regime
from tendereval.reports.award_names_left import names_left
from tendereval.reports.award_report import award_report, published_award_report
from tendereval.reports.outline import Document, Figure
from tendereval.reports.pdf import write_pdf
from tendereval.reports.phrases import days
from tests.report.award_texts import DECIDED_AT, decided, differing, every_text
from tests.report.outline_reading import all_text, headings, of_kind, section
from tests.report.pdf_reading import failures, page_texts
from tests.report.public_value_models import valued
from tests.report.report_models import (
    APPROVER,
    COMMUNITY,
    GWYN,
    HARBOUR,
    LEAD,
    NAMES,
    NORTHGATE,
    ONE,
    PRICES,
    SWIFT,
    TWO,
    VALE,
    approved,
    hostile,
    large,
    transport,
)
from tests.report.report_variants import changed, lots

LOSERS = (VALE, NORTHGATE, HARBOUR, SWIFT)
MODELS: dict[str, Callable[[], ReportModel]] = {
    "transport": lambda: decided(valued(changed(transport()))),
    "approved": lambda: approved(decided()),
    "lots": lambda: decided(lots()),
    "one bidder": lambda: decided(large(bidders=1, questions=3)),
    "nobody awarded": lambda: replace(transport(), decisions={}),
    "hostile": lambda: decided(hostile()),
}
SIGNS = st.text(alphabet="qxzjkŵÉÿ", min_size=3, max_size=8)
PEOPLE = st.lists(st.tuples(SIGNS, SIGNS), min_size=5, max_size=5, unique=True)


def published(model: ReportModel | None = None) -> Document:
    return published_award_report(decided() if model is None else model)


def text_of(model: ReportModel | None = None) -> str:
    return every_text(published(model))


@pytest.mark.parametrize("name", MODELS)
def test_the_version_for_publication_conforms(name: str, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(published(MODELS[name]()), path)
    assert failures(path) == []
    assert all(text.strip() for text in page_texts(path))


def test_forty_bidders_and_sixty_questions_conform(tmp_path: Path) -> None:
    path, model = tmp_path / "out.pdf", large()
    winner = AwardDecision(ONLY_LOT, (model.bidders[3].id,), "Most marks.", 1, DECIDED_AT, LEAD)
    write_pdf(published(replace(model, decisions={ONLY_LOT: winner})), path)
    assert failures(path) == []


def test_the_same_model_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = {write_pdf(published(), tmp_path / f"{n}.pdf") for n in range(2)}
    assert len(digests) == 1


def told_everywhere(model: ReportModel, told: str) -> ReportModel:
    """Write a text into every free text that people write into a record."""
    reopened = changed(model)
    return replace(
        reopened,
        details=replace(model.details, procedure=None),
        bid_history=tuple((replace(bid, reason=told), at) for bid, at in model.bid_history),
        bids=tuple(replace(bid, reason=told) for bid in model.bids),
        panel=tuple(replace(one, reason=told) for one in model.panel),
        declarations=tuple(
            replace(one, interest=told, how=told, outcome=InterestOutcome.MANAGED)
            for one in model.declarations
        ),
        clarifications=tuple(
            replace(one, question=told, answer=told, reason=told) for one in model.clarifications
        ),
        scores=tuple(replace(one, rationale=f"{told} INNER") for one in model.scores),
        agreed=tuple(
            replace(
                one,
                rationale=f"{told} INNER",
                releasable_rationale=f"Outside {told}, outside.",
                reason=f"{told} INNER",
            )
            for one in reopened.agreed
        ),
        agreed_history=tuple(
            replace(one, rationale=f"{told} INNER", reason=f"{told} INNER")
            for one in reopened.agreed_history
        ),
        confirmations=tuple(
            replace(one, dissent=f"{told} INNER") for one in reopened.confirmations
        ),
        sent_back=tuple(replace(one, reason=f"{told} INNER") for one in reopened.sent_back),
        reopenings=tuple(
            replace(one, reason=f"{told} INNER", order_before=told) for one in reopened.reopenings
        ),
        decisions={
            lot: replace(one, rationale=f"Because {told}.") for lot, one in model.decisions.items()
        },
        approvals=tuple(replace(one, statement=told, role=told) for one in model.approvals),
        stages=tuple((stage, told, at) for stage, _, at in model.stages),
        documents=tuple(replace(one, name=told) for one in model.documents),
        gaps=(told,),
    )


@given(names=PEOPLE, separator=st.sampled_from([" ", "  ", "\u00a0", "\n"]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_panel_members_name_no_address_and_no_inner_rationale_is_published(
    names: list[tuple[str, str]], separator: str
) -> None:
    ids = (LEAD, ONE, TWO, COMMUNITY, APPROVER)
    model = approved(decided())
    called = {one: f"{first} {last}" for one, (first, last) in zip(ids, names, strict=True)}
    people = tuple(Person(one, name, f"{one}@council.example") for one, name in called.items())
    told = "; ".join(
        [separator.join(pair) for pair in names]
        + [f"Cllr {last}" for _, last in names]
        + [person.email for person in people]
        + ["someone.else+tender@mail.example.org", "bare@host"]
    )
    shown = {**called, COMMUNITY: NAMES[COMMUNITY]}
    text = text_of(replace(told_everywhere(model, told), names=shown, people=people))
    folded = " ".join(text.split()).casefold()
    for first, last in names:
        assert f"{first} {last}".casefold() not in folded
        assert f"cllr {last}".casefold() not in folded
    assert "@" not in text
    assert "INNER" not in text
    assert "Outside " in text


def test_people_are_called_by_label_and_approvers_by_office() -> None:
    text = text_of(approved(decided()))
    for person, name in NAMES.items():
        assert person == COMMUNITY or name not in text
    assert "Present: Lead, Evaluator 1 and Evaluator 2." in text
    assert "Recorded by Lead on" in text


def test_a_label_that_gives_a_name_away_is_not_used() -> None:
    model = decided()
    panel = tuple(replace(one, label=f"{NAMES[one.person]} (lead)") for one in model.panel)
    text = text_of(replace(model, panel=panel))
    assert "Rhian" not in text
    assert "Lead evaluator" in text
    assert "Evaluator 2" in text


def test_two_people_never_share_a_label() -> None:
    model = decided()
    panel = tuple(replace(one, label="Panel") for one in model.panel)
    text = text_of(replace(model, panel=panel))
    assert "Evaluator 1" in text
    assert "Evaluator 2" in text


def test_an_office_that_names_its_holder_is_not_printed() -> None:
    model = decided()
    given_by = replace(model.approvals[0], person=PersonId("p-x"), role="Ann Lloyd, Director")
    names = {**model.names, PersonId("p-x"): "Ann Lloyd"}
    assert "Ann Lloyd" not in text_of(replace(model, approvals=(given_by,), names=names))


def test_unsuccessful_tenders_have_a_letter_a_total_and_a_rank_and_nothing_else() -> None:
    model = decided()
    text = text_of(model)
    names = {bidder.id: bidder.name for bidder in model.bidders}
    for loser in LOSERS:
        assert names[loser] not in text
        assert f"for Q1 {loser}" not in text
        price = PRICES.get(loser)
        assert price is None or money(price) not in text
    assert "Tender A | – | 75.20" in text
    assert "Tender B | – | 75.20" in text
    assert "1 | Tŷ Gwyn Community Transport CIC | £1,183,200.00 | 76.40" in text
    results = section(published(model), "Results")
    assert of_kind(results, Figure) == []


def test_losers_names_and_prices_are_taken_out_of_texts_that_people_wrote() -> None:
    model = decided()
    told = "Vale Coaches Ltd asks £1,133,750, NORTHGATE  Mobility Ltd £1,088,400.00; we £1,183,200."
    agreed = tuple(replace(one, releasable_rationale=told) for one in model.agreed)
    text = text_of(replace(model, agreed=agreed))
    assert "(amount left out)" in text
    for secret in ("Vale Coaches", "1,133,750", "NORTHGATE", "1,088,400"):
        assert secret not in text
    assert "we £1,183,200." in text


def test_reasons_for_the_decision_lose_the_passages_that_tell_of_an_unsuccessful_tender() -> None:
    model = decided()
    passages = (
        "It keeps its promises.",
        "VALE COACHES was agreed at 1 for Q3, and its price was the lowest.",
        "The result is close.",
    )
    decision = replace(model.decisions[ONLY_LOT], rationale="\n \n".join(passages))
    text = text_of(replace(model, decisions={ONLY_LOT: decision}))
    instead = "Left out of the published version: a passage that names an unsuccessful supplier."
    assert text.count(instead) == 1
    assert text.index(passages[0]) < text.index(instead) < text.index(passages[2])
    assert "agreed at 1" not in text


def test_the_published_version_tells_of_every_day_of_moderation() -> None:
    model = decided()
    first, *others = model.agreed
    assert first.place.bidder == GWYN
    assert first.recorded_at is not None
    later = first.recorded_at + timedelta(days=1)
    lost = tuple(
        one if one.place.bidder == GWYN else replace(one, recorded_at=later) for one in others
    )
    model = replace(model, agreed=(first, *lost))
    told = f"moderated on {days([first.recorded_at.date(), later.date()])}"
    assert told in every_text(award_report(model))
    assert told in text_of(model)


def test_a_first_name_alone_is_shown_and_left_to_people() -> None:
    model = decided()
    assert names_left(model, published(model)) == ()
    texts = ("Rhian found it sound. As Davies says.", "Sound, as Rhian found.", "Vale is a valley.")
    agreed = tuple(
        replace(one, releasable_rationale=texts[at] if at < len(texts) else "Sound.")
        for at, one in enumerate(item for item in model.agreed if item.place.bidder == GWYN)
    )
    model = replace(model, agreed=agreed)
    document = published(model)
    assert "Rhian found it sound." in every_text(document)
    assert names_left(model, document) == (
        "“Rhian” may be somebody’s name, 2 times, first: “Rhian found it sound.”",
        "“Davies” may be somebody’s name: “As Davies says.”",
    )


def test_the_winner_keeps_scores_marks_price_and_releasable_reasons() -> None:
    text = text_of()
    assert "What may be released for Q2 b-gwyn." in text
    assert "4 ÷ 5 × 12 = 9.60 marks." in text
    assert "On Q2.1, b-gwyn." in text
    assert "The panel’s rationale" not in text
    assert "4 Evaluator 1." in text


def test_what_the_lead_withholds_is_left_out_with_its_limb() -> None:
    withheld = (
        (GWYN, CriterionId("Q2"), "", Withheld(Limb.COMMERCIAL, "A secret method.")),
        (GWYN, CriterionId("Q3"), "Q3.1", Withheld(Limb.NATIONAL_SECURITY, "A site.")),
    )
    text = text_of(replace(decided(), withheld=withheld))
    assert "What may be released for Q2 b-gwyn." not in text
    assert "On Q3.1, b-gwyn." not in text
    assert "On Q3.2, b-gwyn." in text
    assert "Withheld under section 94(1)(b) of the Procurement Act 2023" in text
    assert "Withheld under section 94(1)(a) of the Procurement Act 2023" in text
    assert "A secret method." not in text
    inside = all_text(award_report(replace(decided(), withheld=withheld)))
    assert "Q2, Tŷ Gwyn Community Transport CIC: s.94(1)(b)" in inside
    assert "A secret method." not in inside


def test_a_price_goes_with_its_explanation_where_that_is_withheld() -> None:
    model = decided()
    price = next(
        row.ref for row in model.method.criteria if row.ref.startswith("P") and row.formula
    )
    item = (GWYN, price, "", Withheld(Limb.COMMERCIAL, "Why."))
    assert "£1,183,200" in text_of(model)
    assert "£1,183,200" not in text_of(replace(model, withheld=(item,)))


def test_the_leads_words_stand_in_place_of_the_panels_releasable_ones() -> None:
    said = ((GWYN, CriterionId("Q2"), "", "The lead’s words."),)
    text = text_of(replace(decided(), released=said))
    assert "The lead’s words." in text
    assert "What may be released for Q2 b-gwyn." not in text


@pytest.mark.parametrize(
    "what",
    [
        "what was declared",
        "the reason",
        "the suppliers of unsuccessful tenders",
        "the results of unsuccessful tenders",
        "what was asked and answered, as it tells what tenders say",
        "the scores of unsuccessful tenders",
        "the scores, marks and prices of unsuccessful tenders",
        "prices of unsuccessful tenders, the lowest price among them",
        "the scores and reasons of unsuccessful tenders",
        "the panel’s own rationale",
        "what each evaluator wrote",
        "the words of a dissent",
        "the texts and reasons of what stood before",
        "why the answer was sent back",
        "why it was reopened, and the order of tenders before and after",
        "reasons recorded for a stage",
        "names and fingerprints of suppliers’ documents",
        "signatures",
        "findings on unsuccessful tenders",
        "warnings that tell prices or marks of unsuccessful tenders",
    ],
)
def test_every_omission_is_marked_in_its_place(what: str) -> None:
    text = text_of(valued(told_everywhere(decided(changed(transport())), "Why.")))
    assert f"Left out of the published version: {what}." in text


def test_nothing_is_marked_that_was_not_there() -> None:
    text = text_of(one_alone())
    assert "unsuccessful tenders." not in text.replace("of unsuccessful tenders are", "")
    assert "subcontractors." not in section_text(one_alone(), "Tenders received")


def one_alone() -> ReportModel:
    model = decided(large(bidders=1, questions=3))
    decision = AwardDecision(ONLY_LOT, (model.bidders[0].id,), "Alone.", 1, DECIDED_AT, LEAD)
    return replace(model, decisions={ONLY_LOT: decision})


def section_text(model: ReportModel, title: str) -> str:
    return all_text(section(published(model), title))


def test_it_says_what_it_leaves_out_under_which_law() -> None:
    decision = section(published(), "Decision")
    assert [item.text for item in headings(decision, 2)] == ["What this version leaves out"]
    assert "Procurement Act 2023, s.99" in all_text(decision)
    other = decided()
    other = replace(other, details=replace(other.details, regime=Regime.SCOTLAND))
    assert "s.99" not in text_of(other)
    assert published().title == "Award report for publication: Community transport"


def test_a_supplier_that_wins_one_lot_is_lettered_in_the_other() -> None:
    model = decided(lots())
    text = text_of(model)
    assert "Award Lot N: North to Tŷ Gwyn Community Transport CIC" in text
    assert "Do not award Lot S." in text
    south = [one.name for one in model.rankings[1].ranked]
    results = all_text(section(published(model), "Results"))
    before, after = results.split("Lot S", 1)
    assert "Tŷ Gwyn" in before
    assert not any(name in after for name in south)
    assert "Tender A of lot S" in after


def test_letters_are_the_same_every_time_and_follow_the_rank() -> None:
    assert text_of() == text_of()
    model = decided()
    winner = replace(model.decisions[ONLY_LOT], bidders=(VALE,))
    text = text_of(replace(model, decisions={ONLY_LOT: winner}))
    assert "1 | Tender A | – | 76.40" in text


def test_statuses_keep_their_ground_and_lose_their_reason() -> None:
    model = decided()
    low = Bid(NORTHGATE, ONLY_LOT, BidStatus.EXCLUDED, "Fraud.", *(DECIDED_AT.date(),) * 3)
    bids = tuple(low if bid.bidder == NORTHGATE else bid for bid in model.bids)
    told = replace(model, bids=bids)
    assert "Fraud. Ground: Procurement Act 2023, ss.26 to 30." in all_text(award_report(told))
    text = text_of(told)
    assert "Fraud" not in text
    assert "Ground: Procurement Act 2023, ss.26 to 30." in text


def test_interests_are_told_by_outcome_only() -> None:
    model = decided()
    removed = Declaration(
        ONE, "My cousin.", (VALE,), InterestOutcome.REMOVED_FOR_BIDDERS, "Out.", frozenset({VALE})
    )
    declarations = (removed, *model.declarations[2:])
    text = text_of(replace(model, declarations=declarations))
    assert "cousin" not in text
    assert "Decision: removed from scoring the supplier concerned." in text


def test_individual_scores_are_published_by_label_and_drawn() -> None:
    document = published(differing(decided()))
    drawn = of_kind(section(document, "Moderation"), Figure)
    assert len(drawn) == 1
    assert "Tŷ Gwyn Community Transport CIC: from individual" in drawn[0].caption
    assert "3 Evaluator 1." in all_text(document)


def test_a_decision_that_no_longer_stands_names_nobody() -> None:
    model = decided()
    again = tuple(
        (stage, "", DECIDED_AT + timedelta(days=at))
        for at, stage in enumerate((Stage.PRICE, Stage.AWARD), 1)
    )
    text = text_of(replace(model, stages=(*model.stages, *again)))
    assert "Tŷ Gwyn" not in text
    assert "No decision is recorded yet." in text


def test_no_place_of_an_unsuccessful_tender_is_left_in_any_lot() -> None:
    model = decided(lots())
    text = text_of(model)
    assert "PV3, Vale Coaches Ltd, lot N" not in text
    assert "Left out of the published version: answers that came late." in text
    assert Place(VALE, CriterionId("PV3"), LotId("N")) == model.responses[0].place
