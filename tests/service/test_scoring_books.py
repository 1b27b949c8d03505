"""Scoring workbooks go out as packs of their own number and come back as unsigned returns."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tendereval.domain.errors import (
    ChangedUnderneath,
    FileExists,
    FileProblem,
    NotAllowedNow,
    NotDeclared,
    NotTheirs,
    ReadOnlyFile,
    RuleRefusal,
    UnreadableWorkbook,
    UserFixable,
    WorkbookProblems,
    WrongTender,
)
from tendereval.domain.packs import ReturnBody, ReturnSource
from tendereval.exchange.scoring_workbook import write_scoring_workbook
from tendereval.services import collecting, name_checking, panel
from tendereval.services.scoring_books import SEALED_TO, BookMade, read_book, write_book
from tests.service.builders import AFTER, ALDER, BEN, BIRCH, CAM, DOT, Desk, a_desk
from tests.service.packing_builders import a_hidden_desk, a_pdf, answered_in, leading

FILLED: Mapping[str, str | float] = {"H4": 4, "H5": 3, "H6": 2, "H7": 4}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The small tender at stage scoring."""
    return a_desk(tmp_path, "scoring")


def fill(path: Path, cells: Mapping[str, str | float] | None = None) -> Path:
    """Score everything as a person would, and declare what the cells say."""
    book = load_workbook(path)
    for row in range(4, 8):
        book["Scores"][f"I{row}"] = f"Because of {row}."
    for cell, value in (cells or FILLED).items():
        sheet, _, at = cell.rpartition("!")
        book[sheet or "Scores"][at] = value
    book.save(path)
    return path


def outline(body: ReturnBody) -> dict[tuple[str, str], int]:
    return {
        (one.place.bidder, one.place.criterion): int(one.points)
        for one in body.scores
        if one.points is not None
    }


def test_a_workbook_is_written_recorded_and_read_back(desk: Desk) -> None:
    path = desk.folder / "ben.xlsx"
    with desk.session() as session:
        made = write_book(session, BEN, path, message="Thank you.")
        assert made == BookMade(path, BEN, 1, 4)
        with session.reading() as reader:
            (pack,) = reader.packs_made()
            assert reader.record_faults() == ()
        assert (pack.person, pack.number, pack.sealed_to) == (BEN, 1, SEALED_TO)
        assert (pack.method_version, pack.names) == (1, "shown")
        back = read_book(session, fill(path))
    assert outline(back.body) == {
        (ALDER, "Q1"): 4,
        ("b-2", "Q1"): 3,
        (ALDER, "Q2"): 2,
        ("b-2", "Q2"): 4,
    }
    assert (back.body.tender, back.body.evaluator, back.body.pack) == ("the-tender", BEN, 1)
    assert back.body.complete
    assert back.plain == path.read_bytes()
    assert back.sha256 == hashlib.sha256(back.plain).hexdigest()
    assert desk.entries()[-1].kind == "pack made"


def test_each_workbook_has_the_next_number_of_the_persons_packs(desk: Desk) -> None:
    with desk.session() as session:
        numbers = [
            write_book(session, person, desk.folder / f"{number}.xlsx").number
            for number, person in enumerate((BEN, BEN, CAM))
        ]
    assert numbers == [1, 2, 1]


def test_where_keys_are_at_hand_the_head_is_signed(desk: Desk) -> None:
    with leading(desk) as session:
        write_book(session, BEN, desk.folder / "ben.xlsx")
        with session.reading() as reader:
            assert len(reader.signed_heads()) == 1
            assert reader.record_faults() == ()


def test_a_book_that_is_not_the_one_that_was_written_is_refused(desk: Desk) -> None:
    """Written from a copy of the tender it fits itself, but not what this record knows of it."""
    with desk.session() as session:
        write_book(session, BEN, desk.folder / "ben.xlsx")
        other = desk.folder / "copy"
        other.mkdir()
        copied = Desk(other, desk.clock)
        copied.file.write_bytes(desk.file.read_bytes())
    with copied.session() as session:
        theirs = fill(write_book(session, BEN, other / "ben.xlsx").path)
    with desk.session() as session:
        write_book(session, BEN, desk.folder / "second.xlsx")
        with pytest.raises(WorkbookProblems) as refusal:
            read_book(session, theirs)
    assert refusal.value.problems[0].sheet == "About this workbook"


