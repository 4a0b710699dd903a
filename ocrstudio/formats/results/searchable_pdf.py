"""A PDF of pictures with their text, invisible, exactly upon them: what is searched, marked and copied.

Written piece by piece to the disk, so that five hundred pages need no more memory than one.

Source: ISO 32000-1 (7.5 file structure, 8.9.5 images, 9.3.6 text rendering mode 3, 9.7 composite fonts).
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ocrstudio.core.errors import StudioError
from ocrstudio.core.geometry import bounding_quad, distance, order_quad
from ocrstudio.core.visual_order import visual_order
from ocrstudio.formats.atomic import replace_file, write_error
from ocrstudio.formats.exchange.texts import for_utf8
from ocrstudio.formats.images import opened, orientation_of
from ocrstudio.formats.pdf_pages import POINTS_PER_INCH
from ocrstudio.formats.results.invisible_font import ASCENT, DESCENT, EM, InvisibleFont, width
from ocrstudio.formats.results.values import ReadLine, ReadPage

JPEG_QUALITY = 88
# Larger pages open in few programs (ISO 32000-1, annex C).
MAX_SIDE_POINTS = 14_400
_COLOURS = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}


def write_pdf(pages: Sequence[ReadPage], target: Path, progress: Callable[[int, int], None]) -> list[ReadPage]:
    """Writes a searchable PDF.

    Args:
        pages: In order.
        target: The file; replaced in one step when it is complete.
        progress: Called with (pages done, pages in all); may raise to stop.

    Returns:
        Pages that are not in it because their picture cannot be read.

    Raises:
        ProjectError: If it cannot be written; an earlier file stays.
    """
    left_out: list[ReadPage] = []
    with _replaced(target) as file:
        document = _Document(file)
        for done, page in enumerate(pages, start=1):
            try:
                document.add(page)
            except StudioError:
                left_out.append(page)
            progress(done, len(pages))
        document.finish()
    return left_out


@contextmanager
def _replaced(target: Path) -> Iterator[IO[bytes]]:
    """A file to write to that takes the target's place at the end."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        replace_file(temporary, target)
    except OSError as error:
        raise write_error(target, error) from error
    finally:
        temporary.unlink(missing_ok=True)


