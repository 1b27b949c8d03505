"""Five hundred damaged files: each opens and reads, or is refused in a plain sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tendereval.domain.errors import DamagedFile, FileProblem
from tendereval.store.tender_file import TenderFile
from tests.store.damage import spoil
from tests.store.tender_files import a_full_tender, by_hand, left_beside, opened, read_everything

FILES, AT_A_TIME = 500, 25
LESS_THAN_WORDS = ("Error", "sqlite", "SQL", "malformed", "Traceback", "None", "codec")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return a_full_tender(tmp_path_factory.mktemp("full") / "a.tender").read_bytes()


def use(path: Path, act: Callable[[TenderFile], None], *, writing: bool) -> bool:
    """Open the file and do something with it; whether that worked."""
    try:
        with opened(path, writing=writing) as file:
            act(file)
    except FileProblem as refusal:
        sentence = str(refusal)
        assert sentence.startswith("a.tender ")
        assert sentence.endswith(".")
        assert not [word for word in LESS_THAN_WORDS if word in sentence], sentence
        return False
    return True


def read_and_verify(file: TenderFile) -> None:
    with file.reading() as reader:
        read_everything(reader)
    file.integrity_faults()


def nothing(_file: TenderFile) -> None:
    """Leave it at opening."""


@pytest.mark.parametrize("first", range(0, FILES, AT_A_TIME))
def test_a_damaged_file_is_read_or_refused_and_never_written(
    tmp_path: Path, whole: bytes, first: int
) -> None:
    path = tmp_path / "a.tender"
    for seed in range(first, first + AT_A_TIME):
        damaged = spoil(whole, seed)
        path.write_bytes(damaged)
        use(path, read_and_verify, writing=False)
        use(path, nothing, writing=True)
        assert path.read_bytes() == damaged, f"seed {seed} was written"
        assert left_beside(path) == [], f"seed {seed}"


@pytest.mark.soak
def test_many_more_damaged_files(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "a.tender"
    for seed in range(FILES, 10 * FILES):
        damaged = spoil(whole, seed)
        path.write_bytes(damaged)
        use(path, read_and_verify, writing=True)
        assert (path.read_bytes(), left_beside(path)) == (damaged, []), f"seed {seed}"


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("UPDATE score SET state = 'perhaps'", "scores"),
        ("UPDATE score SET recorded_at = 'yesterday'", "scores"),
        ("UPDATE score SET recorded_at = '2027-06-01T12:00:00'", "scores"),
        ("UPDATE score SET revision = x'39' WHERE id = 1", "scores"),
        ("UPDATE score SET points = '1/3'", "disagreements"),
        ("UPDATE score SET points = '٣'", "disagreements"),
        ("UPDATE price SET amount = 'a lot'", "prices"),
        ("UPDATE price SET lines = '[[[[[['", "prices"),
        ("UPDATE price SET lines = '{}'", "prices"),
        ("UPDATE panel_member SET has_left = 7", "panel"),
        ("UPDATE panel_member SET role = 'king'", "panel"),
        ("UPDATE bid SET notified_on = '2027-13-45'", "bids"),
        ("UPDATE bidder SET data = NULL", "bidders"),
        ("UPDATE bidder SET data = x'7b7d'", "bidders"),
        ("UPDATE long_text SET body = CAST(x'ff' AS TEXT)", "responses"),
        ("UPDATE tender_details SET data = '[]'", "details"),
        (
            "UPDATE tender_details SET data = replace(data, 'T12:00:00Z', 'T12:00:00')",
            "details",
        ),
        ("UPDATE stage_change SET stage = 'limbo'", "stage"),
        ("UPDATE stage_change SET entry = 99", "stage_reasons"),
        ("DELETE FROM identity", "tender_id"),
        ("INSERT INTO identity SELECT id + 1, entry, tender, made_by FROM identity", "tender_id"),
        ("DELETE FROM tender_details", "details"),
        ("DELETE FROM long_text", "agreed_scores"),
        ("UPDATE agreed_score SET present = '[1]'", "agreed_scores"),
        ("UPDATE audit_entry SET at_local = 'noon'", "stage_reasons"),
        ("UPDATE contact SET name = x'ff'", "people"),
        ("UPDATE document_register SET kind = x'ff'", "documents_made"),
        ("UPDATE method_draft SET data = '" + "[" * 100_000 + "'", "method"),
        ("DELETE FROM method_draft; DELETE FROM method_version", "method"),
    ],
)
def test_a_value_that_cannot_be_what_was_written_is_refused_in_words(
    tmp_path: Path, whole: bytes, statement: str, question: str
) -> None:
    path = tmp_path / "a.tender"
    path.write_bytes(whole)
    with by_hand(path, without_triggers=True) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE name > 'b'")
        raw.execute("PRAGMA writable_schema = RESET")
        for part in statement.split("; "):
            raw.execute(part)
    before = path.read_bytes()
    with (
        pytest.raises(DamagedFile, match=r"^a\.tender is damaged: it holds"),
        opened(path, writing=False) as file,
        file.reading() as reader,
    ):
        getattr(reader, question)()
    assert path.read_bytes() == before


def test_a_document_that_is_no_longer_bytes_is_refused_in_words(
    tmp_path: Path, whole: bytes
) -> None:
    path = tmp_path / "a.tender"
    path.write_bytes(whole)
    with by_hand(path, without_triggers=True) as raw:
        raw.execute("UPDATE document_bytes SET content = 12")
    with (
        opened(path) as file,
        pytest.raises(DamagedFile, match="it holds values"),
        file.reading() as reader,
    ):
        reader.document_content(reader.documents()[0].id)


def test_more_memory_than_there_is_is_said(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "a.tender"
    path.write_bytes(whole)
    with (
        opened(path, writing=False) as file,
        pytest.raises(FileProblem, match="asks for more memory"),
        file.reading(),
    ):
        raise MemoryError
