"""Private questions that came with returns: unread until somebody notes that they were read."""

from pathlib import Path

import pytest

from tendereval.domain.errors import UnknownReference
from tendereval.domain.packs import ReturnKind
from tendereval.services import collecting, declaring, returning
from tendereval.services.private_questions import note_read, unread
from tendereval.services.session import Session
from tests.service.builders import BEN, CAM
from tests.service.packs import lead_and_packs, score_all


def collected(folder: Path, question: str) -> Session:
    """Collect a return of Ben with a question and one of Cam without."""
    made = lead_and_packs(folder)
    paths = []
    for person, words in ((BEN, question), (CAM, "")):
        with made.at_home(person) as session:
            declaring.declare(session, "")
            score_all(session)
            paths.append(folder / f"{person}.scores")
            returning.make_return(session, paths[-1], ReturnKind.SCORES, words)
    lead = made.lead()
    collecting.collect(lead, collecting.look_at_returns(lead, paths))
    return lead


def test_a_question_is_unread_until_it_is_noted(tmp_path: Path) -> None:
    with collected(tmp_path, "May I ask?") as session:
        with session.reading() as reader:
            (found,) = unread(reader)
        assert (found.person, found.question) == (BEN, "May I ask?")
        note_read(session, found.sha256)
        with session.reading() as reader:
            assert unread(reader) == ()
            assert reader.entries()[-1].ids == {"person": BEN, "return": found.sha256}


def test_a_question_is_noted_once(tmp_path: Path) -> None:
    with collected(tmp_path, "May I ask?") as session:
        with session.reading() as reader:
            (found,) = unread(reader)
        note_read(session, found.sha256)
        with pytest.raises(UnknownReference, match="No unread question"):
            note_read(session, found.sha256)


def test_without_questions_nothing_waits(tmp_path: Path) -> None:
    with collected(tmp_path, "  ") as session, session.reading() as reader:
        assert unread(reader) == ()
