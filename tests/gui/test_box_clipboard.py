"""Boxes on the clipboard."""

import json

import pytest
from PyQt5.QtCore import QMimeData
from PyQt5.QtGui import QGuiApplication

from ocrstudio.core.page import Box
from ocrstudio.services import box_clipboard

POINTS = ((10.0, 10.0), (50.0, 10.5), (50.0, 30.0), (10.0, 30.0))
BOXES = [
    Box(POINTS, "Ⅻ 中文", score=0.5, touched=True, extra={"key_cls": "date", "deep": {"a": [None, 1.5]}}),
    Box(((0, 0), (9, 0), (12, 3), (9, 6), (0, 6)), "", difficult=True),
]


@pytest.fixture(autouse=True)
def clipboard(qapp):
    yield QGuiApplication.clipboard()
    QGuiApplication.clipboard().clear()


def content(boxes):
    return [(box.points, box.text, box.score, box.touched, box.difficult, dict(box.extra)) for box in boxes]


def put(data: bytes) -> None:
    mime = QMimeData()
    mime.setData(box_clipboard.MIME_TYPE, data)
    QGuiApplication.clipboard().setMimeData(mime)


def test_boxes_come_back_with_everything(clipboard):
    box_clipboard.copy(BOXES)
    assert box_clipboard.has_boxes()
    assert content(box_clipboard.boxes()) == content(BOXES)
    assert clipboard.text() == "Ⅻ 中文\n"


def test_nothing_selected_leaves_the_clipboard_as_it_is(clipboard):
    clipboard.setText("someone else's")
    box_clipboard.copy([])
    assert clipboard.text() == "someone else's"


def test_text_of_other_programs_is_no_boxes(clipboard):
    clipboard.setText('[{"points": [[0, 0], [1, 0], [1, 1]]}]')
    assert not box_clipboard.has_boxes()
    assert box_clipboard.boxes() == ()


def valid(**changes):
    record = {"points": [[0, 0], [9, 0], [9, 9]], "text": "x", **changes}
    return json.dumps({"version": 1, "boxes": [record]}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"null",
        b"[]",
        b'{"version": 2, "boxes": []}',
        b'{"version": 1, "boxes": {"a": 1}}',
        b'{"version": 1, "boxes": [1]}',
        b"[" * 200_000,
        valid(points=[]),
        valid(points=None),
        valid(points=[["0", 0], [9, 0], [9, 9]]),
        valid(points=[[10**400, 0], [9, 0], [9, 9]]),
        valid(points=[[float("nan"), 0], [9, 0], [9, 9]]),
        valid(text=["x"]),
        valid(score="high"),
        valid(extra=[1]),
        valid(extra={"size": float("inf")}),
    ],
)
def test_what_is_not_as_we_write_it_gives_no_boxes(data):
    put(data)
    assert box_clipboard.boxes() == ()


def test_what_is_larger_than_any_page_is_not_even_read(monkeypatch):
    monkeypatch.setattr(box_clipboard, "_LARGEST_BYTES", 10)
    put(valid())
    assert box_clipboard.boxes() == ()
