"""PNG files as the chunks they are made of: what describes a picture moves to its new encoding."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# The picture itself; everything else only describes it.
_PICTURE = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
# Must come before the palette.
_COLOURS = frozenset({b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"mDCV", b"cLLI"})
_DESCRIPTIONS = frozenset({b"pHYs", b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"})


def with_chunks_of(old: bytes, new: bytes, *, swap_sides: bool) -> bytes:
    """A PNG with the colour profile, resolution, texts and EXIF data of another.

    Args:
        old: Has the descriptions.
        new: Has the picture.
        swap_sides: The picture lies on its side now: horizontal and vertical resolution change places.
    """
    wanted = list(_chunks(old))
    picture = [chunk for chunk in _chunks(new) if chunk[0] in _PICTURE]
    same_colours = bool(wanted and picture) and wanted[0][1][8:10] == picture[0][1][8:10]
    colours = [one for one in wanted if one[0] in _COLOURS or (one[0] == b"sBIT" and same_colours)]
    others = [one for one in wanted if one[0] in _DESCRIPTIONS or (one[0] == b"bKGD" and same_colours)]
    if swap_sides:
        others = [_swapped(*one) for one in others]
    body = next((place for place, one in enumerate(picture) if one[0] == b"IDAT"), len(picture))
    ordered = [*picture[:1], *colours, *picture[1:body], *others, *picture[body:]]
    return _SIGNATURE + b"".join(_chunk(name, content) for name, content in ordered)


def colour_type(data: bytes) -> tuple[int, int]:
    """Bits per sample and colour type (bit 1: colour, bit 2: alpha) of a PNG."""
    return data[24], data[25]


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_SIGNATURE)
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        name = data[place + 4 : place + 8]
        yield name, data[place + 8 : place + 8 + length]
        place += 12 + length


def _chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def _swapped(name: bytes, content: bytes) -> tuple[bytes, bytes]:
    return (name, content[4:8] + content[:4] + content[8:]) if name == b"pHYs" else (name, content)
