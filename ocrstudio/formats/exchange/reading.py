"""What every reader needs: files as text, JSON and XML with their faults told, checked points, pictures by name."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.page import Point
from ocrstudio.formats.atomic import read_bytes
from ocrstudio.formats.exchange.picture_index import AmbiguousNameError, NameIndex, pictures_below
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.texts import decode
from ocrstudio.formats.exchange.values import Trouble
from ocrstudio.formats.images import image_size
from ocrstudio.formats.pdf_pages import DEFAULT_DPI

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# A label file beyond this is no label file; reading it would take the memory of the machine.
MAX_FILE_BYTES = 512 * 1024 * 1024
# The largest pictures that open have 20,000 pixels a side; what is far beyond is a slip or an attack.
MAX_COORDINATE = 1_000_000.0
MAX_POINTS = 10_000
# The log of an import has all of them; a file of millions of bad lines is no list.
MAX_TROUBLES = 100_000

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

TOO_LARGE = QT_TRANSLATE_NOOP("Errors", "The file has {size} MB; label files beyond {limit} MB are not read.")
SPLIT_IT = QT_TRANSLATE_NOOP("Errors", "Divide it into smaller files.")
NOT_UTF8 = QT_TRANSLATE_NOOP("Errors", "The file is not UTF-8; it was read as {encoding}.")
CHECK_TEXTS = QT_TRANSLATE_NOOP("Errors", "Look whether the texts are right; if not, save the file as UTF-8.")
NOT_TEXT = QT_TRANSLATE_NOOP("Errors", "The file is not text in any encoding that is known.")
LINE_NOT_UTF8 = QT_TRANSLATE_NOOP("Errors", "The line is not UTF-8 like the others; it was read as {encoding}.")
LINE_NOT_TEXT = QT_TRANSLATE_NOOP("Errors", "The line is not text in any encoding that is known; it is left out.")
SAVE_AS_UTF8 = QT_TRANSLATE_NOOP("Errors", "Save it as UTF-8.")
BROKEN_JSON = QT_TRANSLATE_NOOP("Errors", "The file is not valid JSON ({reason}).")
BROKEN_XML = QT_TRANSLATE_NOOP("Errors", "The file is not valid XML ({reason}).")
EXPORT_AGAIN = QT_TRANSLATE_NOOP("Errors", "Export it again from the program that made it.")
FORBIDDEN_XML = QT_TRANSLATE_NOOP(
    "Errors", "The file declares entities, which can be used for attacks; it is not read."
)
REMOVE_ENTITIES = QT_TRANSLATE_NOOP("Errors", "Remove its DOCTYPE if you trust it.")
BAD_POINTS = QT_TRANSLATE_NOOP(
    "Errors", "Region {which} has no different points that are two numbers each; it is left out."
)
BAD_LINE_POINTS = QT_TRANSLATE_NOOP(
    "Errors", "The box has no different points that are two numbers each; it is left out."
)
DRAW_AGAIN = QT_TRANSLATE_NOOP("Errors", "Draw it again here.")
AMBIGUOUS = QT_TRANSLATE_NOOP("Errors", "Several pictures are called {image}.")
NAME_FOLDERS = QT_TRANSLATE_NOOP("Errors", "Import the folders one by one.")
NO_SIZE = QT_TRANSLATE_NOOP(
    "Errors", "The picture {image} is needed to compute its points, and it was not found; its boxes are left out."
)
PUT_BESIDE = QT_TRANSLATE_NOOP("Errors", "Put the picture into the project or beside the labels.")
MORE = QT_TRANSLATE_NOOP("Errors", "There are more problems of this kind; only the first {count} are listed.")


@dataclass(frozen=True)
class PdfWishes:
    """How pages of a PDF become pages of a project.

    Attributes:
        dpi: Pixels per inch of pages that are drawn; a scan that fills its page keeps its own.
        text: Whether the text that lies in a page becomes boxes that nobody touched.
        password: Opens protected files.
    """

    dpi: int = DEFAULT_DPI
    text: bool = True
    password: str = ""


class Reading:
    """One reading of a file or folder.

    Args:
        path: What to read.
        folders: Where pictures are looked for, the project first; the source itself is searched last.
        progress: Called with (files done, files in all); may raise to stop.
        pdf: What is wished of PDF files.
        origin: What the user chose, for messages, if `path` was unpacked from it and will go again.
        only: Files of the folder that the user chose.
    """

    def __init__(
        self,
        path: Path,
        folders: Iterable[Path] = (),
        progress: Callable[[int, int], None] = lambda _done, _total: None,
        *,
        pdf: PdfWishes | None = None,
        origin: Path | None = None,
        only: Sequence[Path] = (),
    ) -> None:
        self.path = path
        self.place = Place(path, only)
        self.progress = progress
        self.pdf = pdf or PdfWishes()
        self.origin = origin or path
        self.problems: list[Trouble] = []
        self._folders = list(folders)
        self._indexes: dict[Path, NameIndex[Path]] = {}
        self._names: dict[Path | str, str] = {}
        self._sizes: dict[Path, tuple[int, int] | None] = {}

    def trouble(self, file: Path | str, line: int, what: str, remedy: str = "", /, **values: object) -> None:
        """Notes a problem; reading goes on."""
        if len(self.problems) < MAX_TROUBLES:
            self.problems.append(Trouble(self.name(file), line, what, values, remedy))
        elif len(self.problems) == MAX_TROUBLES:
            self.problems.append(Trouble("", 0, MORE, {"count": MAX_TROUBLES}))

    def name(self, file: Path | str) -> str:
        """A file as people see it: its path within the source."""
        if file not in self._names:
            self._names[file] = self._shown(Path(file)) or str(file)
        return self._names[file]

    def _shown(self, path: Path) -> str:
        for root in (self.place.root, self.place.root.resolve()):
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return ""

    # --- files -----------------------------------------------------------------------------------------------------

    def bytes(self, file: Path) -> bytes | None:
        """The content of a file; None if it cannot be read or is too large."""
        try:
            size = file.stat().st_size
            if size > MAX_FILE_BYTES:
                values = {"size": size // 1_000_000, "limit": MAX_FILE_BYTES // 1_000_000}
                self.trouble(file, 0, TOO_LARGE, SPLIT_IT, **values)
                return None
            return read_bytes(file)
        except StudioError as error:
            self.trouble(file, 0, error.what, error.remedy, **error.values)
        except OSError as error:
            self.trouble(file, 0, NOT_TEXT, EXPORT_AGAIN, reason=str(error))
        return None

    def text(self, file: Path) -> str | None:
        """The text of a file in UTF-8, UTF-16 or GB18030, line ends as they are; None if it has none.

        Single lines in another encoding than the UTF-8 of the others are told; those that are no text are left out.
        """
        data = self.bytes(file)
        if data is None:
            return None
        lines = data.split(b"\n")
        good, strange = _strange_lines(lines)
        if len(strange) > good or not strange:
            try:
                text, encoding = decode(data)
            except UnicodeDecodeError:
                if not strange or 2 * len(strange) > sum(bool(line.strip()) for line in lines):
                    self.trouble(file, 0, NOT_TEXT, SAVE_AS_UTF8)
                    return None
            else:
                if encoding != "utf-8":
                    self.trouble(file, 0, NOT_UTF8, CHECK_TEXTS, encoding=encoding.upper())
                return text
        for number in sorted(strange):
            lines[number - 1], known = _as_utf8(lines[number - 1])
            if known:
                self.trouble(file, number, LINE_NOT_UTF8, CHECK_TEXTS, encoding="GB18030")
            else:
                self.trouble(file, number, LINE_NOT_TEXT, SAVE_AS_UTF8)
        return b"\n".join(lines).decode("utf-8").removeprefix("\ufeff")

    def lines(self, file: Path) -> list[tuple[int, str]]:
        """(number from 1, text) of the lines that are not blank, cut at line feeds only, without their ends."""
        text = self.text(file) or ""
        cut = [(number, line.removesuffix("\r")) for number, line in enumerate(text.split("\n"), start=1)]
        return [(number, line) for number, line in cut if line.strip()]

    def json(self, file: Path) -> Any:
        """The content of a JSON file; None if it is none."""
        text = self.text(file)
        if text is None:
            return None
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            self.trouble(file, getattr(error, "lineno", 0), BROKEN_JSON, EXPORT_AGAIN, reason=_reason(error))
            return None

    def xml(self, file: Path) -> Element | None:
        """The root element of an XML file without entities; None if it is none."""
        from xml.etree.ElementTree import ParseError

        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import fromstring

        data = self.bytes(file)
        if data is None:
            return None
        try:
            try:
                root: Element = fromstring(data)
            except (ValueError, LookupError) as error:
                if isinstance(error, DefusedXmlException):
                    raise
                # expat knows no encoding of several bytes but UTF-8 and UTF-16
                root = fromstring(_XML_DECLARATION.sub("", decode(data)[0]))
        except DefusedXmlException:
            self.trouble(file, 0, FORBIDDEN_XML, REMOVE_ENTITIES)
            return None
        except (ParseError, ValueError, LookupError, RecursionError) as error:
            line = getattr(error, "position", (0, 0))[0]
            self.trouble(file, line, BROKEN_XML, EXPORT_AGAIN, reason=_reason(error))
            return None
        return root

    # --- values ----------------------------------------------------------------------------------------------------

    def points(self, value: Any, file: Path | str, line: int, which: str = "") -> tuple[Point, ...] | None:
        """Checked points of a region.

        Args:
            value: A list of pairs; two are opposite corners of a rectangle.
            file: For the message.
            line: For the message; 0 if the format has none.
            which: The region as people can find it in the file: its number or name; empty if the line says it.

        Returns:
            At least three finite points; None, with a problem noted, if it is no region.
        """
        points = _checked_points(value)
        if points is None and which:
            self.trouble(file, line, BAD_POINTS, DRAW_AGAIN, which=which)
        elif points is None:
            self.trouble(file, line, BAD_LINE_POINTS, DRAW_AGAIN)
        return points

    # --- pictures --------------------------------------------------------------------------------------------------

    def picture(self, name: str, file: Path | str, line: int = 0) -> Path | None:
        """The picture of that name beside the labels; one that several share is told as a problem."""
        return self._find(name, file, line, [self.place.root])

    def own_picture(self, name: str) -> Path | None:
        """The picture of that name in the project."""
        return self._find(name, self.path, 0, self._folders)

    def size(self, name: str, file: Path | str, line: int = 0, absent: str = NO_SIZE) -> tuple[int, int] | None:
        """Width and height of the picture of that name; None, with a problem noted, if it is not found or broken.

        The one beside the labels goes before one of that name in the project.

        Args:
            name: As the labels say it.
            file: For the message.
            line: For the message; 0 if the format has none.
            absent: The message for a picture that is not found.
        """
        path = self._find(name, file, line, [self.place.root, *self._folders])
        if path is None:
            self.trouble(file, line, absent, PUT_BESIDE, image=name)
            return None
        if path not in self._sizes:
            try:
                self._sizes[path] = image_size(path)
            except StudioError as error:
                self.trouble(file, line, error.what, error.remedy, **error.values)
                self._sizes[path] = None
        return self._sizes[path]

    def _find(self, name: str, file: Path | str, line: int, folders: Sequence[Path]) -> Path | None:
        for folder in folders:
            if folder not in self._indexes:
                self._indexes[folder] = NameIndex(pictures_below(folder))
            try:
                path = self._indexes[folder].find(name)
            except AmbiguousNameError:
                self.trouble(file, line, AMBIGUOUS, NAME_FOLDERS, image=name)
                return None
            if path is not None:
                return path
        return None


def _strange_lines(lines: list[bytes]) -> tuple[int, set[int]]:
    """How many lines can only be UTF-8, and the numbers from 1 of those that are not."""
    good, bad = 0, set()
    for number, line in enumerate(lines, start=1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            good += 1
        except UnicodeDecodeError:
            bad.add(number)
    return good, bad


def _as_utf8(line: bytes) -> tuple[bytes, bool]:
    """(a line in the encoding of Chinese programs as UTF-8, True); (an empty one, False) if it is none."""
    try:
        return line.decode("gb18030").encode("utf-8"), True
    except UnicodeDecodeError:
        return b"", False


def _checked_points(value: Any) -> tuple[Point, ...] | None:
    if not isinstance(value, (list, tuple)) or not 2 <= len(value) <= MAX_POINTS:
        return None
    points = []
    for pair in value:
        if not isinstance(pair, (list, tuple)) or len(pair) < 2:
            return None
        x, y = checked_number(pair[0]), checked_number(pair[1])
        if x is None or y is None:
            return None
        points.append((x, y))
    if len(points) == 2:
        (x0, y0), (x1, y1) = points
        left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        points = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return tuple(points) if len(set(points)) > 1 else None


def checked_number(value: Any) -> float | None:
    """A finite number of sensible size, also one written as text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and abs(number) <= MAX_COORDINATE else None


def checked_score(value: Any) -> float | None:
    """A confidence between 0 and 1; None for anything else."""
    number = checked_number(value)
    return number if number is not None and 0 <= number <= 1 else None


def checked_size(width: Any, height: Any) -> tuple[int, int] | None:
    """A picture's size as a file states it; None unless both are positive and sensible."""
    columns, rows = checked_number(width), checked_number(height)
    if columns is None or rows is None or columns < 1 or rows < 1:
        return None
    return int(columns), int(rows)


def checked_text(value: Any) -> str:
    """A text as a file states it; numbers are taken as they are written, anything else is empty."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _reason(error: BaseException) -> str:
    return str(error).split("\n", maxsplit=1)[0][:200] or type(error).__name__
