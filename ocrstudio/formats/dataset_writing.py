"""Writing a planned dataset: pages and crops in PaddleOCR's folders, and in other layouts beside them.

```
det/{train,val,test}/<page images>   det/{train,val,test}.txt   paths relative to det/
rec/{train,val,test}/<crops>.png     rec/{train,val,test}.txt   paths relative to rec/
dict.txt   split.json
paddlex/{text_det,text_rec}/         images/ train.txt val.txt, for text_rec dict.txt: PaddleX's layouts, if wished
lmdb/{train,val,test}/data.mdb       the same lines, if wished
```
Crops are PNG: the pages are mostly JPEG already, and a second lossy step would teach its artefacts.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, StudioError
from ocrstudio.core.split import PARTS
from ocrstudio.core.split_plan import without
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.atomic import read_bytes
from ocrstudio.formats.crops import encode_image
from ocrstudio.formats.dataset import Progress, Skipped, can_be_listed, crop_prefixes, cut_lines
from ocrstudio.formats.dataset_folder import DatasetWriter, read_split
from ocrstudio.formats.dataset_plan import PlannedPage, SplitPlan
from ocrstudio.formats.dataset_sources import ProjectSource, folder_of
from ocrstudio.formats.exchange.line_crops import LineCrop
from ocrstudio.formats.exchange.lmdb_lines import DATA_FILE, write_database
from ocrstudio.formats.exchange.writing import PICTURE_DIR, relative
from ocrstudio.formats.rec_list import format_rec_line

_PNG = ".png"
# Pages that are cut ahead of the one that is written.
_AHEAD = 8


@dataclass(frozen=True)
class _ReadyLine:
    """A line to write: its place on the page, the end of its file's name, its text and its encoded picture."""

    place: int
    name: str
    text: str
    data: bytes


@dataclass
class _Ready:
    page: PlannedPage
    label: str = ""  # the payload of detection
    lines: list[_ReadyLine] = field(default_factory=list)
    is_lost: bool = False  # its picture is broken: the page stays out
    skipped: list[Skipped] = field(default_factory=list)


@dataclass
class _Lists:
    """The lists as they grow: part to its lines."""

    det: dict[str, list[str]] = field(default_factory=lambda: {part: [] for part in PARTS})
    rec: dict[str, list[str]] = field(default_factory=lambda: {part: [] for part in PARTS})
    synthetic: list[str] = field(default_factory=list)


def write_split(plan: SplitPlan, out: Path, progress: Progress = lambda _done, _total: None) -> Path:
    """Writes a dataset; an interrupted write leaves an earlier one as it was.

    Args:
        plan: From `plan_split`; the projects are still open and were not edited since.
        out: The dataset's folder: new, empty, or an earlier dataset whose files nobody changed since.
        progress: Called with (pages done, pages in all).

    Returns:
        `out`, absolute. `split.json` in it says what was written and what was left out.

    Raises:
        DatasetError: If `out` holds other files where ours must go, or no page has a picture that can be read.
        ProjectError: If a file cannot be read or written.
    """
    total = len(plan.pages)
    names = _Names(plan)
    lists = _Lists()
    skipped = list(plan.skipped)
    lost: set[str] = set()
    progress(0, total)
    with DatasetWriter(out) as writer:
        for done, (part, ready) in enumerate(_ready_pages(plan), start=1):
            skipped += ready.skipped
            progress(done, total)
            if ready.is_lost:
                lost.add(ready.page.split.key)
                continue
            if ready.page.split.boxes:
                lists.det[part].append(_write_page(plan, ready, part, names, writer))
            _write_lines(plan, ready, part, names, writer, lists)
        if lost:
            pages = [page.split for page in plan.pages.values()]
            if all(page.synthetic or page.key in lost for page in pages):
                raise _nothing_left(skipped, lost)
            plan = replace(plan, division=without(plan.division, pages, lost))
        for kind, listed in (("det", lists.det), ("rec", lists.rec)):
            for part in PARTS:
                writer.add(f"{kind}/{part}.txt", "".join(listed[part]))
        dictionary = "".join(f"{character}\n" for character in plan.characters)
        writer.add("dict.txt", dictionary)
        if "paddlex" in plan.options.layouts:
            _write_paddlex(writer, lists, dictionary)
        if "lmdb" in plan.options.layouts:
            _write_lmdb(writer, lists)
        return writer.finish(_description(plan, skipped, lists, Path(out).resolve()))


def _nothing_left(skipped: list[Skipped], lost: set[str]) -> DatasetError:
    first = next(one for one in skipped if one.page in lost)
    remedy = QT_TRANSLATE_NOOP(
        "Errors", "No picture of the {count} pages can be used. Mend them and split again; nothing was changed."
    )
    return DatasetError(first.template, remedy, **{**first.values, "count": len(lost)})


def as_written(plan: SplitPlan, dataset: Path) -> SplitPlan:
    """A plan without the pages that `write_split` had to leave out."""
    kept = {key for keys in read_split(dataset)["parts"].values() for key in keys}
    lost = plan.pages.keys() - kept
    pages = [page.split for page in plan.pages.values()]
    return replace(plan, division=without(plan.division, pages, lost)) if lost else plan


