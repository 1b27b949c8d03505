"""A folder of bidders' files comes in as a person agreed, all or nothing."""

import io
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
import pytest

from tendereval.domain.bidding import Response
from tendereval.domain.errors import (
    ChangedUnderneath,
    FileProblem,
    NotAllowedNow,
    RuleRefusal,
)
from tendereval.services import folder_import, folder_walk, unfinished
from tendereval.services.folder_import import (
    FolderReport,
    Proposal,
    Taking,
    conflicts,
    import_folder,
    plain_text,
    preview_folder,
)
from tendereval.services.progress import Cancelled, NullProgress
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tests.exchange.test_pdf_text import a_pdf
from tests.service.builders import ALDER, BIRCH, Desk, a_desk, place

BLNS = Path(__file__).parents[2].parent / "shared/cases/strings/blns.json"
QUIET = NullProgress()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path, "published")


@pytest.fixture
def session(desk: Desk) -> Iterator[Session]:
    with desk.session() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Tenders in"
    made.mkdir()
    return made


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def a_word(text: str) -> bytes:
    document, stream = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


def proposals(session: Session, folder: Path) -> dict[str, Proposal]:
    found = preview_folder(session, folder, QUIET).proposals
    return {item.file.shown: item for item in found}


def agreed(found: dict[str, Proposal]) -> list[Taking]:
    return [Taking(p, p.bidder, p.question) for p in found.values() if p.bidder]


def responses(session: Session) -> dict[object, Response]:
    with session.reading() as reader:
        return {item.place: item for item in reader.responses()}


def test_files_are_mapped_by_name_and_kind(session: Session, folder: Path) -> None:
    put(folder, "Alder Ltd/Q1.docx", a_word("We build of oak."))
    put(folder, "Birch/Question 2.pdf", a_pdf("Four apprentices from the town itself."))
    put(folder, "Birch/references.pdf", a_pdf(""))
    put(folder, "Alder/notes.xyz", b"\0\1")
    put(folder, "Alder/Q2.md", "Two\r\napprentices.")
    found = proposals(session, folder)
    assert {name: (item.bidder, item.question, item.what) for name, item in found.items()} == {
        "Alder Ltd/Q1.docx": (ALDER, "Q1", "Word, 4 words"),
        "Birch/Question 2.pdf": (BIRCH, "Q2", "PDF, 1 page"),
        "Birch/references.pdf": (BIRCH, None, "PDF, 1 page, no text"),
        "Alder/notes.xyz": (ALDER, None, "XYZ, kept as it is"),
        "Alder/Q2.md": (ALDER, "Q2", "Text, 2 words"),
    }
    assert "scan" in found["Birch/references.pdf"].notes[0]


def test_what_cannot_be_read_stays_out_with_the_reason(session: Session, folder: Path) -> None:
    put(folder, "Alder/Q1.docx", b"PK\x03\x04 broken")
    put(folder, "Alder/Q2.pdf", b"%PDF broken")
    put(folder, "Alder/Q2.txt", b"a\0b")
    found = proposals(session, folder).values()
    assert all(item.bidder is None and item.problem for item in found)
    assert all("Ask for" in item.how or "ask for" in item.how for item in found)


def test_prices_are_not_proposed(session: Session, folder: Path) -> None:
    put(folder, "Alder/Pricing schedule.xlsx", b"x")
    put(folder, "Alder/PRICE.pdf", a_pdf("The price is what it is, and it is here."))
    found = proposals(session, folder).values()
    assert [item.bidder for item in found] == [None, None]
    assert all("after moderation" in item.how for item in found)


def test_hidden_and_temporary_files_are_passed_over_and_said(
    session: Session, folder: Path
) -> None:
    for name in (".DS_Store", "Thumbs.db", "~$Q1.docx", "Q1.tmp", "empty.txt"):
        put(folder, name, b"" if name == "empty.txt" else b"x")
    put(folder, "__MACOSX/Alder Q1.txt", "x")
    (folder / "link.txt").symlink_to(folder / ".DS_Store")
    found = preview_folder(session, folder, QUIET)
    assert found.proposals == ()
    assert set(found.passed_over) == {
        "3 hidden files passed over.",
        "2 temporary files passed over.",
        "1 empty file passed over.",
        "1 linked file passed over.",
    }


