"""Years later, and without any key: a check finds what no longer is what an evaluator signed."""

import shutil
from pathlib import Path

import pytest

from tendereval.services.checking_signatures import return_faults
from tests.service.builders import BEN, CAM
from tests.service.returns import Post, a_post
from tests.service.test_collecting_workbooks import filled


def collected(folder: Path) -> Post:
    post = a_post(folder)
    post.collect(post.returned(BEN, question="Why?"), post.returned(CAM))
    return post


def faults(post: Post) -> tuple[str, ...]:
    with post.round.desk.looking() as session, session.reading() as reader:
        return return_faults(reader)


def test_nothing_is_wrong_and_no_key_is_needed(tmp_path: Path) -> None:
    post = collected(tmp_path)
    shutil.rmtree(tmp_path / "laptop-p-2")
    post.round.desk.sql("DELETE FROM sealed_key", "DELETE FROM sealed_original")
    assert faults(post) == ()


def test_a_file_without_returns_has_no_faults(tmp_path: Path) -> None:
    assert faults(a_post(tmp_path)) == ()


ALTERED = {
    "UPDATE collected SET plain = CAST(replace(plain, 'Reader', 'Writer') AS BLOB)": (
        "no longer is what was signed."
    ),
    "UPDATE collected SET plain = x'00' WHERE person = 'p-2'": "no longer is what was signed.",
    "UPDATE collected SET complete = 0 WHERE person = 'p-2'": "is not recorded as it was signed.",
    "UPDATE collected SET pack = 2 WHERE person = 'p-2'": "is not recorded as it was signed.",
    "UPDATE collected SET person = 'p-4' WHERE person = 'p-2'": "is not recorded as it was signed.",
    "UPDATE collected SET signing = 'ff' WHERE person = 'p-2'": "is not recorded as it was signed.",
    "UPDATE long_text SET body = 'How?' WHERE body = 'Why?'": "is not recorded as it was signed.",
    "UPDATE identity SET tender = 'another'": "belongs to another tender.",
    "UPDATE score SET points = '5' WHERE evaluator = 'p-2' AND criterion = 'Q1'": (
        "was merged, and not everything in it stands in the record."
    ),
    "UPDATE score SET evaluator = 'p-4' WHERE evaluator = 'p-2'": (
        "was merged, and not everything in it stands in the record."
    ),
    "UPDATE long_text SET body = 'Nobody.' WHERE body = 'Reader p-2.'": (
        "was merged, and not everything in it stands in the record."
    ),
    "DELETE FROM score WHERE evaluator = 'p-2'": (
        "was merged, and not everything in it stands in the record."
    ),
}


@pytest.mark.parametrize("statement", ALTERED)
def test_what_was_altered_afterwards_is_named(tmp_path: Path, statement: str) -> None:
    post = collected(tmp_path)
    post.round.desk.sql("PRAGMA foreign_keys = OFF", statement)
    found = faults(post)
    assert any(line.endswith(ALTERED[statement]) for line in found), found
    assert found[0].startswith("The return of ")
    assert set(found) <= set(post.faults())


def test_the_fault_says_whose_return_by_label_and_day(tmp_path: Path) -> None:
    post = collected(tmp_path)
    post.round.desk.sql("UPDATE collected SET pack = 2 WHERE person = 'p-2'")
    assert faults(post)[0].startswith("The return of Evaluator 1 of 2 March 2027 09:00 is not")


def test_a_workbook_is_compared_byte_by_byte(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    post.collect(filled(post))
    assert faults(post) == ()
    post.round.desk.sql("UPDATE collected SET plain = zeroblob(9)")
    (line,) = faults(post)
    assert line.endswith("is not the workbook that was collected.")
