"""Lists of PPOCRLabel's form, `<picture> TAB [{"transcription": …, "points": …}, …]`, in the folders that use them.

PPOCRLabel's own files, PaddleOCR's detection lists, PaddleX's text_det data sets, and the lists of key information
extraction, where each box has `label` (or `key_cls`), `id` and `linking`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import Box, PageState
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import DRAW_AGAIN, Reading
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import Writing, refuse_own_folder, text_of
from ocrstudio.formats.images import is_image_name

DET_LIST = "det_gt.txt"
KIE_LIST = "kie_gt.txt"
KIE_CLASSES = "class_list.txt"
# Every tenth page is measured on, as PaddleX wants both lists and neither empty.
_VALIDATION = 10
# Labels of PaddleOCR's key information lists that say "no class".
_NO_CLASS = frozenset({"", "none", "other"})
# How labels begin: with a box, or a list without any. So many lines tell what a file is.
_BOXES = re.compile(r"\s*\[\s*[{\]]")
_LOOKS = 50

MEND_LABELS = QT_TRANSLATE_NOOP("Errors", "Mend the line in a text editor, or label the page again.")
BAD_LINE = QT_TRANSLATE_NOOP("Errors", "The labels cannot be read ({reason}); the page is left out.")
NO_TAB = QT_TRANSLATE_NOOP("Errors", "The line has no tab between picture and labels; it is left out.")
NO_NAME = QT_TRANSLATE_NOOP("Errors", "The line names no picture; it is left out.")
NO_REGION = QT_TRANSLATE_NOOP("Errors", "Box {number} of {image} encloses nothing or lies far away; it is left out.")


def detect(place: Place) -> bool:
    """Whether there are text files of such lines."""
    return any(_is_list(place, file) for file in _candidates(place)[:20])


def _candidates(place: Place) -> list[Path]:
    """A single file may be called as it likes."""
    return place.with_ending(".txt", ".cach") if place.is_folder else place.files


def _is_list(place: Place, file: Path) -> bool:
    """Whether some of the first lines are such, and no more are pictures with a text, which may begin with "[", too.

    What is neither tells nothing: a list that a spreadsheet has spoiled is one, however few of its lines are left.
    """
    lines = [line.partition("\t") for line in place.head(file).split("\n")[:_LOOKS] if "\t" in line]
    pictures = [(name.strip(), labels) for name, _, labels in lines if is_image_name(name.strip(' "[]'))]
    found = [name for name, labels in pictures if _BOXES.match(labels)]
    texts = [name for name, labels in pictures if not labels.strip(' "').startswith(("[", "{"))]
    return bool(found) and len(found) >= len(texts)


def read(reading: Reading) -> Iterator[FoundPage]:
    """The pages of such lists; boxes of `Cache.cach` count as found by a model, pages of `fileState.txt` as checked."""
    place = reading.place
    files = [file for file in _candidates(place) if not place.is_folder or _is_list(place, file)]
    # what a person confirmed goes before what a model found
    files.sort(key=lambda file: file.name == ppocr_label.CACHE_FILE)
    labelled: set[str] = set()
    for done, file in enumerate(files):
        reading.progress(done, len(files))
        automatic = file.name == ppocr_label.CACHE_FILE
        checked = _checked(reading, file)
        for page in _pages(reading, file, checked, automatic=automatic):
            if automatic and page.image in labelled:
                continue
            labelled.add(page.image)
            yield page
    yield from _unlabelled(reading, files, labelled)


def _unlabelled(reading: Reading, files: Iterable[Path], labelled: set[str]) -> Iterator[FoundPage]:
    """The other pages of a folder of PPOCRLabel's: the pictures beside its `Label.txt` that have no line yet."""
    homes = {file.parent for file in files if file.name == ppocr_label.LABEL_FILE} if reading.place.is_folder else set()
    names = {image.rpartition("/")[2] for image in labelled}
    for file in reading.place.files:
        if file.parent in homes and is_image_name(file.name) and file.name not in names:
            yield FoundPage(reading.name(file), (), picture=file, file=reading.name(file))


def _checked(reading: Reading, file: Path) -> set[str]:
    states = file.with_name(ppocr_label.STATE_FILE)
    if states not in reading.place.files and file != reading.path:
        return set()
    if not states.is_file() or states.is_symlink():
        return set()
    data = reading.bytes(states) or b""
    return {line.key for line in ppocr_label.read_states(data) if line.key}


def _pages(reading: Reading, file: Path, checked: set[str], *, automatic: bool) -> Iterator[FoundPage]:
    data = reading.bytes(file)
    if data is None:
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = reading.text(file)  # tells which encoding it is instead
        data = (text or "").encode("utf-8", "replace")
    for line in ppocr_label.read_lines(data):
        if line.fault == ppocr_label.EMPTY:
            continue
        if line.fault or line.key is None:
            no_tab = line.fault == ppocr_label.NO_TAB
            reading.trouble(
                file, line.number, NO_TAB if no_tab else BAD_LINE, MEND_LABELS, reason="no list in brackets"
            )
            continue
        try:
            boxes = ppocr_label.parse_boxes(line.payload, touched=not automatic)
        except ppocr_label.LineError as error:
            reading.trouble(file, line.number, BAD_LINE, MEND_LABELS, reason=str(error)[:200])
            continue
        for image in _images(line.key):
            if not image.strip():
                reading.trouble(file, line.number, NO_NAME, MEND_LABELS)
                continue
            kept = tuple(_usable(reading, file, line.number, image, boxes))
            state = PageState.CHECKED if line.key in checked else None
            picture = reading.picture(image, file, line.number)
            yield FoundPage(image, kept, None, state, picture=picture, file=reading.name(file), line=line.number)