def test_a_folder_comes_in_whole(session: Session, folder: Path) -> None:
    put(folder, "Alder/Q1.docx", a_word("Oak, and only oak."))
    put(folder, "Birch/Q1.pdf", a_pdf("Pine, and only pine, from the next valley."))
    report = import_folder(session, agreed(proposals(session, folder)), QUIET)
    assert report == FolderReport(2, 2)
    now = responses(session)
    word, pdf = now[place(ALDER, "Q1")], now[place(BIRCH, "Q1")]
    assert (word.text, pdf.text) == ("Oak, and only oak.", "Birch builds of pine.")
    with session.reading() as reader:
        kept = {item.id: item for item in reader.documents()}
        assert kept[word.document].media_type.endswith("wordprocessingml.document")  # type: ignore[index]  # there is one
        assert reader.document_content(pdf.document).startswith(b"%PDF")  # type: ignore[arg-type]  # there is one
        assert reader.entries()[-1].kind == "folder taken in"
        assert reader.record_faults() == ()


def test_two_files_for_one_place_are_refused(session: Session, folder: Path) -> None:
    put(folder, "Alder/Q1.txt", "One.")
    put(folder, "Alder/Q1 final.txt", "Two.")
    takings = agreed(proposals(session, folder))
    against = conflicts(desk_now(session), takings)
    assert set(against.values()) == {"2 files go to Alder Ltd, Q1: keep one of them there."}
    before = responses(session)
    with pytest.raises(RuleRefusal, match="keep one of them"):
        import_folder(session, takings, QUIET)
    assert responses(session) == before
    one_apart = [takings[0], Taking(takings[1].proposal, ALDER, None)]
    assert import_folder(session, one_apart, QUIET) == FolderReport(1, 2)


def desk_now(session: Session) -> Situation:
    with session.reading() as reader:
        return situation(reader)


def test_what_cannot_be_read_cannot_be_forced_in(session: Session, folder: Path) -> None:
    put(folder, "Alder/Q1.pdf", b"%PDF broken")
    found = list(proposals(session, folder).values())
    with pytest.raises(RuleRefusal, match="damaged"):
        import_folder(session, [Taking(found[0], ALDER, None)], QUIET)


def test_a_question_that_is_not_asked_is_refused(session: Session, folder: Path) -> None:
    put(folder, "Alder/x.txt", "x")
    found = list(proposals(session, folder).values())
    price = Taking(found[0], ALDER, place(ALDER, "PRICE").criterion)
    with pytest.raises(RuleRefusal, match="is not asked PRICE"):
        import_folder(session, [price], QUIET)


def test_a_file_changed_meanwhile_is_refused_and_nothing_comes_in(
    session: Session, folder: Path
) -> None:
    put(folder, "Alder/Q1.txt", "One.")
    late = put(folder, "Birch/Q1.txt", "Two.")
    takings = agreed(proposals(session, folder))
    before = responses(session)
    late.write_text("Three.")
    with pytest.raises(ChangedUnderneath, match="changed since"):
        import_folder(session, takings, QUIET)
    late.unlink()
    with pytest.raises(Exception, match="cannot be read"):
        import_folder(session, takings, QUIET)
    assert responses(session) == before
    with session.reading() as reader:
        assert reader.documents() == ()


def test_a_person_can_stop_it(session: Session, folder: Path) -> None:
    class Stop:
        def step(self, done: int, total: int, label: str) -> None:
            del total, label
            if done > 1:
                raise Cancelled

    put(folder, "Alder/Q1.txt", "One.")
    put(folder, "Birch/Q1.txt", "Two.")
    takings = agreed(proposals(session, folder))
    before = responses(session)
    with pytest.raises(Cancelled):
        import_folder(session, takings, Stop())
    assert responses(session) == before


