"""What the Bids screen shows and does, with a real file and no application."""

import gc
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester

from tendereval.domain.bidding import Clarification, Response
from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import LotId
from tendereval.services import bids, unfinished
from tendereval.services.session import Session
from tendereval.viewmodels.bid_status import StatusDraft, what_it_means
from tendereval.viewmodels.bids import BidsViewModel, make
from tendereval.viewmodels.form_fields import FormField
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import ALDER, BIRCH, SET_UP, a_desk, place

LOT = LotId("1")


class Opened:
    """A view-model at a stage, and what it refused."""

    def __init__(self, session: Session) -> None:
        self.desk = SessionViewModel(session)
        self.view: BidsViewModel = make(self.desk)
        self.refused: list[UserFixable] = []
        self.desk.refused.connect(self.refused.append)

    def response(self, ref: str, bidder: str = ALDER) -> Response | None:
        with self.desk.reading() as reader:
            return reader.response_at(place(bidder, ref))  # type: ignore[arg-type]  # an id

    def field(self, name: str) -> FormField:  # type: ignore[type-arg]  # of a bidder
        return next(item for item in self.view.particulars if item.name == name)


@pytest.fixture
def published(tmp_path: Path) -> Iterator[Opened]:
    with a_desk(tmp_path, "published").session() as session:
        yield Opened(session)


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Opened]:
    with a_desk(tmp_path, "scoring").session() as session:
        yield Opened(session)


def test_the_models_keep_qts_rules(published: Opened) -> None:
    view = published.view
    models: list[QAbstractItemModel] = [view.bidders, view.answers.model, view.folder.files]
    testers = [QAbstractItemModelTester(model) for model in models]
    view.choose(BIRCH)
    assert view.register("Cedar CIC")
    assert len(testers) == 3


def test_the_collector_may_come_at_any_time(published: Opened) -> None:
    view = make(SessionViewModel(published.desk.session))
    gc.collect()
    assert view.answers.text == "Alder builds of oak."
    del view
    gc.collect()


def test_bidders_are_shown_with_what_came_in(published: Opened) -> None:
    bidders = published.view.bidders
    answers = [bidders.index(number, 1).data() for number in range(bidders.rowCount())]
    assert [
        (row.name, row.standing, said) for row, said in zip(bidders.rows, answers, strict=True)
    ] == [
        ("Alder Ltd", "Assessed", "2 of 2"),
        ("Birch Ltd", "Assessed", "2 of 2"),
    ]
    assert published.view.sentence == "2 tenders are in and complete"
    assert "until scoring begins" in published.view.under
    assert published.view.chosen == ALDER


def test_no_tender_yet(tmp_path: Path) -> None:
    with a_desk(tmp_path, "set-up").session() as session:
        opened = Opened(session)
        assert opened.view.sentence == "No tenders are in yet"
        assert opened.view.bidder is None
        assert opened.view.statuses == ()
        assert opened.view.answers.documents == ()
        assert not opened.view.register("  ")
        assert opened.view.register("Cedar CIC")
        assert opened.view.sentence == "1 tender is in; 2 answers are missing"
        assert not opened.view.register("cedar cic")
        assert len(opened.refused) == 2


def subcontractors(view: BidsViewModel) -> tuple[str, ...]:
    return view.bidder.subcontractors if view.bidder else ()


def test_a_particular_is_kept_and_can_be_taken_back(published: Opened) -> None:
    view, desk = published.view, published.desk
    assert view.save_particular(published.field("sme"), "yes") == ""
    assert view.bidder is not None
    assert view.bidder.sme is True
    assert view.save_particular(published.field("subcontractors"), "A\n\n B ") == ""
    assert subcontractors(view) == ("A", "B")
    desk.undo_stack.undo()
    assert subcontractors(view) == ()
    desk.undo_stack.redo()
    assert subcontractors(view) == ("A", "B")
    assert view.save_particular(published.field("sme"), "yes") == ""
    assert desk.undo_stack.count() == 2


def test_a_name_that_is_taken_is_refused_beside_the_field(published: Opened) -> None:
    wrong = published.view.save_particular(published.field("name"), "birch ltd")
    assert "already" in wrong
    assert published.view.bidder is not None
    assert published.view.bidder.name == "Alder Ltd"


def test_typing_is_kept_before_it_is_recorded(published: Opened) -> None:
    answers = published.view.answers
    answers.type_text("Alder builds of oa")
    answers._draft.keep()
    kept = unfinished.unfinished(published.desk.session, "answer", place(ALDER, "Q1"))
    assert kept == "Alder builds of oa"
    assert published.response("Q1") == Response(place(ALDER, "Q1"), "Alder builds of oak.")
    again = make(published.desk)
    assert again.answers.text == "Alder builds of oa"
    assert str(again.answers.length) == "4 words"


