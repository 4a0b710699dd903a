"""Logs as text, whatever program and system wrote them."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from ocrstudio.formats.atomic import read_error

# Read at a time: large enough to be quick, small enough to be forgotten.
BLOCK_BYTES = 1 << 22
_SAMPLE_BYTES = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(head: bytes) -> str:
    """The encoding of a log by its beginning.

    Args:
        head: The first bytes; they may end within a character.

    Returns:
        A name for `codecs`. UTF-8 if nothing speaks against it, else UTF-16 without a mark (every second byte is zero,
        as PowerShell writes), else GB 18030 if that fits, else Latin-1, which reads anything.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 5:
        return "utf-16-le" if odd > even else "utf-16-be"
    for name in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(name)().decode(head)
        except UnicodeDecodeError:
            continue
        return name
    # mostly UTF-8 with a few broken characters, as a process that was killed leaves them
    broken = head.decode("utf-8", "replace").count("\ufffd")
    return "utf-8" if broken * 20 < sum(byte > 127 for byte in head) else "latin-1"


def decoded(data: bytes) -> str:
    """A whole log as text; what cannot be read becomes U+FFFD."""
    return data.decode(encoding_of(data[:_SAMPLE_BYTES]), "replace").lstrip("\ufeff")


def read_blocks(path: Path) -> Iterator[tuple[list[str], bool]]:
    """The lines of a log, some ten thousand at a time.

    Yields:
        Lines without line ends, and whether the last of them has no end: the file was cut, or is still being written.

    Raises:
        ProjectError: If the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_SAMPLE_BYTES)
            decoder = codecs.getincrementaldecoder(encoding_of(head))("replace")
            rest, data = "", head
            while data:
                text = rest + decoder.decode(data)
                *lines, rest = text.split("\n")
                if lines:
                    yield lines, False
                data = file.read(BLOCK_BYTES)
            rest += decoder.decode(b"", final=True)
            if rest:
                yield [rest], True
    except OSError as error:
        raise read_error(path, error) from error
