"""The files of a model, picked out of whatever somebody has: a folder, an archive, or a file.

Only files that belong to a model are taken, each under a name that is known beforehand.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError
from ocrstudio.formats.archives import (
    Entry,
    allowance,
    gigabytes,
    inside,
    is_archive_name,
    opened_archive,
    too_large,
    write_entry,
)
from ocrstudio.formats.atomic import read_error, write_error
from ocrstudio.formats.bundle import CARD_FILE, DICT_FILE, INFERENCE_FILE, ONNX_FILE
from ocrstudio.formats.model_catalogue import Form
from ocrstudio.formats.model_store import WEIGHTS_ENDING
from ocrstudio.formats.pdparams import read_tensors

# The largest official archive has a dozen files.
MAX_FILES, MAX_BYTES = 2000, 4 << 30
# Somebody may point at a folder with everything in it.
_MAX_LOOKED_AT, _MAX_DEPTH = 20_000, 4
_PROGRAMS = ("inference.json", "inference.pdmodel")
_WEIGHTS = "inference.pdiparams"
_BEST = f"best_accuracy{WEIGHTS_ENDING}"

LEADS_OUT = QT_TRANSLATE_NOOP("Errors", "{file} is not safe to unpack: its entry {entry} leads out of the folder.")
TAKE_AGAIN = QT_TRANSLATE_NOOP("Errors", "Download it again, from its makers.")
NO_MODEL = QT_TRANSLATE_NOOP("Errors", "No model was found in {file}.")
WHAT_TO_TAKE = QT_TRANSLATE_NOOP(
    "Errors",
    "Choose a folder or archive with inference.pdiparams and inference.json or inference.pdmodel, a .pdparams file, an "
    ".onnx file, or an exported model.",
)
OTHER_CONTENT = QT_TRANSLATE_NOOP("Errors", "{file} is not the file that its name says.")


@dataclass(frozen=True)
class Found:
    """What was picked out.

    Attributes:
        form: Which kind of files.
        is_bundle: It has the card of a model that was exported or imported here.
    """

    form: Form
    is_bundle: bool = False


def gather(place: Path, folder: Path, name: str) -> Found:
    """Copies the files of the model at a place.

    Args:
        place: A folder, an archive, a `.pdparams` or an `.onnx` file.
        folder: Where they go; exists and is empty.
        name: What weights to train from are called there.

    Raises:
        FormatError: If there is no model, it is damaged, or the archive is not safe.
        ProjectError: If something cannot be read or written.
    """
    if place.is_dir():
        return _take(place, list(_walk(place)), folder, name)
    if is_archive_name(place.name):
        with opened_archive(place, remedy=TAKE_AGAIN, max_files=MAX_FILES, max_bytes=MAX_BYTES) as entries:
            for entry in entries:
                if inside(entry.name) is None:
                    raise FormatError(LEADS_OUT, TAKE_AGAIN, file=place, entry=ascii(entry.name))
            return _take(place, entries, folder, name)
    if not place.is_file():
        raise read_error(place, FileNotFoundError(2, os.strerror(2)))
    return _take(place, _with_neighbours(place), folder, name)


def _walk(folder: Path) -> Iterator[Entry]:
    """The plain files of a folder and of those in it, without following links."""
    looked_at = 0
    for here, folders, files in os.walk(folder):
        depth = len(Path(here).relative_to(folder).parts)
        folders[:] = sorted(one for one in folders if not one.startswith(".")) if depth < _MAX_DEPTH else []
        for file in sorted(files):
            looked_at += 1
            if looked_at > _MAX_LOOKED_AT:
                return
            path = Path(here) / file
            if path.is_file() and not path.is_symlink():
                yield _entry(path, path.relative_to(folder).as_posix())


def _with_neighbours(file: Path) -> list[Entry]:
    """A file, and what tells about it beside it."""
    beside = [file.with_name(DICT_FILE), file.with_name(INFERENCE_FILE)] if file.suffix == ".onnx" else []
    return [_entry(one, one.name) for one in (file, *beside) if one.is_file()]


def _entry(path: Path, name: str) -> Entry:
    def opened() -> IO[bytes]:
        return path.open("rb")

    return Entry(name, path.stat().st_size, opened)


def _take(place: Path, entries: list[Entry], folder: Path, name: str) -> Found:
    by_folder: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        path = PurePosixPath(entry.name.replace("\\", "/"))
        by_folder.setdefault(str(path.parent), {})[path.name] = entry
    for pick in (_bundle, _inference, _training, _onnx):
        # a distillation's student before its teacher, the upper folder before the lower
        for _, here in sorted(by_folder.items(), key=lambda item: (item[0].count("/"), "Teacher" in item[0], item[0])):
            picked = pick(here, name)
            if picked is not None:
                found, files = picked
                _write(place, files, folder)
                _check(found, folder, name)
                return found
    raise FormatError(NO_MODEL, WHAT_TO_TAKE, file=place)


Picked = tuple[Found, dict[str, Entry]]


def _bundle(here: dict[str, Entry], _name: str) -> Picked | None:
    wanted = (CARD_FILE, ONNX_FILE, DICT_FILE, INFERENCE_FILE, _WEIGHTS, *_PROGRAMS)
    if CARD_FILE not in here or not (ONNX_FILE in here or _WEIGHTS in here):
        return None
    return Found("onnx", is_bundle=True), {one: here[one] for one in wanted if one in here}


def _inference(here: dict[str, Entry], _name: str) -> Picked | None:
    if _WEIGHTS not in here or not any(program in here for program in _PROGRAMS):
        return None
    files = {one: here[one] for one in (*_PROGRAMS, _WEIGHTS, INFERENCE_FILE) if one in here}
    texts = [one for one in here if one.endswith(".txt")]
    dictionary = DICT_FILE if DICT_FILE in texts else next((one for one in texts if len(texts) == 1), "")
    if dictionary:
        files[DICT_FILE] = here[dictionary]
    return Found("inference"), files


def _training(here: dict[str, Entry], name: str) -> Picked | None:
    weights = sorted(one for one in here if one.endswith(WEIGHTS_ENDING))
    if not weights:
        return None
    best = _BEST if _BEST in weights else max(weights, key=lambda one: here[one].size)
    return Found("training"), {f"{name}{WEIGHTS_ENDING}": here[best]}


def _onnx(here: dict[str, Entry], _name: str) -> Picked | None:
    models = [one for one in here if one.endswith(".onnx")]
    if len(models) != 1:
        return None
    return Found("onnx"), {
        ONNX_FILE: here[models[0]],
        **{one: here[one] for one in (DICT_FILE, INFERENCE_FILE) if one in here},
    }


def _write(place: Path, files: dict[str, Entry], folder: Path) -> None:
    left = min(allowance(place, folder), MAX_BYTES)
    for target, entry in files.items():
        try:
            left = write_entry(entry.open(), folder / target, left)
        except OSError as error:
            if error.errno is None:
                raise
            raise write_error(folder / target, error) from error
        if left < 0:
            raise too_large(place, gigabytes(MAX_BYTES), TAKE_AGAIN)


def _check(found: Found, folder: Path, name: str) -> None:
    """Whether the files can be what they are called, as far as that shows without a model runtime."""
    if found.form == "training":
        read_tensors(folder / f"{name}{WEIGHTS_ENDING}")
    signs: dict[str, Callable[[bytes], bool]] = {
        "inference.json": lambda head: head.lstrip()[:1] == b"{",
        "inference.pdmodel": _is_protobuf,
        ONNX_FILE: _is_protobuf,
    }
    for file, is_good in signs.items():
        path = folder / file
        if path.is_file() and not is_good(_head(path)):
            raise FormatError(OTHER_CONTENT, TAKE_AGAIN, file=file)
    if found.form == "inference" and not (folder / _WEIGHTS).stat().st_size:
        raise FormatError(OTHER_CONTENT, TAKE_AGAIN, file=_WEIGHTS)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(64)


def _is_protobuf(head: bytes) -> bool:
    """ONNX begins with its version (field 1), a Paddle program with its first block (field 1): never with a letter."""
    return head[:1] in (b"\x08", b"\x0a")