def _images(key: str) -> list[str]:
    """The picture of a line; PaddleOCR also allows a JSON list of several with the same labels."""
    if key.startswith("["):
        try:
            names = json.loads(key)
        except (ValueError, RecursionError):
            return [key]
        return [name for name in names if isinstance(name, str)] if isinstance(names, list) else [key]
    return [key]


def _usable(reading: Reading, file: Path, line: int, image: str, boxes: Iterable[Box]) -> Iterator[Box]:
    for number, box in enumerate(boxes, start=1):
        far = any(abs(value) > 1_000_000 for point in box.points for value in point)
        if far or len(set(box.points)) < 2:
            reading.trouble(file, line, NO_REGION, DRAW_AGAIN, number=number, image=image)
            continue
        label = box.extra.get("label")
        if isinstance(label, str) and not box.key_class:
            box = box.with_extra(label=None, key_cls=None if label.lower() in _NO_CLASS else label)
        elif box.key_class == "None":  # what PPOCRLabel gives boxes that nobody classified
            box = box.with_extra(key_cls=None)
        yield box


def write_ppocrlabel(sources: Iterable[SourcePage], job: Writing) -> None:
    """A folder that PPOCRLabel opens: pictures, `Label.txt`, `Cache.cach` and `fileState.txt`."""
    refuse_own_folder(job, ppocr_label.LABEL_FILE)
    lines: dict[str, list[bytes]] = {}
    for source in sources:
        page = source.page
        folder, _, name = page.file.rpartition("/")
        if job.pictures == "copy":
            job.picture(source, folder="")
        # PPOCRLabel opens one folder of pictures at a time: each gets its own files
        prefix = f"{folder}/" if folder else ""
        for file in (ppocr_label.LABEL_FILE, ppocr_label.CACHE_FILE, ppocr_label.STATE_FILE):
            lines.setdefault(prefix + file, [])
        key = f"{(job.out.resolve() / folder).name}/{name}"
        seen = page.state is PageState.CHECKED or any(box.touched for box in page.boxes)
        if page.boxes:
            line = _line(key, ppocr_label.format_payload(page.boxes))
            lines[prefix + (ppocr_label.LABEL_FILE if seen else ppocr_label.CACHE_FILE)].append(line)
        if page.state is PageState.CHECKED:
            lines[prefix + ppocr_label.STATE_FILE].append(f"{key}\t1\n".encode())
        job.done(source, len(page.boxes))
    for file, content in lines.items():
        job.put(file, b"".join(content))


def write_det_list(sources: Iterable[SourcePage], job: Writing) -> None:
    """`det_gt.txt` for PaddleOCR's detection training."""
    lines = [line for _, line in _lines(sources, job)]
    job.put(DET_LIST, b"".join(lines))


def write_paddlex_det(sources: Iterable[SourcePage], job: Writing) -> None:
    """PaddleX's text_det: `images/`, `train.txt`, `val.txt`; every tenth page is for validation."""
    lines = [line for _, line in _lines(sources, job)]
    train, val = divided(lines)
    job.put("train.txt", b"".join(train))
    job.put("val.txt", b"".join(val))


def divided(items: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    """(training, validation): every tenth goes to validation, at least one; a single one goes to both."""
    if len(items) < 2:
        return items, items
    chosen = set(range(_VALIDATION - 1, len(items), _VALIDATION)) or {len(items) - 1}
    train = [item for place, item in enumerate(items) if place not in chosen]
    return train, [item for place, item in enumerate(items) if place in chosen]


def write_kie(sources: Iterable[SourcePage], job: Writing) -> None:
    """`kie_gt.txt` and `class_list.txt` for PaddleOCR's key information extraction."""
    classes: set[str] = set()
    lines = []
    for source, line in _lines(sources, job, _with_label):
        classes |= {box.key_class for box in source.page.boxes}
        lines.append(line)
    job.put(KIE_LIST, b"".join(lines))
    names = ["other", *sorted(classes - {"", "other"})]
    job.put(KIE_CLASSES, "".join(f"{job.line(name)}\n" for name in names))


def _line(image: str, payload: bytes) -> bytes:
    return ppocr_label.made_line(image, payload, b"\n", 0).raw


def _with_label(box: Box) -> Box:
    return box.with_extra(key_cls=None, label=box.key_class or "other")


def _lines(
    sources: Iterable[SourcePage], job: Writing, changed: Callable[[Box], Box] = lambda box: box
) -> Iterator[tuple[SourcePage, bytes]]:
    for source in sources:
        boxes = source.page.boxes
        if boxes:  # a picture that no list names would be one too many for PaddleX, which counts both
            shown = [changed(replace(box, text=text_of(box))) for box in boxes]
            yield source, _line(job.picture(source), ppocr_label.format_payload(shown))
        job.done(source, len(boxes))
