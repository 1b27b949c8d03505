"""The public value report and its part of the award report: findings, working, what is withheld."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.ids import LotId
from tendereval.domain.publicvalue.good_works_share import Contract, LotOfBid, ShareTarget
from tendereval.domain.publicvalue.living_wage import PayBasis, PayRow, WageSetting, WageUse
from tendereval.domain.publicvalue.share_check import reckon
from tendereval.domain.publicvalue.share_finding import ShareFinding
from tendereval.domain.publicvalue.wage_check import check
from tendereval.domain.report_model import ReportModel
from tendereval.domain.stages import Stage
from tendereval.reports.award_report import award_report
from tendereval.reports.outline import Document, Table
from tendereval.reports.pdf import write_pdf
from tendereval.reports.public_value_report import public_value_report
from tests.report.outline_reading import all_text, headings, of_kind, section, table_cells
from tests.report.pdf_reading import failures, page_texts
from tests.report.public_value_models import (
    DAY,
    PARTNERS,
    RATES,
    closed,
    hostile_value,
    nothing,
    one_bidder,
    pay,
    public_value,
    valued,
)
from tests.report.report_models import GWYN, approved, at_stage, transport
from tests.report.report_variants import lots

MODELS: dict[str, Callable[[], ReportModel]] = {
    "full": valued,
    "empty": nothing,
    "one bidder": one_bidder,
    "hostile": hostile_value,
    "closed": closed,
    "no public value": transport,
}
NO_MARKS = (
    "Nothing in these findings changed a mark or a rank, unless it belongs to a criterion that "
    "was published."
)


def report(model: ReportModel | None = None) -> Document:
    return public_value_report(valued() if model is None else model)


def tables(document: Document) -> list[list[list[str]]]:
    return [table_cells(table) for table in of_kind(document, Table)]


@pytest.mark.parametrize("name", MODELS)
def test_the_report_conforms(name: str, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(report(MODELS[name]()), path)
    assert failures(path) == []


@pytest.mark.parametrize("name", ["full", "one bidder", "hostile"])
def test_the_award_report_with_its_section_conforms(name: str, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(award_report(MODELS[name]()), path)
    assert failures(path) == []


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = {write_pdf(report(), tmp_path / f"{n}.pdf") for n in range(2)}
    assert len(digests) == 1


def test_each_tool_has_its_part_and_each_bidder_its_finding() -> None:
    assert [item.text for item in headings(report(), 1)] == [
        "At a glance",
        "Real Living Wage",
        "Good work, certified",
        "Commitments",
        "One per cent for Good Works organisations",
        "Sources, and what is not verified",
    ]
    names = [item.text for item in headings(section(report(), "Real Living Wage"), 2)]
    assert names == [
        "Tŷ Gwyn Community Transport CIC",
        "Vale Coaches Ltd",
        "Northgate Mobility Ltd",
        "Harbour Minibus Co-operative Ltd",
    ]


def test_the_first_look_says_every_finding_in_a_few_words() -> None:
    glance = section(report(), "At a glance")
    assert tables(glance)[0][1:] == [
        [
            "Tŷ Gwyn Community Transport CIC",
            "every role meets it",
            "assessed independently",
            "3 of 5 complete",
            "1.26%, of it 0.76% evidenced",
        ],
        [
            "Vale Coaches Ltd",
            "2 of 3 roles below",
            "checked by the scheme's owner",
            "2 of 2 complete",
            "0.00%, of it 0.00% evidenced",
        ],
        [
            "Northgate Mobility Ltd",
            "unknown, no pay schedule",
            "none counts",
            "none made",
            "none named",
        ],
        [
            "Harbour Minibus Co-operative Ltd",
            "every role meets it",
            "none claimed",
            "none made",
            "none named",
        ],
    ]
    text = all_text(glance)
    assert NO_MARKS in text
    assert "Not looked at, as the tender was not assessed: Swift Passenger Services Ltd" in text
    assert "Pay is scored under SV1, as published." in text


def test_pay_comes_with_its_working_and_never_looks_like_the_rate_it_misses() -> None:
    wage = section(report(), "Real Living Wage")
    text = all_text(wage)
    assert "2 of 3 roles are paid below the real Living Wage" in text
    assert "a badge alone proves nothing about this contract" in text
    driver = next(
        row for table in tables(wage) for row in table if row[0] == "Driver" and row[2] == "£13.449"
    )
    assert driver == [
        "Driver",
        "direct, UK",
        "£13.449",
        "£13.45",
        "37.5 × 20",
        "below the rate",
        "£39.00",
    ]
    scheduler = next(row for table in tables(wage) for row in table if row[0] == "Scheduler")
    assert scheduler[2] == "£14.6667\n£28,600.00\na year"


def test_rates_come_with_source_and_dates_and_what_was_not_seen() -> None:
    text = all_text(section(report(), "Real Living Wage"))
    assert "The rates of 12 October 2026 count, from data of version 2026-11-23." in text
    assert "2025-26 | £13.45 | £14.80 | 22 October 2025 | 1 May 2026 | rates only" in text
    assert "2026-27 | not held | not held | not held | not held | no" in text
    assert "2025-26: employeebenefits.co.uk, 22 October 2025" in text
    assert "The National Living Wage of that day is £12.71" in text


def test_a_check_that_is_off_says_why_and_checks_nobody() -> None:
    model = valued()
    assert model.public_value is not None
    off = WageSetting(WageUse.OFF, chosen=True, reason="No staff in this contract.")
    said = "The living wage check is off: No staff in this contract."
    found = replace(
        model.public_value,
        wage=off,
        no_pay_finding=said,
        bids=tuple(replace(item, pay=None) for item in model.public_value.bids),
    )
    wage = section(report(replace(model, public_value=found)), "Real Living Wage")
    assert all_text(wage).count(said) == 1
    assert headings(wage, 2) == []
    assert "not checked" in all_text(report(replace(model, public_value=found)))


def test_a_council_s_reason_relevance_and_proportionality_are_shown() -> None:
    model = valued()
    assert model.public_value is not None
    asked = WageSetting(
        WageUse.REQUIREMENT,
        chosen=True,
        reason="Drivers leave.",
        relevance="Turnover breaks the service.",
        proportionality="Drivers only.",
    )
    text = all_text(report(replace(model, public_value=replace(model.public_value, wage=asked))))
    for told in (
        "Reason: Drivers leave.",
        "Relevance to the contract: Turnover breaks the service.",
        "Proportionality: Drivers only.",
    ):
        assert told in text


def test_certificates_say_who_looked_when_they_lapse_and_what_is_odd() -> None:
    text = all_text(section(report(), "Good work, certified"))
    assert "Social Enterprise Mark, mark | assessed independently | 1 September 2025" in text
    assert "Offered as assessed independently; it is self-declared" in text
    assert "From 7 July 2028. Social Enterprise Mark: ask for the renewal" in text
    assert "Good Business Charter | no | goodbusinesscharter.com" in text
    assert "Decide with a reason whether it is accepted." in text


def test_ambitions_stand_apart_from_complete_commitments() -> None:
    commitments = section(report(), "Commitments")
    complete = tables(commitments)[1]
    assert [row[0] for row in complete[1:]] == ["1", "2", "3"]
    assert complete[1][2:4] == ["6 apprentices", "30 September 2028"]
    text = all_text(commitments)
    assert "Ambitions, which are not terms of the contract" in text
    assert "4. “We will endeavour to employ local people where possible.” Lacks: who, what" in text
    assert "1. Promised more than once: the same as number 2." in text
    assert "“We will plant trees.”: Not of this contract." in text
    assert "People over 75 leave home each week | From: 41% do\nTo: 80% do" in text


def test_the_share_names_the_test_the_proof_and_what_is_missing() -> None:
    share = section(report(), "One per cent for Good Works organisations")
    text = all_text(share)
    assert "met\n6 of 20, the part that performs the contract | yes | yes" in text
    assert "not met\n2,999 of 10,000, the organisation | no | no" in text
    assert "Missing to the target: nothing: 1.00% is reached" in text
    assert "Missing to the target: £11,337.50, to 1.00%" in text
    assert "Price: £1,183,200.00" in text


@pytest.mark.parametrize("stage", list(Stage)[:4])
def test_before_the_stage_of_prices_no_price_share_or_winner_appears(stage: Stage) -> None:
    model = valued(at_stage(transport(), stage))
    told = all_text(report(model)) + all_text(award_report(model))
    for secret in ("1,183,200", "1,133,750", "1.26%", "5,916", "11,337", "goes into the contract"):
        assert secret not in told
    assert "Prices, and what goes to partners as a share of them, are shown from" in told


def test_a_price_that_slipped_into_an_early_model_is_kept_back() -> None:
    late = valued()
    early = replace(at_stage(transport(), Stage.MODERATION), public_value=late.public_value)
    for document in (report(early), award_report(early)):
        text = all_text(document)
        assert "1,183,200" not in text
        assert "1.26%" not in text
        assert "go into the contract with" not in text


def test_what_is_not_verified_and_which_data_were_used_is_printed() -> None:
    sources = section(report(), "Sources, and what is not verified")
    text = all_text(sources)
    assert "A date of the rates of 2025-26 was not seen in a source." in text
    assert "The rates of 2026-27 are not held: not found." in text
    assert "Good Business Charter: what the list says of it was not seen in a source." in text
    assert "Living Wage Employer: how long its certificates last was not seen" in text
    assert "Living wage rates | 2026-11-23 | 2026-11-23 | the product" in text
    assert "imported by Rhian Davies, 2 December 2026" in text
    assert "ab" * 32 in text


def test_without_anything_the_report_says_so() -> None:
    text = all_text(report(nothing()))
    assert "No bidder is registered yet." in text
    assert "There is no day to check on" in text
    assert "Every dated fact used above was seen in a source." in text
    assert "Nothing about public value is recorded." in all_text(report(transport()))


def test_it_is_a_draft_until_the_award_is_approved(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(report(), path)
    assert all("DRAFT, not yet approved" in text for text in page_texts(path))
    assert report(closed()).draft_mark is None


def test_the_award_report_says_what_was_found_and_what_becomes_a_term() -> None:
    document = award_report(valued())
    tops = [(item.number, item.text) for item in headings(document, 1)]
    assert tops[9:12] == [
        ("10", "Reasons"),
        ("11", "Public value"),
        ("12", "Outcome and reserve"),
    ]
    part = section(document, "Public value")
    text = all_text(part)
    assert NO_MARKS in text
    assert "Real Living Wage. Every role is paid the real Living Wage." in text
    assert "3 commitments go into the contract with Tŷ Gwyn" in text
    assert "Two ambitions of the tender remain outside the contract." in text
    assert "ask for the renewal" in text
    rows = [row for row in tables(part)[-1] if row[0] == "2"]
    assert rows[0][2:] == ["1,200 journeys a year", "31 March 2028", "nobody yet", "yes"]


def test_the_award_report_without_public_value_keeps_its_sections() -> None:
    assert "Public value" not in [item.text for item in headings(award_report(transport()), 1)]


def test_before_a_decision_the_award_report_names_no_terms() -> None:
    undecided = valued(replace(transport(), decisions={}))
    text = all_text(section(award_report(undecided), "Public value"))
    assert "Nothing yet: commitments of the winning tender become terms" in text


def test_each_lot_has_its_own_terms() -> None:
    text = all_text(section(award_report(valued(approved(lots()))), "Public value"))
    assert "Lot N: North" in text
    assert "3 commitments go into the contract with Tŷ Gwyn" in text
    assert "Lot S is not awarded, so there is no schedule." in text


def test_a_lot_s_answer_is_named_with_its_lot() -> None:
    model = lots()
    assert model.public_value is None
    found = public_value(model)
    first = found.bids[0].commitments.findings[0]
    place = replace(first.commitment.place, lot=model.method.lots[0].ref)
    moved = replace(first, commitment=replace(first.commitment, place=place))
    promised = replace(
        found.bids[0].commitments, findings=(moved, *found.bids[0].commitments.findings[1:])
    )
    bids = (replace(found.bids[0], commitments=promised), *found.bids[1:])
    text = all_text(report(replace(model, public_value=replace(found, bids=bids))))
    assert "SV2, lot N" in text


def with_share(share: ShareFinding | None, target: ShareTarget) -> ReportModel:
    model = valued()
    assert model.public_value is not None
    first, *rest = model.public_value.bids
    bids = (replace(first, share=share), *rest)
    return replace(model, public_value=replace(model.public_value, bids=bids, target=target))


def test_a_share_that_cannot_be_told_says_why_and_another_target_its_reason() -> None:
    target = ShareTarget(Fraction(1, 50), "The strategy of 2026 asks for two")
    unpriced = reckon((), Contract(None), target.share)
    twice = reckon(PARTNERS[GWYN], Contract(Fraction(100)), target.share)
    text = all_text(report(with_share(twice, target)))
    assert "is 2.00% of the contract: The strategy of 2026 asks for two." in text
    assert "the lines come to more than the price" in text
    assert "more than the price of £100.00: ask which is right." in text
    assert "| cannot be told" in text
    assert "The bid names no Good Works organisation." in all_text(
        report(with_share(unpriced, target))
    )
    assert "The share was not reckoned." in all_text(report(with_share(None, target)))


def test_each_lot_of_a_bid_is_told_with_its_share_and_its_partners() -> None:
    """£9,000 of £600,000 is 1.5 per cent of the one lot; half a per cent is of both."""
    named, of_both = PARTNERS[GWYN]
    north, south = LotId("N"), LotId("S")
    found = reckon(
        (replace(named, lot=north), of_both),
        Contract(
            Fraction(1_000_000),
            includes_vat=False,
            lots=(
                LotOfBid(north, price=Fraction(600_000)),
                LotOfBid(south, price=Fraction(400_000)),
            ),
        ),
        Fraction(1, 100),
    )
    text = all_text(report(with_share(found, ShareTarget())))
    assert (
        "Lot N: 2.00% of its price is committed to Good Works organisations, which reaches the "
        "target of 1.00%; 1.50% is evidenced."
    ) in text
    assert (
        "Lot S: 0.50% of its price is committed to Good Works organisations, which misses the "
        "target of 1.00%; 0.00% is evidenced."
    ) in text
    assert "Gweithdy Elwy CIC\nLot N" in text


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((pay("Driver", "13"),), "the only role is below"),
        ((replace(pay("Driver", "9"), apprentice=True),), "nobody is covered"),
        (
            (replace(pay("Driver", "28000", None), basis=PayBasis.YEAR), pay("Cook", "14")),
            "unknown for 1 of 2 roles",
        ),
    ],
)
def test_the_first_look_says_what_is_unknown_or_not_covered(
    rows: tuple[PayRow, ...], told: str
) -> None:
    model = valued()
    assert model.public_value is not None
    first, *rest = model.public_value.bids
    bids = (replace(first, pay=check(rows, RATES, DAY)), *rest)
    document = report(replace(model, public_value=replace(model.public_value, bids=bids)))
    assert tables(section(document, "At a glance"))[0][1][1] == told
