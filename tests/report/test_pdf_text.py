import itertools
import json
import unicodedata
from pathlib import Path

import pytest

from tendereval.reports.outline import (
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Numbered,
    Paragraph,
    Row,
    Run,
    ScoredRationale,
    Table,
)
from tendereval.reports.pdf import write_pdf
from tests.report.pdf_reading import Tagged, failures, page_texts, words

NAUGHTY_STRINGS = Path(__file__).parents[2].parent / "shared/cases/strings/blns.json"
HOSTILE = {
    "angle brackets": ("Smith & Sons <Ltd>", "Smith & Sons <Ltd>"),
    "markup": ("<para><b>x</i> &amp; &#65;", "<para><b>x</i> &amp; &#65;"),
    "PDF syntax": (r"(a) \) \\ EMC ET >> endobj", r"(a) \) \\ EMC ET >> endobj"),
    "control characters": ("a\x00b\x07c\x7f", "a[U+0000]b[U+0007]c[U+007F]"),
    "lone surrogate": ("a\ud800b", "a[U+D800]b"),
    "Welsh": ("Llŷr o Dŷ Gŵyr, Ŵ Ŷ", "Llŷr o Dŷ Gŵyr, Ŵ Ŷ"),
    "Welsh, decomposed": ("w\u0302 y\u0302", "ŵ ŷ"),
    "stacked marks": ("q\u0303\u0327x", "q\u0327\u0303x"),
    "emoji in the second font": ("ok 😀 ok", "ok 😀 ok"),
    "emoji in no font": ("ok 🚀 ok", "ok [U+1F680] ok"),
    "joiner": ("a\u200db", "a[U+200D]b"),
    "invisible filler": ("a\u3164b\ufe0f", "a[U+3164]b[U+FE0F]"),
    "reversal": ("\u202eabc", "[U+202E]abc"),
    "right to left": ("שלום مرحبا", "שלום مرحبا"),
    "Chinese": ("中文", "[U+4E2D][U+6587]"),
    "currency and signs": ("£1 \u2013 €2 ½ \u00d7 ÷ ≥ ✓", "£1 \u2013 €2 ½ \u00d7 ÷ ≥ ✓"),
    "hard space": ("page\u00a031", "page 31"),
    "formula": ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
}


def written(folder: Path, *blocks: object) -> Path:
    path = folder / "out.pdf"
    write_pdf(Document("Title", blocks=blocks), path)  # type: ignore[arg-type] # any blocks
    return path


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_shown_as_it_stands_everywhere(name: str, tmp_path: Path) -> None:
    given, shown = HOSTILE[name]
    table = Table((Column(given), Column("£", "right")), (Row((given, given)),), caption=given)
    path = tmp_path / "out.pdf"
    blocks = (
        Heading(given, number=given),
        Paragraph((Run(given), Run(given, bold=True), Run(given, italic=True))),
        Bullets((given,)),
        Facts(((given, given),)),
        ScoredRationale(given, given, given),
        table,
    )
    write_pdf(Document(given, head=given, foot=given, draft_mark=given, blocks=blocks), path)
    tagged = Tagged(path)
    assert tagged.texts("P")[0] == f"{shown * 3} "
    assert tagged.texts("TD")[-1].rstrip() == shown
    assert tagged.texts("LBody") == [f"{shown} "]
    assert tagged.texts("Caption") == [f"{shown} "]
    assert failures(path) == []


def test_every_naughty_string_survives_as_paragraph_and_as_cell(tmp_path: Path) -> None:
    if not NAUGHTY_STRINGS.exists():
        pytest.skip("the list of naughty strings is not beside this checkout")
    strings = json.loads(NAUGHTY_STRINGS.read_text("utf-8"))
    rows = tuple(Row((str(index), text)) for index, text in enumerate(strings))
    columns = (Column("No.", "right"), Column("String", width=8))
    path = written(tmp_path, *map(Paragraph, strings), Table(columns, rows))
    tagged = Tagged(path)
    cells = tagged.texts("TD")
    assert failures(path) == []
    assert len(cells) == len(strings)
    shown = [
        (text, cell)
        for text, cell in zip(strings, cells, strict=True)
        if text.isprintable() and text.isascii()
    ]
    assert len(shown) > 200
    assert all(cell.split() == text.split() for text, cell in shown)
    assert not any(
        text.strip() and not cell.strip() for text, cell in zip(strings, cells, strict=True)
    )


def test_no_character_leaves_a_blank(tmp_path: Path) -> None:
    characters = [chr(code) for code in range(0x21, 0x2600) if chr(code).strip()]
    characters = [char for char in characters if unicodedata.normalize("NFC", char) == char]
    path = written(tmp_path, *(Paragraph(f"{char}") for char in characters))
    shown = [text.rstrip(" ") for text in Tagged(path).texts("P")]
    wrong = [
        (given, got)
        for given, got in zip(characters, shown, strict=True)
        if got not in {given, f"[U+{ord(given):04X}]"} and given != "\u00a0"
    ]
    assert wrong == []


