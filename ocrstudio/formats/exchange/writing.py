"""What every writer needs: atomic files below one folder, pictures copied or referred to, losses counted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal
from xml.etree.ElementTree import Element

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, StudioError
from ocrstudio.core.geometry import bounding_quad, bounds, order_quad
from ocrstudio.core.page import PLACEHOLDER_TEXTS, Box, Point
from ocrstudio.formats.atomic import make_folder, read_bytes, write_atomic
from ocrstudio.formats.exchange.texts import for_utf8, for_xml, on_one_line
from ocrstudio.formats.exchange.values import SourcePage, Trouble
from ocrstudio.formats.exchange.xml_tree import to_bytes
from ocrstudio.formats.images import image_size

Pictures = Literal["copy", "reference"]
PICTURE_DIR = "images"

POLYGONS_AS_QUADS = QT_TRANSLATE_NOOP(
    "Errors", "{count} polygons were written as quads, which is all the format holds."
)
SHAPES_AS_RECTANGLES = QT_TRANSLATE_NOOP(
    "Errors", "{count} slanted boxes and polygons were written as upright rectangles, which is all the format holds."
)
TEXTS_LOST = QT_TRANSLATE_NOOP("Errors", "{count} texts were not written: the format holds no texts.")
XML_REPLACED = QT_TRANSLATE_NOOP("Errors", "{count} characters that XML cannot hold were replaced by U+FFFD.")
UTF8_REPLACED = QT_TRANSLATE_NOOP("Errors", "{count} broken characters (half surrogate pairs) were replaced by U+FFFD.")
BREAKS_REPLACED = QT_TRANSLATE_NOOP("Errors", "{count} tabs and line ends inside texts were replaced by spaces.")
KEYS_LOST = QT_TRANSLATE_NOOP("Errors", "{count} key classes were not written: the format holds none.")
BOXES_LOST = QT_TRANSLATE_NOOP("Errors", "{count} boxes enclose nothing and were left out.")
OUTSIDE = QT_TRANSLATE_NOOP(
    "Errors", "{count} boxes were cut at the edge of the page, beyond which the format cannot go."
)


class Writing:
    """One export into a folder.

    Args:
        out: Where to write; made if missing.
        pictures: "copy" puts the pages' pictures into `images/`, "reference" leaves them where they are.
        progress: Called with (pages done, pages in all); may raise to stop.
        total: How many pages there are.
        project: Folder of the project.
    """

    def __init__(
        self,
        out: Path,
        pictures: Pictures = "reference",
        progress: Callable[[int, int], None] = lambda _done, _total: None,
        *,
        total: int = 0,
        project: Path | None = None,
    ) -> None:
        self.out = out
        self.pictures = pictures
        self.project = project
        self.files: list[Path] = []
        self.pages = 0
        self.boxes = 0
        self.problems: list[Trouble] = []
        self._progress = progress
        self._total = total
        self._losses: Counter[str] = Counter()
        make_folder(out)

    def done(self, source: SourcePage, boxes: int) -> None:
        """Counts a page that was written, with as many boxes."""
        self.pages += 1
        self.boxes += boxes
        self._progress(self.pages, max(self._total, self.pages))

    def lose(self, what: str, count: int = 1) -> None:
        """Counts something that the format cannot hold; `what` is a template with `{count}`."""
        if count:
            self._losses[what] += count

    def trouble(self, file: str, what: str, remedy: str = "", /, **values: object) -> None:
        """Notes a page that could not be written as it is; writing goes on."""
        self.problems.append(Trouble(file, 0, what, values, remedy))

    def told(self) -> list[Trouble]:
        """All problems, the losses last."""
        return [*self.problems, *(Trouble("", 0, what, {"count": count}) for what, count in self._losses.items())]

    # --- files -----------------------------------------------------------------------------------------------------

    def put(self, name: str, data: str | bytes) -> Path:
        """Writes one file in one step.

        Args:
            name: Path within the output folder.
            data: The whole content.

        Raises:
            ProjectError: If it cannot be written.
        """
        path = self.out / name
        if not path.parent.is_dir():
            make_folder(path.parent)
        write_atomic(path, data)
        self.files.append(path)
        return path

    def picture(self, source: SourcePage, below: str = "", *, name: str = "", folder: str = PICTURE_DIR) -> str:
        """Copies a page's picture if that is wanted.

        Args:
            source: The page.
            below: Folder within the output, in which the file lies that refers to the picture.
            name: Name of the copy within its folder; the page's own if empty.
            folder: Folder of the copies.

        Returns:
            The reference: relative to the file's folder wherever that is possible, with forward slashes.
        """
        base = self.out / below
        if self.pictures == "copy":
            target = self.out / folder / (name or source.page.file)
            if not _same(target, source.path):
                try:
                    self.put(
                        f"{folder}/{name or source.page.file}" if folder else name or source.page.file,
                        read_bytes(source.path),
                    )
                except StudioError as error:
                    if not target.is_file():
                        self.trouble(source.page.file, error.what, error.remedy, **error.values)
        else:
            target = source.path
        return relative(target, base)

    def size(self, source: SourcePage) -> tuple[int, int] | None:
        """The picture's size; None, with a problem noted, if it cannot be read."""
        try:
            return image_size(source.path)
        except StudioError as error:
            self.trouble(source.page.file, error.what, error.remedy, **error.values)
            return None

    # --- what the format can hold ------------------------------------------------------------------------------------

    def xml_text(self, text: str) -> str:
        """The text without what XML cannot hold."""
        cleaned, count = for_xml(text)
        self.lose(XML_REPLACED, count)
        return cleaned

    def utf8(self, text: str) -> str:
        """The text as UTF-8 can hold it."""
        cleaned, count = for_utf8(text)
        self.lose(UTF8_REPLACED, count)
        return cleaned

    def line(self, text: str) -> str:
        """The text as one line of a file can hold it."""
        cleaned, count = on_one_line(self.utf8(text))
        self.lose(BREAKS_REPLACED, count)
        return cleaned

    def quad(self, box: Box) -> tuple[Point, ...] | None:
        """The four corners of a box, a polygon's smallest rectangle; None, counted as a loss, if it is flat."""
        try:
            if len(box.points) == 4:
                order_quad(box.points)
                return box.points
            corners = bounding_quad(box.points)
        except StudioError:
            self.lose(BOXES_LOST)
            return None
        self.lose(POLYGONS_AS_QUADS)
        return corners

    def rectangle(self, box: Box) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a box; one that is no upright rectangle counts as a loss."""
        left, top, right, bottom = bounds(box.points)
        corners = {(left, top), (right, top), (right, bottom), (left, bottom)}
        if set(box.points) != corners:
            self.lose(SHAPES_AS_RECTANGLES)
        return left, top, right, bottom

    def no_texts(self, boxes: Iterable[Box]) -> None:
        """Counts the texts that the format does not hold."""
        self.lose(TEXTS_LOST, sum(bool(box.text) for box in boxes))

    def no_keys(self, boxes: Iterable[Box]) -> None:
        """Counts the key classes that the format does not hold."""
        self.lose(KEYS_LOST, sum(bool(box.key_class) for box in boxes))


def text_of(box: Box) -> str:
    """The text of a box as other programs should see it: placeholders are no texts."""
    return "" if box.text in PLACEHOLDER_TEXTS else box.text


def relative(target: Path, base: Path) -> str:
    """A path as seen from a folder, with forward slashes; absolute where there is no way (another Windows drive)."""
    try:
        return Path(os.path.relpath(target, base)).as_posix()
    except ValueError:
        return target.as_posix()


def unique_stems(files: Sequence[str]) -> dict[str, str]:
    """A different flat name without ending for each file, `a/b.jpg` becoming `a_b`."""
    from ocrstudio.formats.dataset import crop_prefixes

    flat = {file: file.replace("/", "_") for file in files}
    taken: dict[str, str] = {}
    prefixes = crop_prefixes(list(dict.fromkeys(flat.values())))
    used: set[str] = set()
    for file, name in flat.items():
        stem, number = prefixes[name], 2
        while stem.casefold() in used:
            stem, number = f"{prefixes[name]}_{number}", number + 1
        used.add(stem.casefold())
        taken[file] = stem
    return taken


def named_documents(sources: Iterable[SourcePage], ending: str) -> Iterator[tuple[SourcePage, str]]:
    """Each page with the name of its own file: that of the picture, with another ending, in the same sub-folder.

    The second of two pictures that differ by their ending alone gets `<stem>_<its ending>`.
    """
    from ocrstudio.formats.dataset import crop_prefixes

    listed = list(sources)
    folders: dict[str, list[str]] = {}
    for source in listed:
        folder, _, name = source.page.file.rpartition("/")
        folders.setdefault(folder, []).append(name)
    stems = {folder: crop_prefixes(names) for folder, names in folders.items()}
    for source in listed:
        folder, _, name = source.page.file.rpartition("/")
        yield source, f"{folder}/{stems[folder][name]}{ending}".removeprefix("/")


def write_documents(
    sources: Iterable[SourcePage],
    job: Writing,
    document: Callable[[SourcePage, Writing, str, tuple[int, int]], Element],
) -> None:
    """One XML document for each page, named after its picture, without key classes.

    Args:
        sources: The pages.
        job: Where they go.
        document: Makes one from a page, the job, its picture's name and its size.
    """
    for source, name in named_documents(sources, ".xml"):
        size = job.size(source)
        if size is None:
            continue
        image = job.picture(source, name.rpartition("/")[0], folder="")
        job.no_keys(source.page.boxes)
        job.put(name, to_bytes(document(source, job, image, size)))
        job.done(source, len(source.page.boxes))


def refuse_own_folder(job: Writing, file: str) -> None:
    """Stops an export that would replace the project's own label file.

    Raises:
        DatasetError: If the output folder is the project's.
    """
    if job.project is not None and _same(job.out, job.project):
        raise DatasetError(
            QT_TRANSLATE_NOOP("Errors", "Writing to {folder} would replace the project's own {file}."),
            QT_TRANSLATE_NOOP("Errors", "Choose another folder."),
            folder=job.out,
            file=file,
        )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except OSError:
        return False
