"""The undo history of every page, on disk: one file a page, to which each step is added when it happens.

The first line names the page. A step holds what to do to the boxes of the page, by place, to go either way:
`{"n": 3, "from": mark, "left": mark, "step": name, "forth": delta, "back": delta, "state": [old, new], ...}` is step
number 3; it takes the place of steps 3 and later. `{"n": 2}` says that steps 1 and 2 are done, later ones taken back.
The marks name the boxes before and after, so that a history is used only on the page that it belongs to. Labels never
depend on these files: whatever cannot be read in them only ends the history.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import ProjectError
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.formats.atomic import make_folder, write_all, write_atomic
from ocrstudio.formats.ppocr_label import LineError, box_from_record, box_record

log = logging.getLogger(__name__)

VERSION = 1
# A file in which more than this is of no use any more is written anew when its page opens.
WASTE_BYTES = 400_000
_STEP = re.compile(
    rb'\{"n":(\d{1,9}),"from":"([0-9a-f]{8})","left":"([0-9a-f]{8})","step":("(?:[^"\\]|\\.)*"),.*,"end":1\}', re.DOTALL
)
_MOVE = re.compile(rb'\{"n":(\d{1,9})\}')
# The parts of a box's record are named like the box's own.
_FIELDS = ("points", "text", "score", "touched", "difficult", "extra")
_values = attrgetter(*_FIELDS)

Delta = list[Any]


class HistoryError(ValueError):
    """A step that does not fit the page; the history ends there."""


class Marks:
    """Short names for the boxes of a page. Remembers each box's part, as most boxes stay from step to step."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Box, int]] = {}

    def of(self, boxes: Sequence[Box]) -> str:
        """Eight hexadecimal digits. Boxes that look the same in the label file have the same mark."""
        known, self._known = self._known, {}
        for box in boxes:
            entry = known.get(id(box))
            if entry is None or entry[0] is not box:
                entry = (box, _mark(box))
            self._known[id(box)] = entry
        parts = struct.pack(f"<{len(boxes)}I", *(self._known[id(box)][1] for box in boxes))
        return f"{zlib.crc32(parts):08x}"


def delta(before: Sequence[Box], after: Sequence[Box]) -> Delta:
    """How to make `after` from `before`.

    Returns:
        In the order of `after`: `[first, end]` for boxes of `before` that stay as they are, `{"of": place, ...}` for
        one of them with other values, and a whole record for a new box.
    """
    places = {box.id: place for place, box in enumerate(before)}
    parts: Delta = []
    for box in after:
        place = places.get(box.id)
        if place is None:
            parts.append(box_record(box))
        elif box is not before[place] and box != before[place]:
            parts.append({"of": place, **_difference(before[place], box)})
        elif parts and isinstance(parts[-1], list) and parts[-1][1] == place:
            parts[-1][1] = place + 1
        else:
            parts.append([place, place + 1])
    return parts


def _difference(old: Box, new: Box) -> dict[str, Any]:
    """What of a box's record is different."""
    pairs = zip(_FIELDS, _values(new), _values(old), strict=True)
    names = [name for name, value, was in pairs if value != was]
    record = box_record(new)
    return {name: record[name] for name in names}


