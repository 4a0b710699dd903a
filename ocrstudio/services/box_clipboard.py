"""Boxes on the clipboard, so that they go from page to page and from window to window; their texts go anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NoReturn

from PyQt5.QtCore import QMimeData
from PyQt5.QtGui import QGuiApplication

from ocrstudio.core.page import Box
from ocrstudio.formats.ppocr_label import LineError, box_from_record, box_record

MIME_TYPE = "application/x-ocrstudio-boxes+json"
VERSION = 1
# More than any page holds; what other programs put under our type is not trusted.
_LARGEST_BYTES = 32_000_000


def copy(boxes: Iterable[Box]) -> None:
    """Puts boxes on the clipboard, and their texts, line by line, for other programs. No boxes leave it as it is."""
    boxes = list(boxes)
    clipboard = QGuiApplication.clipboard()
    if not boxes or clipboard is None:
        return
    content = {"version": VERSION, "boxes": [box_record(box) for box in boxes]}
    data = QMimeData()
    data.setData(MIME_TYPE, json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    data.setText("\n".join(box.text for box in boxes))
    clipboard.setMimeData(data)


def has_boxes() -> bool:
    """Whether there may be boxes on the clipboard; costs nothing."""
    clipboard = QGuiApplication.clipboard()
    data = clipboard.mimeData() if clipboard is not None else None
    return data is not None and data.hasFormat(MIME_TYPE)


def boxes() -> tuple[Box, ...]:
    """The boxes on the clipboard; none if it holds something else or what cannot be read."""
    clipboard = QGuiApplication.clipboard()
    data = clipboard.mimeData() if clipboard is not None else None
    if data is None or not data.hasFormat(MIME_TYPE):
        return ()
    return read(bytes(data.data(MIME_TYPE)))


def read(data: bytes) -> tuple[Box, ...]:
    """The boxes of a clipboard's content; none if a single one is not as `copy` writes it."""
    if len(data) > _LARGEST_BYTES:
        return ()
    try:
        content = json.loads(data.decode("utf-8", "surrogatepass"), parse_constant=_refuse)
        if not isinstance(content, dict) or content.get("version") != VERSION:
            return ()
        records = content.get("boxes")
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            return ()
        return tuple(box_from_record(record, number) for number, record in enumerate(records, start=1))
    except (ValueError, RecursionError, LineError):
        return ()


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
