"""Texts in and out: encodings of unknown files, and characters that a format cannot hold."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

# XML 1.0 knows no other control characters, no surrogates and no non-characters, not even escaped.
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("[\t\r\n]")
REPLACEMENT = "\ufffd"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file whose encoding nobody stated.

    Args:
        data: The whole file.

    Returns:
        (text without a byte order mark, the encoding's name). UTF-8, else by the byte order mark, else UTF-16 if half
        of its bytes are zero, else GB18030, in which Chinese programs write.

    Raises:
        UnicodeDecodeError: If it is none of these.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding), encoding
    even, odd = data[:64:2].count(0), data[1:64:2].count(0)
    if odd > len(data[:64]) // 4 and not even:
        return data.decode("utf-16-le"), "utf-16-le"
    if even > len(data[:64]) // 4 and not odd:
        return data.decode("utf-16-be"), "utf-16-be"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("gb18030"), "gb18030"


def for_xml(text: str) -> tuple[str, int]:
    """(the text with characters that XML cannot hold replaced by U+FFFD, how many these were).

    A carriage return becomes a line feed, as every XML reader makes it one.
    """
    return _NOT_XML.subn(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def for_utf8(text: str) -> tuple[str, int]:
    """(the text with halves of surrogate pairs replaced by U+FFFD, how many these were)."""
    return _SURROGATE.subn(REPLACEMENT, text)


def on_one_line(text: str) -> tuple[str, int]:
    """(the text with tabs and line ends replaced by spaces, how many these were)."""
    return _BREAKS.subn(" ", text.replace("\r\n", "\n"))


def number(value: float) -> str:
    """A coordinate with at most three decimals and none that say nothing."""
    shown = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def plain(value: float) -> int | float:
    """A coordinate for JSON: whole where it is whole, at most three decimals otherwise."""
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def to_json(value: Any, indent: int | None = 2) -> bytes:
    """JSON as UTF-8 with a line end; halves of surrogate pairs go as escapes, so that nothing is lost."""
    try:
        return json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, indent=indent).encode("ascii") + b"\n"


def safe_name(image: str) -> str:
    """The last part of a name without characters that some system does not allow in file names."""
    last = image.replace("\\", "/").rpartition("/")[2]
    return "".join("_" if character in '<>:"|?*' or ord(character) < 32 else character for character in last).lstrip(
        "."
    )