def applied(boxes: Sequence[Box], parts: Delta) -> tuple[Box, ...]:
    """The boxes that `delta` described; those that stay keep their ids.

    Raises:
        HistoryError: If the delta is none, or does not fit these boxes.
    """
    made: list[Box] = []
    try:
        for part in parts:
            if isinstance(part, list):
                first, end = part
                if not 0 <= first < end <= len(boxes):
                    raise HistoryError("a step names a box that is not there")
                made += boxes[first:end]
            elif "of" in part:
                old = boxes[part["of"]]
                made.append(replace(box_from_record({**box_record(old), **part}), id=old.id))
            else:
                made.append(box_from_record(part))
    except (LineError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise HistoryError(str(error)) from error
    return tuple(made)


@dataclass(frozen=True)
class StoredStep:
    """One step of a page as it is on disk.

    Attributes:
        raw: Its line.
        before: Mark of the boxes before it.
        after: Mark of the boxes after it.
        name: English name, of the context "Steps".
    """

    raw: bytes
    before: str
    after: str
    name: str

    def turns(self) -> int:
        """Quarters clockwise by which the step turned the image. `HistoryError` if the line cannot be read."""
        turns = self._record().get("turns", 0)
        return turns if isinstance(turns, int) else 0

    def done(self, page: Page) -> tuple[Page, tuple[str, ...]]:
        """The page after the step, from the one before it, and the selected boxes. `HistoryError` if it cannot be."""
        self._check(page, self.before)
        return self._way(page, "forth", 1)

    def undone(self, page: Page) -> tuple[Page, tuple[str, ...]]:
        """The page before the step, from the one after it, and the selected boxes. `HistoryError` if it cannot be."""
        self._check(page, self.after)
        return self._way(page, "back", 0)

    def _check(self, page: Page, mark: str) -> None:
        """The boxes are named by their places: on another page than it was made for a step would mix them up."""
        if Marks().of(page.boxes) != mark:
            raise HistoryError("the page is not as the step needs it")

    def _way(self, page: Page, way: str, place: int) -> tuple[Page, tuple[str, ...]]:
        record = self._record()
        try:
            boxes = applied(page.boxes, record[way])
            states, notes = record.get("state"), record.get("note")
            state = PageState(states[place]) if states else page.state
            note = str(notes[place]) if notes else page.note
            chosen = record.get("sel", [[], []])[place]
            selection = tuple(boxes[index].id for index in chosen if 0 <= index < len(boxes))
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise HistoryError(str(error)) from error
        return replace(page, boxes=boxes, state=state, note=note), selection

    def _record(self) -> Mapping[str, Any]:
        try:
            record = json.loads(self.raw)
        except (ValueError, RecursionError) as error:
            raise HistoryError(str(error)) from error
        if not isinstance(record, dict):
            raise HistoryError("a step is no object")
        return record


class PageHistory:
    """The steps of one page.

    Attributes:
        steps: All steps that are known, oldest first, those taken back included.
        index: How many of them are done.
        is_kept: Whether they are on disk; False after a write failed, until the page is opened again.
    """

    def __init__(self, path: Path, file: str) -> None:
        self._path = path
        self._file = file
        self._first = 1  # number of the first step in `steps`
        self._marks = Marks()
        self._is_cut = False
        self.steps: list[StoredStep] = []
        self.index = 0
        self.is_kept = True
        self._read()

    def fits(self, page: Page) -> bool:
        """Whether the page is as the history left it.

        A program that was killed between storing a page and writing down here that a step was taken back or done again
        leaves the page one step off, and so does a step that could not be stored: the history follows it.
        """
        if not self.steps:
            return True
        mark = self._marks.of(page.boxes)
        for index in (self.index, self.index - 1, self.index + 1):
            if 0 <= index <= len(self.steps) and self._mark_at(index) == mark:
                self.index = index
                return True
        return False

    def is_at(self, page: Page) -> bool:
        """Whether the page is as it was with as many steps done as are said to be."""
        return not self.steps or self._mark_at(self.index) == self._marks.of(page.boxes)

    def add(
        self,
        index: int,
        name: str,
        before: tuple[Page, Sequence[str]],
        after: tuple[Page, Sequence[str]],
        *,
        turns: int = 0,
    ) -> None:
        """Adds a step, or puts another one in the place of the last; steps after it are gone.

        Args:
            index: How many steps are done with it.
            name: English name, of the context "Steps".
            before: The page before it, and the ids of the boxes that undo selects.
            after: The page after it, and the ids of the boxes that redo selects.
            turns: Quarters clockwise by which it turned the image.
        """
        old, new = before[0], after[0]
        record: dict[str, Any] = {
            "n": self._first + index - 1,
            "from": self._marks.of(old.boxes),
            "left": self._marks.of(new.boxes),
            "step": name,
            "forth": delta(old.boxes, new.boxes),
            "back": delta(new.boxes, old.boxes),
            "sel": [_places(*before), _places(*after)],
        }
        if old.state is not new.state:
            record["state"] = [old.state.value, new.state.value]
        if old.note != new.note:
            record["note"] = [old.note, new.note]
        if turns:
            record["turns"] = turns
        record["end"] = 1  # a line that was cut lacks it
        raw = json.dumps(record, separators=(",", ":")).encode("ascii")
        del self.steps[index - 1 :]
        self.steps.append(StoredStep(raw, record["from"], record["left"], name))
        self.index = index
        self._append(raw)

    def move(self, index: int) -> None:
        """Notes that steps were taken back or done again."""
        if index != self.index:
            self.index = index
            self._append(b'{"n":%d}' % (self._first + index - 1))

    def begin_anew(self) -> None:
        """Sets the old history aside: the page is not as it left it."""
        self.steps.clear()
        self.index = 0
        self._first = 1
        try:
            self._path.replace(self._path.with_suffix(".old.jsonl"))
        except FileNotFoundError:
            return
        except OSError:
            self._give_up()

    def _mark_at(self, index: int) -> str:
        return self.steps[index - 1].after if index else self.steps[0].before

    def _read(self) -> None:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return
        except OSError:
            log.warning("the history %s cannot be read", self._path, exc_info=True)
            self.is_kept = False
            return
        self._is_cut = bool(data) and not data.endswith(b"\n")
        for raw in data.split(b"\n"):
            self._take(raw)
        if len(data) - sum(len(step.raw) for step in self.steps) > WASTE_BYTES:
            self._write_anew()

    def _take(self, raw: bytes) -> None:
        move, step = _MOVE.fullmatch(raw), _STEP.fullmatch(raw)
        if move is not None:
            self.index = min(max(int(move.group(1)) - self._first + 1, 0), len(self.steps))
        elif step is not None:
            try:
                name = json.loads(step.group(4))
            except ValueError:
                return
            number = int(step.group(1))
            before, after = step.group(2).decode("ascii"), step.group(3).decode("ascii")
            del self.steps[max(number - self._first, 0) :]
            last = self.steps[-1].after if self.steps else before
            if number != self._first + len(self.steps) or last != before:
                # Lines before it are lost: the history begins here.
                self.steps.clear()
            if not self.steps:
                self._first = number
            self.steps.append(StoredStep(raw, before, after, name))
            self.index = len(self.steps)

    def _write_anew(self) -> None:
        lines = [self._head(), *(step.raw for step in self.steps), b'{"n":%d}' % (self._first + self.index - 1)]
        try:
            write_atomic(self._path, b"\n".join(lines) + b"\n")
        except ProjectError:
            log.warning("the history %s cannot be shortened", self._path, exc_info=True)
            return
        self._is_cut = False

    def _head(self) -> bytes:
        return json.dumps({"v": VERSION, "page": self._file}, separators=(",", ":")).encode("ascii")

    def _append(self, raw: bytes) -> None:
        if not self.is_kept:
            return
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        try:
            make_folder(self._path.parent)
            descriptor = os.open(self._path, flags, 0o666)
            try:
                start = b"" if os.fstat(descriptor).st_size else self._head() + b"\n"
                write_all(descriptor, (b"\n" if self._is_cut else start) + raw + b"\n")
            finally:
                os.close(descriptor)
        except (OSError, ProjectError):
            self._give_up()
        self._is_cut = False

    def _give_up(self) -> None:
        """The disk is full or read-only: a history with a hole would lead astray, so there is none on disk."""
        log.warning("the history %s cannot be written", self._path, exc_info=True)
        self.is_kept = False
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            log.warning("nor can it be removed", exc_info=True)


class HistoryFiles:
    """The histories of a project's pages.

    Args:
        folder: Where they are; made with the first step.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def page(self, file: str) -> PageHistory:
        """The history of the page whose image is `file` within the project; empty if there is none."""
        name = hashlib.sha256(file.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        return PageHistory(self._folder / f"{name}.jsonl", file)


def _mark(box: Box) -> int:
    """A number for what the label file holds of a box: whole pixels, and neither score nor who touched it."""
    points = "".join(["%d,%d;" % point for point in box.points])  # noqa: UP031 - half again as fast as an f-string
    told = f"{points}{box.text}\0{box.difficult}{dict(box.extra) if box.extra else ''}"
    return zlib.crc32(told.encode("utf-8", "surrogatepass"))


def _places(page: Page, ids: Sequence[str]) -> list[int]:
    chosen = set(ids)
    places = {box.id: place for place, box in enumerate(page.boxes) if box.id in chosen}
    return [places[box_id] for box_id in ids if box_id in places]
