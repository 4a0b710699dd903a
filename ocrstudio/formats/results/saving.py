"""Writing results, in every form of `kinds`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, StudioError
from ocrstudio.core.page import Page, PageState
from ocrstudio.formats.atomic import make_folder, read_bytes, write_atomic
from ocrstudio.formats.crops import encode_image
from ocrstudio.formats.exchange import SourcePage, export_pages
from ocrstudio.formats.exchange.texts import safe_name
from ocrstudio.formats.images import is_image_name
from ocrstudio.formats.results.kinds import PPOCRLABEL
from ocrstudio.formats.results.records import as_csv, as_json, as_json_lines
from ocrstudio.formats.results.searchable_pdf import write_pdf
from ocrstudio.formats.results.texts import as_markdown, as_text
from ocrstudio.formats.results.values import ReadPage
from ocrstudio.formats.results.word import as_docx

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Saved:
    """What was written, and the names of pictures that are not in it."""

    files: tuple[Path, ...]
    left_out: tuple[str, ...]


_WRITERS: dict[str, Callable[[Sequence[ReadPage]], str | bytes]] = {
    "txt": as_text,
    "md": as_markdown,
    "csv": as_csv,
    "json": as_json,
    "jsonl": as_json_lines,
    "docx": as_docx,
}


def save(form: str, pages: Sequence[ReadPage], target: Path, progress: Progress = lambda _done, _total: None) -> Saved:
    """Writes what was read. May run on any thread.

    Args:
        form: A key of `kinds.FORMATS`.
        pages: In order; those that were not read are left out, or (JSON) stand there with the reason.
        target: The file, replaced in one step; for a project a folder that does not exist yet or is empty.
        progress: Called with (pages done, pages in all); may raise to stop.

    Raises:
        StudioError: If it cannot be written; an earlier file stays.
    """
    if form == PPOCRLABEL:
        return _save_project(pages, target, progress)
    if form == "pdf":
        without = write_pdf(pages, target, progress)
        return Saved((target,), tuple(page.name for page in without))
    write_atomic(target, _WRITERS[form](pages))
    unread = () if form == "json" else (page.name for page in pages if page.problem)
    return Saved((target,), tuple(unread))


def _save_project(pages: Sequence[ReadPage], folder: Path, progress: Progress) -> Saved:
    """A folder of pictures with `Label.txt`, where no page is checked yet."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DatasetError(
            QT_TRANSLATE_NOOP("Errors", "{folder} is not empty."),
            QT_TRANSLATE_NOOP("Errors", "Choose a new folder: nothing of yours must be replaced."),
            folder=folder,
        )
    make_folder(folder)
    left_out = [page.name for page in pages if page.problem]
    files: dict[str, Path] = {}

    def sources() -> Iterator[SourcePage]:
        for page in pages:
            if page.problem:
                continue
            try:
                name = _put_picture(page, folder, files)
            except StudioError:
                left_out.append(page.name)
                continue
            # touched: else the labels would go to Cache.cach, as guesses that nobody has seen
            boxes = tuple(replace(box, touched=True) for box in page.boxes())
            yield SourcePage(Page(f"{folder.name}/{name}", name, boxes, PageState.EDITED), files[name.casefold()])

    done = export_pages(PPOCRLABEL, sources(), folder, pictures="reference", total=len(pages), progress=progress)
    return Saved((*done.files, *files.values()), tuple(left_out))


def _put_picture(page: ReadPage, folder: Path, taken: dict[str, Path]) -> str:
    """Copies a page's picture into the folder, as it was read; its name there."""
    name = safe_name(page.name)
    whole = not page.source.page and not page.source.turn and is_image_name(name)
    stem, ending = name.rsplit(".", 1) if whole else (name.replace(".", "_").replace(", ", "_") or "picture", "png")
    name, number = f"{stem}.{ending}", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}.{ending}"
    data = read_bytes(page.path) if whole else encode_image(page.source.read(), ".png")
    write_atomic(folder / name, data, durable=False)
    taken[name.casefold()] = folder / name
    return name
