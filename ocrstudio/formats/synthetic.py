"""Folders of synthetic lines and pages: laid out as PaddleOCR's data, and marked, so that nobody is tested by them.

```
rec/train/000000.jpg …   rec/train.txt (paths relative to rec/)   dict.txt   synthetic.json
pages/000000.jpg …   pages/Label.txt   pages/fileState.txt         of pages only; rec/ then has their lines
```
`pages` opens as a project, here and in PPOCRLabel, and its `Label.txt` is PaddleOCR's list for detection, whose paths
are relative to the set's folder. There is no validation or test list on purpose: how well a model reads made-up lines
says nothing.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError
from ocrstudio.formats.atomic import read_bytes, write_atomic
from ocrstudio.formats.ppocr_label import split_lines
from ocrstudio.formats.rec_list import read_rec_list, write_rec_list
from ocrstudio.paths import STATE_DIR

SYNTHETIC_FILE = "synthetic.json"
REC_DIR, LIST_FILE, PICTURE_DIR = "rec", "train.txt", "train"
# Of a project, beside its datasets.
SYNTHETIC_DIR = "synthetic"
PAGES_DIR, LABEL_FILE, STATES_FILE = "pages", "Label.txt", "fileState.txt"


@dataclass(frozen=True)
class SyntheticSet:
    """A finished folder of synthetic lines, or pages and their lines.

    Attributes:
        folder: Where it is.
        lines: How many it holds.
        seed: Of the run that made them.
        pages: How many it holds; 0 for a set of lines.
    """

    folder: Path
    lines: int
    seed: int
    pages: int = 0

    @property
    def data_dir(self) -> Path:
        """What the list's paths are relative to: `Train.dataset.data_dir`."""
        return self.folder / REC_DIR

    @property
    def list_file(self) -> Path:
        """For `Train.dataset.label_file_list` of recognition."""
        return self.data_dir / LIST_FILE

    @property
    def page_list(self) -> Path:
        """For `Train.dataset.label_file_list` of detection, relative to `folder`."""
        return self.folder / PAGES_DIR / LABEL_FILE


def read_synthetic(folder: Path) -> SyntheticSet:
    """A folder of synthetic lines by its `synthetic.json`.

    Raises:
        ProjectError: If there is none.
        FormatError: If it is broken.
    """
    path = folder / SYNTHETIC_FILE
    try:
        content: dict[str, Any] = json.loads(read_bytes(path).decode("utf-8"))
        return SyntheticSet(
            folder,
            int(content["lines"]),
            int(content["recipe"]["seed"]),
            int(content.get("pages", 0)),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _broken(path) from error


def _broken(path: Path) -> FormatError:
    return FormatError(
        QT_TRANSLATE_NOOP("Errors", "{file} is broken."),
        QT_TRANSLATE_NOOP("Errors", "Make the lines again under another name."),
        file=path,
    )


def synthetic_sets(project: Path) -> list[SyntheticSet]:
    """The finished sets of a project, the latest first; broken ones are left out."""
    found = []
    for mark in (project / STATE_DIR / SYNTHETIC_DIR).glob(f"*/{SYNTHETIC_FILE}"):
        try:
            found.append((mark.stat().st_mtime, read_synthetic(mark.parent)))
        except (FormatError, OSError):
            continue
    return [one for _, one in sorted(found, key=lambda item: item[0], reverse=True)]


def set_of(path: Path) -> Path | None:
    """The folder of the synthetic set that a list, picture or folder belongs to; None if it belongs to none."""
    return next((place for place in (path, *path.parents) if (place / SYNTHETIC_FILE).is_file()), None)


def is_synthetic(path: Path) -> bool:
    """Whether a list, picture or folder belongs to a set of synthetic lines."""
    return set_of(path) is not None


def took_all_texts(folder: Path) -> bool:
    """Whether a set says what a project's labels said before any dataset held some of them back.

    Raises:
        ProjectError: If its `synthetic.json` cannot be read.
        FormatError: If it is broken.
    """
    path = folder / SYNTHETIC_FILE
    try:
        content = json.loads(read_bytes(path).decode("utf-8"))
        return "deficits" in content["recipe"]["source"] and bool(content.get("labels", {}).get("undivided"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _broken(path) from error


def list_for(made: SyntheticSet, data_dir: Path, *, pages: bool = False) -> Path:
    """The list of a set for a config whose `data_dir` is another folder; written beside the set's own list.

    Args:
        made: The set.
        data_dir: What the config's other lists are relative to.
        pages: The list of its pages, for detection; without it, of its lines.

    Returns:
        The list; its paths lead from `data_dir` to the set, so both can move together.

    Raises:
        ProjectError: If a file cannot be read or written.
        FormatError: If the set's list is broken.
    """
    own, file = (made.folder, made.page_list) if pages else (made.data_dir, made.list_file)
    wanted = data_dir.resolve()
    if wanted == own.resolve():
        return file
    place = _way(own, wanted)
    target = own / f"train-for-{wanted.parent.name or 'data'}.txt"
    if pages:
        lines = split_lines(read_bytes(file))
        write_atomic(target, b"".join(f"{place}/".encode() + line for line in lines))
    else:
        samples = read_rec_list(file, Path())
        write_rec_list(target, ((f"{place}/{sample.image.as_posix()}", sample.text) for sample in samples))
    return target


def _way(folder: Path, start: Path) -> str:
    try:
        return Path(os.path.relpath(folder.resolve(), start)).as_posix()
    except ValueError:
        # on another drive of Windows
        return folder.resolve().as_posix()