def test_words_keep_their_order_and_their_spaces_across_lines_and_pages(tmp_path: Path) -> None:
    expected = [f"word{number}" for number in range(4000)]
    path = written(tmp_path, ScoredRationale("4", "Label.", " ".join(expected)))
    spoken = Tagged(path).texts("P")[0].split()
    assert len(page_texts(path)) > 3
    assert spoken == ["4", "Label.", *expected]
    assert [word for word in words(path) if word.startswith("word")] == expected


def test_words_do_not_run_together_in_any_block(tmp_path: Path) -> None:
    counter = itertools.count()

    def text(count: int) -> str:
        return " ".join(f"w{next(counter)}" for _ in range(count))

    path = written(
        tmp_path,
        Heading(text(40)),
        Bullets((text(60), text(60))),
        Numbered((text(60), text(60))),
        Paragraph((Run(text(50), bold=True), Run(" " + text(50), italic=True)), "note"),
        Table(
            (Column(text(20)), Column(text(20), "right")),
            (Row((text(30), text(30))), Row((text(90), ""), "section"), Row((Cell(text(60), 2),))),
            caption=text(40),
        ),
        Facts(((text(20), text(60)),)),
    )
    spoken = [word for word in Tagged(path).spoken().split() if word.startswith("w")]
    assert sorted(spoken, key=lambda word: int(word[1:])) == [f"w{n}" for n in range(next(counter))]


def test_line_breaks_stay_and_blank_lines_part_paragraphs(tmp_path: Path) -> None:
    path = written(tmp_path, Paragraph("one\ntwo\r\n \r\nthree\vfour\n\n\n"))
    assert Tagged(path).texts("P") == ["one two ", "three four "]
    lines = page_texts(path)[0].split("\r\n")[:4]
    assert [line.rstrip() for line in lines] == ["one", "two", "three", "four"]


def test_a_word_of_forty_thousand_characters_is_cut_and_lost_nowhere(tmp_path: Path) -> None:
    letters = "".join(chr(97 + number % 26) for number in range(40_000))
    table = Table((Column("A"), Column("B", "right")), (Row((letters[:5000], letters[:5000])),))
    path = written(tmp_path, Paragraph(letters), ScoredRationale("1", "L.", letters), table)
    tagged = Tagged(path)
    assert tagged.texts("P")[0] == f"{letters} "
    assert tagged.texts("P")[1] == f"1 L. {letters} "
    assert tagged.texts("TD")[-1] == f"{letters[:5000]} "
    assert failures(path) == []


def test_a_line_breaks_after_a_hyphen_without_a_space(tmp_path: Path) -> None:
    path = written(tmp_path, Paragraph("door-to-door " * 100))
    assert Tagged(path).texts("P")[0].split() == ["door-to-door"] * 100


def test_runs_that_touch_stay_one_word(tmp_path: Path) -> None:
    path = written(tmp_path, Paragraph((Run("over"), Run("all", bold=True), Run("s, ok"))))
    assert Tagged(path).texts("P") == ["overalls, ok "]


def test_a_line_of_running_text_holds_60_to_75_characters(tmp_path: Path) -> None:
    text = (
        "All four parts are answered with figures and a check on them. Cover for two failures on "
        "one day was discussed: the steps in paragraph 4 give confidence, but not full confidence, "
        "because two of the three depend on other operators. Nothing is said of Sundays. "
    ) * 8
    path = tmp_path / "out.pdf"
    for block in (Paragraph(text), ScoredRationale("4", "", text), Bullets((text,))):
        write_pdf(Document("T", blocks=(block,)), path)
        lines = [line.strip() for line in page_texts(path)[0].split("\r\n") if " " in line.strip()]
        full = [len(line) for line in lines if "of 1" not in line][:-1]
        assert len(full) > 10
        assert all(56 <= length <= 82 for length in full)
        assert 64 <= sum(full) / len(full) <= 75


def test_a_line_parts_a_sum_before_its_equals_sign_only(tmp_path: Path) -> None:
    for filling in range(30):
        text = f"{'w' * filling} 30 × £1,098,000.00 ÷ £1,182,000.00 = 27.8680 of 30 marks."
        (shown,) = page_texts(written(tmp_path, Paragraph(f"{text} {text}")))
        lines = [line.strip() for line in shown.splitlines()]
        assert not [line for line in lines if line.endswith(("×", "÷", "="))]
        assert not [line for line in lines if line.startswith(("×", "÷", "of 30 ÷"))]


def test_no_paragraph_ends_with_a_short_word_on_a_line_of_its_own(tmp_path: Path) -> None:
    sentence = " It is said how it is done, by whom, from which day, and so."
    for filling in range(1, 36):
        text = "w" * filling + sentence * 3
        (shown,) = page_texts(written(tmp_path, Paragraph(text)))
        body = [line.split() for line in shown.splitlines() if line.strip()][:-1]
        assert len(body[-1]) > 1
        assert [word for line in body for word in line] == text.split()