def test_a_book_of_another_tender_is_refused(desk: Desk, tmp_path: Path) -> None:
    with desk.session() as session:
        path = fill(write_book(session, BEN, desk.folder / "ben.xlsx").path)
    other = a_desk(tmp_path, "scoring")
    other.sql("UPDATE identity SET tender = 'another'")
    with other.looking() as session, pytest.raises(WrongTender, match="another tender"):
        read_book(session, path)


def test_wrong_cells_and_wrong_files_are_refused(desk: Desk) -> None:
    with desk.session() as session:
        path = write_book(session, BEN, desk.folder / "ben.xlsx").path
        with pytest.raises(WorkbookProblems, match="Scores, row 4, column Score: 9 is not on"):
            read_book(session, fill(path, {"H4": 9, "Declaration!B3": "None"}))
        Workbook().save(desk.folder / "other.xlsx")
        with pytest.raises(UnreadableWorkbook):
            read_book(session, desk.folder / "other.xlsx")
        with pytest.raises(UserFixable):
            read_book(session, desk.folder / "none.xlsx")


def test_an_interest_comes_back_with_its_organisations(desk: Desk) -> None:
    cells = {
        **FILLED,
        "Declaration!B3": "I have an interest",
        "Declaration!B4": "A cousin.",
        "Declaration!B9": "yes",
    }
    with desk.session() as session:
        back = read_book(
            session, fill(write_book(session, BEN, desk.folder / "b.xlsx").path, cells)
        )
    assert back.body.declaration is not None
    assert back.body.declaration.interest == "A cousin."
    assert back.body.declaration.organisations == ("Alder Ltd",)


def test_nobody_gets_a_workbook_whose_interest_waits_for_a_decision(desk: Desk) -> None:
    with desk.session() as session:
        panel.declare(session, BEN, "A cousin.", (ALDER,))
        with pytest.raises(NotDeclared):
            write_book(session, BEN, desk.folder / "ben.xlsx")


def test_a_workbook_is_collected_as_an_unsigned_return(desk: Desk) -> None:
    with leading(desk) as session:
        path = fill(write_book(session, BEN, desk.folder / "ben.xlsx").path)
        looked = collecting.look_at_returns(session, [path])
        assert [item.refusal for item in looked.reports] == [None]
        collecting.collect(session, looked)
        with session.reading() as reader:
            (kept,) = reader.collected()
            assert len(reader.scores_of(BEN)) == 4
    assert (kept.person, kept.source, kept.pack) == (BEN, ReturnSource.WORKBOOK, 1)


