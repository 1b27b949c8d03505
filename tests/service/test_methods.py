"""Versions of the method: procurement-rules A29, fingerprints, lapsed scores."""

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest

from tendereval.domain.errors import ReasonNeeded
from tendereval.domain.stages import Stage
from tendereval.services import staging
from tests.service.builders import (
    AFTER,
    BEFORE,
    CRITERIA,
    DOT,
    SCORES,
    SET_UP,
    TENDER,
    Book,
    Desk,
    Result,
    Rows,
    a_desk,
)

Q1 = CRITERIA[1]
REWORDED: Rows = (CRITERIA[0], (*Q1[:5], "How will you build them to last?", None), *CRITERIA[2:])
REWEIGHED: Rows = (
    CRITERIA[0],
    (*Q1[:3], 30, *Q1[4:]),
    (*CRITERIA[2][:3], 30, *CRITERIA[2][4:]),
    CRITERIA[3],
)
DATED = ("--republished", "2027-02-03")


def amend(desk: Desk, kind: str, *words: str, criteria: Rows = REWORDED) -> Result:
    book: Book = {"Criteria": criteria, "Sub-criteria": SET_UP["Sub-criteria"]}
    return desk.take_in(book, "--amend", kind, "--reason", "The wood must last.", *words)


def with_tender(folder: Path, **items: str) -> Desk:
    """The small tender published under another procedure."""
    desk = Desk(folder)
    given = {str(row[0]): row[1] for row in TENDER[1:]}
    given |= {name.replace("_", " "): value for name, value in items.items()}
    desk.new({**SET_UP, "Tender": (TENDER[0], *given.items())})
    assert desk.enter("published").status == 0
    return desk


def test_an_open_procedure_is_amended_until_the_deadline_with_republication(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "published")
    assert "counts from its republication" in amend(desk, "amendment").err
    assert amend(desk, "amendment", *DATED).status == 0
    first, second = desk.now().versions
    assert (second.number, second.kind, second.reason) == (2, "amendment", "The wood must last.")
    assert second.republished_on == date(2027, 2, 3)
    assert first.method.criteria[0].question == "How will you build them?"
    assert second.method.criteria[0].question == "How will you build them to last?"


