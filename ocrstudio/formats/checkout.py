"""A checkout of PaddleOCR: where it is, which version, which of its tools are there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.formats.atomic import read_error

REPOSITORY = "https://github.com/PaddlePaddle/PaddleOCR.git"
# The same where the first address is slow or blocked.
MIRROR = "https://gitee.com/paddlepaddle/PaddleOCR.git"
# The newest release that training, evaluation and export were tried with is a snapshot of 3.x.
PROVEN_TAG = "v3.2.0"
TOOLS = ("train.py", "eval.py", "export_model.py", "infer_rec.py", "infer_det.py")
# train.py imports the first two of these; configs are what it is called with.
_NEEDED = ("tools/train.py", "ppocr/data", "configs")
_VERSION = re.compile(r"\d+\.\d+(?:\.\d+)?(?:[a-z]+\d*)?")
_IN_SOURCE = re.compile(r"""^(?:VERSION|__version__|version)\s*=\s*["']v?(\d+\.\d+[^"'\s]*)["']""", re.MULTILINE)
_IN_METADATA = re.compile(r"^Version:\s*(\d+\.\d+\S*)", re.MULTILINE)
_IN_NAME = re.compile(r"paddleocr[-_ ]?(?:release[-_])?v?(\d+\.\d+(?:\.\d+)?)", re.IGNORECASE)
_IN_REF = re.compile(r"(?:release/|v)(\d+\.\d+(?:\.\d+)?)$")
_LOWEST = (2, 6)
# What a version file holds fits into this; larger files are something else.
_READ_LIMIT = 200_000

NO_FOLDER = QT_TRANSLATE_NOOP("Errors", "There is no folder {folder}.")
CHOOSE_OTHER = QT_TRANSLATE_NOOP("Errors", "Choose the folder that PaddleOCR was unpacked into.")
NO_CHECKOUT = QT_TRANSLATE_NOOP("Errors", "{folder} is no PaddleOCR checkout: it has no {missing}.")
PACKAGE_ONLY = QT_TRANSLATE_NOOP(
    "Errors", "{folder} is the installed paddleocr package, which cannot train: it has no {missing}."
)
TAKE_SOURCE = QT_TRANSLATE_NOOP("Errors", "Take PaddleOCR's source code, as a clone or an unpacked release.")
TOO_OLD = QT_TRANSLATE_NOOP("Errors", "{folder} is PaddleOCR {version}, which is older than 2.6.")
TAKE_NEWER = QT_TRANSLATE_NOOP("Errors", "Take version 2.6 or a newer one.")


@dataclass(frozen=True)
class Checkout:
    """One checkout.

    Attributes:
        path: Its root, absolute.
        version: Such as "2.8.0"; "2" or "3" if only the generation can be told (development snapshots name none).
        tools: Those of `TOOLS` that are there.
    """

    path: Path
    version: str
    tools: tuple[str, ...]

    @property
    def major(self) -> int:
        """2 or 3."""
        return int(self.version.split(".")[0])


def find_checkout(place: Path) -> Checkout:
    """The checkout at a place, around it, or in the only folder inside it (as archives unpack).

    Args:
        place: Its root, any file or folder inside it, or the folder that holds nothing but it.

    Raises:
        ProjectError: If there is none, or one older than 2.6, or it may not be looked at; says why.
    """
    try:
        return _found(Path(place).expanduser().resolve())
    except OSError as error:
        raise read_error(Path(place), error) from error
    except (RuntimeError, ValueError) as error:
        # links that lead in a circle, the home of nobody, a NUL in the name
        raise ProjectError(NO_FOLDER, CHOOSE_OTHER, folder=ascii(str(place))) from error


def _found(start: Path) -> Checkout:
    if not start.exists():
        raise ProjectError(NO_FOLDER, CHOOSE_OTHER, folder=start)
    home = start if start.is_dir() else start.parent
    for folder in (home, *home.parents):
        if not _missing(folder):
            return _read(folder)
    inside = [child for child in _children(home) if not _missing(child)]
    if len(inside) == 1:
        return _read(inside[0])
    # the nearest folder that has something of a checkout is the one that was meant
    meant = max((home, *home.parents[:3]), key=lambda folder: -len(_missing(folder)))
    missing = _missing(meant)
    is_package = (home / "__init__.py").is_file() and home.name == "paddleocr"
    raise ProjectError(
        PACKAGE_ONLY if is_package else NO_CHECKOUT,
        TAKE_SOURCE,
        folder=home if is_package else meant,
        missing=", ".join(missing),
    )


def detect_version(root: Path) -> str:
    """The version of a checkout, or its generation ("2", "3") if nothing names it.

    Looked for in what a checkout's build reads, then in what an archive or a clone is called.
    """
    for name, pattern in (
        ("VERSION_NUMBER", _VERSION),
        ("PKG-INFO", _IN_METADATA),
        ("pyproject.toml", _IN_SOURCE),
        ("paddleocr/_version.py", _IN_SOURCE),
        ("paddleocr.py", _IN_SOURCE),
    ):
        found = pattern.search(_text(root / name))
        if found:
            return found.group(found.lastindex or 0)
    generation = "3" if (root / "paddleocr" / "__init__.py").is_file() else "2"
    for text, pattern in ((root.name, _IN_NAME), (_git_ref(root), _IN_REF)):
        found = pattern.search(text)
        if found and found.group(1).startswith(generation):
            return found.group(1)
    return generation


def _read(root: Path) -> Checkout:
    version = detect_version(root)
    numbers = tuple(int(part) for part in re.findall(r"\d+", version)[:2])
    if len(numbers) == 2 and numbers < _LOWEST:
        raise ProjectError(TOO_OLD, TAKE_NEWER, folder=root, version=version)
    return Checkout(root, version, tuple(tool for tool in TOOLS if (root / "tools" / tool).is_file()))


def _missing(folder: Path) -> list[str]:
    return [name for name in _NEEDED if not (folder / name).exists()]


def _children(folder: Path) -> list[Path]:
    try:
        return [child for child in folder.iterdir() if child.is_dir()]
    except OSError:
        return []  # a folder that may not be looked at holds no checkout for us


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_READ_LIMIT).decode("utf-8", "replace")
    except OSError:
        return ""


def _git_ref(root: Path) -> str:
    """The branch or tag that a clone stands on, as far as its files tell without running git."""
    head = _text(root / ".git" / "HEAD").strip()
    if head.startswith("ref: "):
        return head.removeprefix("ref: ")
    for line in _text(root / ".git" / "packed-refs").splitlines():
        commit, _, name = line.partition(" ")
        if commit == head:
            return name
    tags = root / ".git" / "refs" / "tags"
    return next((f"v{tag.name.removeprefix('v')}" for tag in _files(tags) if _text(tag).strip() == head), "")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
