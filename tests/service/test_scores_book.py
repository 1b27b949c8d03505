"""A ``Scores`` sheet into an evaluator's working file: their own rows, all of them or none."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tendereval.domain.errors import NotAllowedNow, WorkbookProblems
from tendereval.domain.evaluation import ScoreState
from tendereval.exchange.writer import Content
from tendereval.services.scores_book import take_scores
from tendereval.services.working_files import open_working_file
from tests.commands.laptops import Laptops, laptops
from tests.service.builders import BEN, SCORES


@pytest.fixture
def place(tmp_path: Path) -> Laptops:
    return laptops(tmp_path, "declared")


def book(place: Laptops, *rows: Sequence[Content]) -> Path:
    return place.path(place.book({"Scores": (SCORES[0], *rows)}))


def test_own_rows_are_recorded_with_what_they_came_from(place: Laptops) -> None:
    source = book(
        place,
        ("Ben Bell", "Alder Ltd", "Q1", 4, "Sound."),
        ("BEN@X.EXAMPLE", "alder ltd", "q2", 2, ""),
        ("Ben Bell", "Birch Ltd", "Q1", "cannot score", "The page is missing."),
        ("Ben Bell", "Birch Ltd", "Q2", "", ""),
    )
    with open_working_file(place.path("ben.scoring"), place.desk.clock, "test") as session:
        report = take_scores(session, source)
        with session.reading() as reader:
            states = [score.state for score in reader.scores_of(BEN)]
            head = reader.head()
    assert report.brought == {"scores": 3}
    assert sorted(states) == [ScoreState.CANNOT_SCORE, ScoreState.DRAFT, ScoreState.READY]
    assert (head.kind, set(head.texts)) == ("scores imported", {"workbook"})


def test_a_trial_and_the_same_again_record_nothing(place: Laptops) -> None:
    source = book(place, *place.own_scores("ben")["Scores"][1:])
    with open_working_file(place.path("ben.scoring"), place.desk.clock, "test") as session:
        with session.reading() as reader:
            before = len(reader.entries())
        assert take_scores(session, source, dry_run=True).brought == {"scores": 4}
        with session.reading() as reader:
            assert (len(reader.entries()), reader.scores()) == (before, ())
        take_scores(session, source)
        again = take_scores(session, source)
        assert (again.brought, again.notes[-1]) == ({}, "Nothing in it is new.")
        with session.reading() as reader:
            assert len(reader.entries()) == before + 1


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("Ana Ames", "Birch Ltd", "Q1", 3, "Good."), "This row holds a score of Ana Ames."),
        (("Cam Cole", "Birch Ltd", "Q1", 3, "Good."), "Cam Cole"),
        (("Ben Bell", "Birch Ltd", "Q1", 9, "Good."), "9 is not on the scale"),
        (("Ben Bell", "Zebra Ltd", "Q1", 3, "Good."), "Zebra Ltd"),
        (("Ben Bell", "Birch Ltd", "PRICE", 3, "Good."), "PRICE"),
    ],
)
def test_one_row_that_is_wrong_keeps_all_of_them_out(
    place: Laptops, row: tuple[Content, ...], says: str
) -> None:
    source = book(place, SCORES[1], row)
    with open_working_file(place.path("ben.scoring"), place.desk.clock, "test") as session:
        with pytest.raises(WorkbookProblems) as refusal:
            take_scores(session, source)
        assert says in " ".join(problem.wrong for problem in refusal.value.problems)
        with session.reading() as reader:
            assert reader.scores() == ()


def test_scores_before_a_declaration_are_refused(tmp_path: Path) -> None:
    place = laptops(tmp_path, "packed")
    place.open_pack("ben", "ben-1.scorepack")
    source = book(place, SCORES[1])
    with (
        open_working_file(place.path("ben.scoring"), place.desk.clock, "test") as session,
        pytest.raises(WorkbookProblems, match="declared"),
    ):
        take_scores(session, source)


def test_a_tender_file_takes_its_scores_another_way(place: Laptops) -> None:
    source = book(place, SCORES[1])
    with place.desk.session() as session, pytest.raises(NotAllowedNow):
        take_scores(session, source)
