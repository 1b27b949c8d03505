"""Charts from plain data: every value is written, nothing is cut off, the words say it too."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.reports import shapes
from tendereval.reports.charts_layout import TALLEST, WIDTH, wrapped
from tendereval.reports.charts_moderation import Judged, individual_to_agreed
from tendereval.reports.charts_ranking import BuiltTotal, MarksPart, ranking_build_up
from tendereval.reports.charts_scores import ScoredCriterion, scores_per_criterion
from tendereval.reports.fonts import text_width
from tendereval.reports.outline import Document, Figure
from tendereval.reports.pdf import write_pdf
from tests.report.pdf_reading import failures, page_texts

Drawn = Callable[[], tuple[Figure, ...]]
BIDDERS = ("Tŷ Gwyn CIC", "Vale Coaches", "Northgate")
SCALE = tuple(map(Fraction, range(6)))
LONG = "The Incorporated Association of Neighbourly Community Transport Operators of Elwy "


def criterion(ref: str, *scores: int | None) -> ScoredCriterion:
    exact = tuple(None if score is None else Fraction(score) for score in scores)
    return ScoredCriterion(ref, f"Question {ref}", exact)


def judged(label: str, agreed: int | None, *individual: int) -> Judged:
    points = None if agreed is None else Fraction(agreed)
    return Judged(label, tuple(map(Fraction, individual)), points)


def built(name: str, total: str, *marks: str) -> BuiltTotal:
    return BuiltTotal(name, tuple(map(Fraction, marks)), marks, total)


PARTS = (
    MarksPart("Service quality", Fraction(40)),
    MarksPart("Social value", Fraction(15)),
    MarksPart("Public value", Fraction(15)),
    MarksPart("Price", Fraction(30)),
)
TOTALS = (
    built("Tŷ Gwyn CIC", "76.40", "28.40", "10.20", "10.20", "27.60"),
    built("Vale Coaches", "75.20", "29.60", "9.00", "7.80", "28.80"),
    built("Northgate", "75.20", "27.60", "9.00", "8.60", "30.00"),
)


@cache
def few() -> tuple[Figure, ...]:
    return (
        *scores_per_criterion(
            [criterion("Q1", 3, 4, 3), criterion("Q2", 4, 0, None)], BIDDERS, SCALE[5], marked=0
        ),
        *individual_to_agreed([judged("Q1 Tŷ Gwyn", 3, 2, 3, 3, 5), judged("Q2", None)], SCALE),
        *ranking_build_up(PARTS, TOTALS, marked=0),
    )


@cache
def many(bidders: int = 40, questions: int = 12) -> tuple[Figure, ...]:
    names = [f"{number} {LONG * 2}" for number in range(bidders)]
    criteria = [
        criterion(f"Q{number}", *((number * at) % 6 for at in range(bidders)))
        for number in range(questions)
    ]
    rows = [judged(f"Q{at} {LONG}", at % 6, *(range(at % 7))) for at in range(bidders * 3)]
    parts = [MarksPart(LONG, Fraction(100, questions)) for _ in range(questions)]
    totals = [built(name, "50.00", *["4.17"] * questions) for name in names]
    return (
        *scores_per_criterion(criteria, names, SCALE[5], marked=3),
        *individual_to_agreed(rows, SCALE),
        *ranking_build_up(parts, totals, marked=3),
    )


def texts(figures: Sequence[Figure]) -> list[str]:
    return [
        shape.text
        for figure in figures
        for shape in figure.shapes
        if isinstance(shape, shapes.Words)
    ]


def box_of(shape: shapes.Shape) -> tuple[float, float, float, float]:
    match shape:
        case shapes.Bar(x, y, width, height):
            return x, y, x + width, y + height
        case shapes.Dot(x, y, radius):
            return x - radius, y - radius, x + radius, y + radius
        case shapes.Line(x, y, to_x, to_y):
            return min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)
        case shapes.Path(outlines):
            points = [step for outline in outlines for step in outline]
            xs, ys = [step[-2] for step in points], [step[-1] for step in points]
            return min(xs), min(ys), max(xs), max(ys)
        case shapes.Words(x, y, text, size, bold, _, anchor):
            width = text_width(text, size, bold=bold)
            left = x - width * {"left": 0.0, "middle": 0.5, "right": 1.0}[anchor]
            return left, y - 0.7 * size, left + width, y + 0.2 * size


@pytest.mark.parametrize("drawn", [few, many])
def test_nothing_is_drawn_outside_a_picture_and_none_is_taller_than_a_page(
    drawn: Drawn,
) -> None:
    for figure in drawn():
        assert figure.width == WIDTH
        assert figure.height <= TALLEST
        for shape in figure.shapes:
            left, top, right, bottom = box_of(shape)
            assert left >= -0.01
            assert top >= -0.01
            assert right <= figure.width + 0.01
            assert bottom <= figure.height + 0.01


@pytest.mark.parametrize("drawn", [few, many])
def test_no_two_texts_of_a_picture_touch(drawn: Drawn) -> None:
    for figure in drawn():
        boxes = [box_of(shape) for shape in figure.shapes if isinstance(shape, shapes.Words)]
        for index, one in enumerate(boxes):
            for other in boxes[index + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0]
                assert apart or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("drawn", [few, many])
def test_charts_conform_and_are_read_in_order(drawn: Drawn, tmp_path: Path) -> None:
    figures = drawn()
    path = tmp_path / "out.pdf"
    first = write_pdf(Document("T", blocks=figures), path)
    assert failures(path) == []
    assert write_pdf(Document("T", blocks=figures), tmp_path / "again.pdf") == first
    spoken = " ".join(" ".join(page_texts(path)).split())
    places = [spoken.index(" ".join(figure.caption.split())) for figure in figures]
    assert places == sorted(places)
    assert all(spoken.count(figure.caption) >= 1 for figure in figures)


def test_every_score_is_written_and_a_missing_one_is_called_so() -> None:
    (figure, *_) = few()
    assert [text for text in texts([figure]) if text[0].isdigit() or text == "no score"] == [
        *("3", "4", "3"),
        *("4", "0", "no score"),
    ]
    assert figure.alternative == (
        "Bars show the agreed scores, out of 5, of Tŷ Gwyn CIC, Vale Coaches and Northgate on "
        "Q1 and Q2. Q1: Tŷ Gwyn CIC 3, Vale Coaches 4, Northgate 3; Q2: Tŷ Gwyn CIC 4, "
        "Vale Coaches 0, Northgate no score."
    )


def test_bars_are_as_long_as_their_scores() -> None:
    (figure, *_) = few()
    bars = [shape for shape in figure.shapes if isinstance(shape, shapes.Bar)]
    track = bars[0].width
    filled = [bar.width / track for bar in bars if bar.fill != "grey-4"]
    assert filled == pytest.approx([0.6, 0.8, 0.6, 0.8])


def test_the_marked_tender_differs_by_weight_and_not_by_colour_alone() -> None:
    (figure, *_) = few()
    for shape in figure.shapes:
        if isinstance(shape, shapes.Words) and shape.text in BIDDERS:
            assert shape.bold == (shape.text == BIDDERS[0])


def test_discs_tell_how_many_and_the_list_tells_each_score() -> None:
    figure = few()[1]
    found = texts([figure])
    assert "2, 3, 3, 5" in found
    assert found.count("not agreed") == 1
    assert figure.alternative == (
        "Discs show on a scale from 0 to 5 which scores the evaluators gave, and a triangle the "
        "score the panel agreed, for Q1 Tŷ Gwyn and Q2. Q1 Tŷ Gwyn: individual 2, 3, 3 and 5, "
        "agreed 3; Q2: no individual score, not agreed."
    )


def test_the_sum_under_each_bar_can_be_added_up_again() -> None:
    figure = few()[2]
    found = texts([figure])
    assert "28.40 + 10.20 + 10.20 + 27.60 = 76.40" in found
    assert found.count("76.40") == 1
    assert "Service quality (40)" in found
    assert "Tŷ Gwyn CIC: 28.40 + 10.20 + 10.20 + 27.60 = 76.40;" in figure.alternative
    bars = [s for s in figure.shapes if isinstance(s, shapes.Bar) and s.edge == "paper"]
    assert sum(bar.width for bar in bars[:4]) == pytest.approx(WIDTH * 0.764)


def test_neighbouring_parts_of_a_bar_differ_in_tone() -> None:
    for figure in (few()[2], many()[-1]):
        bars = [s for s in figure.shapes if isinstance(s, shapes.Bar) and s.edge == "paper"]
        touching = [(one.fill, two.fill) for one, two in pairwise(bars) if one.y == two.y]
        assert touching
        assert all(one != two for one, two in touching)


def test_many_tenders_go_over_several_numbered_pictures() -> None:
    figures = many()
    captions = [figure.caption for figure in figures]
    assert len(set(captions)) == len(captions)
    assert captions[0].startswith("Agreed scores per criterion, out of 5, part 1 of ")
    written = texts(figures)
    assert sum(text == "50.00" for text in written) == 40
    assert all(len(figure.alternative) < 6000 for figure in figures)


def test_the_words_for_many_scores_name_the_highest_and_the_lowest() -> None:
    scores = tuple(Fraction(at % 4) for at in range(40))
    names = [f"B{at}" for at in range(40)]
    (figure,) = scores_per_criterion([ScoredCriterion("Q1", "t", scores)], names, Fraction(5))
    assert "Q1: highest 3 (ten tenders), lowest 0." in figure.alternative


def test_no_data_gives_no_picture() -> None:
    assert scores_per_criterion([], BIDDERS, Fraction(5)) == ()
    assert scores_per_criterion([criterion("Q1")], (), Fraction(5)) == ()
    assert individual_to_agreed([], SCALE) == ()
    assert individual_to_agreed([judged("a", 1)], ()) == ()
    assert ranking_build_up(PARTS, ()) == ()
    assert ranking_build_up((), TOTALS) == ()


def test_a_single_point_and_scores_off_the_scale_are_drawn() -> None:
    one = individual_to_agreed([judged("a", 3, 3)], [Fraction(3)])
    beyond = individual_to_agreed([judged("a", 9, 7)], SCALE)
    zero = ranking_build_up([MarksPart("a", Fraction(0))], [built("b", "0", "0")])
    for figure in (*one, *beyond, *zero):
        for shape in figure.shapes:
            assert box_of(shape)[2] <= WIDTH + 0.01


@given(st.text(max_size=200), st.floats(20, 400), st.integers(1, 5))
def test_lines_of_a_name_fit_and_lose_nothing_without_saying_so(
    text: str, width: float, most: int
) -> None:
    lines = wrapped(text, width, most=most)
    assert 1 <= len(lines) <= most
    assert all(text_width(line, 9) <= width or len(line) <= 2 for line in lines)
    if not lines[-1].endswith("…"):
        whole = wrapped(text, 100_000, most=1)[0]
        assert "".join(lines).replace(" ", "") == whole.replace(" ", "")
