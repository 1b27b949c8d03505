"""The record's list through its filters."""

from tendereval.viewmodels.record import RecordModel

ROWS: list[tuple[str, ...]] = [
    ("3", "8 March 2027, 10:32", "Ben Bell", "score changed", "bidder Birch Ltd", "Misread"),
    ("2", "8 March 2027, 10:31", "Cam Cole", "score recorded", "bidder Alder Ltd", ""),
    ("1", "8 March 2027, 10:30", "Ben Bell", "score recorded", "bidder Alder Ltd", ""),
]
WHO, WHAT = 2, 3


def shown(model: RecordModel) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def a_model() -> RecordModel:
    model = RecordModel()
    model.show_entries(ROWS)
    return model


def test_every_word_must_be_there_in_any_column_and_case() -> None:
    model = a_model()
    model.filter("ben ALDER")
    assert shown(model) == ["1"]
    model.filter("  ")
    assert shown(model) == ["3", "2", "1"]
    model.filter("oak")
    assert shown(model) == []


def test_filters_add_up_and_are_lifted_one_by_one() -> None:
    model = a_model()
    model.only(WHO, "Ben Bell")
    model.filter("recorded")
    assert shown(model) == ["1"]
    model.only(WHO, "")
    assert shown(model) == ["2", "1"]
    assert model.counts == (2, 3)


def test_other_entries_are_searched_anew() -> None:
    model = a_model()
    model.filter("cam")
    assert model.values(WHO) == ("Ben Bell", "Cam Cole")
    model.show_entries([("4", "9 March 2027, 09:00", "Cam Low", "closed", "", ""), *ROWS])
    assert shown(model) == ["4", "2"]
    assert model.values(WHO) == ("Ben Bell", "Cam Cole", "Cam Low")
    assert model.values(WHAT) == ("closed", "score changed", "score recorded")