class _Document:
    """Numbered objects, written as they come, and the table of where they are."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places: dict[int, int] = {}
        self._kids: list[int] = []
        self._font = InvisibleFont()
        self._next = 1
        self._at = 0
        # the second line tells programs that copy it that it is no text
        self._write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        self._catalog, self._tree, self._text_font = self._number(), self._number(), self._number()

    def add(self, page: ReadPage) -> None:
        """Adds a page; `StudioError` if its picture cannot be read, nothing is written then."""
        colours, pixels, (columns, rows) = _picture(page)
        scale = min(POINTS_PER_INCH / page.source.dpi(), MAX_SIDE_POINTS / max(columns, rows))
        across, down = columns * scale, rows * scale
        image, content, number = self._number(), self._number(), self._number()
        self._stream(
            image,
            f"/Type /XObject /Subtype /Image /Width {columns} /Height {rows} /ColorSpace {colours} "
            "/BitsPerComponent 8 /Filter /DCTDecode",
            pixels,
        )
        drawn = [f"q {_n(across)} 0 0 {_n(down)} 0 0 cm /Im Do Q", *self._text(page, scale, down)]
        self._packed(content, "", "\n".join(drawn).encode("ascii"))
        self._object(
            number,
            f"<< /Type /Page /Parent {self._tree} 0 R /MediaBox [0 0 {_n(across)} {_n(down)}] /Contents {content} 0 R "
            f"/Resources << /XObject << /Im {image} 0 R >> /Font << /F {self._text_font} 0 R >> >> >>",
        )
        self._kids.append(number)

    def finish(self) -> None:
        """Writes what closes the document."""
        self._write_font()
        kids = " ".join(f"{number} 0 R" for number in self._kids)
        self._object(self._tree, f"<< /Type /Pages /Count {len(self._kids)} /Kids [{kids}] >>")
        self._object(self._catalog, f"<< /Type /Catalog /Pages {self._tree} 0 R >>")
        about = self._number()
        self._object(about, "<< /Producer (OCR Studio) >>")
        start = self._at
        rows = "".join(f"{self._places[number]:010d} 00000 n \n" for number in range(1, self._next))
        self._write(
            f"xref\n0 {self._next}\n0000000000 65535 f \n{rows}"
            f"trailer\n<< /Size {self._next} /Root {self._catalog} 0 R /Info {about} 0 R >>\n"
            f"startxref\n{start}\n%%EOF\n".encode("ascii")
        )

    def _text(self, page: ReadPage, scale: float, height: float) -> Iterator[str]:
        lines = page.text_lines
        if lines:
            yield "BT 3 Tr"
            for line in lines:
                shown = self._line(line, scale, height)
                if shown:
                    yield shown
            yield "ET"

    def _line(self, line: ReadLine, scale: float, height: float) -> str:
        """A line's text, stretched along the lower edge of its box; empty if the box encloses nothing."""
        try:
            quad = order_quad(line.points) if len(line.points) == 4 else bounding_quad(line.points)
        except StudioError:
            return ""
        # The corners as the text has them: its own top left first.
        first, second, third, fourth = (quad[(corner + line.turn) % 4] for corner in range(4))
        along = (distance(first, second) + distance(fourth, third)) / 2 * scale
        size = (distance(first, fourth) + distance(second, third)) / 2 * scale
        units = visual_order(for_utf8(line.one_line)[0])
        natural = sum(width(unit) for unit in units) / EM * size
        if min(along, size, natural) <= 0:
            return ""
        cos, sin = (third[0] - fourth[0]) * scale / along, -(third[1] - fourth[1]) * scale / along
        # the base line lies above the lower edge by what letters such as g hang below it
        rise = -DESCENT / (ASCENT - DESCENT) * size
        x, y = fourth[0] * scale - sin * rise, height - fourth[1] * scale + cos * rise
        codes = "".join(f"{self._font.code(unit):04X}" for unit in units)
        matrix = " ".join(_n(value) for value in (cos, sin, -sin, cos, x, y))
        return f"/F {_n(size)} Tf {_n(100 * along / natural)} Tz {matrix} Tm <{codes}> Tj"

    def _write_font(self) -> None:
        file, meaning, described, descendant = (self._number() for _ in range(4))
        data = self._font.true_type()
        self._packed(file, f"/Length1 {len(data)}", data)
        self._packed(meaning, "", self._font.to_unicode())
        self._object(
            described,
            f"<< /Type /FontDescriptor /FontName /Invisible /Flags 4 /FontBBox [0 {DESCENT} {EM} {ASCENT}] "
            f"/ItalicAngle 0 /Ascent {ASCENT} /Descent {DESCENT} /CapHeight {ASCENT} /StemV 80 "
            f"/FontFile2 {file} 0 R >>",
        )
        widths = " ".join(map(str, self._font.widths()))
        self._object(
            descendant,
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Invisible /CIDToGIDMap /Identity "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {described} 0 R /W [0 [{widths}]] >>",
        )
        self._object(
            self._text_font,
            "<< /Type /Font /Subtype /Type0 /BaseFont /Invisible /Encoding /Identity-H "
            f"/DescendantFonts [{descendant} 0 R] /ToUnicode {meaning} 0 R >>",
        )

    def _number(self) -> int:
        self._next += 1
        return self._next - 1

    def _object(self, number: int, body: str) -> None:
        self._places[number] = self._at
        self._write(f"{number} 0 obj\n{body}\nendobj\n".encode("ascii"))

    def _packed(self, number: int, entries: str, data: bytes) -> None:
        self._stream(number, f"{entries} /Filter /FlateDecode", zlib.compress(data))

    def _stream(self, number: int, entries: str, data: bytes) -> None:
        self._places[number] = self._at
        self._write(f"{number} 0 obj\n<< {entries} /Length {len(data)} >>\nstream\n".encode("ascii"))
        self._write(data)
        self._write(b"\nendstream\nendobj\n")

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)


def _picture(page: ReadPage) -> tuple[str, bytes, tuple[int, int]]:
    """(colour space, JPEG data, width and height in pixels) of a page: a photo's own bytes wherever they will do."""
    source = page.source
    if not source.page and not source.turn:
        with opened(source.path) as picture:
            plain = picture.format == "JPEG" and picture.mode in _COLOURS and orientation_of(picture) == 1
            if plain and max(picture.size) <= 0xFFFF:
                return _COLOURS[picture.mode], source.path.read_bytes(), picture.size
    from ocrstudio.formats.crops import encode_image

    pixels = source.read()
    grey = bool((pixels[..., 0] == pixels[..., 1]).all() and (pixels[..., 1] == pixels[..., 2]).all())
    data = encode_image(pixels[..., 0] if grey else pixels, ".jpg", JPEG_QUALITY)
    return _COLOURS["L" if grey else "RGB"], data, (pixels.shape[1], pixels.shape[0])


def _n(value: float) -> str:
    """A number as PDF writes it: no exponent."""
    shown = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown
