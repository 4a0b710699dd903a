"""A font whose glyphs are plain rectangles: it gives an invisible text layer its characters and their extent.

Empty glyphs would do for most programs; PDFium takes a line of them that runs up or down the page for no line at all.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

# Of a character's em, in thousandths: as far above and below the line as most scripts go.
ASCENT, DESCENT = 800, -200
EM = 1000
WIDE, NARROW, NO_WIDTH = 1000, 500, 0
# Codes of two bytes, 0 is no character.
MOST_GLYPHS = 0xFFFF
_ENTRIES = 100  # a table of a CMap holds no more


class InvisibleFont:
    """Codes for the graphemes that a document uses, given out as they come."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def code(self, grapheme: str) -> int:
        """The code of a grapheme, 1 to 65535; 0 when they are used up."""
        if grapheme not in self._codes and len(self._codes) >= MOST_GLYPHS:
            return 0
        return self._codes.setdefault(grapheme, len(self._codes) + 1)

    def __len__(self) -> int:
        return len(self._codes)

    def widths(self) -> list[int]:
        """Width of each code from 0 on, in thousandths of an em."""
        return [NARROW, *(width(grapheme) for grapheme in self._codes)]

    def true_type(self) -> bytes:
        """The font file, with a rectangle for each code."""
        from fontTools.fontBuilder import FontBuilder

        names = [".notdef", *(f"g{code}" for code in range(1, len(self) + 1))]
        builder = FontBuilder(EM, isTTF=True)
        builder.setupGlyphOrder(names)
        single = {ord(grapheme): f"g{code}" for grapheme, code in self._codes.items() if len(grapheme) == 1}
        builder.setupCharacterMap(single)
        shapes = {wide: _rectangle(wide) for wide in (WIDE, NARROW, NO_WIDTH)}
        widths = dict(zip(names, self.widths(), strict=True))
        builder.setupGlyf({name: shapes[wide] for name, wide in widths.items()})
        builder.setupHorizontalMetrics({name: (wide, 0) for name, wide in widths.items()})
        builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
        builder.setupNameTable({"familyName": "Invisible", "styleName": "Regular", "psName": "Invisible"})
        builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT)
        builder.setupPost()
        # no clock: the same text gives the same file
        builder.font["head"].created = builder.font["head"].modified = 0
        builder.font.recalcTimestamp = False
        out = io.BytesIO()
        builder.save(out)
        return out.getvalue()

    def to_unicode(self) -> bytes:
        """The CMap that says which characters each code stands for."""
        entries = [f"<{code:04X}> <{_utf16(grapheme)}>" for grapheme, code in self._codes.items()]
        tables = [f"{len(part)} beginbfchar\n{_joined(part)}\nendbfchar" for part in _parts(entries)]
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{_joined(tables)}\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


def _rectangle(wide: int) -> Any:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    if wide:
        pen.moveTo((0, DESCENT))
        pen.lineTo((0, ASCENT))
        pen.lineTo((wide, ASCENT))
        pen.lineTo((wide, DESCENT))
        pen.closePath()
    return pen.glyph()


def width(grapheme: str) -> int:
    """Width of a grapheme in thousandths of an em: East Asian ones are square."""
    if unicodedata.category(grapheme[0]) in ("Mn", "Me", "Cf"):
        return NO_WIDTH
    return WIDE if unicodedata.east_asian_width(grapheme[0]) in ("W", "F") else NARROW


def _utf16(grapheme: str) -> str:
    return grapheme.encode("utf-16-be").hex().upper()


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _parts(entries: Sequence[str]) -> list[Sequence[str]]:
    return [entries[start : start + _ENTRIES] for start in range(0, len(entries), _ENTRIES)]
