"""Writing a dataset's folder in one step, and never deleting what was not written here.

A dataset is made in a hidden folder beside its place, with `split.json` listing the SHA-256 of every file. Then it
takes the place of an earlier one by two renames. Files that are not listed, or whose content is no longer the listed
one, belong to somebody else: they are kept, and where ours would have to go the write is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, FormatError
from ocrstudio.formats.atomic import make_folder, read_bytes, write_atomic, write_error
from ocrstudio.formats.json_object import json_object

SPLIT_FILE = "split.json"
_MARK = ".ocrstudio-unfinished"


class DatasetWriter:
    """Collects the files of a dataset and puts them in place at the end. Use it in a `with` block.

    Args:
        out: The dataset's folder.

    Raises:
        DatasetError: If `out` holds something that is no dataset of this program.
    """

    def __init__(self, out: Path) -> None:
        self._out = Path(out).resolve()
        self._new = self._out.with_name(f".{self._out.name}.new-{os.getpid()}")
        self._old = self._out.with_name(f".{self._out.name}.old")
        self._hashes: dict[str, str] = {}
        self._folders: set[Path] = set()

    def __enter__(self) -> DatasetWriter:
        make_folder(self._out.parent)
        finish_interrupted(self._out)
        self._refuse_foreign()
        self._clear_unfinished()
        make_folder(self._new)
        write_atomic(self._new / _MARK, "")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if (self._new / _MARK).exists():
            shutil.rmtree(self._new, ignore_errors=True)

    def add(self, name: str, content: str | bytes) -> None:
        """Writes one file.

        Args:
            name: Path within the dataset, with forward slashes.
            content: Text is written as UTF-8.

        Raises:
            ProjectError: If it cannot be written.
        """
        data = content.encode("utf-8") if isinstance(content, str) else content
        path = self._new / name
        try:
            if path.parent not in self._folders:
                make_folder(path.parent)
                self._folders.add(path.parent)
            path.write_bytes(data)
        except OSError as error:
            raise write_error(self._out / name, error) from error
        self._hashes[name] = hashlib.sha256(data).hexdigest()

    def add_picture(self, name: str, source: Path, *, link: bool) -> None:
        """Copies a picture, or makes a hard link where that is wished and the disk allows it.

        Args:
            name: Path within the dataset.
            source: The picture.
            link: It takes no room; programs that write a file anew leave the other one as it was.

        Raises:
            ProjectError: If it cannot be read or written.
        """
        data = read_bytes(source)
        if not (link and self._link(name, source)):
            self.add(name, data)
        else:
            self._hashes[name] = hashlib.sha256(data).hexdigest()

    def repeat(self, name: str, of: str) -> None:
        """A file of the dataset under a second name, without taking room where the disk allows it.

        Raises:
            ProjectError: If it cannot be written.
        """
        if self._link(name, self._new / of):
            self._hashes[name] = self._hashes[of]
        else:
            self.add(name, read_bytes(self._new / of))

    def written_elsewhere(self, name: str) -> Path:
        """Where a file of the dataset goes that something else writes; call `count` when it is there."""
        path = self._new / name
        make_folder(path.parent)
        return path

    def count(self, name: str) -> None:
        """Takes over a file that something else has written.

        Raises:
            ProjectError: If it cannot be read.
        """
        self._hashes[name] = hashlib.sha256(read_bytes(self._new / name)).hexdigest()

    def _link(self, name: str, source: Path) -> bool:
        path = self._new / name
        make_folder(path.parent)
        try:
            os.link(source, path)
        except (OSError, NotImplementedError):
            return False
        return True

    def finish(self, description: dict[str, Any]) -> Path:
        """Writes `split.json` and puts the dataset in place.

        Args:
            description: What `split.json` says besides the files' hashes.

        Returns:
            The dataset's folder.

        Raises:
            DatasetError: If somebody put files in the way meanwhile.
            ProjectError: If a file cannot be written or moved.
        """
        content = {"v": 1, **description, "files": self._hashes}
        write_atomic(self._new / SPLIT_FILE, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        self._refuse_foreign()
        try:
            (self._new / _MARK).unlink()
            if self._out.exists():
                self._out.rename(self._old)
            self._new.rename(self._out)
        except OSError as error:
            if self._old.exists() and not self._out.exists():
                self._old.rename(self._out)
            shutil.rmtree(self._new, ignore_errors=True)
            raise write_error(self._out, error) from error
        finish_interrupted(self._out)
        return self._out

    def _refuse_foreign(self) -> None:
        """Refuses a folder that is no dataset, and files of others (or changed ones of ours) where ours must go."""
        if not self._out.exists():
            return
        if not self._out.is_dir() or (not (self._out / SPLIT_FILE).is_file() and any(self._out.iterdir())):
            raise DatasetError(
                QT_TRANSLATE_NOOP("Errors", "{folder} exists and is no dataset of this program."),
                QT_TRANSLATE_NOOP("Errors", "Choose a new or empty folder; nothing was changed."),
                folder=self._out,
            )
        if not any(self._out.iterdir()):
            return
        foreign = set(_files(self._out)) - _own_files(self._out)
        listed = set(listed_files(self._out))
        for name in sorted(foreign):
            if name in listed or name in self._hashes:
                raise DatasetError(
                    QT_TRANSLATE_NOOP("Errors", "{file} was changed since the dataset was written."),
                    QT_TRANSLATE_NOOP("Errors", "Move it away or choose another name; nothing was deleted."),
                    file=self._out / name,
                )

    def _clear_unfinished(self) -> None:
        """Removes what an ended process left of a dataset it never finished."""
        import psutil

        for path in self._out.parent.glob(f".{self._out.name}.new-*"):
            process = path.name.rpartition("-")[2]
            if (path / _MARK).is_file() and not (process.isdecimal() and psutil.pid_exists(int(process))):
                shutil.rmtree(path, ignore_errors=True)


def listed_files(dataset: Path) -> dict[str, str]:
    """The files of a dataset as its `split.json` lists them: name to SHA-256.

    Raises:
        ProjectError: If there is no readable `split.json`.
        FormatError: If it is broken.
    """
    files = read_split(dataset).get("files")
    if not isinstance(files, dict):
        return {}
    return {str(name): str(digest) for name, digest in files.items()}


def read_split(dataset: Path) -> dict[str, Any]:
    """The content of a dataset's `split.json`.

    Raises:
        ProjectError: If it cannot be read.
        FormatError: If it is broken.
    """
    path = dataset / SPLIT_FILE
    content = json_object(read_bytes(path))
    if content is None:
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file} is broken."),
            QT_TRANSLATE_NOOP("Errors", "Write the dataset again under another name."),
            file=path,
        )
    return content


def kept_test(dataset: Path) -> frozenset[str]:
    """Keys of the pages of a dataset's test part.

    Raises:
        StudioError: If there is no readable `split.json`, or it names no test pages.
    """
    told = read_split(dataset).get("parts")
    keys = told.get("test") if isinstance(told, dict) else None
    if not isinstance(keys, list) or not keys:
        raise DatasetError(
            QT_TRANSLATE_NOOP("Errors", "{file} names no pages to test with."),
            QT_TRANSLATE_NOOP("Errors", "Choose a dataset that has a test part."),
            file=dataset / SPLIT_FILE,
        )
    return frozenset(str(key) for key in keys)


def finish_interrupted(out: Path) -> None:
    """Completes or undoes a swap that a killed process left half done. Harmless at any time.

    The earlier dataset comes back if the new one is not in place yet. Otherwise files of others move from the earlier
    folder to the new one, and then the earlier dataset's own, unchanged files go.
    """
    old = out.with_name(f".{out.name}.old")
    if not old.is_dir():
        return
    try:
        if not out.exists():
            old.rename(out)
            return
        own = _own_files(old) if (old / SPLIT_FILE).is_file() else set()
        for name in _files(old):
            target = out / name
            if name not in own and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                (old / name).rename(target)
        for name in sorted(own):
            (old / name).unlink(missing_ok=True)
        _remove_empty(old)
    except OSError as error:
        raise write_error(out, error) from error


def _own_files(dataset: Path) -> set[str]:
    """The listed files whose content is still the listed one, and `split.json` itself."""
    own = {SPLIT_FILE}
    for name, digest in listed_files(dataset).items():
        path = dataset / name
        own_file = stays_inside(PurePath(name)) and path.is_file() and not path.is_symlink()
        if own_file and hashlib.sha256(read_bytes(path)).hexdigest() == digest:
            own.add(name)
    return own


def stays_inside(name: PurePath) -> bool:
    """Whether a listed name, which may be hand-made, means a file within the dataset; on Windows "C:x" does not."""
    return not name.anchor and ".." not in name.parts


def _files(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if not path.is_dir()]


def _remove_empty(folder: Path) -> None:
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()
    if not any(folder.iterdir()):
        folder.rmdir()
