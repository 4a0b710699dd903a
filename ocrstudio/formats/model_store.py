"""The user's own models: what was downloaded or imported, one folder each, there for every project.

<user_models>/PP-OCRv5_server_det_infer/
    model.json                  what it is, where it comes from, its licence
    inference.json …            the files of its form: an inference folder, a bundle, or `<id>.pdparams`
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError, StudioError
from ocrstudio.formats.atomic import write_atomic, write_error
from ocrstudio.formats.bundle import CARD_FILE, DICT_FILE, read_card, task_of
from ocrstudio.formats.model_catalogue import FORMS, Form, catalogue
from ocrstudio.paths import user_models

RECORD_FILE = "model.json"
LOCK_FILE = ".lock"  # of a download that is under way
WEIGHTS_ENDING = ".pdparams"
_SAFE = re.compile(r"[\w.+ -]{1,100}")

NOT_HERE = QT_TRANSLATE_NOOP("Errors", "There is no downloaded or imported model called {name}.")
SEE_LIST = QT_TRANSLATE_NOOP("Errors", "See those that are there with: ocrstudio models list --installed.")
BAD_NAME = QT_TRANSLATE_NOOP("Errors", "“{name}” cannot be the name of a model.")
PLAIN_NAME = QT_TRANSLATE_NOOP("Errors", "Take letters, digits, dots, dashes and underlines.")


@dataclass(frozen=True)
class StoredModel:
    """A model of the user's own.

    Attributes:
        id: The name of its folder; for one of the catalogue its id there.
        form: Which kind of files it has; a bundle counts as "onnx".
        task: rec, det or cls; "" if nothing tells.
        characters: Of a recogniser; 0 if unknown.
        licence: In SPDX; "" if unknown.
        origin: The address or the file that it came from.
        added: ISO time; "" if unknown.
    """

    id: str
    form: Form
    task: str = ""
    characters: int = 0
    licence: str = ""
    origin: str = ""
    added: str = ""

    @property
    def path(self) -> Path:
        """Its folder."""
        return user_models() / self.id

    @property
    def size_bytes(self) -> int:
        """Of all its files; reads the disk."""
        return sum(file.stat().st_size for file in self.path.rglob("*") if file.is_file() and not file.is_symlink())

    @property
    def dictionary(self) -> Path | None:
        """A file with its characters, one a line; None if there is none."""
        file = self.path / DICT_FILE
        return file if file.is_file() else None

    @property
    def weights(self) -> Path | None:
        """What `Global.pretrained_model` of a PaddleOCR config names: the file without its ending; None for others."""
        file = self.path / f"{self.id}{WEIGHTS_ENDING}"
        return file.with_suffix("") if self.form == "training" and file.is_file() else None


def stored_models() -> list[StoredModel]:
    """All of them by name; folders that are something else are left out. Reads the disk."""
    try:
        folders = sorted(path for path in user_models().iterdir() if not path.name.startswith("."))
    except OSError:
        return []  # none yet
    return [model for folder in folders if (model := _read(folder)) is not None]


def stored_model(name: str) -> StoredModel | None:
    """The one with an id; None if it is not there."""
    return _read(user_models() / name) if _SAFE.fullmatch(name) and name.strip(". ") else None


def find_stored(name: str) -> StoredModel:
    """As `stored_model`.

    Raises:
        ProjectError: If it is not there.
    """
    model = stored_model(name)
    if model is None:
        raise ProjectError(NOT_HERE, SEE_LIST, name=name)
    return model


def stored_weights(value: str) -> Path | None:
    """The weights on this computer that a config names by a model's id, or by the address they were downloaded from.

    Args:
        value: Of `Global.pretrained_model` or the like.

    Returns:
        The file without `.pdparams`, as PaddleOCR takes it; None if the value names no such model.
    """
    if value.startswith(("http://", "https://")):
        known = catalogue().of_url(value)
        value = known.id if known is not None else ""
    model = stored_model(value)
    return model.weights if model is not None else None


def stored_weights_for(names: Collection[str]) -> Path | None:
    """Downloaded weights of a whole network that a checkout's config trains.

    Args:
        names: What the config is called: its file without ending, `Global.model_name`.

    Returns:
        As `stored_weights`.
    """
    for model in catalogue().models:
        if model.form == "training" and model.size != "backbone" and {model.config, model.name} & set(names):
            found = stored_weights(model.id)
            if found is not None:
                return found
    return None


def download_dir(model_id: str) -> Path:
    """Where a download lies until it is whole, to be continued."""
    return user_models() / f".{model_id}.download"


def is_begun(model_id: str) -> bool:
    """Whether a download was stopped half-way."""
    return any(path.name != LOCK_FILE for path in download_dir(model_id).glob("*"))


def call_off(model_id: str) -> None:
    """Forgets a download that was stopped half-way."""
    shutil.rmtree(download_dir(model_id), ignore_errors=True)


def check_name(name: str) -> str:
    """A name that can be a folder on every system.

    Raises:
        ProjectError: If it cannot.
    """
    if not _SAFE.fullmatch(name) or name != name.strip(". ") or not name:
        raise ProjectError(BAD_NAME, PLAIN_NAME, name=name)
    return name


def write_record(folder: Path, model: StoredModel, extra: Mapping[str, Any]) -> None:
    """Says in a model's folder what it is.

    Args:
        folder: Where it is being put together.
        model: What to say; `added` is now if it is empty.
        extra: More to keep, such as checksums.

    Raises:
        ProjectError: If it cannot be written.
    """
    added = model.added or datetime.now(timezone.utc).isoformat(timespec="seconds")
    record = {"v": 1, **asdict(model), "added": added, **extra}
    write_atomic(folder / RECORD_FILE, json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def remove(name: str) -> Path:
    """Removes a model's folder.

    Returns:
        Where it was.

    Raises:
        ProjectError: If there is no such model, or it cannot be removed.
    """
    model = find_stored(name)
    # out of the list at once; what cannot be deleted then is no half model
    gone = model.path.with_name(f".{model.id}.removed")
    try:
        shutil.rmtree(gone, ignore_errors=True)
        model.path.rename(gone)
        shutil.rmtree(gone)
    except OSError as error:
        raise write_error(model.path, error) from error
    return model.path


def _read(folder: Path) -> StoredModel | None:
    if folder.is_symlink() or not folder.is_dir():
        return None
    try:
        record = json.loads((folder / RECORD_FILE).read_bytes())
        if record["form"] not in FORMS:
            return None
        characters = record.get("characters")
        return StoredModel(
            folder.name,
            record["form"],
            *(str(record.get("task") or ""), characters if isinstance(characters, int) else 0),
            *(str(record.get(key) or "") for key in ("licence", "origin", "added")),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return _of_bundle(folder)


def _of_bundle(folder: Path) -> StoredModel | None:
    """A bundle that was copied here without a record."""
    if not (folder / CARD_FILE).is_file():
        return None
    try:
        card = read_card(folder)
    except StudioError:
        return None
    count = card.get("characters")
    return StoredModel(
        folder.name,
        "onnx",
        task_of(card),
        count if isinstance(count, int) else 0,
        origin=str(card.get("source") or ""),
        added=str(card.get("created") or ""),
    )
