"""The orientation inside a JPEG's EXIF data, read and set without touching anything else of the file."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_ORIENTATION = 0x0112
_SHORT = 3
_MARK = b"Exif\0\0"
_APP0, _APP1, _START_OF_SCAN = 0xE0, 0xE1, 0xDA
# Markers without a length.
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_MAX_SEGMENT = 65_535
_ENTRY = 12

# Orientation after a quarter turn clockwise, of pictures as they are and of mirrored ones.
_CLOCKWISE = {1: 6, 6: 3, 3: 8, 8: 1, 2: 7, 7: 4, 4: 5, 5: 2}


def turned_orientation(value: int, quarters: int) -> int:
    """EXIF orientation of a picture that is turned so many quarters clockwise from `value` (1 to 8)."""
    for _ in range(quarters % 4):
        value = _CLOCKWISE[value]
    return value


@dataclass(frozen=True)
class _Segment:
    """A part of a JPEG's header: its marker, where it begins (at the 0xFF) and ends, and where its content begins."""

    marker: int
    start: int
    content: int
    end: int


def jpeg_with_orientation(data: bytes, value: int) -> bytes | None:
    """A JPEG whose EXIF orientation is another; every other byte that means something stays.

    Where there is an orientation its two bytes change. Otherwise it is added: to the first directory, which then moves
    to the end of the EXIF segment, or in a new segment before anything that claims to be EXIF and is broken.

    Args:
        data: The whole file.
        value: 1 to 8.

    Returns:
        The new file; None if `data` is no JPEG, or its EXIF segment is too full to take an entry.
    """
    segments = list(_segments(data))
    if not segments:
        return None
    for segment in segments:
        if segment.marker == _APP1 and data[segment.content :].startswith(_MARK):
            tiff = data[segment.content + len(_MARK) : segment.end]
            changed = _tiff_with_orientation(tiff, value)
            if changed is None:
                break
            if len(changed) + len(_MARK) + 2 > _MAX_SEGMENT:
                return None
            return data[: segment.start] + _exif_segment(changed) + data[segment.end :]
    # JFIF wants its segment to be the first one
    place = segments[0].end if segments[0].marker == _APP0 else segments[0].start
    return data[:place] + _exif_segment(_new_tiff(value)) + data[place:]


def _segments(data: bytes) -> Iterator[_Segment]:
    """The segments before the picture itself; none if the file does not begin like a JPEG."""
    if not data.startswith(b"\xff\xd8\xff"):
        return
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # filling
            place += 1
            continue
        if marker in _BARE:
            place += 2
            continue
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if marker == 0xD9 or end < place + 4 or end > len(data):
            return
        yield _Segment(marker, place, place + 4, end)
        if marker == _START_OF_SCAN:
            return
        place = end


def _exif_segment(tiff: bytes) -> bytes:
    content = _MARK + tiff
    return b"\xff\xe1" + (len(content) + 2).to_bytes(2, "big") + content


def _new_tiff(value: int) -> bytes:
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, _SHORT, 1, value, 0, 0)


def _tiff_with_orientation(tiff: bytes, value: int) -> bytes | None:
    """The content of an EXIF segment with another orientation; None if it is broken."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 14:
        return None
    start: int = struct.unpack_from(order + "I", tiff, 4)[0]
    if start < 8 or start + 2 > len(tiff):
        return None
    count: int = struct.unpack_from(order + "H", tiff, start)[0]
    first = start + 2
    end = first + count * _ENTRY
    if end > len(tiff):
        return None
    entry = struct.pack(order + "HHIHH", _ORIENTATION, _SHORT, 1, value, 0)
    entries = [tiff[place : place + _ENTRY] for place in range(first, end, _ENTRY)]
    tags = [struct.unpack_from(order + "H", one)[0] for one in entries]
    if _ORIENTATION in tags:
        place = first + tags.index(_ORIENTATION) * _ENTRY
        return tiff[:place] + entry + tiff[place + _ENTRY :]
    entries.insert(sum(tag < _ORIENTATION for tag in tags), entry)
    following = tiff[end : end + 4].ljust(4, b"\0")
    padded = tiff + b"\0" * (len(tiff) % 2)
    directory = struct.pack(order + "H", len(entries)) + b"".join(entries) + following
    return padded[:4] + struct.pack(order + "I", len(padded)) + padded[8:] + directory
