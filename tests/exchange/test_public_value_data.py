"""The dated facts that ship with the product, and what a data pack must be to be taken in."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

from tendereval.domain.errors import ExchangeProblem, NewerPack
from tendereval.domain.publicvalue.certificates import Assurance
from tendereval.domain.publicvalue.living_wage import RateYear
from tendereval.exchange import data_file
from tendereval.exchange import public_value_data as facts

RATES: Final = "living_wage_rates"
NEW_YEAR: Final = RateYear(
    "2026-27",
    date(2026, 10, 21),
    date(2027, 5, 1),
    Fraction("14.20"),
    Fraction("15.65"),
    18,
    rates_verified=True,
    dates_verified=True,
    source="The Foundation's letter",
)

Data = dict[str, object]


def changed(dataset: str, change: Callable[[Data], object]) -> str:
    data = json.loads(facts.bundled(dataset))
    assert isinstance(data, dict)
    change(data)
    return json.dumps(data)


def first_year(data: Data) -> Data:
    years = data["real_living_wage"]
    assert isinstance(years, list)
    found = years[0]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("dataset", facts.DATASETS)
def test_every_shipped_file_is_what_it_says(dataset: str) -> None:
    text = facts.bundled(dataset)
    found = facts.check_dataset(dataset, text)
    assert (found.schema, found.version) == (1, "2026-11-23")
    assert facts.dataset_of(text) == dataset


def test_the_rates_are_exact_and_in_order() -> None:
    found = facts.rates()
    assert found.version == "2026-11-23"
    assert [year.year for year in found.years] == sorted(year.year for year in found.years)
    newest = found.years[-2]
    assert (newest.year, newest.uk, newest.london) == (
        "2025-26",
        Fraction("13.45"),
        Fraction("14.80"),
    )
    assert (newest.announced, newest.deadline) == (date(2025, 10, 22), date(2026, 5, 1))
    assert newest.source.startswith("employeebenefits.co.uk")
    assert found.minimum[-1] == (date(2026, 4, 1), Fraction("12.71"))


def test_what_was_not_seen_in_a_source_keeps_its_mark() -> None:
    unseen = {year.year for year in facts.rates().years if not year.dates_verified}
    assert unseen == {"2016-17", "2017-18", "2018-19", "2024-25", "2026-27"}
    assert any(not scheme.verified for scheme in facts.schemes().values())
    assert all(not item.verified for item in facts.model_criteria("ppn0620") if item.note)


def test_the_schemes_hold_their_assurance_by_level() -> None:
    found = facts.schemes()
    assert len(found) == 40
    charter = {level.name: level.assurance for level in found["gmgec"].levels}
    assert charter["member"] is Assurance.INDEPENDENT
    assert charter["committed (was 'supporter')"] is Assurance.SELF_DECLARED
    assert found["lwf"].strands[0] == "living_wage"


def test_the_question_library_and_the_models_have_what_they_say() -> None:
    assert len(facts.questions()) == 15
    assert len(facts.model_criteria("ppn0620")) == 27
    assert len(facts.model_criteria("ppn026")) == 6
    fair_work = [item.code for item in facts.model_criteria("ppn002") if item.code[:1] == "1"]
    assert fair_work == ["1a", "1b", "1c", "1d", "1e"]
    outcomes = {item.outcome for item in facts.model_criteria("ppn002")}
    assert all(outcomes)


def test_a_question_fits_criteria_that_are_held_or_outcomes_whose_criteria_were_not_read() -> None:
    known = {
        f"{item.model}:{item.code}"
        for model in ("ppn0620", "ppn002", "ppn026")
        for item in facts.model_criteria(model)
    }
    fits = {fit for item in facts.questions() for fit in item.fits}
    assert fits - known == {"any", "ppn002:3", "ppn002:4", "ppn002:6"}


BAD_FILES: dict[str, tuple[str, str]] = {
    "no JSON": ("rates: 13.45", "JSON is malformed"),
    "a list": ("[]", "Expected `object`, got `array`"),
    "no version": (json.dumps({"schema": 1}), "missing required field `version`"),
    "blank version": (
        json.dumps({"schema": 1, "version": " "}),
        "it does not say its version",
    ),
    "a version without a day": (
        json.dumps({"schema": 1, "version": "new"}),
        "its version 'new' does not begin with a day",
    ),
    "of nothing we know": (
        json.dumps({"schema": 1, "version": "2027-01-01", "dataset": "tide tables"}),
        "it does not say which data it holds",
    ),
    "half a character": ('{"schema": 1, "version": "\ud800"}', "surrogates"),
}


@pytest.mark.parametrize(("text", "why"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_is_no_data_file_is_refused_and_says_why(text: str, why: str) -> None:
    with pytest.raises(ExchangeProblem) as caught:
        facts.check_dataset(RATES, text)
    assert caught.value.happened.startswith("This is not a data file that can be used: ")
    assert why in caught.value.happened or why == "surrogates"
    assert caught.value.do == "Import a data file for tendereval, unaltered."


def _comma(data: Data) -> None:
    first_year(data)["uk"] = "8,45"


def _number(data: Data) -> None:
    first_year(data)["uk"] = 8.45


def _pence(data: Data) -> None:
    first_year(data)["london"] = "975"


def _early_deadline(data: Data) -> None:
    first_year(data)["employers_deadline"] = "2016-10-01"


def _odd_year(data: Data) -> None:
    first_year(data)["year"] = "2016-18"


def _odd_first_year(data: Data) -> None:
    first_year(data)["year"] = "next-17"


def _no_day(data: Data) -> None:
    first_year(data)["announced"] = "31 October 2016"


def _twice(data: Data) -> None:
    data["real_living_wage"] = [first_year(data), first_year(data)]


def _no_source(data: Data) -> None:
    del first_year(data)["source"]


def _endless(data: Data) -> None:
    first_year(data)["uk"] = "9" * 5000


BAD_RATES = {
    "comma-decimal": (_comma, "not exact decimal text: '8,45'"),
    "a binary number": (_number, "Expected `str | null`, got `float`"),
    "pence": (_pence, "2016-17: £975.00 cannot be the London rate an hour"),
    "deadline before announcement": (
        _early_deadline,
        "2016-17: the deadline does not lie after the announcement",
    ),
    "years that do not follow": (_odd_year, "no year '2016-18'"),
    "a year that is none": (_odd_first_year, "no year 'next-17'"),
    "a day in words": (_no_day, "Invalid RFC3339"),
    "a year twice": (_twice, "A year is there twice"),
    "no source": (_no_source, "missing required field `source`"),
    "a number without end": (_endless, "digits"),
}


@pytest.mark.parametrize(("change", "why"), BAD_RATES.values(), ids=BAD_RATES)
def test_rates_that_cannot_be_are_refused_and_say_why(
    change: Callable[[Data], None], why: str
) -> None:
    with pytest.raises(ExchangeProblem) as caught:
        facts.check_dataset(RATES, changed(RATES, change))
    assert why in caught.value.happened


def test_a_file_of_a_newer_schema_asks_for_a_newer_product() -> None:
    text = changed(RATES, lambda data: data.update(schema=2))
    with pytest.raises(NewerPack, match="Bring tendereval up to date"):
        facts.check_dataset(RATES, text)


def test_a_file_in_the_place_of_another_is_refused() -> None:
    with pytest.raises(ExchangeProblem) as caught:
        facts.check_dataset("accreditations", facts.bundled(RATES))
    assert caught.value.happened == (
        "The file holds “Living wage rates”, not “Certificates and accreditations”."
    )


def test_a_dataset_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ExchangeProblem) as caught:
        facts.check_dataset("tide_tables", facts.bundled(RATES))
    assert caught.value.happened == "There is no data called 'tide_tables'."
    assert "living_wage_rates" in caught.value.do


def test_an_assurance_that_is_none_is_refused() -> None:
    def spoil(data: Data) -> None:
        records = data["records"]
        assert isinstance(records, list)
        records[0]["assurance"] = "excellent"

    with pytest.raises(ExchangeProblem, match="excellent"):
        facts.check_dataset("accreditations", changed("accreditations", spoil))


def test_a_newer_file_is_read_like_the_shipped_one() -> None:
    text = changed(RATES, lambda data: data.update(version="2027-01-05"))
    assert facts.check_dataset(RATES, text).version == "2027-01-05"
    assert facts.rates(text) == replace(facts.rates(), version="2027-01-05")


def test_the_rates_of_one_year_can_be_put_in() -> None:
    text = facts.with_rates_of(facts.bundled(RATES), NEW_YEAR, "2026-11-23, entered")
    found = facts.rates(text)
    assert found.years[-1] == NEW_YEAR
    assert found.years[:-1] == facts.rates().years[:-1]
    assert (found.version, found.minimum) == ("2026-11-23, entered", facts.rates().minimum)
    again = facts.with_rates_of(text, replace(NEW_YEAR, uk=None, announced=None), "2026-11-24")
    assert (facts.rates(again).years[-1].uk, len(facts.rates(again).years)) == (None, 11)


@pytest.mark.parametrize(
    ("year", "why"),
    [
        (replace(NEW_YEAR, uk=Fraction(1420)), "cannot be the UK rate an hour"),
        (replace(NEW_YEAR, deadline=date(2026, 5, 1)), "does not lie after the announcement"),
        (replace(NEW_YEAR, year="2026/27"), "no year '2026/27'"),
    ],
)
def test_rates_that_cannot_be_are_not_put_in(year: RateYear, why: str) -> None:
    with pytest.raises(ExchangeProblem, match=why):
        facts.with_rates_of(facts.bundled(RATES), year, "2026-11-24")


def test_versions_are_compared_by_day_and_then_by_what_follows() -> None:
    versions = ["2026-11-23", "2026-11-23, entered by hand", "2026-11-24", "2027-01-01"]
    assert sorted(versions, key=data_file.version_key) == versions


def test_a_data_file_is_known_by_the_checksum_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "rates.json"
    path.write_text(facts.bundled(RATES), encoding="utf-8")
    text, digest = data_file.read_pack(path)
    assert text == facts.bundled(RATES)
    assert digest == data_file.sha256_of(path.read_bytes())
    assert data_file.checksum_beside(path) == ""
    (tmp_path / "rates.json.sha256").write_text(f"{digest}  rates.json\n", encoding="ascii")
    assert data_file.checksum_beside(path) == digest
    (tmp_path / "rates.json.sha256").write_bytes(b"\n")
    assert data_file.checksum_beside(path) == ""


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(ExchangeProblem, match=r"none.json cannot be read: No such file"):
        data_file.read_pack(tmp_path / "none.json")
    path = tmp_path / "odd.json"
    path.write_bytes(b"\xff\xfe{}")
    with pytest.raises(ExchangeProblem, match="it is no text"):
        data_file.read_pack(path)
    path.write_bytes(b" " * (data_file.LARGEST + 1))
    with pytest.raises(ExchangeProblem, match="larger than any data file"):
        data_file.read_pack(path)
    with pytest.raises(ExchangeProblem, match="larger than any data file"):
        facts.check_dataset(RATES, " " * (data_file.LARGEST + 1))
