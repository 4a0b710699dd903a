"""Datasets: checked pages as PaddleOCR's `det/` and `rec/` folders, divided by page.

```
det/{train,val,test}/<page images>   det/{train,val,test}.txt   paths relative to det/
rec/{train,val,test}/<crops>.png     rec/{train,val,test}.txt   paths relative to rec/
dict.txt   split.json
```
Crops are PNG: the pages are mostly JPEG already, and a second lossy step would teach its artefacts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from ocrstudio.core.charset import Charset, narrowed
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, StudioError
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.core.split import PARTS, split_pages
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.atomic import read_bytes
from ocrstudio.formats.crops import crop_quad, encode_image, read_image
from ocrstudio.formats.dataset_folder import DatasetWriter
from ocrstudio.formats.images import image_size
from ocrstudio.formats.rec_list import format_rec_line
from ocrstudio.formats.store import ProjectStore

Progress = Callable[[int, int], None]
# Cheap compression: crops are small and many.
_PNG = ".png"

NOT_CHECKED = QT_TRANSLATE_NOOP("Errors", "The page is not checked yet.")
NO_BOXES = QT_TRANSLATE_NOOP("Errors", "The page has no boxes.")


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

    Spaces around the text go, as nobody sees them on the picture; a tab or line end inside becomes a space, because a
    list cannot hold it.
    """
    for index, box in enumerate(page.boxes):
        if box.is_readable:
            yield index, box, " ".join(part for part in _cut_at_breaks(box.text.strip()) if part)


def _cut_at_breaks(text: str) -> list[str]:
    return text.replace("\r", "\n").replace("\t", "\n").split("\n")


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
    prefixes = crop_prefixes(store.image_path(key).name for key in store.keys)
    skipped = list(plan.skipped)
    done = 0
    progress(0, total)
    with DatasetWriter(out) as writer:
        for part in PARTS:
            det_lines: list[str] = []
            rec_lines: list[str] = []
            for key in plan.parts.get(part, ()):
                page = store.page(key)
                det_lines.append(_write_page(store, page, part, writer))
                rec_lines += _write_crops(store, page, part, prefixes[page.file], writer, skipped)
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


def _write_crops(
    store: ProjectStore, page: Page, part: str, prefix: str, writer: DatasetWriter, skipped: list[Skipped]
) -> list[str]:
    lines: list[str] = []
    wanted = list(training_lines(page))
    if not wanted:
        return lines
    image = read_image(store.image_path(page.key))
    for index, box, text in wanted:
        try:
            crop = crop_quad(image, box.points)
        except StudioError as error:
            skipped.append(Skipped(page.key, error.what, error.values))
            continue
        name = PurePosixPath(part, f"{prefix}_{index}{_PNG}")
        writer.add(f"rec/{name}", encode_image(crop, _PNG))
        lines.append(format_rec_line(name, text))
    return lines


def crop_prefixes(files: Iterator[str] | Sequence[str]) -> dict[str, str]:
    """A different prefix for the crops of each image, though `a.jpg` and `a.png` share their stem.

    Args:
        files: File names of one folder.

    Returns:
        File name to prefix: the stem for the first file that has it, `<stem>_<extension>` for the next. Names that
        differ only by case count as the same, because they are on Windows and macOS.
    """
    taken: set[str] = set()
    prefixes = {}
    for file in files:
        path = PurePosixPath(file)
        base = path.stem
        candidates = iter([base, f"{base}_{path.suffix[1:]}"])
        number = 2
        prefix = next(candidates)
        while prefix.casefold() in taken:
            prefix = next(candidates, "")
            if not prefix:
                prefix, number = f"{base}_{path.suffix[1:]}_{number}", number + 1
        taken.add(prefix.casefold())
        prefixes[file] = prefix
    return prefixes


def _description(plan: SplitPlan, skipped: Sequence[Skipped]) -> dict[str, Any]:
    return {
        "ratio": plan.ratio,
        "seed": plan.seed,
        "parts": plan.parts,
        "counts": {part: vars(counts) for part, counts in plan.counts.items()},
        "characters": len(plan.characters),
        "skipped": [{"page": one.page, "reason": one.reason} for one in skipped],
    }
