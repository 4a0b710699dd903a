"""Models into the user's own folder: downloaded from the catalogue, or imported; complete there or not at all."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DownloadError, EngineError, FormatError, ProjectError, StudioError
from ocrstudio.formats.archives import is_archive_name, without_ending
from ocrstudio.formats.atomic import make_folder, replace_folder, write_error
from ocrstudio.formats.bundle import DICT_FILE, INFERENCE_FILE, read_card, task_of
from ocrstudio.formats.checkout_list import known_checkouts
from ocrstudio.formats.dictionary import write_dictionary
from ocrstudio.formats.download import CANNOT_GO_ON, Wish, download, sha256_of
from ocrstudio.formats.inference_folder import read_inference_folder
from ocrstudio.formats.model_catalogue import CatalogueModel, Source, catalogue
from ocrstudio.formats.model_files import Found, gather
from ocrstudio.formats.model_store import (
    LOCK_FILE,
    StoredModel,
    call_off,
    check_name,
    download_dir,
    is_begun,
    stored_model,
    write_record,
)
from ocrstudio.formats.project_lock import ProjectLock
from ocrstudio.paths import user_models

# Told the folder, the model's name, its origin and a dictionary if there is one; makes an ONNX file a bundle and says
# task and number of characters. In `engine`, because it takes a model runtime.
Completer = Callable[[Path, str, str, Path | None], tuple[str, int]]

_FORGOTTEN_S = 3600

EXISTS = QT_TRANSLATE_NOOP("Errors", "There is a model called {name} already.")
OTHER_NAME = QT_TRANSLATE_NOOP("Errors", "Remove that one first, or give this one another name.")
OTHER_FORM = QT_TRANSLATE_NOOP("Errors", "{file} holds other files than the catalogue says.")
BUSY = QT_TRANSLATE_NOOP("Errors", "{name} is being downloaded by another window or command.")
WAIT = QT_TRANSLATE_NOOP("Errors", "Wait until it is done there.")
OTHER_SOURCE = QT_TRANSLATE_NOOP("Errors", "Choose another source.")


@dataclass(frozen=True)
class Fetch:
    """A download from the catalogue.

    Attributes:
        model: What to get.
        mirror: The source to try first; "" for the catalogue's order.
        wish: Proxy, progress and so on.
    """

    model: CatalogueModel
    mirror: str = ""
    wish: Wish = field(default_factory=Wish)


def fetch(job: Fetch, complete: Completer) -> StoredModel:
    """Downloads a model of the catalogue, unless it is there.

    Args:
        job: What and how.
        complete: See `Completer`.

    Returns:
        The model, in its place.

    Raises:
        DownloadError: If no source has it, or it was stopped; what came stays for the next time.
        StudioError: If what came is no such model or cannot be written; a file that is no good does not stay.
    """
    model = job.model
    there = stored_model(model.id)
    if there is not None:
        return there
    first: StudioError | None = None
    for source in model.sources_from(job.mirror):
        try:
            return _from_source(source, job, complete)
        except (DownloadError, FormatError, EngineError) as error:
            if error.what in (BUSY, *CANNOT_GO_ON):
                raise
            job.wish.failed(error)
            first = first or error
    raise first or FormatError(OTHER_FORM, OTHER_SOURCE, file=model.id)


def _from_source(source: Source, job: Fetch, complete: Completer) -> StoredModel:
    """With the download's folder to itself; what stays in it is only what can be continued."""
    folder = download_dir(job.model.id)
    make_folder(folder)
    lock = ProjectLock(folder / LOCK_FILE)
    try:
        lock.acquire()
    except ProjectError as error:
        raise DownloadError(BUSY, WAIT, name=job.model.id) from error
    try:
        return _downloaded(source, job, complete)
    finally:
        lock.release()
        if not is_begun(job.model.id):
            shutil.rmtree(folder, ignore_errors=True)


def _downloaded(source: Source, job: Fetch, complete: Completer) -> StoredModel:
    model, folder = job.model, download_dir(job.model.id)
    download(source, folder, job.wish, model.size_bytes if model.is_exact else 0)
    files = [folder / file.name for file in source.files]
    known = StoredModel(model.id, model.form, model.task, model.characters, model.licence, origin=source.files[0].url)
    sums = {file.name: sha256_of(file) for file in files}
    try:
        place = files[0] if len(files) == 1 else folder
        return _install(place, known, complete, {"mirror": source.mirror, "sha256": sums}, model)
    finally:
        # good or not, the next try has no use for it
        call_off(model.id)


