"""The lists of a config and their pictures, looked through before a run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ocrstudio.core import list_rules as rules
from ocrstudio.core.errors import StudioError
from ocrstudio.core.findings import Place
from ocrstudio.core.list_rules import Rule, Tally
from ocrstudio.core.picture_rules import PictureFacts
from ocrstudio.formats.images import image_size
from ocrstudio.formats.picture_facts import FAULTS, PictureStore, image_fault

Progress = Callable[[int, int], None]
# Pictures that are decoded whole; of the others only head and tail are looked at.
DECODED = 200
_THREADS = 4
# Lines that a thread looks at in one go.
_PORTION = 125


@dataclass(frozen=True)
class ListOptions:
    """How lists are read.

    Attributes:
        task: `rec` or `det`.
        lenient: As PaddleOCR reads: further columns are allowed, blank lines and line ends matter.
        known: Characters of the dictionary; None if unknown.
        limit: Most characters of a line; None for no limit.
        pictures: Decodes every picture; every line is kept then. None decodes `DECODED` of them.
    """

    task: str
    lenient: bool
    known: frozenset[str] | None = None
    limit: int | None = None
    pictures: PictureStore | None = None


@dataclass(frozen=True)
class Row:
    """A line of a list that has a picture and a label.

    Attributes:
        line: From 1.
        names: Of the pictures, as the list has them.
        facts: Of the pictures.
        label: What stands behind the tab.
    """

    line: int
    names: tuple[str, ...]
    facts: tuple[PictureFacts, ...]
    label: str


@dataclass(frozen=True)
class ListLook:
    """A list that was looked through.

    Attributes:
        file: The list.
        data_dir: What its paths are relative to.
        tally: What was found.
        rows: Its lines, if `ListOptions.pictures` were asked for.
    """

    file: Path
    data_dir: Path
    tally: Tally
    rows: tuple[Row, ...] = ()

    def place(self, line: int, text: str) -> Place:
        """A line of the list, with its picture if that is known."""
        return Place(str(self.file), line, text, self._pictures.get(line, ""))

    @cached_property
    def _pictures(self) -> dict[int, str]:
        return {row.line: str(self.data_dir / row.names[0]) for row in self.rows if row.names}


def look_through(
    file: Path, data_dir: Path, options: ListOptions, progress: Progress, cancelled: Callable[[], bool]
) -> ListLook:
    """Looks at every line of a list and at its pictures.

    Ten thousand lines take one to three seconds: of each picture a few bytes are read, and `DECODED` of them whole.

    Args:
        file: The list.
        data_dir: Folder that its paths are relative to.
        options: How it is read.
        progress: Told (lines done, lines in all).
        cancelled: Asked now and then; what was found until then counts.

    Raises:
        OSError: If the list cannot be read.
    """
    raw = file.read_bytes()
    tally = Tally(options.lenient, keep_all=options.pictures is not None)
    rows: list[Row] = []
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
        if options.lenient:
            tally.note(rules.BOM, 1)
    lines = raw.split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    step = max(1, len(lines) // DECODED)

    def judged(portion: list[tuple[int, bytes]]) -> list[_Judgement]:
        return [_judge(raw, data_dir, options, whole=number % step == 0) for number, raw in portion]

    numbered = list(enumerate(lines, start=1))
    portions = [numbered[start : start + _PORTION] for start in range(0, len(lines), _PORTION)]
    done = 0
    with ThreadPoolExecutor(_THREADS) as pool:
        # a few portions at a time, so that a call to cancel is heard soon
        for start in range(0, len(portions), _THREADS):
            if cancelled():
                break
            group = portions[start : start + _THREADS]
            for portion, judgements in zip(group, pool.map(judged, group), strict=True):
                for (number, raw), judgement in zip(portion, judgements, strict=True):
                    _count(tally, number, raw, judgement, options, rows)
                done += len(portion)
            progress(done, len(lines))
    return ListLook(file, data_dir, tally, tuple(rows))


@dataclass
class _Judgement:
    """What is wrong with a line but for its text; names and label if they could be told apart."""

    found: dict[Rule, str]
    names: tuple[str, ...] = ()
    facts: tuple[PictureFacts, ...] = ()
    label: str | None = None


def _judge(raw: bytes, data_dir: Path, options: ListOptions, whole: bool) -> _Judgement:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _Judgement({rules.NOT_UTF8: raw.decode("utf-8", "replace") if options.pictures else ""})
    image, tab, label = text.partition("\t")
    if not tab or not image.strip() or ("\t" in label and not options.lenient):
        return _Judgement({rules.NO_TAB: text if options.pictures else ""} if text.strip() else {})
    if options.lenient:
        label = label.split("\t")[0]
    names, seen = tuple(_names(image)), []
    found: dict[Rule, str] = {}
    size = None
    for name in names:
        path = data_dir / name
        if options.pictures is not None:
            facts = options.pictures.look(path)
            seen.append(facts)
            missing = facts.fault == rules.MISSING_IMAGE.check
            fault = rules.MISSING_IMAGE if missing else FAULTS.get(facts.fault)
        else:
            fault = image_fault(path, whole=whole)
        if fault is rules.MISSING_IMAGE and "\\" in name and (data_dir / name.replace("\\", "/")).exists():
            fault = rules.BACKSLASHES
        if fault is not None:
            found[fault] = name
        elif options.task == "det":
            size = (seen[-1].width, seen[-1].height) if seen else _size(path)
    if options.task == "det":
        found.update(_box_faults(label, size))
    return _Judgement(found, names, tuple(seen), label)


def _count(tally: Tally, number: int, raw: bytes, judgement: _Judgement, options: ListOptions, rows: list[Row]) -> None:
    if not raw.strip():
        if options.lenient:
            tally.note(rules.BLANK_LINE, number)
        return
    if options.lenient and raw.endswith(b"\r"):
        tally.note(rules.LINE_ENDS, number)
    found, label = judgement.found, judgement.label
    if label is not None and options.task == "rec":
        text = label if options.lenient else label.removesuffix("\r")
        found = {**found, **rules.text_rules(text, options.known, options.limit, tally)}
    tally.add(number, found)
    tally.ignored += rules.ALL_IGNORED in found
    if label is not None and options.pictures is not None:
        rows.append(Row(number, judgement.names, judgement.facts, label.rstrip("\r")))


def _box_faults(label: str, size: tuple[int, int] | None) -> dict[Rule, str]:
    try:
        boxes = json.loads(label)
    except (ValueError, RecursionError) as error:
        return {rules.NO_JSON: str(error).splitlines()[0]}
    return rules.box_rules(boxes, size)


def _names(image: str) -> Iterator[str]:
    names = None
    if image.startswith("["):
        try:
            names = json.loads(image)
        except (ValueError, RecursionError):
            names = None
    if isinstance(names, list) and names and all(isinstance(name, str) for name in names):
        yield from names
    else:
        yield image


def _size(path: Path) -> tuple[int, int] | None:
    try:
        return image_size(path)
    except StudioError:
        return None  # said as a broken picture