class _Names:
    """Where pages and crops go within the dataset: no two to the same place."""

    def __init__(self, plan: SplitPlan) -> None:
        several = len(plan.sources) > 1
        self._folder = {source.name: f"{source.name}/" if several else "" for source in plan.sources}
        files = []
        for source in plan.sources:
            if isinstance(source, ProjectSource):
                # of all pages, so that names stay when more of them are checked
                stored = (source.store.file_of(key) for key in source.store.keys)
                files += [self._folder[source.name] + file for file in stored]
        loose = [self._loose(page) for page in plan.pages.values() if page.load is None]
        self._prefixes = crop_prefixes([*files, *loose])

    def _loose(self, page: PlannedPage) -> str:
        return f"{page.split.key}{_PNG}" if len(self._folder) > 1 else f"{page.split.key.partition('/')[2]}{_PNG}"

    def page(self, page: PlannedPage) -> str:
        """Path of a page's picture within its part."""
        return self._folder[page.source.name] + page.file

    def crop(self, page: PlannedPage) -> str:
        """How the names of a page's crops begin."""
        return self._prefixes[self._loose(page) if page.load is None else self.page(page)]


def _ready_pages(plan: SplitPlan) -> Iterator[tuple[str, _Ready]]:
    """Pages in the order of the lists, cut out on several threads ahead of the writing."""
    waiting: deque[tuple[str, Future[_Ready]]] = deque()
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        try:
            for part in PARTS:
                for key in plan.parts.get(part, ()):
                    waiting.append((part, pool.submit(_ready, plan.pages[key])))
                    if len(waiting) > _AHEAD:
                        first, future = waiting.popleft()
                        yield first, future.result()
            for first, future in waiting:
                yield first, future.result()
        finally:
            for _, future in waiting:
                future.cancel()


def _ready(planned: PlannedPage) -> _Ready:
    ready = _Ready(planned)
    if planned.load is None:
        for place, sample in enumerate(planned.samples):
            ending = sample.image.suffix.lower() or _PNG
            text = planned.split.lines[place][1]
            if not can_be_listed(text):
                continue
            ready.lines.append(_ReadyLine(place, f"_{place}{ending}", text, read_bytes(sample.image)))
        return ready
    page = planned.load()
    ready.label = ppocr_label.format_payload(page.boxes).decode("utf-8")
    try:
        lines, ready.skipped = cut_lines(page, planned.path, {place for place, _ in planned.split.lines})
    except StudioError as error:
        read_bytes(planned.path)  # one broken picture keeps no others back; a drive that was taken out ends everything
        ready.is_lost, ready.skipped = True, [Skipped(planned.split.key, error.what, error.values)]
        return ready
    for line in lines:
        ready.lines.append(_ReadyLine(line.index, f"_{line.index}{_PNG}", line.text, encode_image(line.crop, _PNG)))
    return ready


def _write_page(plan: SplitPlan, ready: _Ready, part: str, names: _Names, writer: DatasetWriter) -> str:
    name = names.page(ready.page)
    writer.add_picture(f"det/{part}/{name}", ready.page.path, link=plan.options.link)
    return format_rec_line(PurePosixPath(part, name), "")[:-1] + ready.label + "\n"


def _write_lines(
    plan: SplitPlan, ready: _Ready, part: str, names: _Names, writer: DatasetWriter, lists: _Lists
) -> None:
    prefix = names.crop(ready.page)
    for line in ready.lines:
        own = plan.division.part_of_line(ready.page.split.key, line.place, part)
        name = PurePosixPath(own, f"{prefix}{line.name}")
        writer.add(f"rec/{name}", line.data)
        lists.rec[own].append(format_rec_line(name, line.text))
        if ready.page.split.synthetic:
            lists.synthetic.append(f"rec/{name}")


def _write_paddlex(writer: DatasetWriter, lists: _Lists, dictionary: str) -> None:
    for kind, listed in (("det", lists.det), ("rec", lists.rec)):
        home = f"paddlex/text_{kind}"
        for part in PARTS[:2]:
            for line in listed[part]:
                name = line.partition("\t")[0]
                writer.repeat(f"{home}/{PICTURE_DIR}/{name}", f"{kind}/{name}")
            writer.add(f"{home}/{part}.txt", "".join(f"{PICTURE_DIR}/{line}" for line in listed[part]))
    writer.add("paddlex/text_rec/dict.txt", dictionary)


def _write_lmdb(writer: DatasetWriter, lists: _Lists) -> None:
    for part in PARTS:
        if not lists.rec[part]:
            continue
        name = f"lmdb/{part}/{DATA_FILE}"
        folder = writer.written_elsewhere(name).parent
        write_database(folder, _crops_of(lists.rec[part], lambda image: writer.written_elsewhere(f"rec/{image}")))
        writer.count(name)


def _crops_of(lines: list[str], path_of: Callable[[str], Path]) -> Iterator[LineCrop]:
    for line in lines:
        name, _, text = line.rstrip("\n").partition("\t")
        yield LineCrop(name, text, read_bytes(path_of(name)))


def _description(plan: SplitPlan, skipped: list[Skipped], lists: _Lists, out: Path) -> dict[str, Any]:
    options, division = plan.options, plan.division
    members: dict[str, list[str]] = {}
    for key, group in sorted(division.groups.items()):
        members.setdefault(group, []).append(key)
    told: dict[str, Any] = {
        "ratio": options.ratio,
        "seed": options.seed,
        "by": options.by,
        "pattern": options.pattern,
        "alike": options.alike,
        "test_from": options.test_from,
        "layouts": list(options.layouts),
        "link": options.link,
        "sources": [
            {"name": source.name, "path": relative(folder_of(source), out), "synthetic": source.synthetic}
            for source in plan.sources
        ],
        "parts": division.parts,
        "groups": members,
        "counts": {part: vars(counts) for part, counts in division.counts.items()},
        "characters": len(plan.characters),
        "lacking": {part: "".join(characters) for part, characters in division.lacking.items()},
        "skipped": [{"page": one.page, "reason": one.reason} for one in skipped],
        "synthetic": lists.synthetic,
    }
    if division.line_parts:
        told["pages_in_several_parts"] = division.torn
    return told
