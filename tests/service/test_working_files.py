"""Working files: what is in them, what must not be, and their end."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tendereval.domain.errors import Bug, FileLocked, NotAllowedNow, RuleRefusal
from tendereval.domain.evaluation import Declaration, InterestOutcome
from tendereval.domain.packs import Manifest, PackKind, ReturnKind, receipt_text
from tendereval.services import confirming, declaring, panel
from tendereval.services.opening_packs import bring_up_to_date
from tendereval.services.receipts import take_receipt
from tendereval.services.removing import may_be_removed, remove
from tendereval.services.returning import make_return
from tendereval.services.session import Session
from tendereval.services.traces import half_made
from tendereval.services.working_files import is_working_file, open_working_file
from tendereval.store import recording
from tendereval.store.audit import Actor, Occasion
from tendereval.store.connection import FileKind
from tendereval.store.lock import lock_path, this_process
from tendereval.store.tender_file import TenderFile
from tests.service.builders import AFTER, ALDER, BEN, BIRCH, CAM, TickingClock, place
from tests.service.packs import (
    a_manifest,
    a_pack,
    a_receipt,
    a_record,
    a_working_file,
    an_agreed_score,
    lead_and_packs,
    score,
    score_all,
    the_key,
)

CLOCK = TickingClock(AFTER + timedelta(days=2))


def later(session: Session, manifest: Manifest) -> None:
    pack = a_pack(session.file.path.with_name(f"later-{manifest.number}.scorepack"), manifest)
    bring_up_to_date(session, pack, the_key())


def returned(session: Session, name: str, kind: ReturnKind = ReturnKind.SCORES) -> str:
    """Return, take the receipt, and say which return it was."""
    made = make_return(session, session.file.path.with_name(name), kind, part=True)
    take_receipt(session, receipt_text(a_receipt(made.sha256)))
    return made.sha256


def test_a_working_file_opens_as_its_evaluators(tmp_path: Path) -> None:
    a_working_file(tmp_path).file.close()
    with open_working_file(tmp_path / "ben.scoring", CLOCK, "app") as session:
        assert is_working_file(session)
        assert session.actor.person == BEN
        with pytest.raises(FileLocked):
            open_working_file(tmp_path / "ben.scoring", CLOCK, "app")
        own = tmp_path / "ben.scoring"
        with (
            open_working_file(own, CLOCK, "app", take_over=True) as taken,
            taken.reading() as reader,
        ):
            assert reader.entries()[-1].kind == "file taken over"


def test_a_working_file_that_no_pack_made_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "x.scoring"
    with TenderFile.create(path, this_process("x", "now"), FileKind.SCORING) as file:
        occasion = Occasion("made", Actor(BEN, "app"), AFTER, {}, {})
        with file.change(occasion) as change:
            recording.add_identity(change, "x", "x")
    with pytest.raises(Bug):
        open_working_file(path, CLOCK, "app")
    assert not lock_path(path).exists()


def test_nobody_decides_on_their_own_interest_in_a_working_file(tmp_path: Path) -> None:
    with a_working_file(tmp_path) as session:
        declaring.declare(session, "A cousin.")
        with pytest.raises(RuleRefusal, match="Nobody decides on an interest of their own"):
            panel.decide_interest(session, BEN, InterestOutcome.NONE, "It is nothing.")


PRICES = (("Bidder", "Price"), ("Alder Ltd", "74123.59"), ("Birch Ltd", "68017.43"))
NOBODYS = (
    *(b"74123.59", b"68017.43", b"Dot Dean", b"dot@x.example", b"bids@alder.example"),
    *(b"1 High Street", b"lowest over price", b"PRICE", b"Reader 1 on", b"Reader 2 on"),
)
OWN = {BEN: (b"Ben Bell", b"ben@x.example"), CAM: (b"Cam Cole", b"cam@x.example")}


@pytest.mark.parametrize(
    ("stage", "kind", "there"),
    [
        ("scored", PackKind.SCOREPACK, b"Alder builds of oak."),
        ("agreed", PackKind.RECORD, b"Sound, of oak."),
    ],
)
def test_a_working_file_holds_no_price_and_nobody_elses_words(
    tmp_path: Path, stage: str, kind: PackKind, there: bytes
) -> None:
    """Everything of the lead's file that is not this evaluator's is searched for in each byte."""
    made = lead_and_packs(tmp_path, stage, kind)
    assert made.desk.take_in({"Prices": PRICES}).status == 0
    made.send((BEN, CAM), kind)
    lead = made.desk.file.read_bytes()
    assert not [words for words in (*NOBODYS, *OWN[BEN], *OWN[CAM], there) if words not in lead]
    for person, other in ((BEN, CAM), (CAM, BEN)):
        with made.at_home(person) as session:
            content = session.file.path.read_bytes()
        unwanted = (*NOBODYS, *OWN[other], b"ana@x.example")
        assert not [words for words in unwanted if words in content]
        assert there in content


def test_a_working_file_may_go_once_everything_was_received(tmp_path: Path) -> None:
    with a_working_file(tmp_path, declared=False) as session:
        assert not may_be_removed(session)
        declaring.declare(session, "")
        score_all(session)
        assert not may_be_removed(session)
        made = make_return(session, tmp_path / "one.scores", ReturnKind.SCORES)
        assert not may_be_removed(session)
        take_receipt(session, receipt_text(a_receipt(made.sha256)))
        assert may_be_removed(session)
        score(session, place(ALDER, "Q1"), "On reflection.", 4)
        assert not may_be_removed(session)
        with pytest.raises(NotAllowedNow, match="has not come yet"):
            remove(session)
        make_return(session, tmp_path / "two.scores", ReturnKind.SCORES)
        assert not may_be_removed(session)
        returned(session, "three.scores")
        assert may_be_removed(session)
        declaring.declare(session, "")
        assert not may_be_removed(session)
        returned(session, "four.scores", ReturnKind.DECLARATION)
        assert may_be_removed(session)


def test_a_working_file_stays_while_a_part_or_more_is_asked_for(tmp_path: Path) -> None:
    with a_working_file(tmp_path, replace(a_manifest(), part_allowed=True)) as session:
        score(session, place(ALDER, "Q1"))
        returned(session, "one.scores")
        assert not may_be_removed(session)
        score_all(session)
        returned(session, "two.scores")
        assert may_be_removed(session)
        at = place(BIRCH, "Q1")
        later(session, a_record(2, an_agreed_score(at)))
        assert not may_be_removed(session)
        confirming.confirm(session, at, agrees=True)
        assert not may_be_removed(session)
        returned(session, "three.scores", ReturnKind.CONFIRMATION)
        assert may_be_removed(session)
        later(session, replace(a_manifest(3), is_moderated=True, sent_back=(at,)))
        assert may_be_removed(session)
        score(session, at, "Anew.")
        assert not may_be_removed(session)


def test_who_is_removed_returns_the_declaration_and_is_done(tmp_path: Path) -> None:
    interest = "I own it."
    removed = Declaration(BEN, interest, (), InterestOutcome.REMOVED, "Left out.")
    with a_working_file(tmp_path, declared=False) as session:
        declaring.declare(session, interest)
        returned(session, "one.scores", ReturnKind.DECLARATION)
        assert not may_be_removed(session)
        later(session, replace(a_manifest(2), declaration=removed))
        assert may_be_removed(session)


def test_removing_takes_the_file_and_its_back_ups_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "ben notes.txt").write_text("mine")
    session = a_working_file(tmp_path)
    half = half_made(tmp_path / "ben.scoring")
    half.parent.mkdir()
    half.write_bytes(b"left by a crash")
    score_all(session, "Nobody shall read this.")
    copy = session.file.back_up(AFTER)
    assert copy.exists()
    returned(session, "one.scores")
    remove(session)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "ben notes.txt",
        "ben-1.scorepack",
        "one.scores",
    ]


def test_what_is_removed_is_overwritten_first(tmp_path: Path) -> None:
    session = a_working_file(tmp_path)
    score_all(session, "Nobody shall read this.")
    returned(session, "one.scores")
    again = tmp_path / "same bytes.bin"
    again.hardlink_to(tmp_path / "ben.scoring")
    assert b"Nobody shall read this." in again.read_bytes()
    remove(session)
    assert b"Nobody shall read this." not in again.read_bytes()
