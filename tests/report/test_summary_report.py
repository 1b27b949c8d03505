"""Assessment summaries: every item, in order; nothing withheld and nobody's name gets out."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tendereval.domain.errors import NotSupported
from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.summaries import AssessmentSummary, Explained, Limb, Withheld
from tendereval.domain.tender import ContractKind, Lot, Procedure, Regime
from tendereval.exchange.summary_word import write_word
from tendereval.reports.award_report import award_report
from tendereval.reports.lines import plain
from tendereval.reports.outline import Document, Heading, Link, Table
from tendereval.reports.pdf import write_pdf
from tendereval.reports.summary_report import Letterhead, letterhead, summary_report
from tendereval.reports.wording_cy import Tongue, tongue, welsh_day, welsh_day_in_words
from tendereval.services.word_outline import word_document
from tests.report import summary_values as values
from tests.report.outline_reading import all_text, headings, of_kind, table_cells
from tests.report.pdf_reading import Tagged, bookmarks, failures, in_other_languages, page_texts
from tests.report.report_models import HARBOUR, NAMES, NORTHGATE, PRICES

SUMMARIES: dict[str, Callable[[], AssessmentSummary]] = {
    "winner": values.the_winner,
    "loser": values.a_loser,
    "disqualified": values.disqualified,
    "redacted": values.redacted,
    "a hundred questions": values.many,
    "hostile": values.hostile,
}
OTHERS = [*(one for one in Regime if one not in {Regime.PA2023, Regime.PA2023_WALES}), None]


def made(summary: AssessmentSummary, head: Letterhead | None = None) -> Document:
    return summary_report(summary, head or letterhead(values.a_model()))


def test_the_items_stand_in_the_order_of_the_regulations() -> None:
    text = all_text(made(values.a_loser()))
    order = [
        "Supplier: Vale Coaches Ltd",
        "Postal address: Unit 4, The Depot",
        "E-mail: tenders@supplier.example",
        "Unique identifier: GB-COH-01234567",
        "1 Award criteria",
        "Q2 | Booking and reliability | 12 | Scored 0, 1, 2, 3, 4 or 5. Marks = 12 × score ÷ 5.",
        "2 Your tender",
        "Total of the tender | 75.20 | 100",
        "Q2 Booking and reliability",
        "3 Score: 3, Satisfactory, 7.20 of 12 marks. Vale Coaches Ltd answers Q2",
        "Q2.1 What is done. b-vale says what is done.",
        "3 Why your tender was not successful",
        "Your tender has 75.20 marks.",
        "4 The successful tender: Tŷ Gwyn Community Transport CIC",
        "Total of the tender | 76.40 | 100",
        "4 Score: 4, Good, 9.60 of 12 marks. Tŷ Gwyn Community Transport CIC answers Q2",
        "Annex: the award criteria in full",
        "How will you deliver booking and reliability",
    ]
    at = 0
    for item in order:
        assert item in text[at:], item
        at = text.index(item, at)


def test_a_section_stands_above_its_criteria_with_its_sub_total() -> None:
    tables = of_kind(made(values.a_loser()), Table)
    cells = next(table_cells(one) for one in tables if one.caption == "Scores, marks and total")
    refs = [row[0] for row in cells]
    assert refs[1:8] == ["RQ1", "S1", "Q1", "Q2", "Q3", "Q4", "S2"]
    assert cells[2] == ["S1", "Service quality", "", "29.60", "40"]
    assert cells[1] == ["RQ1", "Operator’s licence", "Pass", "–", "–"]
    assert cells[-2] == ["PRICE", "Price over three years", "£1,133,750.00", "28.80", "30"]


@pytest.mark.parametrize(
    ("regime", "law"),
    [
        (Regime.PA2023, "regulation 31 of the Procurement Regulations 2024"),
        (Regime.PA2023_WALES, "regulation 32 of the Procurement (Wales) Regulations 2024"),
    ],
)
def test_the_regulation_is_named(regime: Regime, law: str) -> None:
    text = all_text(made(values.a_loser(), letterhead(values.a_model(regime))))
    assert f"section 50 of the Procurement Act 2023 and holds what {law} lists." in text


@pytest.mark.parametrize(
    "free", [{"contract_kind": ContractKind.CALL_OFF}, {"procedure": Procedure.DIRECT}]
)
def test_no_summary_claims_a_duty_that_section_50_does_not_set(free: dict[str, Any]) -> None:
    model = values.a_model(Regime.PA2023)
    model = replace(model, details=replace(model.details, **free))
    told = "Section 50 of the Procurement Act 2023 does not ask for"
    text = all_text(made(values.a_loser(), letterhead(model)))
    assert f"{told} it here; it holds what regulation 31" in text
    assert "It is given under section 50" not in text
    report = all_text(award_report(model))
    assert f"{told} assessment summaries here." in report
    assert "are given at the same time" not in report


@pytest.mark.parametrize("regime", OTHERS)
def test_another_law_is_refused_in_words(regime: Regime | None) -> None:
    with pytest.raises(NotSupported, match=r"no document can be chosen|Procurement Act 2023 only"):
        letterhead(values.a_model(regime))


def test_a22_the_winner_learns_nothing_about_others() -> None:
    text = all_text(made(values.the_winner()))
    assert "The contract is awarded to you." in text
    assert "Why your tender" not in text
    assert "The successful tender" not in text
    assert "Vale" not in text
    assert "Northgate" not in text


def test_a22_the_lowest_price_stands_without_its_holder() -> None:
    text = all_text(made(values.a_loser()))
    assert PRICES[NORTHGATE] == values.LOWEST
    assert "the lowest price among the tenders that remained. That is £1,088,400.00." in text
    assert "Northgate" not in text
    without = replace(values.a_loser(), lowest=())
    assert "£1,088,400.00" not in all_text(made(without))


def test_every_page_bears_the_fingerprints_of_method_and_record() -> None:
    model = values.a_model()
    assert made(values.a_loser()).foot == award_report(model).foot
    assert f"Record 18 December 2026, {model.head.hash[:4]}" in award_report(model).foot


def test_nobodys_name_is_in_a_summary() -> None:
    for make in (values.the_winner, values.a_loser, values.redacted):
        text = all_text(made(make()))
        assert not [name for name in NAMES.values() if name in text]


@pytest.mark.parametrize(
    ("limb", "told"),
    [
        (Limb.COMMERCIAL, "withheld here under section 94(1)(b) of the Procurement Act 2023"),
        (Limb.NATIONAL_SECURITY, "withheld here under section 94(1)(a) of the Procurement Act"),
    ],
)
def test_a24_what_is_withheld_is_said_with_its_limb_and_never_why(limb: Limb, told: str) -> None:
    found = values.a_loser()
    withheld = Explained("The cost model in full.", Withheld(limb, values.NOTE, "Rhian Davies"))
    text = all_text(made(replace(found, further=withheld)))
    assert told in text
    for kept in (values.NOTE, "Rhian", "cost model"):
        assert kept not in text


def test_a24_a_withheld_price_is_neither_shown_nor_called_not_assessed() -> None:
    found = values.a_loser()
    winner = found.winners[0]
    price = replace(winner.scores[-1], score=None, explanation=Explained("", values.WITHHELD))
    shown = replace(found, winners=(replace(winner, scores=(*winner.scores[:-1], price)),))
    text = all_text(made(shown))
    assert "PRICE | Price over three years | withheld | 27.60 | 30" in text
    assert "27.60 of 30 marks. Information is withheld here" in text
    assert "£1,183,200.00" not in text
    assert "Not assessed" not in text


def test_a_disqualified_tender_is_shown_as_far_as_it_was_assessed() -> None:
    text = all_text(made(values.disqualified()))
    assert "Q1 | Safe, accessible vehicles | 1 | – | 10" in text
    assert "The tender was not ranked, so it has no total." in text
    assert "PRICE | Price over three years | – | – | 30" in text
    assert "Q1 asks for a score of 2 at least." in text


def test_gaps_are_said_and_not_filled() -> None:
    found = values.a_loser()
    bare = replace(
        found,
        address="",
        identifier=" ",
        dated=None,
        further=Explained(""),
        own=replace(
            found.own,
            scores=tuple(replace(one, explanation=Explained("")) for one in found.own.scores),
        ),
    )
    text = all_text(made(bare))
    assert "Postal address: not given" in text
    assert "Unique identifier: not given" in text
    assert "Date:" not in text
    assert "Date: not dated yet" in all_text(made(replace(bare, draft=True)))
    assert "No further explanation is written yet." in text
    assert text.count("No explanation is written yet.") == len(found.own.scores)


def test_criteria_that_stand_elsewhere_are_pointed_to() -> None:
    where = "in the tender notice 2026/S 000-041"
    found = made(replace(values.a_loser(), in_full=False, where=where))
    assert f"The criteria in full: {where}" in all_text(found)
    assert "Annex" not in all_text(found)
    assert not of_kind(found, Link)


def test_one_scale_is_shown_once_and_called_by_its_letter() -> None:
    found = made(values.a_loser())
    captions = [table.caption for table in of_kind(found, Table)]
    assert captions[1:3] == ["Scale A", "Scale B"]
    passed = table_cells(of_kind(found, Table)[1])
    assert passed[0] == ["Score", "What the score means"]
    assert "Scale B." in all_text(found)


def test_each_of_several_winners_has_a_section_of_its_own() -> None:
    found = values.a_loser()
    other = replace(values.an_assessment(HARBOUR), name="Harbour")
    text = all_text(made(replace(found, winners=(*found.winners, other))))
    assert "4 The successful tender: Tŷ Gwyn Community Transport CIC" in text
    assert "5 The successful tender: Harbour" in text
    assert "how the successful tenders were assessed" in text


def test_a_lot_and_a_place_on_a_framework_are_called_so() -> None:
    model = values.a_model()
    method = replace(model.method, lots=(Lot(LotId("1"), "North"), Lot(LotId("2"))))
    head = letterhead(replace(model, method=method))
    lost = replace(values.a_loser(), lot_title="North")
    assert "The contract for Lot 1: North is not awarded to you." in all_text(made(lost, head))
    places = letterhead(replace(model, method=replace(model.method, framework_places=2)))
    text = all_text(made(values.a_loser(), places))
    assert "A place on the framework is not awarded to you. Places are awarded to Tŷ" in text


def test_a_total_in_money_is_written_as_money() -> None:
    found = values.a_loser()
    own = replace(found.own, total=Fraction(900_000), is_money=True)
    assert "Total of the tender | £900,000.00" in all_text(made(replace(found, own=own)))


def test_a_rounded_total_stands_below_the_sum_that_it_is_rounded_from() -> None:
    found = values.a_loser()
    *others, price = found.own.scores
    scores = (*others, replace(price, mark=Fraction("28.74345")))
    own = replace(found.own, scores=scores, total=Fraction("75.14"), added=Fraction("75.14345"))
    text = all_text(made(replace(found, own=own)))
    assert "£1,133,750.00 | 28.74345 | 30" in text
    added = text.index("Sum of the marks, before rounding | 75.14345")
    assert added < text.index("Total of the tender | 75.14 | 100")
    same = replace(found, own=replace(found.own, added=found.own.total))
    assert "before rounding" not in all_text(made(same))


def test_a_tender_whose_price_was_not_marked_is_not_told_a_lowest_price() -> None:
    found = replace(values.disqualified(), lowest=values.a_loser().lowest)
    own = replace(found.own, is_disqualified=True)
    text = all_text(made(replace(found, own=own)))
    assert values.a_loser().lowest
    assert "compares prices" not in text
    assert "Not assessed by this criterion, because the tender was disqualified." in text


def test_a_draft_says_so_on_every_page_and_where_it_is_read_aloud(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(made(replace(values.a_loser(), draft=True)), path)
    assert all("DRAFT, not yet approved" in text for text in page_texts(path))
    assert "DRAFT. The award decision is not approved yet." in Tagged(path).spoken()
    write_pdf(made(values.a_loser()), path)
    assert not any("DRAFT" in text for text in page_texts(path))


def test_headings_leave_no_level_out_and_links_find_their_target() -> None:
    found = made(values.a_loser())
    assert [one.text for one in headings(found, 1)] == ["Assessment summary"]
    assert [one.number for one in headings(found, 2)] == ["1", "2", "3", "4", ""]
    keys = {one.key for one in of_kind(found, Heading)}
    assert {one.target for one in of_kind(found, Link)} <= keys


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_summary_conforms(name: str, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(made(SUMMARIES[name]()), path)
    assert failures(path) == []


def test_the_same_values_give_the_same_bytes(tmp_path: Path) -> None:
    digests = {write_pdf(made(values.redacted()), tmp_path / f"{n}.pdf") for n in range(2)}
    assert len(digests) == 1


def test_the_file_is_read_in_the_order_of_its_sections(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(made(values.a_loser()), path)
    spoken = " ".join(Tagged(path).spoken().replace("\u00a0", " ").split())
    parts = ["Assessment summary", "Award criteria", "Your tender", "Why your tender", "Annex:"]
    places = [spoken.index(part) for part in parts]
    assert places == sorted(places)
    assert "Total of the tender" in spoken
    assert [title for level, title, _ in bookmarks(path) if level == 0] == ["Assessment summary"]


def test_welsh_dates_stand_beside_english_ones_for_welsh_authorities() -> None:
    assert welsh_day(date(2026, 12, 18)) == "18 Rhagfyr 2026"
    assert welsh_day_in_words(date(2026, 12, 7)) == "dydd Llun 7 Rhagfyr 2026"
    assert "Date: 18 December 2026 / 18 Rhagfyr 2026" in all_text(made(values.a_loser()))
    english = letterhead(values.a_model(Regime.PA2023))
    assert "Date: 18 December 2026\n" in all_text(made(values.a_loser(), english))


def test_a_heading_is_bilingual_only_where_its_welsh_is_filled_in() -> None:
    blank = tongue(Regime.PA2023_WALES)
    assert blank.heading("Award criteria") == "Award criteria"
    filled = Tongue(is_bilingual=True, table={"Award criteria": "X"})
    assert plain(filled.heading("Award criteria")) == "Award criteria / X"
    assert Tongue(is_bilingual=False, table=filled.table).heading("Award criteria") == (
        "Award criteria"
    )
    head = replace(letterhead(values.a_model()), tongue=filled)
    assert plain(headings(made(values.a_loser(), head), 2)[0].text) == "Award criteria / X"


def test_what_stands_in_welsh_is_marked_as_welsh_in_both_kinds_of_file(tmp_path: Path) -> None:
    table = {"Award criteria": "Meini X", "Date": "Dyddiad X"}
    head = letterhead(values.a_model())
    document = made(values.a_loser(), replace(head, tongue=Tongue(is_bilingual=True, table=table)))
    path = tmp_path / "out.pdf"
    write_pdf(document, path)
    assert failures(path) == []
    told = [(language, text.strip()) for language, text in in_other_languages(path)]
    assert told == [("cy", "Dyddiad X"), ("cy", "18 Rhagfyr 2026"), ("cy", "Meini X")]
    assert "1 Award criteria / Meini X" in " ".join(Tagged(path).spoken().split())
    assert [title for _, title, _ in bookmarks(path)][1] == "1 Award criteria / Meini X"
    write_word(word_document(document, "Council"), tmp_path / "out.docx")
    with ZipFile(tmp_path / "out.docx") as packed:
        body = packed.read("word/document.xml").decode()
    runs = re.findall(r"<w:r>(?:(?!</w:r>).)*<w:lang w:val=\"cy\"/>.*?<w:t[^>]*>([^<]*)", body)
    assert runs == ["Dyddiad X", "18 Rhagfyr 2026", "Meini X"]


def test_a_criterion_nobody_knows_by_title_is_called_by_its_reference() -> None:
    found = values.a_loser()
    *others, price = found.own.scores
    own = replace(found.own, scores=(*others, replace(price, criterion=CriterionId("P9"))))
    found = replace(found, own=own, lowest=((CriterionId("P9"), Fraction(1)),))
    assert "The published formula for P9 compares" in all_text(made(found))