def test_documents_are_put_beside_the_workbook(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        answered_in(ALDER, "Q1", "plan.txt", b"Of oak.")(session)
        answered_in(BIRCH, "Q1", "plan.txt", b"Of pine.")(session)
        answered_in(BIRCH, "Q2", "Plan.txt", b"Four.")(session)
    desk.clock.now = AFTER
    assert desk.enter("scoring").status == 0
    with desk.session() as session:
        made = write_book(session, BEN, desk.folder / "ben.xlsx")
    assert made.folder == desk.folder / "ben documents"
    assert {one.name: one.read_bytes() for one in made.folder.iterdir()} == {
        "Alder Ltd plan.txt": b"Of oak.",
        "Birch Ltd 2 plan.txt": b"Of pine.",
        "Birch Ltd Plan.txt": b"Four.",
    }
    answer = load_workbook(made.path)["Scores"]["F4"].value
    assert "[Document: ben documents/Alder Ltd plan.txt, page 2 of plan.txt]" in str(answer)
    made.path.unlink()
    with desk.session() as session, pytest.raises(FileExists):
        write_book(session, BEN, made.path)


def test_names_stay_hidden_in_workbook_and_documents(tmp_path: Path) -> None:
    content = a_pdf("We plant trees.", "Alder Ltd")
    desk = a_hidden_desk(tmp_path, fill=answered_in(ALDER, "Q1", "Alder.pdf", content))
    path = desk.folder / "ben.xlsx"
    with leading(desk) as session:
        with pytest.raises(RuleRefusal, match="not decided"):
            write_book(session, BEN, path)
        name_checking.decide_all(session, name_checking.undecided(session), redact=True)
        made = write_book(session, BEN, path)
        assert made.folder == desk.folder / "ben documents"
        files = list(made.folder.iterdir())
        back = read_book(session, fill(path))
    assert [one.name.partition(" ")[2] for one in files] in (
        ["A document-1.pdf"],
        ["B document-1.pdf"],
    )
    book = load_workbook(path)
    said = "\n".join(
        str(cell.value)
        for sheet in book.worksheets
        if sheet.title not in {"Declaration", "About this workbook"}
        for row in sheet.iter_rows()
        for cell in row
    )
    assert "Alder" not in said
    assert "Birch" not in said
    assert "ben documents/Bidder" in said
    assert all(b"Alder" not in one.read_bytes() for one in files)
    assert {one.place.bidder for one in back.body.scores} == {"bidder-a", "bidder-b"}


def test_what_may_not_be_written_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    path = desk.folder / "ben.xlsx"
    before = len(desk.entries())
    with desk.session() as session:
        path.write_text("mine", encoding="utf-8")
        with pytest.raises(FileExists):
            write_book(session, BEN, path)
        assert path.read_text(encoding="utf-8") == "mine"
        with pytest.raises(FileProblem):
            write_book(session, BEN, tmp_path / "none" / "ben.xlsx")
    assert len(desk.entries()) == before


def test_only_who_scores_gets_one_and_only_when_there_is_something_to_score(
    tmp_path: Path,
) -> None:
    with a_desk(tmp_path, "published").session() as session, pytest.raises(NotAllowedNow):
        write_book(session, BEN, tmp_path / "ben.xlsx")
    with a_desk(tmp_path, "moderation").session() as session, pytest.raises(NotAllowedNow):
        write_book(session, BEN, tmp_path / "ben.xlsx")
    with a_desk(tmp_path, "scoring").session() as session, pytest.raises(NotTheirs):
        write_book(session, DOT, tmp_path / "dot.xlsx")


def test_a_failure_takes_back_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        answered_in(ALDER, "Q1", "plan.txt", b"Of oak.")(session)
    desk.clock.now = AFTER
    assert desk.enter("scoring").status == 0
    before = sorted(desk.folder.iterdir())

    def fail(*_: object) -> None:
        raise RuntimeError("stopped")

    with desk.session() as session:
        monkeypatch.setattr("tendereval.store.pack_recording.add_pack_made", fail)
        with pytest.raises(RuntimeError, match="stopped"):
            write_book(session, BEN, desk.folder / "ben.xlsx")
    assert sorted(desk.folder.iterdir()) == before


def test_a_tender_that_changes_meanwhile_makes_no_workbook(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.folder / "ben.xlsx"
    with desk.session() as session:

        def write(*given: Path) -> object:
            panel.declare(session, CAM, "")
            return write_scoring_workbook(*given)  # type: ignore[arg-type]  # passed on

        monkeypatch.setattr("tendereval.exchange.scoring_workbook.write_scoring_workbook", write)
        with pytest.raises(ChangedUnderneath):
            write_book(session, BEN, path)
        with session.reading() as reader:
            assert reader.packs_made() == ()
    assert not path.exists()


def test_a_folder_that_cannot_be_written_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        answered_in(ALDER, "Q1", "plan.txt", b"Of oak.")(session)
    desk.clock.now = AFTER
    assert desk.enter("scoring").status == 0

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    with desk.session() as session:
        monkeypatch.setattr(Path, "mkdir", refuse)
        with pytest.raises(ReadOnlyFile, match="may not be written"):
            write_book(session, BEN, desk.folder / "ben.xlsx")