def test_turning_away_records_what_was_typed(published: Opened) -> None:
    answers = published.view.answers
    answers.type_text("Alder builds of elm and of ash.")
    answers.choose(place(ALDER, "Q2"))
    found = published.response("Q1")
    assert found is not None
    assert found.text == "Alder builds of elm and of ash."
    assert unfinished.unfinished(published.desk.session, "answer", place(ALDER, "Q1")) is None
    assert str(answers.model.rows[0].length) == "7 words"
    published.desk.undo_stack.undo()
    found = published.response("Q1")
    assert found is not None
    assert found.text == "Alder builds of oak."


def test_text_typed_back_is_no_revision(published: Opened) -> None:
    answers = published.view.answers
    answers.type_text("x")
    answers.type_text("Alder builds of oak.")
    published.view.choose(BIRCH)
    assert published.desk.undo_stack.count() == 0


def test_documents_are_added_attached_and_taken_off(published: Opened, tmp_path: Path) -> None:
    answers = published.view.answers
    path = tmp_path / "Method.pdf"
    path.write_bytes(b"%PDF")
    assert answers.add_documents([path]) == 1
    line = answers.documents[0]
    assert (line.document.name, line.size, line.used_for, line.opens) == (
        "Method.pdf",
        "1 KB",
        "",
        True,
    )
    answers.attach(line.document.id, " 3 ")
    assert (answers.document, answers.page) == (line.document.id, "3")
    assert answers.model.rows[0].document == "Method.pdf, page 3"
    assert answers.documents[0].used_for == "Q1"
    out = answers.write_to_look_at(line.document)
    assert out is not None
    assert out.read_bytes() == b"%PDF"
    assert answers.save_copy(line.document, tmp_path / "copy.pdf")
    assert not answers.save_copy(line.document, tmp_path)
    answers.take_off(line.document.id)
    assert answers.document is None
    assert answers.model.rows[0].document == ""
    assert len(answers.documents) == 1
    answers.clean_up()
    assert not out.exists()
    assert len(published.refused) == 1


def test_a_document_that_cannot_be_read_is_refused(published: Opened, tmp_path: Path) -> None:
    assert published.view.answers.add_documents([tmp_path / "gone.pdf"]) == 0
    assert len(published.refused) == 1


def test_a_program_is_never_opened(published: Opened, tmp_path: Path) -> None:
    path = tmp_path / "Q1.exe"
    path.write_bytes(b"MZ")
    answers = published.view.answers
    answers.add_documents([path])
    assert not answers.documents[0].opens
    assert answers.write_to_look_at(answers.documents[0].document) is None
    assert "Save a copy" in published.refused[0].do


def test_after_the_lock_everything_stays_as_it_is(locked: Opened, tmp_path: Path) -> None:
    view = locked.view
    assert not view.may_edit
    assert "locked since 2 March 2027" in view.under
    assert "everybody scores the same words" in view.lock_sentence
    view.answers.type_text("Other words")
    assert view.answers.text == "Alder builds of oak."
    path = tmp_path / "late.txt"
    path.write_text("late")
    assert view.answers.add_documents([path]) == 0
    assert "stage 'scoring'" in view.save_particular(locked.field("sme"), "yes")


def draft_of(opened: Opened) -> StatusDraft:
    return opened.view.statuses[0].draft


def test_a_status_needs_its_reason(locked: Opened) -> None:
    view = locked.view
    view.type_status(LOT, StatusDraft("withdrawn"))
    assert "needs a reason" in view.record_status(LOT)
    view.type_status(LOT, StatusDraft("withdrawn", "By letter of 3 March 2027."))
    assert view.record_status(LOT) == ""
    assert view.bidders.rows[0].standing == "Withdrawn"
    assert view.sentence == "1 of 2 tenders is assessed"
    assert view.order_sentence == ""


def test_a_status_that_needs_notice_says_what_is_missing(locked: Opened) -> None:
    view = locked.view
    draft = StatusDraft("excluded", "Ground.", notified_on="2 March 2027")
    view.type_status(LOT, draft)
    assert view.record_status(LOT) == ""
    row = view.bidders.rows[0]
    assert (row.standing, row.waits) == ("Excluded; no date: response, decision", True)
    assert view.statuses[0].missing.startswith("response and decision are not dated")
    wrong = msgspec.structs.replace(draft, responded_on="soon")
    view.type_status(LOT, wrong)
    assert view.record_status(LOT).startswith("Supplier responded: ")
    view.type_status(LOT, msgspec.structs.replace(draft, decided_on="1 March 2027"))
    assert "follow each other" in view.record_status(LOT)
    done = msgspec.structs.replace(draft, responded_on="3 March 2027", decided_on="4 March 2027")
    view.type_status(LOT, done)
    assert view.record_status(LOT) == ""
    assert view.bidders.rows[0].standing == "Excluded"
    assert view.statuses[0].missing == ""


