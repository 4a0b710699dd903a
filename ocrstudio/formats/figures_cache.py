"""The figures of pages as they were counted, kept from one session to the next; may be deleted at any time.

One line a page: its key, the mark of what was counted, what is known of its picture, the figures as JSON. A line whose
labels or picture are others now, or that is no such line, counts for nothing: the page is counted again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio import paths
from ocrstudio.core.errors import StudioError
from ocrstudio.core.lines import NO_SCORE, PageLines
from ocrstudio.core.page import PageState
from ocrstudio.core.search import Breath
from ocrstudio.core.split_plan import SplitPage
from ocrstudio.core.statistics import EDGES, NONE, ODDITIES, PageFigures
from ocrstudio.formats.atomic import make_folder, write_atomic
from ocrstudio.formats.scores import PageScores

log = logging.getLogger(__name__)

FILE = "statistics.txt"
# Another way of counting makes other figures of the same labels.
_VERSION = 2
_NO_SCORE = array("f", [NO_SCORE]).tobytes()
_BARS = {name: bytes([*range(len(edges)), NONE]) for name, edges in EDGES.items()}
_HEAD = hashlib.sha256(repr((_VERSION, EDGES, tuple(ODDITIES))).encode()).hexdigest()[:16].encode()


@dataclass(frozen=True)
class PictureStamp:
    """Which picture was looked at, and whether it can be read."""

    size: int
    changed: int
    good: bool


@dataclass(frozen=True)
class _Entry:
    mark: str
    picture: PictureStamp
    figures: bytes


def cache_file(project: Path) -> Path:
    """Where the figures of a project are kept: with it, or apart from a folder that nothing was written to yet."""
    state = project / paths.STATE_DIR
    if state.is_dir():
        return state / FILE
    name = hashlib.sha256(str(project.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return paths.user_cache() / "statistics" / f"{name}.txt"


def mark_of(name: str, labels: bytes, scores: PageScores | None) -> str:
    """A short name for what a page's figures are counted from: the file, the labels there, the scores."""
    whole = hashlib.sha256(name.rpartition("/")[2].encode("utf-8", "surrogateescape"))
    whole.update(b"\0" + labels + b"\0")
    if scores is not None:
        whole.update(scores.line())
    return whole.hexdigest()[:20]


class FiguresCache:
    """Used by one thread at a time.

    Args:
        file: See `cache_file`.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._entries: dict[str, _Entry] = {}
        self._new = 0

    def load(self) -> None:
        """Reads what is kept; nothing if there is nothing, or another version wrote it."""
        self._entries.clear()
        breath = Breath()
        try:
            with self._file.open("rb") as file:
                if file.readline().rstrip(b"\n") != _HEAD:
                    return
                # line by line: cutting up the whole file in one go would hold up the window
                for line in file:
                    breath.take()
                    self._take(line.rstrip(b"\n"))
        except OSError:
            return

    def _take(self, line: bytes) -> None:
        try:
            key, mark, size, changed, good, figures = line.split(b"\t", 5)
            picture = PictureStamp(int(size), int(changed), good == b"1")
            self._entries[key.decode("utf-8")] = _Entry(mark.decode("ascii"), picture, figures)
        except ValueError:
            pass  # cut off or broken

    def figures(self, key: str, mark: str, state: PageState, note: str) -> tuple[PageFigures, SplitPage] | None:
        """What was counted of a page, if it is still the same."""
        entry = self._entries.get(key)
        if entry is None or entry.mark != mark:
            return None
        try:
            return _decoded(key, state, note, json.loads(entry.figures))
        except (ValueError, KeyError, TypeError, IndexError, RecursionError, OverflowError):
            return None

    def picture(self, key: str) -> PictureStamp | None:
        """The picture that was looked at."""
        entry = self._entries.get(key)
        return entry.picture if entry is not None else None

    def keep(self, key: str, mark: str, picture: PictureStamp, figures: PageFigures, split: SplitPage) -> None:
        """Keeps the figures of a page."""
        if "\t" in key or "\n" in key:
            return
        try:
            key.encode("utf-8")
            content = json.dumps(_encoded(figures, split), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        except UnicodeEncodeError:
            return  # halves of characters cannot be written down
        self._entries[key] = _Entry(mark, picture, content)
        self._new += 1

    def save(self, present: Iterable[str]) -> None:
        """Writes what is new, if anything is; a cache that cannot be written only costs time.

        Args:
            present: Keys of the project's pages; what is kept of others goes.
        """
        if not self._new:
            return
        self._new = 0
        lines = [_HEAD]
        breath = Breath()
        for key in present:
            breath.take()
            entry = self._entries.get(key)
            if entry is not None:
                picture = entry.picture
                told = f"{key}\t{entry.mark}\t{picture.size}\t{picture.changed}\t{int(picture.good)}\t"
                lines.append(told.encode("utf-8") + entry.figures)
        try:
            make_folder(self._file.parent)
            write_atomic(self._file, b"\n".join(lines) + b"\n", durable=False)
        except StudioError as error:
            log.info("the figures cannot be kept: %s", error)


def _encoded(figures: PageFigures, split: SplitPage) -> dict[str, Any]:
    lines = figures.lines
    bars = b"".join(figures.bars[name] for name in EDGES)
    scores = lines.scores.tobytes() if any(score != NO_SCORE for score in lines.scores) else b""
    return {
        "t": lines.texts,
        "c": lines.classes,
        # columns of one, eight and four bytes a line, in one go as each takes its time to be read
        "b": base64.b64encode(bars + lines.touched + lines.marks.tobytes() + scores).decode("ascii"),
        "o": figures.odd,
        "n": figures.characters,
        "r": figures.readable,
        "k": split.confirmed,
        "l": [row if text == lines.texts[row] else [row, text] for row, text in split.lines],
    }


def _decoded(key: str, state: PageState, note: str, kept: dict[str, Any]) -> tuple[PageFigures, SplitPage]:
    """ValueError or the like if it is nothing that `_encoded` made."""
    texts = tuple(kept["t"])
    count = len(texts)
    columns = base64.b64decode(kept["b"], validate=True)
    bars = {name: columns[place * count : (place + 1) * count] for place, name in enumerate(EDGES)}
    rest = columns[len(EDGES) * count :]
    scores, marks = array("f"), array("Q")
    marks.frombytes(rest[count : 9 * count])
    scores.frombytes(rest[9 * count :] or count * _NO_SCORE)
    odd = {name: tuple(rows) for name, rows in kept["o"].items() if name in ODDITIES}
    taught = [(item, texts[item]) if isinstance(item, int) else (int(item[0]), str(item[1])) for item in kept["l"]]
    characters: Counter[str] = Counter(kept["n"])
    confirmed = tuple(kept["k"])
    if (
        (len(marks), len(scores)) != (count, count)
        or any(values.translate(None, _BARS[name]) for name, values in bars.items())
        or any(not 0 <= row < count for rows in odd.values() for row in rows)
        or any(not 0 <= row < count for row in (*confirmed, *(row for row, _ in taught)))
        or {*map(type, characters.values()), type(kept["r"])} - {int}
        or {*map(type, texts), *map(type, kept["c"])} - {str}
    ):
        raise ValueError(key)
    lines = PageLines(key, state, note, texts, scores, rest[:count], marks, tuple(kept["c"]))
    return PageFigures(lines, bars, odd, characters, kept["r"]), SplitPage(
        key, tuple(taught), count, confirmed=confirmed
    )