def test_it_needs_bidders_and_open_answers(tmp_path: Path, folder: Path) -> None:
    with (
        a_desk(tmp_path, "set-up").session() as early,
        pytest.raises(RuleRefusal, match="no bidders"),
    ):
        preview_folder(early, folder, QUIET)
    with a_desk(tmp_path, "scoring").session() as late:
        with pytest.raises(NotAllowedNow):
            preview_folder(late, folder, QUIET)
        with pytest.raises(NotAllowedNow):
            import_folder(late, [], QUIET)


def test_the_limits_are_refused_in_words(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        put(folder, f"{number}.txt", "xxxx")
    with monkeypatch.context() as patch:
        patch.setattr(folder_walk, "MOST_FILES", 2)
        with pytest.raises(FileProblem, match="more than 2 files"):
            preview_folder(session, folder, QUIET)
    with monkeypatch.context() as patch:
        patch.setattr(folder_walk, "MOST_BYTES", 2)
        with pytest.raises(FileProblem, match="MB"):
            preview_folder(session, folder, QUIET)
    with monkeypatch.context() as patch:
        patch.setattr(folder_walk, "LARGEST_FILE", 3)
        assert preview_folder(session, folder, QUIET).passed_over == (
            "3 files over 0 MB passed over.",
        )
    with pytest.raises(FileProblem, match="cannot be read"):
        preview_folder(session, folder / "nowhere", QUIET)


def test_a_file_that_grew_is_not_read_whole(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "Alder Q1.txt", "xxxx")
    files, _ = folder_walk.walk(folder)
    monkeypatch.setattr(folder_walk, "LARGEST_FILE", 3)
    assert folder_import.look(files[0]).problem.startswith("It is too large")
    del session


def test_deep_nesting_ends(folder: Path) -> None:
    put(folder, "/".join("abcdefghijklmnop") + "/x.txt", "x")
    files, passed = folder_walk.walk(folder)
    assert files == ()
    assert passed == ("1 file nested too deep passed over.",)


@pytest.mark.skipif(not BLNS.exists(), reason="the list of naughty strings is not here")
def test_naughty_names_come_in_and_stay_harmless(session: Session, folder: Path) -> None:
    made = _naughty(folder, json.loads(BLNS.read_text(encoding="utf-8")))
    found = preview_folder(session, folder, QUIET).proposals
    takings = [Taking(item, ALDER, None) for item in found if not item.problem]
    assert len(takings) > made // 2
    import_folder(session, takings, QUIET)
    with session.reading() as reader:
        names = [item.name for item in reader.documents()]
    assert all("/" not in name and name.isprintable() for name in names)


def _naughty(folder: Path, strings: Sequence[str]) -> int:
    made = 0
    for number, text in enumerate(strings):
        name = text.replace("/", "").replace("\0", "")[:60]
        try:
            put(folder, f"n{number} {name}.txt", f"{number}")
            made += 1
        except OSError:
            continue
    raw = os.fsencode(folder) + b"/half \xff a name.txt"
    Path(os.fsdecode(raw)).write_text("half")
    return made


def test_plain_text_in_the_letters_people_use() -> None:
    assert plain_text("ŵ\r\ny".encode("utf-8-sig")) == "ŵ\ny"
    assert plain_text("ŵ".encode("utf-16")) == "ŵ"
    assert plain_text("caf\xe9 \u201cx\u201d".encode("cp1252")) == "café “x”"


def test_places_are_those_of_the_lots_bid_for(session: Session) -> None:
    now = desk_now(session)
    assert folder_import.answers_asked(now, ALDER) == (place(ALDER, "Q1"), place(ALDER, "Q2"))


def test_what_is_being_typed_is_kept_and_let_go(session: Session) -> None:
    here = place(ALDER, "Q1")
    assert unfinished.unfinished(session, "answer", here) is None
    unfinished.keep_unfinished(session, "answer", here, "Half a sent")
    unfinished.keep_unfinished(session, "answer", here, "Half a sentence")
    assert unfinished.unfinished(session, "answer", here) == "Half a sentence"
    unfinished.drop_unfinished(session, "answer", here)
    assert unfinished.unfinished(session, "answer", here) is None
