"""Newer dated facts come in with checksum, version, day and person; older or altered do not."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tendereval.domain.errors import (
    BadSignature,
    DamagedFile,
    ExchangeProblem,
    NewerPack,
    NotAllowedNow,
    RuleRefusal,
)
from tendereval.domain.record import sha256_text
from tendereval.exchange import public_value_data as facts
from tendereval.services import data_packs
from tendereval.services.data_packs import DataInForce
from tests.service.builders import ANA, Desk, a_desk

RATES = "living_wage_rates"


def a_pack(folder: Path, version: str = "2027-01-05", dataset: str = RATES) -> Path:
    data = json.loads(facts.bundled(dataset))
    data["version"] = version
    path = folder / f"{dataset}-{version[:20]}.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def in_force(desk: Desk, dataset: str = RATES) -> DataInForce:
    with desk.looking() as session, session.reading() as reader:
        return next(item for item in data_packs.listed(reader) if item.dataset == dataset)


def test_at_first_what_ships_with_the_product_counts(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    with desk.looking() as session, session.reading() as reader:
        found = data_packs.listed(reader)
        assert data_packs.text_of(reader, RATES) is None
        assert data_packs.version_of(reader, RATES) == "2026-11-23"
    assert [item.dataset for item in found] == list(facts.DATASETS)
    assert {(item.version, item.imported_at, item.imported_by) for item in found} == {
        ("2026-11-23", None, None)
    }
    assert found[0].sha256 == sha256_text(facts.bundled(RATES))
    assert found[0].title == "Living wage rates"


def test_a_newer_pack_counts_from_now_on_and_who_brought_it_is_kept(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    pack = a_pack(tmp_path)
    text = pack.read_text(encoding="utf-8")
    with desk.session() as session:
        done = data_packs.import_pack(session, pack)
    assert (done.dataset, done.version, done.before) == (RATES, "2027-01-05", "2026-11-23")
    assert done.sentence == (
        "Living wage rates: version 2027-01-05 counts in place of 2026-11-23. "
        "No checksum was given to compare."
    )
    with desk.looking() as session, session.reading() as reader:
        assert data_packs.text_of(reader, RATES) == text
        assert data_packs.text_of(reader, "accreditations") is None
    found = in_force(desk)
    assert (found.version, found.sha256) == ("2027-01-05", sha256_text(text))
    assert found.imported_by == ANA
    assert found.imported_at is not None
    assert found.imported_at.date() == date(2027, 2, 1)
    entry = desk.entries()[-1]
    assert entry.kind == "data imported"
    assert entry.ids == {
        "dataset": RATES,
        "version": "2027-01-05",
        "file": pack.name,
        "checked": "False",
    }
    assert entry.texts == {"data after": sha256_text(text)}


def test_of_several_packs_the_newest_counts(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        data_packs.import_pack(session, a_pack(tmp_path))
        data_packs.import_pack(session, a_pack(tmp_path, "2027-02-01"))
        data_packs.import_pack(session, a_pack(tmp_path, "2027-01-31", "sdgs"), dataset="sdgs")
    assert in_force(desk).version == "2027-02-01"
    assert in_force(desk, "sdgs").version == "2027-01-31"
    assert in_force(desk, "accreditations").version == "2026-11-23"


def test_a_pack_that_the_product_has_overtaken_counts_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = a_desk(tmp_path, "set-up")
    with desk.session() as session:
        data_packs.import_pack(session, a_pack(tmp_path))
    newer = a_pack(tmp_path, "2027-06-01").read_text(encoding="utf-8")
    shipped = facts.bundled
    monkeypatch.setattr(facts, "bundled", lambda name: newer if name == RATES else shipped(name))
    found = in_force(desk)
    assert (found.version, found.imported_by) == ("2027-06-01", None)


def _given(digest: str) -> str:
    return digest.upper()


@pytest.mark.parametrize("beside", [True, False])
def test_a_checksum_given_or_beside_the_file_is_compared(
    beside: bool,  # noqa: FBT001 - both ways
    tmp_path: Path,
) -> None:
    desk, pack = a_desk(tmp_path, "set-up"), a_pack(tmp_path)
    digest = sha256_text(pack.read_text(encoding="utf-8"))
    if beside:
        pack.with_name(f"{pack.name}.sha256").write_text(f"{digest}  x\n", encoding="ascii")
    with desk.session() as session:
        done = data_packs.import_pack(session, pack, checksum="" if beside else _given(digest))
    assert done.checked
    assert done.sentence.endswith("Its checksum agrees.")
    assert desk.entries()[-1].ids["checked"] == "True"


def _older(folder: Path) -> Path:
    return a_pack(folder, "2026-11-22")


def _shipped(folder: Path) -> Path:
    path = folder / "shipped.json"
    path.write_text(facts.bundled(RATES), encoding="utf-8")
    return path


def _altered(folder: Path) -> Path:
    return a_pack(folder, "2026-11-23")


def _damaged(folder: Path) -> Path:
    pack = a_pack(folder)
    pack.with_name(f"{pack.name}.sha256").write_text("0" * 64, encoding="ascii")
    return pack


def _other(folder: Path) -> Path:
    return a_pack(folder, "2027-01-05", "accreditations")


def _of_tomorrow(folder: Path) -> Path:
    path = folder / "tomorrow.json"
    path.write_text('{"schema": 2, "version": "2029-01-01"}', encoding="utf-8")
    return path


def _nonsense(folder: Path) -> Path:
    path = folder / "nonsense.json"
    path.write_bytes(b"PK\x03\x04")
    return path


REFUSED = {
    "older": (
        _older,
        RuleRefusal,
        "Living wage rates: version 2026-11-22 is older than 2026-11-23, which counts now.",
    ),
    "the same": (_shipped, RuleRefusal, "Living wage rates: these data count already."),
    "altered under the same version": (
        _altered,
        ExchangeProblem,
        (
            "Living wage rates: the file says version 2026-11-23, as what counts now does, and "
            "holds something else: it was altered."
        ),
    ),
    "another checksum": (
        _damaged,
        BadSignature,
        (
            "living_wage_rates-2027-01-05.json is not the file that was published: its checksum "
            "differs."
        ),
    ),
    "of another dataset": (
        _other,
        ExchangeProblem,
        "The file holds “Certificates and accreditations”, not “Living wage rates”.",
    ),
    "of a newer schema": (
        _of_tomorrow,
        NewerPack,
        "The data file was made for a newer version of tendereval.",
    ),
    "no data file": (
        _nonsense,
        ExchangeProblem,
        "This is not a data file that can be used: JSON is malformed",
    ),
    "not there": (
        lambda folder: folder / "none.json",
        ExchangeProblem,
        "none.json cannot be read: No such file or directory.",
    ),
}


@pytest.mark.parametrize(("made", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_newer_sound_pack_is_refused_and_says_why(
    made: Callable[[Path], Path], error: type[RuleRefusal], message: str, tmp_path: Path
) -> None:
    desk = a_desk(tmp_path, "set-up")
    before = desk.entries()
    with desk.session() as session, pytest.raises(error) as caught:
        data_packs.import_pack(session, made(tmp_path), dataset=RATES)
    assert caught.value.happened.startswith(message)
    assert caught.value.kept == "Nothing was changed."
    assert desk.entries() == before
    assert in_force(desk).version == "2026-11-23"


def test_who_only_scores_imports_nothing(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    with (
        desk.session("ben@x.example") as session,
        pytest.raises(RuleRefusal, match="Ben Bell does not import data"),
    ):
        data_packs.import_pack(session, a_pack(tmp_path))


def test_a_closed_tender_takes_nothing_in(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    with desk.session() as session, pytest.raises(NotAllowedNow, match="import newer data"):
        data_packs.import_pack(session, a_pack(tmp_path))


def test_data_that_were_altered_within_the_file_are_not_used(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    with desk.session() as session:
        data_packs.import_pack(session, a_pack(tmp_path))
    desk.sql("UPDATE fact SET data = replace(data, '13.45', '12.45') WHERE kind = 'data pack'")
    with (
        desk.looking() as session,
        session.reading() as reader,
        pytest.raises(DamagedFile, match="“Living wage rates” were altered"),
    ):
        data_packs.text_of(reader, RATES)
