"""The lists of a config and their pictures, looked through before a run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio.core import list_rules as rules
from ocrstudio.core.errors import StudioError
from ocrstudio.core.list_rules import Rule, Tally
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.images import image_size

Progress = Callable[[int, int], None]
# Pictures that are decoded whole; of the others only head and tail are looked at.
DECODED = 200
_THREADS = 4
# Lines that a thread looks at in one go.
_PORTION = 125
_TAIL = 4096
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_SIGNATURES = (_PNG, _JPEG, b"BM", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", *(b"P%d" % n for n in range(1, 7)))


@dataclass(frozen=True)
class ListOptions:
    """How lists are read.

    Attributes:
        task: `rec` or `det`.
        lenient: As PaddleOCR reads: further columns are allowed, blank lines and line ends matter.
        known: Characters of the dictionary; None if unknown.
        limit: Most characters of a line; None for no limit.
    """

    task: str
    lenient: bool
    known: frozenset[str] | None = None
    limit: int | None = None


def look_through(
    file: Path, data_dir: Path, options: ListOptions, progress: Progress, cancelled: Callable[[], bool]
) -> Tally:
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
    tally = Tally(options.lenient)
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
        if options.lenient:
            tally.note(rules.BOM, 1)
    lines = raw.split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    step = max(1, len(lines) // DECODED)

    def judged(portion: list[tuple[int, bytes]]) -> list[tuple[dict[Rule, str], Any]]:
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
                for (number, raw), (found, label) in zip(portion, judgements, strict=True):
                    _count(tally, number, raw, found, label, options)
                done += len(portion)
            progress(done, len(lines))
    return tally


def _judge(raw: bytes, data_dir: Path, options: ListOptions, whole: bool) -> tuple[dict[Rule, str], Any]:
    """What is wrong with a line but for its label; the label if it could be told apart."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return {rules.NOT_UTF8: ""}, None
    image, tab, label = text.partition("\t")
    if not tab or not image.strip() or ("\t" in label and not options.lenient):
        return ({rules.NO_TAB: ""} if text.strip() else {}, None)
    if options.lenient:
        label = label.split("\t")[0]
    found: dict[Rule, str] = {}
    size = None
    for name in _names(image):
        fault = image_fault(data_dir / name, whole=whole)
        if fault is rules.MISSING_IMAGE and "\\" in name and (data_dir / name.replace("\\", "/")).exists():
            fault = rules.BACKSLASHES
        if fault is not None:
            found[fault] = name
        elif options.task == "det":
            size = _size(data_dir / name)
    if options.task == "det":
        found.update(_box_faults(label, size))
    return found, label


def _count(tally: Tally, number: int, raw: bytes, found: dict[Rule, str], label: Any, options: ListOptions) -> None:
    if not raw.strip():
        if options.lenient:
            tally.note(rules.BLANK_LINE, number)
        return
    if options.lenient and raw.endswith(b"\r"):
        tally.note(rules.LINE_ENDS, number)
    if label is not None and options.task == "rec":
        text = label if options.lenient else label.removesuffix("\r")
        found = {**found, **rules.text_rules(text, options.known, options.limit, tally)}
    tally.add(number, found)
    tally.ignored += rules.ALL_IGNORED in found


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


def image_fault(path: Path, *, whole: bool = False) -> Rule | None:
    """What is wrong with a picture; None if nothing shows.

    Args:
        path: The file.
        whole: Decode it; otherwise its head and tail are looked at.
    """
    try:
        with path.open("rb") as file:
            head = file.read(16)
            size = file.seek(0, 2)
            file.seek(max(0, size - _TAIL))
            tail = file.read()
    except OSError:
        return rules.MISSING_IMAGE
    if not head:
        return rules.EMPTY_IMAGE
    cut = (head.startswith(_PNG) and b"IEND" not in tail) or (head.startswith(_JPEG) and b"\xff\xd9" not in tail)
    if whole or cut or not head.startswith(_SIGNATURES):
        try:
            read_image(path)
        except StudioError:
            return rules.BROKEN_IMAGE
    return rules.CUT_IMAGE if cut else None


def _size(path: Path) -> tuple[int, int] | None:
    try:
        return image_size(path)
    except StudioError:
        return None  # said as a broken picture
