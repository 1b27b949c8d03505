"""The authority's sign on a cover: what is drawn, what is refused, how it is read aloud."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tendereval.domain.errors import UserFixable
from tendereval.reports.logos import Drawn, check_logo, picture_of
from tendereval.reports.outline import CoverLead, CoverTitle, Document, Logo
from tendereval.reports.pdf import write_pdf
from tests.report.pdf_reading import Tagged, failures
from tests.report.test_figures import elements

SVG = (
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="10 10 100 50">'
    "<title>Arms</title>{inside}</svg>"
)


def svg(inside: str) -> bytes:
    return SVG.format(inside=inside).encode()


def png(mode: str = "RGBA", size: tuple[int, int] = (30, 12)) -> bytes:
    image = Image.new(mode, size)
    if mode == "RGBA":
        image.putpixel((3, 3), (14, 90, 112, 128))
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


SIGNS = {
    "see-through": png(),
    "opaque": png("RGB"),
    "grey": png("L"),
    "palette": png("P"),
    "two tones": png("1"),
    "sixteen bits": png("I;16"),
    "drawn": svg('<circle cx="50" cy="30" r="9" fill="teal"/>'),
}


@pytest.mark.parametrize("name", SIGNS)
def test_a_sign_on_a_cover_conforms_and_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    cover = (Logo(SIGNS[name], "Arms of Bro Elwy"), Logo(SIGNS[name]), CoverTitle("Report"))
    digests = {write_pdf(Document("T", cover=cover), tmp_path / f"{n}.pdf") for n in range(2)}
    path = tmp_path / "0.pdf"
    assert failures(path) == []
    assert len(digests) == 1
    ((words, box),) = elements(path, "Figure")
    assert words == "Arms of Bro Elwy"
    assert box[3] - box[1] == pytest.approx(48, abs=0.1)


def test_a_sign_beside_its_name_is_decoration(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    cover = (Logo(SIGNS["drawn"]), CoverLead("Bro Elwy Council"), CoverTitle("Report"))
    write_pdf(Document("T", cover=cover), path)
    roles = [role[-1] for role, _ in Tagged(path).elements]
    assert roles == ["Document", "P", "H1"]


def test_the_shapes_of_a_drawing_stand_where_their_maker_put_them() -> None:
    drawn = picture_of(
        svg(
            '<g transform="translate(10 10) scale(2)" fill="#abc">'
            '<rect x="1" y="2" width="3" height="4"/>'
            '<path d="m1 1h2v2H1z M0,0 q1-1 2,0t2 0" style="fill:none;stroke:black"/></g>'
            '<path d="M10 10a5 5 0 01 10 0"/>'
        )
    )
    assert isinstance(drawn, Drawn)
    assert (drawn.width, drawn.height) == (100, 50)
    box, path, arc = drawn.shapes
    assert [list(outline) for outline in box.outlines] == [[(2, 4), (8, 4), (8, 12), (2, 12)]]
    assert box.fill == "#aabbcc"
    assert list(path.outlines[0]) == [(2, 2), (6, 2), (6, 6), (2, 6)]
    assert path.outlines[1][-1][-2:] == (8, 0)
    assert (path.fill, path.edge, path.thickness) == ("", "#000000", 2)
    end, middle = arc.outlines[0][-1], arc.outlines[0][1]
    assert end[-2:] == pytest.approx((10, 0), abs=1e-6)
    assert middle[-2:] == pytest.approx((5, -5), abs=1e-6)


REFUSED = {
    "text": (svg("<text>Bro Elwy</text>"), "it holds “text”"),
    "image": (svg('<image href="http://x/y.png"/>'), "it holds “image”"),
    "script": (svg("<script>x</script>"), "it holds “script”"),
    "style sheet": (svg("<style>*{fill:red}</style>"), "it holds “style”"),
    "gradient": (svg('<circle r="5" fill="url(#a)"/>'), "the colour “url(#a)” is not read"),
    "mask": (svg('<circle r="5" mask="url(#a)"/>'), "it uses “mask”"),
    "glass": (svg('<circle r="5" opacity="0.5"/>'), "part of it is see-through"),
    "skew": (svg('<circle r="5" transform="skewX(3)"/>'), "transformation “skewX\\(3\\)”"),
    "broken path": (svg('<path d="M1 2 L"/><path d="1 2"/>'), "a path cannot be read"),
    "odd points": (svg('<polygon points="1 2 3"/>'), "points of a shape"),
    "endless length": (svg('<circle r="1e999"/>'), "the length “1e999”"),
    "percentages": (svg('<circle r="5%"/>'), "the length “5%”"),
    "nothing": (svg("<!-- only words --><?pi x?>"), "nothing is drawn in it"),
    "no size": (b"<svg><circle r='4'/></svg>", "how large it is"),
    "entities": (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", "document type of its own"),
    "broken XML": (b"<svg><g></svg>", "it is damaged"),
    "deep": (svg("<g>" * 60 + "</g>" * 60), "too deep"),
    "cut PNG": (png(size=(300, 300))[:90], "PNG picture is damaged"),
    "PNG head only": (png()[:10], "PNG picture is damaged"),
    "bomb": (png("1", (4000, 4000)), "more than four million points"),
    "large": (b"\x89PNG" + b"x" * 2_000_001, "larger than 2 MB"),
    "JPEG": (b"\xff\xd8\xff", "neither a PNG nor an SVG"),
    "empty": (b"", "neither a PNG nor an SVG"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_drawn_faithfully_is_refused_by_name(name: str) -> None:
    data, told = REFUSED[name]
    with pytest.raises(UserFixable, match=told.replace("(#a)", r"\(#a\)")):
        check_logo(data)
