"""Datasets: checked pages as PaddleOCR's `det/` and `rec/` folders, divided by page.

```
det/{train,val,test}/<page images>   det/{train,val,test}.txt   paths relative to det/
rec/{train,val,test}/<crops>.png     rec/{train,val,test}.txt   paths relative to rec/
dict.txt   split.json
```
Crops are PNG: the pages are mostly JPEG already, and a second lossy step would teach its artefacts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

from ocrstudio.core.charset import Charset, narrowed
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, StudioError
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.core.split import PARTS, split_pages
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.atomic import read_bytes
from ocrstudio.formats.crops import Image, crop_box, encode_image, read_image
from ocrstudio.formats.dataset_folder import DatasetWriter
from ocrstudio.formats.images import image_size
from ocrstudio.formats.rec_list import format_rec_line
from ocrstudio.formats.store import ProjectStore

Progress = Callable[[int, int], None]
# Cheap compression: crops are small and many.
_PNG = ".png"

NOT_CHECKED = QT_TRANSLATE_NOOP("Errors", "The page is not checked yet.")
NO_BOXES = QT_TRANSLATE_NOOP("Errors", "The page has no boxes.")
ODD_NAME = QT_TRANSLATE_NOOP("Errors", "The name {file} has characters that no list can hold; rename the picture.")
HALF_CHARACTER = QT_TRANSLATE_NOOP("Errors", "The text of box {number} holds half a character; type it again.")

# What ends a line for one program or another.
_BREAKS = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_UNLISTABLE = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True)
class Skipped:
    """A page, or a box of it, that stays out of the dataset.

    Attributes:
        page: Page key.
        template: Why, a template of the Errors context.
        values: For the template.
    """

    page: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The English sentence."""
        return self.template.format(**self.values) if self.values else self.template


@dataclass(frozen=True)
class PartCounts:
    """What a part holds: pages, boxes, and readable lines (the crops)."""

    pages: int = 0
    boxes: int = 0
    lines: int = 0


@dataclass(frozen=True)
class SplitPlan:
    """Which page goes where, before anything is written.

    Attributes:
        ratio: As asked for.
        seed: As asked for.
        parts: "train", "val", "test" to page keys; no page in two.
        counts: The same parts to their numbers.
        characters: All characters of the readable lines, in the order of dict.txt.
        skipped: Pages that stay out, with the reason.
    """

    ratio: str
    seed: int
    parts: dict[str, list[str]]
    counts: dict[str, PartCounts]
    characters: tuple[str, ...]
    skipped: tuple[Skipped, ...]


def training_lines(page: Page) -> Iterator[tuple[int, Box, str]]:
    """The lines of a page that recognition can learn: (place of the box, box, text).

    Spaces around the text go, as nobody sees them on the picture; tabs and line ends inside become a space, because a
    list cannot hold them. What is empty or a placeholder then is left out.
    """
    for index, box in enumerate(page.boxes):
        text = " ".join(part.strip() for part in _BREAKS.split(box.text) if part.strip())
        if box.is_readable and replace(box, text=text).is_readable:
            yield index, box, text


@dataclass(frozen=True)
class CutLine:
    """A line of a page as recognition is trained on it: the place of its box, its text and its crop."""

    index: int
    text: str
    crop: Image


def cut_lines(page: Page, image_file: Path) -> tuple[list[CutLine], list[Skipped]]:
    """Cuts out the readable lines of a page; a box that cannot be cut does not keep the others back.

    Args:
        page: Its boxes and texts.
        image_file: Its picture; not read if there is no line.

    Returns:
        The lines, and what was left out.

    Raises:
        ProjectError: If the picture cannot be read.
    """
    lines: list[CutLine] = []
    skipped: list[Skipped] = []
    image: Image | None = None
    for index, box, text in training_lines(page):
        if image is None:
            image = read_image(image_file)
        if not can_be_listed(text):
            skipped.append(Skipped(page.key, HALF_CHARACTER, {"number": index + 1}))
            continue
        try:
            lines.append(CutLine(index, text, crop_box(image, box)))
        except StudioError as error:
            skipped.append(Skipped(page.key, error.what, error.values))
    return lines, skipped


def plan_split(store: ProjectStore, ratio: str | Sequence[float], seed: int, base: Charset | None = None) -> SplitPlan:
    """Decides which checked page goes to which part. Writes nothing.

    Args:
        store: The project; edits that are not saved yet count.
        ratio: See `core.split.parse_ratio`.
        seed: The same seed gives the same parts for the same pages.
        base: The model's characters, whose order dict.txt follows; None sorts by code point.

    Raises:
        DatasetError: If the ratio is none, or no page is checked.
    """
    usable: dict[str, tuple[int, list[str]]] = {}
    skipped: list[Skipped] = []
    for key in store.keys:
        reason = _why_not(store, key)
        if reason is not None:
            skipped.append(reason)
            continue
        page = store.page(key)
        usable[key] = (len(page.boxes), [text for _, _, text in training_lines(page)])
    if not usable:
        raise DatasetError(
            QT_TRANSLATE_NOOP("Errors", "No page of {folder} is checked, so there is nothing to split."),
            QT_TRANSLATE_NOOP("Errors", "Look through some pages in Annotate and check them first."),
            folder=store.folder,
        )
    parts = split_pages(list(usable), ratio, seed)
    counts = {
        part: PartCounts(
            pages=len(keys),
            boxes=sum(usable[key][0] for key in keys),
            lines=sum(len(usable[key][1]) for key in keys),
        )
        for part, keys in parts.items()
    }
    texts = [text for _, lines in usable.values() for text in lines]
    charset = narrowed(base or Charset(()), texts)
    shown = ratio if isinstance(ratio, str) else ":".join(f"{share:g}" for share in ratio)
    return SplitPlan(shown, seed, parts, counts, charset.characters, tuple(skipped))


