"""PINs: hashed, refused in words, slower after five misses, forgotten on the record."""

from datetime import timedelta
from pathlib import Path

import pytest

from tendereval.domain.errors import WrongPin
from tendereval.services import pins
from tests.service.builders import ANA, BEN, Desk, a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path, "scoring")


def test_a_pin_opens_only_its_own_seat(desk: Desk) -> None:
    with desk.session() as session:
        pins.set_pin(session, BEN, "4711")
        pins.set_pin(session, ANA, "0000")
        pins.check_pin(session, BEN, "4711")
        with pytest.raises(WrongPin, match="not the PIN"):
            pins.check_pin(session, BEN, "0000")
        assert pins.has_pin(session, BEN)


@pytest.mark.parametrize("digits", ["", "123", "12a4", "１２３４", "1" * 33, "12 34"])
def test_a_pin_is_four_digits_at_least(desk: Desk, digits: str) -> None:
    with desk.session() as session, pytest.raises(WrongPin, match="at least 4 digits"):
        pins.set_pin(session, BEN, digits)


def test_the_digits_are_nowhere_in_the_file(desk: Desk) -> None:
    with desk.session() as session:
        pins.set_pin(session, BEN, "47114711")
        with session.reading() as reader:
            pin = reader.pin(BEN)
    assert pin is not None
    assert pin.secret.startswith("$argon2id$")
    assert b"47114711" not in desk.file.read_bytes()


def test_another_pin_needs_the_earlier_one(desk: Desk) -> None:
    with desk.session() as session:
        pins.set_pin(session, BEN, "4711")
        with pytest.raises(WrongPin):
            pins.set_pin(session, BEN, "5000")
        pins.set_pin(session, BEN, "5000", earlier="4711")
        pins.check_pin(session, BEN, "5000")


def test_after_five_misses_one_waits_longer_each_time(desk: Desk) -> None:
    with desk.session() as session:
        pins.set_pin(session, BEN, "4711")
        for _ in range(4):
            with pytest.raises(WrongPin, match="Try again now"):
                pins.check_pin(session, BEN, "9999")
        with pytest.raises(WrongPin, match="in 30 seconds"):
            pins.check_pin(session, BEN, "9999")
        with pytest.raises(WrongPin, match=r"wrong 5 times.*seconds"):
            pins.check_pin(session, BEN, "4711")
        desk.clock.now += timedelta(seconds=30)
        with pytest.raises(WrongPin, match="in 1 minute"):
            pins.check_pin(session, BEN, "9999")
        desk.clock.now -= timedelta(days=1)
        with pytest.raises(WrongPin, match="wrong 6 times"):
            pins.check_pin(session, BEN, "4711")
        desk.clock.now += timedelta(days=2)
        pins.check_pin(session, BEN, "4711")
        with pytest.raises(WrongPin, match="Try again now"):
            pins.check_pin(session, BEN, "9999")


def test_misses_are_remembered_when_the_file_is_opened_again(desk: Desk) -> None:
    with desk.session() as session:
        pins.set_pin(session, BEN, "4711")
        for _ in range(5):
            with pytest.raises(WrongPin):
                pins.check_pin(session, BEN, "9999")
    with desk.session() as session, pytest.raises(WrongPin, match="wrong 5 times"):
        pins.check_pin(session, BEN, "4711")


def test_forgetting_a_pin_is_in_the_record_and_setting_one_is_not(desk: Desk) -> None:
    with desk.session() as session:
        before = len(desk.entries())
        pins.set_pin(session, BEN, "4711")
        assert len(desk.entries()) == before
        pins.forget_pin(session, BEN)
        with pytest.raises(WrongPin, match="no PIN"):
            pins.check_pin(session, BEN, "4711")
        with pytest.raises(WrongPin, match="nothing to remove"):
            pins.forget_pin(session, BEN)
    assert (desk.entries()[-1].kind, desk.entries()[-1].person) == ("PIN removed", ANA)
    assert desk.entries()[-1].ids == {"person": BEN}
