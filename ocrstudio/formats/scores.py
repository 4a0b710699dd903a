"""`scores.jsonl`: what PPOCRLabel's files cannot hold (confidence, who touched a box, rejected pages, notes)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.formats.label_table import fingerprint

VERSION = 1
_NOTE = re.compile(rb',"note":("(?:[^"\\]|\\.)*")')
_HEAD = re.compile(rb'\{"v":1,"page":("(?:[^"\\]|\\.)*"),"state":"([a-z]+)","labels":"([0-9a-f]*)"')


class PageScores:
    """The line of one page, parsed only as far as needed.

    Attributes:
        state: The page's state when it was saved.
        labels: `fingerprint` of the label line it belongs to.
        note: What people wrote about the page; it counts whatever the labels are.
    """

    __slots__ = ("_raw", "labels", "note", "state")

    def __init__(self, raw: bytes, state: PageState, labels: str, note: str) -> None:
        self._raw = raw
        self.state = state
        self.labels = labels
        self.note = note

    def apply(self, boxes: tuple[Box, ...]) -> tuple[Box, ...]:
        """The boxes with their confidence and touched marks; unchanged if the line does not fit them."""
        try:
            marks = json.loads(self._raw)["boxes"]
            pairs = [(None if score is None else float(score), bool(touched)) for score, touched in marks]
        except (ValueError, KeyError, TypeError):
            return boxes
        if len(pairs) != len(boxes):
            return boxes
        return tuple(
            # not dataclasses.replace, which takes several times as long
            Box(box.points, box.text, score, touched, box.difficult, box.extra, box.id)
            for box, (score, touched) in zip(boxes, pairs, strict=True)
        )

    def moved_to(self, key: str) -> PageScores:
        """The same for the page as it is called now."""
        told = _HEAD.match(self._raw)
        raw = (
            self._raw
            if told is None
            else b'{"v":%d,"page":%b%b' % (VERSION, json.dumps(key).encode(), self._raw[told.end(1) :])
        )
        return PageScores(raw, self.state, self.labels, self.note)

    def line(self) -> bytes:
        """The line as it goes to disk."""
        return self._raw + b"\n"


def read_scores(data: bytes) -> dict[str, PageScores]:
    """Page key to its line; lines that are none are skipped, as everything in them can be made again."""
    found = {}
    for raw in data.split(b"\n"):
        head = _HEAD.match(raw)
        if head is None:
            continue
        try:
            key, state = json.loads(head.group(1)), PageState(head.group(2).decode("ascii"))
            told = _NOTE.match(raw, head.end())
            note = json.loads(told.group(1)) if told else ""
        except ValueError:
            continue
        found[key] = PageScores(raw, state, head.group(3).decode("ascii"), note)
    return found


def page_scores(page: Page, payload: bytes | None) -> PageScores:
    """The line for a page whose labels are saved as `payload`."""
    marks = [[None if box.score is None else round(box.score, 5), box.touched] for box in page.boxes]
    labels = fingerprint(payload)
    head = f'{{"v":{VERSION},"page":{json.dumps(page.key)},"state":"{page.state.value}","labels":"{labels}"'
    note = f',"note":{json.dumps(page.note)}' if page.note else ""
    raw = f'{head}{note},"boxes":{json.dumps(marks, separators=(",", ":"))}}}'
    return PageScores(raw.encode("ascii"), page.state, labels, page.note)


def write_scores(scores: Iterable[PageScores]) -> bytes:
    """The content of `scores.jsonl`."""
    return b"".join(one.line() for one in scores)
