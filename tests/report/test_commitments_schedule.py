"""The contract schedule as a document: terms with owner, KPI, day and proof; ambitions apart."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tendereval.domain.report_model import ReportModel
from tendereval.reports.commitments_schedule import commitments_schedule
from tendereval.reports.outline import Document, Facts, Heading, Table
from tendereval.reports.pdf import write_pdf
from tests.report.outline_reading import all_text, headings, of_kind, table_cells
from tests.report.pdf_reading import failures
from tests.report.public_value_models import closed, hostile_value, nothing, one_bidder, valued
from tests.report.report_models import approved, transport
from tests.report.report_variants import lots

MODELS: dict[str, Callable[[], ReportModel]] = {
    "full": valued,
    "empty": nothing,
    "one bidder": one_bidder,
    "hostile": hostile_value,
    "closed": closed,
    "lots": lambda: valued(lots()),
}


def schedule(model: ReportModel | None = None) -> Document:
    return commitments_schedule(valued() if model is None else model)


@pytest.mark.parametrize("name", MODELS)
def test_the_schedule_conforms(name: str, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(schedule(MODELS[name]()), path)
    assert failures(path) == []


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = {write_pdf(schedule(closed()), tmp_path / f"{n}.pdf") for n in range(2)}
    assert len(digests) == 1


def test_every_complete_commitment_is_a_term_with_owner_day_and_proof() -> None:
    document = schedule()
    overview = table_cells(of_kind(document, Table)[0])
    assert overview[0] == ["No.", "Who does what", "How many", "By when", "Owner", "KPI"]
    assert [row[2:] for row in overview[1:]] == [
        ["6 apprentices", "30 September 2028", "Head of Fleet", "–"],
        ["1,200 journeys a year", "31 March 2028", "nobody yet", "yes"],
        ["£25,000 a year", "31 March 2028", "nobody yet", "–"],
    ]
    first = dict(of_kind(document, Facts)[1].pairs)
    assert first == {
        "Who": "The workshop manager, for people under 25 in the valley",
        "How many": "6 apprentices",
        "By when": "30 September 2028",
        "Evidence": "Certificates of completion, seen by the contract manager each autumn",
        "Owner": "Head of Fleet",
        "Performance indicator": "no",
        "Today": "One apprentice today",
        "Without the contract": "Two would be trained",
        "Goal served": "No one left housebound: Drivers stay in their posts",
        "SDG targets": "4.4, 8.5",
        "In the tender": (
            "“We will train six apprentice mechanics from the valley by 2028.” (SV2)"
        ),
    }
    assert "Award decision: 1 December 2026, revision 1, not yet approved" in all_text(document)


def test_ambitions_come_after_every_term_and_are_named_as_no_part_of_the_contract() -> None:
    document = schedule()
    at = next(
        number
        for number, block in enumerate(document.blocks)
        if isinstance(block, Heading) and block.text == "Ambitions: not part of the contract"
    )
    terms, rest = (
        all_text(replace(document, blocks=part))
        for part in (document.blocks[:at], document.blocks[at:])
    )
    assert "endeavour" not in terms
    assert "passenger forum" not in terms
    assert "none of it is a term of the contract" in rest
    assert "Hold a passenger forum. Lacks: who, how many, by when and evidence." in rest


def test_a_tender_without_ambitions_says_so() -> None:
    model = valued()
    assert model.public_value is not None
    only = tuple(
        replace(one, parts=tuple(replace(part, ambitions=()) for part in one.parts))
        for one in model.public_value.schedules
    )
    found = replace(model.public_value, schedules=only)
    assert "The tender makes no promise beside these." in all_text(
        schedule(replace(model, public_value=found))
    )


def test_delivery_is_told_once_the_tender_is_closed() -> None:
    assert "Delivery" not in all_text(schedule())
    text = all_text(schedule(closed()))
    assert "As reported up to 20 October 2028. 1 of 3 commitments are delivered in full" in text
    assert "1 | 6 apprentices | 30 September 2028 | 2 apprentices | Late." in text
    assert "3 | £25,000 a year | 31 March 2028 | – | Late: nothing is reported." in text
    assert "No. 1, 31 March 2028: 2 apprentices. Two certificates. The rest in autumn." in text


def test_a_report_without_evidence_says_so() -> None:
    model = closed()
    assert model.public_value is not None
    (record,) = model.public_value.deliveries
    bare = tuple(
        replace(row, reports=tuple(replace(one, evidence="", note="") for one in row.reports))
        for row in record.rows
    )
    found = replace(model.public_value, deliveries=(replace(record, rows=bare),))
    text = all_text(schedule(replace(model, public_value=found)))
    assert "No. 1, 31 March 2028: 2 apprentices. No evidence is named." in text


def test_each_lot_has_its_schedule_and_a_lot_not_awarded_says_so() -> None:
    document = schedule(valued(lots()))
    text = all_text(document)
    assert "Lot N: North" in text
    assert "Lot S is not awarded, so there is no schedule." in text
    assert "Award decision, lot N" in text
    assert [item.text for item in headings(document, 2)] == [
        "Schedule with Tŷ Gwyn Community Transport CIC"
    ]


def test_it_is_a_draft_until_approved_and_says_when_there_is_no_decision() -> None:
    assert schedule().draft_mark == "DRAFT, not yet approved"
    assert schedule(valued(approved(transport()))).draft_mark is None
    undecided = valued(replace(transport(), decisions={}))
    assert "Nothing yet: commitments of the winning tender" in all_text(schedule(undecided))
    assert "Nothing yet" in all_text(schedule(transport()))