def test_the_record_names_kind_reason_and_both_digests_of_an_amendment(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    amend(desk, "amendment", *DATED)
    entry = desk.entries()[-1]
    assert (entry.reason, entry.ids["kind"]) == ("The wood must last.", "amendment")
    first, second = desk.now().versions
    assert (entry.texts["method before"], entry.texts["method after"]) == (
        first.fingerprint,
        second.fingerprint,
    )


@pytest.mark.parametrize("stage", ["published", "scoring"])
def test_after_the_deadline_an_open_procedure_is_not_amended(stage: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, stage)
    desk.clock.now = AFTER
    for kind in ("amendment", "refinement", "modification"):
        refused = amend(desk, kind, *DATED)
        assert refused.status == 1
    assert len(desk.now().versions) == 1


def test_the_deadline_itself_is_still_in_time_and_a_second_later_is_not(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    deadline = desk.now().details.deadline
    assert deadline is not None
    desk.clock.now = deadline + timedelta(minutes=1)
    assert "The tender deadline has passed" in amend(desk, "amendment", *DATED).err
    desk.clock.now = deadline - timedelta(minutes=1)
    assert amend(desk, "amendment", *DATED).status == 0


def test_the_deadline_is_not_moved_once_it_has_passed(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    later: Rows = (*TENDER[:6], ("Tender deadline", "1 May 2027 12:00"), TENDER[7])
    desk.clock.now = AFTER
    refused = desk.take_in({"Tender": later})
    assert refused.status == 1
    assert "deadline, procedure and refinement stay as published" in refused.err
    desk.clock.now = BEFORE
    assert desk.take_in({"Tender": later}).status == 0


def test_refinement_only_where_a_competitive_flexible_procedure_provides_for_it(
    tmp_path: Path,
) -> None:
    folders = [tmp_path / name for name in "abc"]
    for folder in folders:
        folder.mkdir()
    flexible = {"Procedure": "competitive flexible"}
    without = with_tender(folders[0], **flexible)
    provided = with_tender(folders[1], **flexible, Refinement_provided_for="yes")
    open_one = with_tender(folders[2], Refinement_provided_for="yes")
    assert "does not provide for refining" in amend(without, "refinement", *DATED).err
    assert "competitive flexible procedure only" in amend(open_one, "refinement", *DATED).err
    assert amend(provided, "refinement", *DATED).status == 0
    assert amend(without, "modification", *DATED).status == 0
    assert amend(open_one, "modification", *DATED).status == 1


def test_a_light_touch_contract_may_be_modified(tmp_path: Path) -> None:
    desk = with_tender(tmp_path, Contract_kind="light touch")
    assert amend(desk, "modification", *DATED).status == 0


def test_a_transcription_correction_needs_a_second_person_and_keeps_both_texts(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "scored")
    assert "needs a second person" in amend(desk, "transcription correction").err
    own = amend(desk, "transcription correction", "--approver", "Ana Ames")
    assert "needs a second person" in own.err
    assert amend(desk, "transcription correction", "--approver", "Dot Dean").status == 0
    kept = desk.sql("SELECT number, canonical, approved_by FROM method_version ORDER BY id")
    assert [(number, approver) for number, _, approver in kept] == [(1, None), (2, DOT)]
    assert "How will you build them?" in str(kept[0][1])
    assert "How will you build them to last?" in str(kept[1][1])


def test_a_reworded_question_lapses_its_scores_and_no_others(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scored")
    amend(desk, "transcription correction", "--approver", "Dot Dean")
    told = desk.on_file("stage").out
    assert "Ben Bell still has to score 2 responses (Q1, Alder Ltd; Q1, Birch Ltd)" in told
    again = desk.take_in({"Scores": SCORES})
    assert "4 scores" in again.out
    assert "is ready to be entered" in desk.on_file("stage").out
    with desk.looking() as session, session.reading() as reader:
        versions = {score.place.criterion: score.method_version for score in reader.scores()}
    assert versions == {"Q1": 2, "Q2": 1}
    assert "Nothing in it is new." in desk.take_in({"Scores": SCORES}).out


def test_other_weights_leave_scores_as_they_are(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scored")
    done = amend(desk, "transcription correction", "--approver", "Dot Dean", criteria=REWEIGHED)
    assert done.status == 0
    assert "is ready to be entered" in desk.on_file("stage").out


def test_a_question_corrected_in_moderation_is_scored_and_agreed_again(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "agreed")
    amend(desk, "transcription correction", "--approver", "Dot Dean")
    told = desk.enter("price").err
    assert "Q1, Alder Ltd: the question changed since its score was agreed" in told
    assert "Q1, Alder Ltd: the question changed since Ben Bell scored it; send it back." in told
    assert "Q2, Alder Ltd" not in told


def test_a_changed_method_must_be_one_that_could_be_published(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    bare: Rows = (*CRITERIA[:3], ("PRICE", "Price", "price", 40, None, None, None))
    refused = amend(desk, "amendment", *DATED, criteria=bare)
    assert refused.status == 1
    assert "The changed method cannot be published" in refused.err


def test_publishing_again_after_going_back_is_an_amendment_with_its_reason(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "published")
    assert desk.enter("set-up").status == 1
    assert desk.enter("set-up", "--reason", "The wood must last.").status == 0
    desk.take_in({"Criteria": REWORDED, "Sub-criteria": SET_UP["Sub-criteria"]})
    with desk.session() as session, pytest.raises(ReasonNeeded):
        staging.change_stage(session, Stage.PUBLISHED)
    assert desk.enter("published", "--reason", "Republished.").status == 0
    second = desk.now().versions[-1]
    assert (second.kind, second.reason) == ("amendment", "Republished.")
    assert second.republished_on == desk.clock.now.date()


def test_the_fingerprint_is_the_digest_of_a_text_that_a_person_can_read(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    ((text, stored),) = desk.sql("SELECT canonical, fingerprint FROM method_version")
    assert hashlib.sha256(str(text).encode()).hexdigest() == stored
    assert desk.on_file("info", "--json").json["fingerprint"] == stored
    assert "Criterion Q1: Build" in str(text)
    assert "How will you build them?" in str(text)


def test_publishing_lists_everything_that_is_missing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.new({"Tender": TENDER[:2]})
    refused = desk.enter("published")
    assert refused.status == 1
    for words in ("no title", "no tender deadline", "No award rule is chosen", "no weighted"):
        assert words in refused.err
