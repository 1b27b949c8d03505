"""Days after the award in a real file: standstill, retention, erasure and newer bank holidays."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tendereval.domain.award_dates import AwardDates
from tendereval.domain.errors import (
    BadSignature,
    DamagedFile,
    ExchangeProblem,
    NotAllowedNow,
    ReasonNeeded,
    RuleRefusal,
)
from tendereval.domain.standstill import StandstillState
from tendereval.exchange.calendars import bundled
from tendereval.services import data_packs, dates, dispatch
from tendereval.services.dates import DateFindings
from tendereval.services.dispatch import Sent
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tests.service.builders import ALDER, BEN, BIRCH, Desk, a_desk

LONDON = ZoneInfo("Europe/London")
NOTICE = date(2027, 3, 10)
LAST = date(2027, 3, 22)


@contextmanager
def closed(folder: Path, today: date = date(2027, 6, 1)) -> Iterator[Session]:
    """Open a tender that was awarded and closed, on a later day."""
    desk = _closed(folder)
    desk.clock.now = datetime(today.year, today.month, today.day, 9, tzinfo=LONDON)
    with desk.session() as session:
        yield session


def _closed(folder: Path) -> Desk:
    return a_desk(folder, "closed")


def found(session: Session, lot: str = "1") -> DateFindings:
    with session.reading() as reader:
        now = situation(reader)
        return dates.findings(reader, now, now.lot(lot), session.clock().date())


def test_before_anything_is_recorded_nothing_is_made_up(tmp_path: Path) -> None:
    with closed(tmp_path) as session:
        item = found(session)
        assert item.dates == AwardDates()
        assert item.standstill is None
        assert item.is_over is None
        assert item.warnings == ()
        assert item.awarded_on == date(2027, 3, 2)
        assert item.retention.last == date(2030, 3, 1)
        assert "three years beginning with the award" in item.retention.sentence


def test_a17_the_standstill_follows_from_the_recorded_notice_with_its_working(
    tmp_path: Path,
) -> None:
    with closed(tmp_path, LAST) as session:
        dates.record_dates(session, "1", AwardDates(notice_on=NOTICE))
        item = found(session)
        assert item.standstill is not None
        assert item.standstill.last == LAST
        assert any("Northern Ireland" in line for line in item.standstill.working)
        assert item.is_over is False
        assert item.holidays == ("2026-11-23", False)


def test_the_standstill_is_over_the_day_after(tmp_path: Path) -> None:
    with closed(tmp_path, date(2027, 3, 23)) as session:
        dates.record_dates(session, "1", AwardDates(notice_on=NOTICE))
        assert found(session).is_over is True


def test_past_the_bank_holidays_the_end_is_not_known(tmp_path: Path) -> None:
    with closed(tmp_path, date(2029, 1, 20)) as session:
        dates.record_dates(session, "1", AwardDates(notice_on=date(2028, 12, 28)))
        item = found(session)
        assert item.standstill is not None
        assert item.standstill.state is StandstillState.UNKNOWN
        assert item.is_over is None


def test_a30_the_record_is_kept_three_years_from_the_contract(tmp_path: Path) -> None:
    with closed(tmp_path, date(2028, 3, 1)) as session:
        dates.record_dates(session, "1", AwardDates(NOTICE, date(2028, 2, 29)))
        assert found(session).retention.last == date(2031, 2, 28)


def test_a30_erasing_is_refused_before_and_offered_after(tmp_path: Path) -> None:
    desk = _closed(tmp_path)
    desk.clock.now = datetime(2027, 4, 2, 9, tzinfo=LONDON)
    with desk.session() as session:
        dates.record_dates(session, "1", AwardDates(NOTICE, date(2027, 4, 1)))
        with pytest.raises(NotAllowedNow, match="Sunday 31 March 2030"):
            dates.require_erasable(session)
    desk.clock.now = datetime(2030, 3, 31, 9, tzinfo=LONDON)
    with desk.session() as session, pytest.raises(NotAllowedNow):
        dates.require_erasable(session)
    desk.clock.now = datetime(2030, 4, 1, 9, tzinfo=LONDON)
    with desk.session() as session:
        assert dates.require_erasable(session).last == date(2030, 3, 31)


def test_a30_a_notice_of_a_decision_not_to_award_ends_it_that_day(tmp_path: Path) -> None:
    with closed(tmp_path) as session:
        dates.record_dates(session, "1", AwardDates(not_awarded_on=date(2027, 5, 31)))
        assert found(session).retention.last == date(2027, 5, 31)
        assert dates.require_erasable(session).last == date(2027, 5, 31)


@pytest.mark.parametrize("stage", ["award", "priced"])
def test_without_an_award_nothing_may_be_erased(tmp_path: Path, stage: str) -> None:
    desk = a_desk(tmp_path, stage)
    desk.clock.now = datetime(2040, 1, 1, 9, tzinfo=LONDON)
    with desk.session() as session, pytest.raises(NotAllowedNow, match="may be erased now"):
        dates.require_erasable(session)


def test_days_are_kept_with_what_was_there_before(tmp_path: Path) -> None:
    with closed(tmp_path) as session:
        dates.record_dates(session, "1", AwardDates(notice_on=NOTICE))
        dates.record_dates(session, "1", AwardDates(NOTICE, date(2027, 4, 1)))
        with pytest.raises(ReasonNeeded):
            dates.record_dates(session, "1", AwardDates(date(2027, 3, 11), date(2027, 4, 1)))
        with pytest.raises(ReasonNeeded):
            dates.record_dates(session, "1", AwardDates())
        changed = AwardDates(date(2027, 3, 11), date(2027, 4, 1))
        dates.record_dates(session, "1", changed, "The notice says the 11th.")
        dates.record_dates(session, "1", changed)
        with session.reading() as reader:
            entries = [one for one in reader.entries() if one.kind == "award dates recorded"]
            history = reader.fact_history("award dates", AwardDates)
        assert [one.reason for one in entries] == ["", "", "The notice says the 11th."]
        assert [value.notice_on for _, value, _, _ in history] == [
            NOTICE,
            NOTICE,
            changed.notice_on,
        ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (AwardDates(notice_on=date(2027, 6, 2)), "dated in the future"),
        (AwardDates(NOTICE, date(2027, 4, 1), date(2027, 4, 1)), "exclude each other"),
    ],
)
def test_days_that_cannot_be_are_refused(tmp_path: Path, days: AwardDates, words: str) -> None:
    with closed(tmp_path) as session, pytest.raises(RuleRefusal, match=words):
        dates.record_dates(session, "1", days)


def test_days_are_recorded_from_the_award_on_and_not_by_those_who_score(tmp_path: Path) -> None:
    with a_desk(tmp_path, "priced").session() as session, pytest.raises(NotAllowedNow):
        dates.record_dates(session, "1", AwardDates())
    with closed(tmp_path) as session, pytest.raises(RuleRefusal, match="Ben Bell"):
        dates.record_dates(session.acting_as(BEN), "1", AwardDates(notice_on=NOTICE))


def test_a_notice_before_the_summaries_is_said(tmp_path: Path) -> None:
    sha = "ab" * 32
    sent = {ALDER: Sent("a@x.example", sha), BIRCH: Sent("b@x.example", sha)}
    with closed(tmp_path) as session:
        dates.record_dates(session, "1", AwardDates(notice_on=NOTICE))
        dispatch.record_dispatch(session, "1", date(2027, 3, 11), "e-mail", sent)
        assert "came before the assessment summaries" in found(session).warnings[0]


# Newer bank holidays


def newer(folder: Path, version: str = "2028-01-02", to: str = "2029-12-31") -> Path:
    """Write bank holidays that go on for a year."""
    data = json.loads(bundled())
    data |= {"version": version, "to": to, "verified": True}
    path = folder / "holidays.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_newer_bank_holidays_count_once_they_are_imported(tmp_path: Path) -> None:
    with closed(tmp_path, date(2029, 1, 20)) as session:
        dates.record_dates(session, "1", AwardDates(notice_on=date(2028, 12, 28)))
        path = newer(tmp_path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        brought = dates.import_holidays(session, path, checksum=digest.upper())
        assert brought.verified
        item = found(session)
        assert item.holidays == ("2028-01-02", True)
        assert item.standstill is not None
        assert item.standstill.last is not None
        with session.reading() as reader:
            entry = reader.entries()[-1]
        assert (entry.kind, entry.ids["dataset"]) == ("data imported", "bank holidays")


@pytest.mark.parametrize("version", ["2026-11-23", "2026-01-01"])
def test_older_ones_and_the_same_are_refused(tmp_path: Path, version: str) -> None:
    with closed(tmp_path) as session, pytest.raises(RuleRefusal, match="is not newer than"):
        dates.import_holidays(session, newer(tmp_path, version))


def test_altered_or_unreadable_ones_are_refused(tmp_path: Path) -> None:
    with closed(tmp_path) as session:
        path = newer(tmp_path)
        with pytest.raises(BadSignature):
            dates.import_holidays(session, path, checksum="0" * 64)
        path.with_name("holidays.json.sha256").write_text("0" * 64)
        with pytest.raises(BadSignature):
            dates.import_holidays(session, path)
        path.with_name("holidays.json.sha256").unlink()
        path.write_text("{}")
        with pytest.raises(ExchangeProblem):
            dates.import_holidays(session, path)
        with pytest.raises(ExchangeProblem):
            dates.import_holidays(session, tmp_path / "none.json")


def test_holidays_altered_inside_the_file_are_not_used(tmp_path: Path) -> None:
    desk = _closed(tmp_path)
    with desk.session() as session:
        dates.import_holidays(session, newer(tmp_path))
    desk.sql("UPDATE fact SET data = replace(data, '2028-12-25', '2028-12-22')")
    with desk.looking() as session, session.reading() as reader, pytest.raises(DamagedFile):
        dates.holidays_of(reader)


def test_listing_other_data_is_not_disturbed(tmp_path: Path) -> None:
    with closed(tmp_path) as session:
        dates.import_holidays(session, newer(tmp_path))
        with session.reading() as reader:
            assert all(item.imported_at is None for item in data_packs.listed(reader))