def _why_not(store: ProjectStore, key: str) -> Skipped | None:
    if store.state(key) is not PageState.CHECKED:
        return Skipped(key, NOT_CHECKED)
    if not store.page(key).boxes:
        return Skipped(key, NO_BOXES)
    if not can_be_listed(store.file_of(key)):
        return Skipped(key, ODD_NAME, {"file": ascii(store.file_of(key))})
    try:
        image_size(store.image_path(key))
    except StudioError as error:
        return Skipped(key, error.what, error.values)
    return None


def write_split(store: ProjectStore, plan: SplitPlan, out: Path, progress: Progress) -> Path:
    """Writes a dataset; an interrupted write leaves an earlier one as it was.

    Args:
        store: The project that was planned.
        plan: From `plan_split`.
        out: The dataset's folder: new, empty, or an earlier dataset whose files nobody changed since.
        progress: Called with (pages done, pages in all).

    Returns:
        `out`, absolute. `split.json` in it says what was written and what was left out.

    Raises:
        DatasetError: If `out` holds other files where ours must go.
        ProjectError: If a file cannot be read or written.
    """
    total = sum(len(keys) for keys in plan.parts.values())
    prefixes = crop_prefixes(store.file_of(key) for key in store.keys)
    skipped = list(plan.skipped)
    done = 0
    progress(0, total)
    with DatasetWriter(out) as writer:
        for part in PARTS:
            det_lines: list[str] = []
            rec_lines: list[str] = []
            for key in plan.parts.get(part, ()):
                page = store.page(key)
                lines, left_out = cut_lines(page, store.image_path(key))
                skipped += left_out
                det_lines.append(_write_page(store, page, part, writer))
                rec_lines += _write_crops(lines, part, prefixes[page.file], writer)
                done += 1
                progress(done, total)
            writer.add(f"det/{part}.txt", "".join(det_lines))
            writer.add(f"rec/{part}.txt", "".join(rec_lines))
        writer.add("dict.txt", "".join(f"{character}\n" for character in plan.characters))
        return writer.finish(_description(plan, skipped))


def _write_page(store: ProjectStore, page: Page, part: str, writer: DatasetWriter) -> str:
    writer.add(f"det/{part}/{page.file}", read_bytes(store.image_path(page.key)))
    payload = ppocr_label.format_payload(page.boxes).decode("utf-8")
    return format_rec_line(PurePosixPath(part, page.file), "")[:-1] + payload + "\n"


def _write_crops(lines: Sequence[CutLine], part: str, prefix: str, writer: DatasetWriter) -> list[str]:
    listed = []
    for line in lines:
        name = PurePosixPath(part, f"{prefix}_{line.index}{_PNG}")
        writer.add(f"rec/{name}", encode_image(line.crop, _PNG))
        listed.append(format_rec_line(name, line.text))
    return listed


def crop_prefixes(files: Iterable[str]) -> dict[str, str]:
    """A different prefix for the crops of each image, though `a.jpg`, `a.png` and `sub/a.jpg` share their stem.

    Args:
        files: Paths within one project, parted by forward slashes.

    Returns:
        Path to prefix: the stem for the first file that has it, as PPOCRLabel names crops; `<folders>_<stem>`, then
        `..._<extension>`, then a number for the next. Names that differ only by case or by the way their accents are
        written count as the same, because they are on Windows and macOS. What a list or a file system cannot hold
        (tabs, line ends, halves of characters) becomes an underscore.
    """
    taken: set[str] = set()
    prefixes = {}
    for file in files:
        folder, _, name = _UNLISTABLE.sub("_", file).rpartition("/")
        stem, dot, extension = name.rpartition(".")
        if not dot:
            stem, extension = name, ""
        longer = "_".join([*folder.split("/"), stem]) if folder else stem
        for prefix in _candidates(stem, longer, extension):
            known = unicodedata.normalize("NFC", prefix).casefold()
            if known not in taken:
                taken.add(known)
                prefixes[file] = prefix
                break
    return prefixes


def _candidates(stem: str, longer: str, extension: str) -> Iterator[str]:
    yield stem
    if longer != stem:
        yield longer
    full = f"{longer}_{extension}"
    yield full
    for number in count(2):
        yield f"{full}_{number}"


def can_be_listed(text: str) -> bool:
    """Whether a list or a file name can hold a text: no tab, no line end, no half of a character."""
    return _UNLISTABLE.search(text) is None


def _description(plan: SplitPlan, skipped: Sequence[Skipped]) -> dict[str, Any]:
    return {
        "ratio": plan.ratio,
        "seed": plan.seed,
        "parts": plan.parts,
        "counts": {part: vars(counts) for part, counts in plan.counts.items()},
        "characters": len(plan.characters),
        "skipped": [{"page": one.page, "reason": one.reason} for one in skipped],
    }
