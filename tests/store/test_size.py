"""How large a file is for the text it holds."""

import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.bidding import Place
from tendereval.domain.evaluation import Score, ScoreState
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.store import recording
from tests.store.tender_files import AT, EVE, an_empty_tender, occasion

SCORES, LIMIT = 5_000, 1.25


@pytest.mark.parametrize("mean", [1_900, 2_500])
def test_a_file_is_little_larger_than_its_texts(
    tmp_path: Path, mean: int, record_property: Callable[[str, object], None]
) -> None:
    dice = random.Random(mean)  # noqa: S311 - repeatable, not secret
    texts = [
        "Why they do it, with £, é and “quotes”. "[: dice.randint(8, 40)] * (mean // 24)
        for _ in range(SCORES)
    ]
    scores = [
        Score(EVE, Place(BidderId(f"b-{n // 50}"), CriterionId(f"Q{n % 50}")), ScoreState.READY,
              Fraction(n % 6), text, 1)
        for n, text in enumerate(texts)
    ]  # fmt: skip
    path = tmp_path / "a.tender"
    with an_empty_tender(path) as file, file.change(occasion("scores collected")) as change:
        recording.add_scores(change, scores, AT)
    size = sum(len(text.encode()) for text in texts)
    ratio = path.stat().st_size / size
    record_property("mean bytes", size // SCORES)
    record_property("ratio", f"{ratio:.3f}")
    assert ratio <= LIMIT
