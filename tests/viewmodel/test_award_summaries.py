"""Summaries on the Award screen: who is given one, what is missing, words, withholding, sending."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tendereval.domain.bidding import Bidder
from tendereval.domain.stages import Stage
from tendereval.services.progress import NullProgress
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.store import recording
from tendereval.viewmodels import award
from tendereval.viewmodels.award import AwardViewModel
from tendereval.viewmodels.award_texts import FURTHER, TextLine
from tendereval.viewmodels.form_fields import show_day
from tendereval.viewmodels.public_value_entry import Entry
from tests.service.builders import ALDER, BIRCH, SET_UP, TENDER, Desk
from tests.viewmodel.award_desk import awarded, read
from tests.viewmodel.lead_desk import at_stage, leading
from tests.viewmodel.public_value_desk import showing_public_value

NOTE = "Their supplier’s terms are worth more than knowing them."
LIMB = "s.94(1)(b)"


def line(view: AwardViewModel, key: str) -> TextLine:
    found = view.summaries.line(key)
    assert found is not None
    return found


def price(view: AwardViewModel) -> TextLine:
    return next(one for one in view.summaries.lines if one.is_price)


def record(view: AwardViewModel, entry: Entry | None, **typed: str) -> str:
    """Type on a page and record it; read everything again as the screen would."""
    assert entry is not None
    told = view.record(entry, {**entry.shown, **typed})
    read(view)
    return told


def write(view: AwardViewModel, folder: Path) -> None:
    view.documents.writing("summaries", folder)(NullProgress())
    view.note_written()
    read(view)


def state_of(view: AwardViewModel, bidder: str) -> tuple[str, ...]:
    row = next(row for row in view.summaries.suppliers.rows if row.key == bidder)
    return tuple(cell.text for cell in row.cells)


def test_every_supplier_is_listed_with_what_it_is_given(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        assert view.summaries.sentence == "2 suppliers are given a summary; nothing is missing"
        assert "successful one’s" in state_of(view, ALDER)[1]
        assert "awarded the contract" in state_of(view, BIRCH)[1]
        assert state_of(view, ALDER)[2] == "✓  Complete"


def test_before_the_decision_the_part_teaches(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scoring") as desk:
        view = award.make(desk)
        assert not view.is_stale
        assert view.summaries.sentence == "No assessment summaries yet"
        assert view.summaries.is_coming
        assert view.summaries.entry("where") is None


def test_other_laws_have_no_summaries_and_say_so(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    rows = tuple(("Regime", "Scotland") if row[0] == "Regime" else row for row in TENDER)
    assert desk.new({**SET_UP, "Tender": rows}).status == 0
    with leading(desk) as model:
        view = award.make(model)
        assert view.summaries.sentence == "No assessment summaries"
        assert not view.summaries.is_coming
        row = next(row for row in view.documents.rows if row.kind == "summaries")
        assert [lack.words for lack in row.lacks] == [view.summaries.refusal]
        assert row.lacks[0].place == ""
        assert row.stops


def test_own_words_stand_in_place_of_the_generated_ones_and_go_again(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        view.summaries.choose(ALDER)
        generated = price(view)
        assert generated.state == "From the published formula"
        entry = view.summaries.entry("words", generated.key)
        assert entry is not None
        assert entry.shown["words"] == generated.words
        assert any(generated.plain in told for told in entry.teaches(entry.shown))
        assert record(view, entry, words="It costs £1,600, the lowest costs £1,500.") == ""
        assert price(view).state == "Your words"
        assert price(view).plain == generated.plain
        again = view.summaries.entry("words", generated.key)
        assert record(view, again, words="") == ""
        assert price(view).words == generated.words


def test_words_left_as_they_are_stay_the_generated_ones(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        assert record(view, view.summaries.entry("words", price(view).key)) == ""
        assert not price(view).is_own


def test_a_first_name_in_what_is_published_stands_beside_its_document(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        key = f"{BIRCH}|Q1|"
        view.summaries.choose(BIRCH)
        entry = view.summaries.entry("words", key)
        assert record(view, entry, words="Ben found it sound.") == ""
        rows = {row.kind: row for row in view.documents.rows}
        told = "“Ben” may be somebody’s name: “Ben found it sound.”"
        assert rows.pop("award-publication").remarks == (told,)
        assert not [row for row in rows.values() if row.remarks]


def test_further_reasons_and_the_panels_words_are_edited(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        view.summaries.choose(ALDER)
        assert line(view, FURTHER).state == "From the figures"
        entry = view.summaries.entry("words", FURTHER)
        assert record(view, entry, words="The other tender has 2.50 marks more.") == ""
        assert line(view, FURTHER).state == "Your words"
        key = f"{ALDER}|Q1|Q1.a"
        assert record(view, view.summaries.entry("words", key), words="Oak, well seasoned.") == ""
        assert line(view, key).words == "Oak, well seasoned."
        assert "panel’s" in line(view, f"{ALDER}|Q1|").state


def test_a_text_that_names_another_bidder_is_missing_its_words(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        key = f"{BIRCH}|Q1|"
        view.summaries.choose(BIRCH)
        words = "Better than Alder Ltd by far."
        assert record(view, view.summaries.entry("words", key), words=words) == ""
        assert "1 item is missing" in view.summaries.sentence
        assert state_of(view, BIRCH)[2] == "△  1 item missing"
        way = view.summaries.ways[0]
        assert (way.task, way.key) == ("words", key)
        assert "Alder Ltd" in way.words


def test_withholding_shows_its_limb_and_keeps_its_note_inside(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        view.summaries.choose(ALDER)
        key = f"{BIRCH}|Q1|"
        entry = view.summaries.entry("withhold", key)
        assert entry is not None
        assert any("never printed" in told for told in entry.teaches(entry.shown))
        assert "Choose the limb" in record(view, entry, note=NOTE)
        assert "needs a note" in record(view, entry, limb=LIMB)
        assert record(view, entry, limb=LIMB, note=NOTE) == ""
        held = line(view, key)
        assert held.state == f"Withheld, {LIMB}"
        assert held.withheld is not None
        assert held.withheld.note == NOTE
        assert view.summaries.why_not("words", held) == "It is withheld: release it first."
        content = view.documents.drawing_summary(ALDER)(NullProgress())
        assert isinstance(content, bytes)
        assert content.startswith(b"%PDF")
        assert NOTE.encode() not in content
        assert record(view, view.summaries.entry("release", key)) == ""
        assert line(view, key).state == "The panel’s words"


def test_further_reasons_are_withheld_and_released_like_any_text(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        view.summaries.choose(ALDER)
        entry = view.summaries.entry("withhold", FURTHER)
        assert record(view, entry, limb=LIMB, note=NOTE) == ""
        assert line(view, FURTHER).state == f"Withheld, {LIMB}"
        assert view.summaries.why_not("words", line(view, FURTHER))
        assert record(view, view.summaries.entry("release", FURTHER)) == ""
        assert line(view, FURTHER).withheld is None


def without_address(session: Session) -> Bidder:
    """Make the tender one that left its supplier's address out."""
    with session.reading() as reader:
        bidder = situation(reader).bidder(ALDER)
    changed = replace(bidder, address="", sme=None)
    with session.change("bidder changed", {"bidder": ALDER}) as change:
        recording.add_bidder(change, changed)
    return changed


