"""Confirming agreed scores on the evaluator's laptop, item by item, with room for dissent."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tendereval.domain.errors import (
    IncompleteRecord,
    MissingAgreedScore,
    NotAllowedNow,
    ReasonNeeded,
)
from tendereval.domain.packs import Manifest, PackKind, ReturnKind
from tendereval.services import confirming, returning
from tendereval.services.confirming import confirm, confirmations_outstanding
from tendereval.services.opening_packs import bring_up_to_date
from tendereval.services.returning import make_return
from tendereval.services.session import Session
from tests.builders import a_criterion, a_method
from tests.service.builders import ALDER, BEN, BIRCH, CAM, place
from tests.service.packs import (
    a_manifest,
    a_pack,
    a_record,
    a_version,
    a_working_file,
    an_agreed_score,
    body_of,
    lead_and_packs,
    score,
    score_all,
    the_key,
)

BLNS = Path(__file__).parents[2].parent / "shared/cases/strings/blns.json"
FIRST, SECOND = place(ALDER, "Q1"), place(BIRCH, "Q2")
RECORD = a_record(1, an_agreed_score(FIRST), an_agreed_score(SECOND))


def later(session: Session, manifest: Manifest) -> None:
    pack = a_pack(session.file.path.with_name(f"later-{manifest.number}.record"), manifest)
    bring_up_to_date(session, pack, the_key())


def waiting(session: Session) -> list[object]:
    return [(item.place, item.revision) for item in confirmations_outstanding(session)]


def test_a_record_is_confirmed_item_by_item_and_returned(tmp_path: Path) -> None:
    with a_working_file(tmp_path, RECORD, declared=False) as session:
        assert waiting(session) == [(FIRST, 1), (SECOND, 1)]
        assert returning.gaps(session, ReturnKind.CONFIRMATION) == (
            "Q1, Alder Ltd: not confirmed yet.",
            "Q2, Birch Ltd: not confirmed yet.",
        )
        confirm(session, FIRST, agrees=True)
        with pytest.raises(IncompleteRecord, match="Q2, Birch Ltd: not confirmed yet"):
            make_return(session, tmp_path / "x.scores", ReturnKind.CONFIRMATION)
        with pytest.raises(ReasonNeeded):
            confirm(session, SECOND, agrees=False, dissent=" ")
        confirm(session, SECOND, agrees=False, dissent="Two of the four are temporary.")
        assert returning.progress_of(session).to_confirm == 0
        made = make_return(session, tmp_path / "x.scores", ReturnKind.CONFIRMATION, "When?")
        assert made.complete
    body = body_of(tmp_path / "x.scores")
    assert (body.kind, body.declaration, body.scores) == (ReturnKind.CONFIRMATION, None, ())
    assert (body.complete, body.question) == (True, "When?")
    assert [
        (word.place, word.revision, word.agrees, word.dissent) for word in body.confirmations
    ] == [
        (FIRST, 1, True, ""),
        (SECOND, 1, False, "Two of the four are temporary."),
    ]


def test_a_word_may_change_until_it_was_returned(tmp_path: Path) -> None:
    with a_working_file(tmp_path, RECORD, declared=False) as session:
        confirm(session, FIRST, agrees=False, dissent="No.")
        confirm(session, FIRST, agrees=True, dissent="left over")
        confirm(session, SECOND, agrees=True)
        assert not confirming.is_returned(session, FIRST)
        with session.reading() as reader:
            before = len(reader.entries())
        confirm(session, FIRST, agrees=True)
        with session.reading() as reader:
            assert len(reader.entries()) == before
        make_return(session, tmp_path / "x.scores", ReturnKind.CONFIRMATION)
        assert confirming.is_returned(session, FIRST)
        confirm(session, FIRST, agrees=True)
        with pytest.raises(NotAllowedNow, match="was returned already"):
            confirm(session, FIRST, agrees=False, dissent="No after all.")
        changed = a_record(2, an_agreed_score(FIRST, 2, 4), an_agreed_score(SECOND))
        later(session, changed)
        assert waiting(session) == [(FIRST, 2)]
        assert not confirming.is_returned(session, FIRST)
        confirm(session, FIRST, agrees=False, dissent="No after all.")
        make_return(session, tmp_path / "y.scores", ReturnKind.CONFIRMATION)
    words = {word.place: word for word in body_of(tmp_path / "y.scores").confirmations}
    assert (words[FIRST].revision, words[FIRST].agrees) == (2, False)
    assert (words[SECOND].revision, words[SECOND].agrees) == (1, True)


def test_a_part_of_a_record_is_returned_where_the_lead_allows_it(tmp_path: Path) -> None:
    shown = replace(RECORD, part_allowed=True)
    with a_working_file(tmp_path, shown, declared=False) as session:
        confirm(session, SECOND, agrees=True)
        made = make_return(session, tmp_path / "x.scores", ReturnKind.CONFIRMATION, part=True)
        assert not made.complete
    assert [word.place for word in body_of(tmp_path / "x.scores").confirmations] == [SECOND]


def test_nothing_is_confirmed_that_no_record_brought(tmp_path: Path) -> None:
    with a_working_file(tmp_path) as session:
        with pytest.raises(MissingAgreedScore):
            confirm(session, FIRST, agrees=True)
        with pytest.raises(IncompleteRecord, match="no agreed scores"):
            make_return(session, tmp_path / "x.scores", ReturnKind.CONFIRMATION)
        assert not confirming.is_returned(session, FIRST)


def test_scoring_and_confirming_go_on_in_one_working_file(tmp_path: Path) -> None:
    with a_working_file(tmp_path) as session:
        score_all(session)
        make_return(session, tmp_path / "x.scores", ReturnKind.SCORES)
        later(session, replace(a_record(2, an_agreed_score(FIRST)), sent_back=(SECOND,)))
        confirm(session, FIRST, agrees=True)
        score(session, SECOND, "Looked at again.", 2)
        make_return(session, tmp_path / "y.scores", ReturnKind.SCORES)
        make_return(session, tmp_path / "z.scores", ReturnKind.CONFIRMATION)
    assert body_of(tmp_path / "y.scores").declaration is not None
    assert [body_of(tmp_path / f"{name}.scores").number for name in "xyz"] == [1, 2, 3]


def test_panel_members_of_a_real_tender_confirm_what_they_agreed(tmp_path: Path) -> None:
    made = lead_and_packs(tmp_path, "agreed", PackKind.RECORD)
    for person in (BEN, CAM):
        with made.at_home(person) as session:
            asked = confirmations_outstanding(session)
            assert len(asked) == 4
            assert {item.present for item in asked} == {(person,)}
            assert "Sound, of oak." in {item.rationale for item in asked}
            for item in asked:
                confirm(session, item.place, agrees=True)
            path = tmp_path / f"{person}.scores"
            make_return(session, path, ReturnKind.CONFIRMATION)
        assert len(body_of(path, made.secrets()).confirmations) == 4


def test_whatever_people_object_comes_back_to_the_letter(tmp_path: Path) -> None:
    lines = json.loads(BLNS.read_text(encoding="utf-8"))
    texts = ["\n".join(lines[start : start + 10]) for start in range(0, len(lines), 10)]
    refs = [f"Q{number}" for number in range(len(texts))]
    agreed = [
        replace(an_agreed_score(place(ALDER, ref)), rationale=text)
        for ref, text in zip(refs, texts, strict=True)
    ]
    method = a_method(*(a_criterion(ref, 1) for ref in refs))
    shown = replace(a_record(1, *agreed), version=a_version(1, method))
    with a_working_file(tmp_path, shown, declared=False) as session:
        assert [item.rationale for item in confirmations_outstanding(session)] == texts
        for ref, text in zip(refs, texts, strict=True):
            confirm(session, place(ALDER, ref), agrees=False, dissent=text)
        make_return(session, tmp_path / "x.scores", ReturnKind.CONFIRMATION)
    words = body_of(tmp_path / "x.scores").confirmations
    assert {word.place.criterion: word.dissent for word in words} == dict(
        zip(refs, texts, strict=True)
    )


def test_a_scorepack_is_no_record(tmp_path: Path) -> None:
    with a_working_file(tmp_path, a_manifest()) as session:
        assert waiting(session) == []
