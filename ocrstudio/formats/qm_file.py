"""Qt's compiled catalogues, made in memory: Qt looks texts up in them without asking Python.

Source of the format: Qt 5.15, qtbase/src/corelib/kernel/qtranslator.cpp. All numbers are big-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES = 0x42, 0x69
_END, _TRANSLATION, _SOURCE, _CONTEXT = 1, 3, 6, 7


def compiled(catalogue: Mapping[tuple[str, str], str]) -> bytes:
    """A catalogue as Qt reads it.

    Args:
        catalogue: (context, source) -> translation. A text that is asked for under a context without it is taken from
            the last one that has it.

    Returns:
        The content of a `.qm` file.
    """
    numbers: dict[str, int] = {}
    found: list[tuple[int, bytes]] = []
    anywhere = {source: text for (_, source), text in catalogue.items()}
    # Qt takes the first record with the right number that contradicts nothing: those without a context come last.
    for (context, source), text in catalogue.items():
        number = numbers[source] = numbers.get(source) or _number(source)
        if anywhere[source] != text:
            found.append((number, _record(source, text, context)))
    found += [(numbers[source], _record(source, text)) for source, text in anywhere.items()]
    found.sort(key=lambda one: one[0])
    hashes, messages, place = [], [], 0
    for number, record in found:
        hashes.append(struct.pack(">II", number, place))
        messages.append(record)
        place += len(record)
    return MAGIC + _block(_HASHES, b"".join(hashes)) + _block(_MESSAGES, b"".join(messages))


def _number(source: str) -> int:
    """The hash by which Qt finds a text, that of symbols in ELF files."""
    number = 0
    for byte in source.encode():
        number = (number << 4) + byte
        if number > 0xFFFFFFF:
            number = (number ^ (number >> 24 & 0xF0)) & 0xFFFFFFF
    return number or 1


def _record(source: str, text: str, context: str = "") -> bytes:
    record = _block(_TRANSLATION, text.encode("utf-16-be")) + _block(_SOURCE, source.encode())
    if context:
        record += _block(_CONTEXT, context.encode())
    return record + bytes([_END])


def _block(tag: int, content: bytes) -> bytes:
    return struct.pack(">BI", tag, len(content)) + content
