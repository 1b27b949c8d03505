"""Read the file of an authority's sign, PNG or SVG, into pixels or shapes.

Takes what can be drawn faithfully and refuses the rest in words; nothing is fetched, run or
guessed.
"""

import io
import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from tendereval.domain.authority_logo import AuthorityLogo
from tendereval.domain.errors import UserFixable
from tendereval.reports.objects import Image
from tendereval.reports.outline import Logo
from tendereval.reports.shapes import Path
from tendereval.reports.svg_shapes import NotDrawable, read_svg
from tendereval.reports.wording import LOGO

MOST_BYTES: Final = 2_000_000
MOST_PIXELS: Final = 4_000_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_HEADER_END: Final = 24
_DO: Final = "Choose a plain PNG, or an SVG of filled shapes, of at most 2 MB."


class Drawn(NamedTuple):
    """A sign made of shapes."""

    width: float
    height: float
    shapes: tuple[Path, ...]


def logo_blocks(logo: AuthorityLogo, authority: str, height: float = 48.0) -> Iterator[Logo]:
    """Yield the logo for the top of a document; nothing where there is none.

    Args:
        logo: of the authority.
        authority: its name as it stands beside; with it a logo without words is decoration.
        height: as shown, in points.
    """
    if logo.data:
        yield Logo(logo.data, logo.words or ("" if authority.strip() else LOGO), height)


def check_logo(data: bytes) -> None:
    """Make sure that a file can stand on a cover.

    Raises:
        UserFixable: it is no PNG or SVG, is too large, is damaged, or holds what is not
            drawn, which is named.
    """
    picture_of(data)


def picture_of(data: bytes) -> Image | Drawn:
    """Read a PNG into pixels or an SVG into shapes.

    Raises:
        UserFixable: as ``check_logo`` says.
    """
    if len(data) > MOST_BYTES:
        raise UserFixable("The picture is larger than 2 MB.", _DO)
    if data.startswith(_PNG):
        return _read_png(data)
    if b"<svg" in data:
        try:
            return Drawn(*read_svg(data))
        except NotDrawable as problem:
            raise UserFixable(f"The picture cannot be used: {problem}.", _DO) from None
    raise UserFixable("The file is neither a PNG nor an SVG picture.", _DO)


def _read_png(data: bytes) -> Image:
    from PIL import Image as Pixels  # noqa: PLC0415 - slow to load and hardly ever needed
    from PIL import UnidentifiedImageError  # noqa: PLC0415 - the same

    if len(data) < _HEADER_END:
        raise UserFixable("The PNG picture is damaged.", _DO)
    width, height = struct.unpack(">II", data[16:_HEADER_END])
    if width * height > MOST_PIXELS:
        raise UserFixable("The picture has more than four million points.", _DO)
    try:
        with Pixels.open(io.BytesIO(data), formats=["PNG"]) as opened:
            full = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error):
        raise UserFixable("The PNG picture is damaged.", _DO) from None
    opacity = full.getchannel("A").tobytes()
    is_opaque = not opacity.strip(b"\xff")
    return Image(
        full.width, full.height, full.convert("RGB").tobytes(), b"" if is_opaque else opacity
    )
