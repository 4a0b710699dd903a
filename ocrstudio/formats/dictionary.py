"""PaddleOCR dictionaries: one character per line, UTF-8; the line's place is the model's output."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError
from ocrstudio.formats.atomic import read_bytes, write_atomic

# Encodings that Chinese dictionaries come in beside UTF-8.
OTHER_ENCODINGS = ("gb18030", "big5", "shift_jis")


def read_dictionary(path: Path) -> tuple[str, ...]:
    """The characters of a dictionary, in file order.

    Only line ends are cut off, so a line that holds just a space is the space character. An empty line is an error:
    as a class it could never be read, and dropping it would shift every later one.

    Args:
        path: The file.

    Raises:
        ProjectError: If it cannot be read.
        FormatError: If it is not UTF-8, is empty, or has an empty or repeated line; names the line.
    """
    characters = [line.removesuffix("\r") for line in _lines(path, ends=("", "\r"))]
    _check(characters, path)
    return tuple(characters)


def read_classes(path: Path) -> tuple[str, ...]:
    """The lines of a dictionary as PaddleOCR counts them: empty and repeated ones are classes of the model too.

    For the dictionary that some weights were trained with: several of PaddleOCR's own have such lines, and leaving one
    out would shift all that follow. A new dictionary is read with `read_dictionary`.

    Raises:
        ProjectError: If it cannot be read.
        FormatError: If it is not UTF-8; names the line.
    """
    return tuple(line.strip("\r") for line in _lines(path, ends=("",)))


def _content(path: Path) -> bytes:
    data = read_bytes(path)
    if not data.removeprefix(b"\xef\xbb\xbf").strip(b"\r\n"):
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file} is an empty dictionary."),
            QT_TRANSLATE_NOOP("Errors", "Write one character per line, or leave the dictionary out of the config."),
            file=path,
        )
    return data


def _lines(path: Path, ends: tuple[str, ...]) -> list[str]:
    data = _content(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the dictionary is not UTF-8 text."),
            QT_TRANSLATE_NOOP("Errors", "Save it as UTF-8, one character per line."),
            file=path,
            line=data[: error.start].count(b"\n") + 1,
        ) from error
    lines = text.split("\n")
    if lines[-1] in ends:
        lines.pop()
    return lines


def _check(characters: list[str], path: Path) -> None:
    seen: dict[str, int] = {}
    for line, character in enumerate(characters, start=1):
        if not character:
            raise FormatError(
                QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the line is empty."),
                QT_TRANSLATE_NOOP("Errors", "Remove it, or put its character back."),
                file=path,
                line=line,
            )
        first = seen.setdefault(character, line)
        if first != line:
            raise FormatError(
                QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: {character} is already in line {first}."),
                QT_TRANSLATE_NOOP("Errors", "Remove one of the two lines."),
                file=path,
                line=line,
                first=first,
                character=character,
            )


def read_any(file: Path) -> tuple[list[str], str]:
    """The lines of a dictionary in any usual encoding, empty ones included.

    Returns:
        The lines, and the encoding that it has: "utf-8", "utf-8-sig" or another.

    Raises:
        ProjectError: If it cannot be read.
        FormatError: If it is no text.
    """
    data = _content(file)
    encodings: tuple[str, ...] = ("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8", *OTHER_ENCODINGS)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16", *encodings)
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            lines = [line.removesuffix("\r") for line in data.decode(encoding).split("\n")]
            return (lines[:-1] if lines[-1] == "" else lines), encoding
    raise FormatError(
        QT_TRANSLATE_NOOP("Errors", "{file} is no text."),
        QT_TRANSLATE_NOOP("Errors", "Choose a dictionary: one character on each line."),
        file=file,
    )


def write_dictionary(path: Path, characters: Iterable[str]) -> None:
    """Writes a dictionary.

    Raises:
        ProjectError: If the file cannot be written.
    """
    write_atomic(path, "".join(f"{character}\n" for character in characters))
