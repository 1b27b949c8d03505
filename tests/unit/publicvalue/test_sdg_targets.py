"""S4, S5: which targets there are, as the data file counts them."""

import json

import pytest

from tendereval.domain.errors import ExchangeProblem, UnknownReference
from tendereval.domain.publicvalue.sdg_targets import SdgGoal, many_goals, target_of, targets_of
from tendereval.exchange.public_value_data import bundled
from tendereval.exchange.sdg_data import sdg_goals

GOALS = sdg_goals()


def test_seventeen_goals_and_169_targets() -> None:
    assert [goal.number for goal in GOALS] == list(range(1, 18))
    every = [target for goal in GOALS for target in goal.targets]
    assert len(set(every)) == len(every) == 169
    assert all(target_of(target, GOALS) == target for target in every)


@pytest.mark.parametrize(
    ("typed", "written"),
    [("1.a", "1.a"), ("1.A", "1.a"), (" 8.5 ", "8.5"), ("08.05", "8.5"), ("17.19", "17.19")],
)
def test_a_target_is_written_one_way(typed: str, written: str) -> None:
    assert target_of(typed, GOALS) == written


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8.15", "Goal 8 has no target 8.15. Nothing was changed. Its targets are 8.1 to 8.10"),
        ("8.c", "Its targets are 8.1 to 8.10 and 8.a to 8.b."),
        ("17.a", "Its targets are 17.1 to 17.19."),
        ("18.1", "There is no goal 18"),
        ("0.1", "is not a target"),
        ("8", "Write goal and target, such as 8.5 or 1.a."),
        ("8.0", "is not a target"),
        ("8.5.1", "is not a target"),
        ("SDG8", "is not a target"),
        ("8.é", "is not a target"),
    ],
)
def test_a_target_that_does_not_exist(typed: str, words: str) -> None:
    with pytest.raises(UnknownReference) as caught:
        target_of(typed, GOALS)
    assert words in str(caught.value)


def test_a_goal_with_one_letter() -> None:
    with pytest.raises(UnknownReference, match=r"3\.1 to 3\.2 and 3\.a\."):
        target_of("3.3", [SdgGoal(3, "Health", 2, 1)])


def test_targets_come_once_each_and_blanks_are_left_out() -> None:
    assert targets_of(["8.5", " ", "1.A", "1.a"], GOALS) == ("8.5", "1.a")


def test_a_number_of_goals_is_no_quality() -> None:
    six = [f"{goal}.1" for goal in range(1, 7)]
    assert many_goals(six, has_measure=False) == (
        "6 goals are claimed without a number that shows it."
    )
    assert many_goals(six, has_measure=True) == ""
    assert many_goals([*six[:5], "5.2"], has_measure=False) == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"targets": 9}, "the targets of goal 1 do not add up"),
        ({"numbered_targets": 0, "lettered_targets": 7}, "the targets of goal 1 do not add up"),
        ({"numbered_targets": 8, "lettered_targets": -1}, "the targets of goal 1 do not add up"),
        ({"goal": 0}, "its goals are not numbered"),
        ({"goal": 2}, "its goals are not numbered"),
        ({"title": 3}, "can be used"),
    ],
)
def test_a_data_file_whose_counts_cannot_be(change: dict[str, object], words: str) -> None:
    data = json.loads(bundled("sdgs"))
    data["goals"][0].update(change)
    with pytest.raises(ExchangeProblem, match=words):
        sdg_goals(json.dumps(data))