def import_model(place: Path, complete: Completer, *, name: str = "", dictionary: Path | None = None) -> StoredModel:
    """Copies a model from this computer.

    Args:
        place: A folder, an archive, a `.pdparams` or an `.onnx` file.
        complete: See `Completer`.
        name: What to call it; "" takes the file's own name, by which official ones are known.
        dictionary: The characters of a recogniser that comes without them.

    Raises:
        StudioError: If there is no model, it is damaged, one of that name is there, or it cannot be written.
    """
    place = place.expanduser().absolute()
    known = _official(place) if not name.strip() else None
    called = check_name(known.id if known is not None else name.strip() or _name_of(place))
    if stored_model(called) is not None:
        raise ProjectError(EXISTS, OTHER_NAME, name=called)
    wanted = StoredModel(called, "onnx", origin=str(place))
    if known is not None:
        wanted = replace(wanted, task=known.task, characters=known.characters, licence=known.licence)
    return _install(place, wanted, complete, {}, known, dictionary)


def _official(place: Path) -> CatalogueModel | None:
    """The model of the catalogue whose file this is, by its name and, where that is known, its checksum."""
    known = catalogue().of_file(place.name)
    if known is None or place.is_dir():
        return known
    files = [file for source in known.sources for file in source.files if file.name == place.name and file.sha256]
    return None if files and sha256_of(place) not in {file.sha256 for file in files} else known


def _name_of(place: Path) -> str:
    name = without_ending(place.name) if is_archive_name(place.name) else place.name
    return name.removesuffix(".pdparams").removesuffix(".onnx")


def _install(
    place: Path,
    wanted: StoredModel,
    complete: Completer,
    extra: Mapping[str, Any],
    known: CatalogueModel | None,
    dictionary: Path | None = None,
) -> StoredModel:
    """Puts a model together beside its place, then moves it there."""
    make_folder(user_models())
    part = user_models() / f".{wanted.id}.part-{os.getpid()}"
    for old in user_models().glob(f".{wanted.id}.part-*"):
        # of a process that was killed
        if old == part or time.time() - old.stat().st_mtime > _FORGOTTEN_S:
            shutil.rmtree(old, ignore_errors=True)
    try:
        part.mkdir()
        found = gather(place, part, wanted.id)
        if known is not None and known.form != found.form:
            raise FormatError(OTHER_FORM, OTHER_SOURCE, file=place.name)
        stored = _completed(part, found, replace(wanted, form=found.form), complete, known, dictionary)
        write_record(part, stored, extra)
        replace_folder(part, stored.path)
    except OSError as error:
        raise write_error(wanted.path, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return stored_model(wanted.id) or stored


def _completed(
    part: Path,
    found: Found,
    model: StoredModel,
    complete: Completer,
    known: CatalogueModel | None,
    dictionary: Path | None,
) -> StoredModel:
    name = known.name if known is not None else model.id
    if found.is_bundle:
        card = read_card(part)
        count = card.get("characters")
        return replace(model, task=task_of(card), characters=count if isinstance(count, int) else 0)
    if found.form == "onnx":
        task, characters = complete(part, name, model.origin, dictionary)
        return replace(model, task=task, characters=characters)
    if found.form == "inference" and model.task != "cls":
        # exports of PaddleOCR 3 have their characters in inference.yml
        if dictionary is None and not (part / INFERENCE_FILE).is_file() and not (part / DICT_FILE).is_file():
            dictionary = _dictionary_of(known)
        told = read_inference_folder(part, dictionary)
        if told.characters is not None:
            write_dictionary(part / DICT_FILE, told.characters)
        task = model.task or told.task or _task_by_name(name)
        return replace(model, task=task, characters=len(told.characters or ()) or model.characters)
    return replace(model, task=model.task or _task_by_name(name))


def _dictionary_of(known: CatalogueModel | None) -> Path | None:
    """The dictionary of an old model, which its archive lacks, out of a checkout on this computer."""
    if known is None or not known.dictionary:
        return None
    files = [one.checkout.path / known.dictionary for one in known_checkouts()]
    return next((file for file in files if file.is_file()), None)


def _task_by_name(name: str) -> str:
    words = name.lower().replace("-", "_").split("_")
    return next((task for task in ("rec", "det", "cls") if task in words), "")
