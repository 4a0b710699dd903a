"""A label file in memory: its lines in order, and which of them belong to which page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ocrstudio.formats import ppocr_label
from ocrstudio.formats.ppocr_label import LabelLine


def fingerprint(payload: bytes | None) -> str:
    """A short name for the labels of a line, "" for no line. Tells whether another program changed it."""
    return hashlib.sha256(payload).hexdigest()[:16] if payload is not None else ""


@dataclass
class LabelTable:
    """The lines of one file and the pages they belong to. Never changed; `updated` makes a new one.

    Attributes:
        lines: As on disk, broken ones included.
        places: Page key to the places of its lines; the last one counts, as for PPOCRLabel.
    """

    lines: list[LabelLine]
    places: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def build(
        cls, lines: Iterable[LabelLine], page_of: Callable[[str], str | None], key_of: Callable[[str], str]
    ) -> LabelTable:
        """Sorts lines to pages.

        Args:
            lines: Of one file.
            page_of: Turns a line's key into a page's, or None if there is no such page.
            key_of: The key that a page's line has in this file.
        """
        table = cls(list(lines))
        # tuples: Python's garbage collector soon stops looking at them
        exact: dict[str, tuple[int, ...]] = {}
        renamed: dict[str, tuple[int, ...]] = {}
        for place, line in enumerate(table.lines):
            page = None if line.key is None else page_of(line.key)
            if page is None:
                continue
            is_exact = line.key == key_of(page)
            if line.key == page:
                line.key = page  # one string for both: there are as many as pages
            found = exact if is_exact else renamed
            found[page] = (*found.get(page, ()), place)
        # a line under the folder's present name beats one that an older name left behind
        table.places = renamed
        for page, places in exact.items():
            table.places[page] = renamed.get(page, ()) + places
        return table

    def line(self, page: str) -> LabelLine | None:
        """The line that counts for a page."""
        places = self.places.get(page)
        return self.lines[places[-1]] if places else None

    def payload(self, page: str) -> bytes | None:
        """What follows the tab of the line that counts for a page; None without a line."""
        line = self.line(page)
        return None if line is None else line.payload

    def data(self) -> bytes:
        """The file's content."""
        return b"".join(line.raw for line in self.lines)

    def updated(
        self, changes: Mapping[str, bytes | None], key_of: Callable[[str], str]
    ) -> tuple[LabelTable, list[bytes]]:
        """The table with the lines of some pages replaced in place, added at the end, or (None) taken out.

        Args:
            changes: Page key to the new payload, or None for no line.
            key_of: The key that a page's line has in this file.

        Returns:
            The new table, and the lines that had to give way although nobody could read them or they were hidden
            behind a later line of the same page.
        """
        if not changes:
            return self, []
        lines: list[LabelLine | None] = list(self.lines)
        places = dict(self.places)
        line_end = ppocr_label.line_end_of(self.lines)
        rejected: list[bytes] = []
        gaps = False
        for page, payload in changes.items():
            old = places.pop(page, ())
            rejected += [self.lines[place].raw for place in old[:-1]]
            if old and self.lines[old[-1]].fault:
                rejected.append(self.lines[old[-1]].raw)
            for place in old:
                lines[place] = None
            gaps = gaps or len(old) > 1 or (bool(old) and payload is None)
            if payload is None:
                continue
            if not old:
                _end_last_line(lines, line_end)
                lines.append(None)
            place = old[-1] if old else len(lines) - 1
            lines[place] = ppocr_label.made_line(key_of(page), payload, line_end, place + 1)
            places[page] = (place,)
        if gaps:
            lines, places = _without_gaps(lines, places)
        return LabelTable([line for line in lines if line is not None], places), rejected


def _end_last_line(lines: list[LabelLine | None], line_end: bytes) -> None:
    """Gives the last line the line end it lacks, or the next one would run into it."""
    for place in range(len(lines) - 1, -1, -1):
        last = lines[place]
        if last is None:
            continue
        if not last.raw.endswith(b"\n"):
            lines[place] = LabelLine(last.raw + line_end, last.number, last.key, last.start, last.fault)
        return


def _without_gaps(
    lines: list[LabelLine | None], places: Mapping[str, tuple[int, ...]]
) -> tuple[list[LabelLine | None], dict[str, tuple[int, ...]]]:
    """Closes the gaps of removed lines and points the pages at the new places."""
    moved: dict[int, int] = {}
    solid: list[LabelLine | None] = []
    for place, line in enumerate(lines):
        if line is None:
            continue
        moved[place] = len(solid)
        number = len(solid) + 1
        same = line.number == number
        solid.append(line if same else LabelLine(line.raw, number, line.key, line.start, line.fault))
    return solid, {page: tuple(moved[place] for place in old) for page, old in places.items()}
