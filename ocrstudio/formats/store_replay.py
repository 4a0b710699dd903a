"""What the journal of an earlier session has that the label files have not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.journal import JournalContent, decode_record, encode_record, read_journal
from ocrstudio.formats.label_table import fingerprint
from ocrstudio.formats.ppocr_label import LineError
from ocrstudio.formats.store_content import JOURNAL_FILE, ProjectContent
from ocrstudio.formats.store_files import Problem
from ocrstudio.formats.store_save import REJECTED_FILE

CUT_EDIT = QT_TRANSLATE_NOOP(
    "Errors",
    "The program was ended while it wrote this edit; the page is as it was before. The rest is kept in {file}.",
)
LOST_EDIT = QT_TRANSLATE_NOOP("Errors", "This line is no edit that the program knows. It is kept in {file}.")
ORPHAN_EDIT = QT_TRANSLATE_NOOP("Errors", "There is no image {page} in the folder. The edit is kept in {file}.")
BOTH_EDITED = QT_TRANSLATE_NOOP(
    "Errors",
    "Another program changed {page} after the last session ended without saving. "
    "Your edits are shown; the other program's line is kept in {file} when you save.",
)


@dataclass
class Replayed:
    """What is to be taken over from a journal.

    Attributes:
        size: Bytes of the journal.
        pages: The pages as they were edited last.
        orphans: Key to the lines of pages that are not there now; they stay in the journal and wait.
        turned: Names of the turns of images that boxes have followed.
        rejected: Lines to be kept in `rejected_lines.txt` before anything is overwritten.
        problems: What a person should know about it.
    """

    size: int
    pages: list[Page] = field(default_factory=list)
    orphans: dict[str, list[bytes]] = field(default_factory=dict)
    turned: set[str] = field(default_factory=set)
    rejected: list[bytes] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def reject_record(self, record: dict[str, Any]) -> None:
        """A record that cannot be used is kept elsewhere."""
        self.problems.append(Problem(JOURNAL_FILE, 0, LOST_EDIT, {"file": REJECTED_FILE}))
        self.rejected.append(encode_record(record))


def replay(journal: Path, content: ProjectContent) -> Replayed:
    """Reads a journal against what the project's files say. `ProjectError` if it cannot be read."""
    told = read_journal(journal)
    found = Replayed(told.size)
    _keep_unreadable(told, found)
    for key, record in told.records.items():
        _take(key, record, told.lines[key], content, found)
    return found


def replay_orphans(orphans: Mapping[str, list[bytes]], content: ProjectContent) -> Replayed:
    """Looks again whether the pages of edits are there; `orphans` is as in `Replayed`."""
    found = Replayed(0)
    for key, lines in orphans.items():
        record = decode_record(lines[-1])
        if record is not None:
            _take(key, record, lines, content, found)
    return found


def _take(key: str, record: dict[str, Any], lines: list[bytes], content: ProjectContent, found: Replayed) -> None:
    page = content.files.page_of(key)
    if page is None:
        found.orphans[key] = lines
        found.problems.append(Problem(JOURNAL_FILE, 0, ORPHAN_EDIT, {"file": JOURNAL_FILE, "page": key}))
        return
    scores = content.scores.pages.get(page)
    try:
        boxes = _boxes_of(record)
        state = PageState(record["state"])
        note = record.get("note", scores.note if scores is not None else "")
    except (LineError, ValueError, KeyError, TypeError, AttributeError):
        found.reject_record(record)
        return
    _check_base(content, page, boxes, lines, found)
    found.turned.update(_turns_in(lines))
    found.pages.append(Page(page, content.index.file_of(page), boxes, state, str(note)))


def page_record(page: Page) -> dict[str, Any]:
    """What the journal holds of a page beside its boxes."""
    return {"page": page.key, "state": page.state.value, "note": page.note}


def _keep_unreadable(told: JournalContent, found: Replayed) -> None:
    for place, (number, raw) in enumerate(told.unreadable, start=1):
        is_cut = told.is_cut and place == len(told.unreadable)
        template = CUT_EDIT if is_cut else LOST_EDIT
        found.problems.append(Problem(JOURNAL_FILE, number, template, {"file": REJECTED_FILE}))
        found.rejected.append(raw + b"\n")


def _check_base(content: ProjectContent, key: str, boxes: tuple[Box, ...], lines: list[bytes], found: Replayed) -> None:
    """Another program may have edited the page between the crash and now: its line must not vanish unseen."""
    name, line = content.files.source(key)
    payload = None if line is None else line.payload
    if payload == ppocr_label.format_payload(boxes) or (payload is None and not boxes):
        return  # the save had come as far as this file
    if any(_fits(payload, record) for raw in lines if (record := decode_record(raw)) is not None):
        return  # as it was before one of the edits, or as a save left it while later edits came in
    found.problems.append(Problem(name, 0, BOTH_EDITED, {"page": key, "file": REJECTED_FILE}))
    if line is not None:
        found.rejected.append(line.raw)


def _boxes_of(record: dict[str, Any]) -> tuple[Box, ...]:
    return tuple(ppocr_label.box_from_record(box, n) for n, box in enumerate(record["boxes"], start=1))


def _turns_in(lines: list[bytes]) -> list[str]:
    """Names of the turns that the records of a page follow."""
    records = (decode_record(raw) for raw in lines if b'"turn":' in raw)
    return [str(record["turn"]) for record in records if record is not None and "turn" in record]


def _fits(payload: bytes | None, record: dict[str, Any]) -> bool:
    """Whether labels on disk are what a record found there, or what a save made of it."""
    if record.get("was") in (None, fingerprint(payload)):
        return True
    try:
        boxes = _boxes_of(record)
    except (LineError, KeyError, TypeError, AttributeError):
        return False
    return payload == ppocr_label.format_payload(boxes) if boxes else payload is None