def test_particulars_that_are_missing_are_completed_with_a_reason(tmp_path: Path) -> None:
    with awarded(tmp_path) as (desk, view):
        without_address(desk.session)
        view.read()
        read(view)
        view.summaries.choose(ALDER)
        assert [way.task for way in view.summaries.ways] == ["particulars"]
        row = next(row for row in view.documents.rows if row.kind == "summaries")
        assert [lack.words for lack in row.lacks] == ["1 required item is missing."]
        assert row.stops
        entry = view.summaries.entry("particulars")
        assert "reason" in record(view, entry, address="1 High Street")
        typed: Mapping[str, str] = {"address": "1 High Street", "sme": "yes", "reason": "By mail."}
        assert record(view, view.summaries.entry("particulars"), **typed) == ""
        assert view.summaries.ways == ()
        assert desk.now.bidder(ALDER).sme is True


def test_where_the_full_criteria_are_and_the_day_they_bear(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        assert view.summaries.facts[0] == "The full criteria stand in an annex."
        assert record(view, view.summaries.entry("where"), where="www.example/tender") == ""
        assert record(view, view.summaries.entry("day"), day="3 March 2027") == ""
        assert view.summaries.facts == (
            "The full criteria: www.example/tender",
            "Dated 3 March 2027.",
        )


def test_sending_waits_for_what_is_not_there(tmp_path: Path) -> None:
    with awarded(tmp_path, approved=False) as (_, view):
        assert "The award is not approved." in view.sending.waits
        assert "Write the summaries first" in view.sending.waits
        assert view.sending.entry() is None


def test_what_was_sent_is_registered_with_its_digest(tmp_path: Path) -> None:
    with awarded(tmp_path) as (desk, view):
        write(view, tmp_path / "summaries")
        assert view.sending.waits == ""
        entry = view.sending.entry()
        assert entry is not None
        assert entry.shown[f"to {ALDER}"] == "bids@alder.example"
        ahead = show_day(desk.session.clock().date() + timedelta(days=1))
        assert "lies ahead" in record(view, entry, day=ahead)
        entry = view.sending.entry()
        assert record(view, entry, **{f"to {BIRCH}": "portal@birch.example"}) == ""
        assert view.sending.sentence == "2 summaries were sent on 2 March 2027"
        addresses = {row.key: row.cells[1].text for row in view.sending.sent.rows}
        assert addresses == {ALDER: "bids@alder.example", BIRCH: "portal@birch.example"}
        assert len(view.sending.history) == 1
        assert view.done[3]


def test_after_sending_a_change_needs_a_reason(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        write(view, tmp_path / "summaries")
        assert record(view, view.sending.entry()) == ""
        view.summaries.choose(ALDER)
        entry = view.summaries.entry("words", price(view).key)
        assert entry is not None
        assert [field.name for field in entry.fields] == ["words", "reason"]
        assert "needs a reason" in record(view, entry, words="Dearer.")
        assert record(view, entry, words="Dearer.", reason="A slip.") == ""


def test_a_record_that_grew_since_is_pointed_out_before_sending(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        write(view, tmp_path / "summaries")
        assert view.sending.warning == ""
        assert record(view, view.summaries.entry("where"), where="www.example/tender") == ""
        assert "has grown" in view.sending.warning


def test_dates_count_standstill_and_retention_with_their_working(tmp_path: Path) -> None:
    with awarded(tmp_path) as (desk, view):
        assert view.dates.sentence == "Record when the award notice was published"
        entry = view.dates.entry()
        assert record(view, entry, notice="2 March 2027") == ""
        sentence, working, source = view.dates.standstill
        assert "Thursday 11 March 2027" in sentence
        assert working[0].startswith("8 working days")
        assert "s.51" in source or "ss.51" in source
        assert "Keep the record" in view.dates.retention[0]
        changed = view.dates.entry()
        assert "Say why" in record(view, changed, notice="1 March 2027")
        assert record(view, changed, notice="1 March 2027", reason="A slip.") == ""
        later = view.dates.entry()
        day = show_day(desk.session.clock().date())
        assert record(view, later, entered=day) == ""
        assert view.dates.warnings
        assert view.done[4]


def test_a_file_that_is_no_calendar_is_refused_in_words(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        bad = tmp_path / "days.json"
        bad.write_text("{}", encoding="utf-8")
        assert "cannot be used" in view.import_holidays(bad)


def test_figures_say_why_they_are_not_known(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        assert view.dates.figures == ()
        assert "estimated value is not recorded" in view.dates.figures_because


def test_figures_of_a_valued_tender_are_ready_to_copy(tmp_path: Path) -> None:
    with showing_public_value(tmp_path, "closed") as desk:
        view = award.make(desk)
        read(view)
        assert "above £5,000,000 with VAT" in view.dates.figures_because
        assert view.dates.figures[0][1] == "3"
        assert [what for what, _ in view.dates.figures[1:]] == [
            "Unsuccessful supplier 1",
            "Unsuccessful supplier 2",
        ]
        lines = view.dates.figures_text.splitlines()
        assert lines[1].startswith("Unsuccessful supplier 1: Vale Coaches Ltd; ")


@pytest.mark.parametrize("stage", [Stage.SET_UP, Stage.SCORING])
def test_nothing_of_the_award_is_shown_before_its_stage(tmp_path: Path, stage: Stage) -> None:
    with at_stage(tmp_path, stage) as desk:
        view = award.make(desk)
        assert view.dates.figures == ()
        assert view.dates.why_not
        assert view.sending.waits == "This comes after the award decision."
