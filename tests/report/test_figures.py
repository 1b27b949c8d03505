"""Drawn pictures in a file: their tags, their words, their place and their marks."""

from pathlib import Path

import pikepdf
import pytest

from tendereval.reports import shapes
from tendereval.reports.outline import Block, Document, Figure, Heading, Paragraph
from tendereval.reports.pdf import write_pdf
from tests.report.pdf_reading import Tagged, failures, page_texts, words

SHAPES: tuple[shapes.Shape, ...] = (
    shapes.Bar(0, 0, 60, 20, "grey-2", "edge"),
    shapes.Dot(80, 10, 8, "#0E5A70"),
    shapes.Line(0, 30, 200, 30, 1, "ink", dash=3),
    shapes.Path((((100, 0), (120, 0), (110, 20)),), "accent", "ink"),
    shapes.Words(0, 48, "Tŷ Gwyn", 9, bold=True),
    shapes.Words(200, 48, "76.40", anchor="right"),
    shapes.Words(100, 48, "中文 😀", anchor="middle"),
)


def figure(width: float = 200, height: float = 50, caption: str = "Marks") -> Figure:
    return Figure(width, height, SHAPES, "A bar of 60 beside a disc.", caption)


def written(path: Path, *blocks: Block) -> Path:
    write_pdf(Document("T", blocks=blocks), path)
    return path


def elements(path: Path, role: str) -> list[tuple[str, list[float]]]:
    """Give alternative text and frame of each element of a role."""
    found = []
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == f"/{role}":
                box = [float(value) for value in item.A.BBox.as_list()] if "/A" in item else []
                found.append((str(item.get("/Alt", "")), box))
    return found


def test_a_figure_conforms_and_is_announced_with_its_words_and_frame(tmp_path: Path) -> None:
    path = written(tmp_path / "out.pdf", Heading("H"), Paragraph("x"), figure())
    assert failures(path) == []
    ((words_for_it, box),) = elements(path, "Figure")
    assert words_for_it == "A bar of 60 beside a disc."
    assert box[2] - box[0] == pytest.approx(200, abs=0.1)
    assert box[3] - box[1] == pytest.approx(50, abs=0.1)
    assert 0 < box[0] < box[2] < 595
    assert 0 < box[1] < box[3] < 842


def test_a_figure_is_read_where_it_stands_and_its_caption_before_it(tmp_path: Path) -> None:
    path = written(tmp_path / "out.pdf", Paragraph("before"), figure(), Paragraph("after"))
    found = [("/".join(role), text) for role, text in Tagged(path).elements if text]
    assert [role for role, _ in found] == [
        "Document/P",
        "Document/Div/Caption",
        "Document/Div/Figure",
        "Document/P",
    ]
    assert found[1][1] == "Marks "
    assert found[2][1].split() == ["Tŷ", "Gwyn", "76.40", "[U+4E2D][U+6587]", "😀"]
    text = words(path)
    assert [word for word in text if word in {"before", "Marks", "76.40", "after"}] == [
        "before",
        "Marks",
        "76.40",
        "after",
    ]


def test_all_artwork_is_marked_and_every_font_is_in_the_file(tmp_path: Path) -> None:
    path = written(tmp_path / "out.pdf", figure(caption=""))
    depth = 0
    with pikepdf.open(path) as pdf:
        for instruction in pikepdf.parse_content_stream(pdf.pages[0]):
            name = str(instruction.operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            assert depth == 1 or name not in {"re", "m", "c", "l", "f", "S", "B", "Tj", "q"}
        fonts = pdf.pages[0].obj.Resources.Font.values()
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)


@pytest.mark.parametrize("size", [(2000, 50), (100, 5000), (3000, 9000), (0.5, 0.5)])
def test_a_figure_too_large_is_made_smaller_and_stays_whole(
    size: tuple[float, float], tmp_path: Path
) -> None:
    path = written(tmp_path / "out.pdf", Heading("H"), figure(*size), Paragraph("after"))
    ((_, box),) = elements(path, "Figure")
    assert box[0] >= 77
    assert box[2] <= 531
    assert box[1] >= 71
    assert box[3] <= 771
    assert (box[2] - box[0]) / (box[3] - box[1]) == pytest.approx(size[0] / size[1], rel=0.05)
    assert failures(path) == []


def test_a_figure_never_parts_from_its_caption_or_from_its_heading(tmp_path: Path) -> None:
    blocks: list[Block] = []
    for number in range(40):
        blocks += [Heading(f"Head{number}", 2), figure(200, 137, f"Cap{number}")]
    path = written(tmp_path / "out.pdf", *blocks)
    for text in page_texts(path):
        assert text.count("Head") == text.count("Cap") == text.count("76.40")


def test_the_same_figure_gives_the_same_bytes(tmp_path: Path) -> None:
    files = [written(tmp_path / f"{n}.pdf", figure(), figure()).read_bytes() for n in range(2)]
    assert files[0] == files[1]


def test_hostile_words_for_a_figure_are_written_as_they_stand(tmp_path: Path) -> None:
    hostile = "a) /Alt (b\x00\ud800 <c> \\ \u202e"
    drawn = Figure(50, 20, (shapes.Words(0, 10, hostile),), hostile, hostile)
    path = written(tmp_path / "out.pdf", drawn)
    assert failures(path) == []
    ((words_for_it, _),) = elements(path, "Figure")
    assert words_for_it == "a) /Alt (b[U+0000][U+D800] <c> \\ [U+202E]"


def test_a_figure_without_words_size_or_known_colours_is_refused() -> None:
    with pytest.raises(ValueError, match="words that say what it shows"):
        Figure(10, 10, (), " \n")
    with pytest.raises(ValueError, match="above nought"):
        Figure(0, 10, (), "x")
    with pytest.raises(ValueError, match="colour “mauve”"):
        Figure(10, 10, (shapes.Bar(0, 0, 1, 1, "mauve"),), "x")
    with pytest.raises(ValueError, match="too small to read"):
        shapes.Words(0, 0, "x", 7.5)