def test_a_status_being_typed_survives(locked: Opened) -> None:
    view = locked.view
    view.type_status(LOT, StatusDraft("late", "By post"))
    assert view.statuses[0].is_changed
    view.choose(BIRCH)
    view.choose(ALDER)
    assert draft_of(locked) == StatusDraft("late", "By post")
    view.give_up_status(LOT)
    assert draft_of(locked) == StatusDraft("assessed")
    assert not view.statuses[0].takes_a_reason


def test_at_price_the_order_is_said(tmp_path: Path) -> None:
    with a_desk(tmp_path, "priced").session() as session:
        view = Opened(session).view
        view.choose(BIRCH)
        view.type_status(LOT, StatusDraft("withdrawn", "By letter."))
        assert view.record_status(LOT) == ""
        assert view.order_sentence == (
            "The order was 1 Birch Ltd; 2 Alder Ltd. It is now 1 Alder Ltd."
        )
        view.type_status(LOT, StatusDraft("withdrawn", "By letter of 3 March."))
        assert view.record_status(LOT) == ""
        assert view.order_sentence == "The order did not change: 1 Alder Ltd."


def test_every_status_says_what_it_means(locked: Opened) -> None:
    for status in type(locked.view.statuses[0].recorded.status):
        assert what_it_means(status).endswith(".")
        assert "Say" not in what_it_means(status, asking=False)


def test_clarifications_are_kept_apart(locked: Opened) -> None:
    view = locked.view.clarifications
    assert view.may_record
    assert "Choose the question" in view.record()
    draft = view.draft
    view.type_draft(msgspec.structs.replace(draft, criterion="Q1"))
    assert "what was asked" in view.record()
    full = msgspec.structs.replace(view.draft, question="Which oak?", answer="Red.", scorable=True)
    view.type_draft(full)
    assert "needs the ground" in view.record()
    locked.view.choose(BIRCH)
    assert not view.lines
    locked.view.choose(ALDER)
    assert view.draft == full
    view.type_draft(msgspec.structs.replace(full, reason="It mends an ambiguity."))
    assert view.record() == ""
    assert view.draft.question == ""
    line = view.lines[0]
    assert line.head == "Q1, 2 March 2027"
    assert line.use == "The panel may take it into account: It mends an ambiguity."
    with locked.desk.reading() as reader:
        found = reader.clarifications()
    assert isinstance(found[0], Clarification)
    assert locked.response("Q1") == Response(place(ALDER, "Q1"), "Alder builds of oak.")


def test_no_clarification_before_the_deadline(published: Opened) -> None:
    view = published.view.clarifications
    assert not view.may_record
    assert "questions are answered to everybody" in view.why_not


def test_a_change_elsewhere_is_read_again(published: Opened) -> None:
    seen: list[int] = []
    published.view.read_again.connect(lambda: seen.append(1))
    text = Response(place(BIRCH, "Q1"), "Five words stand just here.")
    bids.record_responses(published.desk.session, [text])
    published.desk.announce(frozenset())
    assert not seen
    published.desk.announce(frozenset({Kind.RESPONSES}))
    assert seen


@pytest.fixture
def two_lots(tmp_path: Path) -> Iterator[Opened]:
    desk = a_desk(tmp_path)
    lots = (("Lot", "Title"), ("N", "North"), ("S", "South"))
    bidders = (("Bidder", "Lots"), ("Alder Ltd", "N"), ("Birch Ltd", ""))
    made = desk.new({**SET_UP, "Lots": lots, "Bidders": bidders})
    assert made.status == 0, made.err
    with desk.session() as session:
        yield Opened(session)


def test_lots_are_part_of_everything(two_lots: Opened) -> None:
    view = two_lots.view
    assert [row.standing for row in view.bidders.rows] == ["Lot N: Assessed", "Lots N, S: Assessed"]
    assert [line.title for line in view.statuses] == ["Lot N, North"]
    assert view.save_particular(two_lots.field("lot N"), "no").startswith("A bidder bids for one")
    assert view.save_particular(two_lots.field("lot S"), "yes") == ""
    assert [line.lot for line in view.statuses] == ["N", "S"]
    view.type_status(LotId("S"), StatusDraft("late", "At one minute past."))
    assert view.record_status(LotId("S")) == ""
    assert view.bidders.rows[0].standing == "Lot N: Assessed; Lot S: Late"
    assert two_lots.field("lot S").shown(view.bidder) == "yes"
