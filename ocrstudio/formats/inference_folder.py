"""Folders that PaddleOCR loads as `model_dir`: a Paddle program, its weights, and what is known beside them.

`inference.json` (Paddle 3) or `inference.pdmodel` (Paddle 2), `inference.pdiparams`, and either `inference.yml` with
the dictionary (exported by PaddleOCR 3, or downloaded by `paddleocr`), or a dictionary of its own (2.x).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError, StudioError
from ocrstudio.formats.atomic import read_bytes, read_error
from ocrstudio.formats.bundle import DICT_FILE, INFERENCE_FILE, Task
from ocrstudio.formats.dictionary import read_classes

PROGRAMS = ("inference.json", "inference.pdmodel")
WEIGHTS_FILE = "inference.pdiparams"
# Raised whenever what is made of such a folder changes, so that earlier results are made again.
_RECIPE = b"1"
# What the decoders of PaddleOCR's exports are called in their inference.yml.
_TASKS: Mapping[str, Task] = {"CTCLabelDecode": "rec", "DBPostProcess": "det"}
_LARGEST_TEXT = 4_000_000
_BLOCK = 1 << 20
# 18,000 of them take a second to be parsed.
_CHARACTER_LIST = re.compile(r"^(?P<room> *)character_dict: *\n(?:(?P=room) *- .*\n)+", re.MULTILINE)

BROKEN_YML = QT_TRANSLATE_NOOP("Errors", "{file} is broken: it should say how the model is used.")
TAKE_ANOTHER = QT_TRANSLATE_NOOP("Errors", "Export or download the model again.")
NO_FOLDER = QT_TRANSLATE_NOOP("Errors", "{folder} holds no model.")
WHAT_A_MODEL_IS = QT_TRANSLATE_NOOP(
    "Errors", "Choose a folder with inference.pdiparams and inference.json or inference.pdmodel, or an exported model."
)
NO_DICTIONARY = QT_TRANSLATE_NOOP("Errors", "The model {folder} reads text, but the list of its characters is missing.")
NAME_DICTIONARY = QT_TRANSLATE_NOOP("Errors", "Choose the dictionary that it was trained with.")
OTHER_MODEL = QT_TRANSLATE_NOOP("Errors", "The model {folder} neither reads lines nor finds them: it is for {use}.")
CHOOSE_OCR = QT_TRANSLATE_NOOP("Errors", "Choose a text recognition or text detection model.")


@dataclass(frozen=True)
class InferenceFolder:
    """A model that Paddle can run.

    Attributes:
        path: The folder.
        program: Its `inference.json` or `inference.pdmodel`.
        name: PaddleOCR's name of the model, or that of the folder.
        task: "rec" or "det"; None if nothing tells, which only its outputs can.
        characters: The dictionary; None if there is none.
    """

    path: Path
    program: Path
    name: str
    task: Task | None
    characters: tuple[str, ...] | None

    @property
    def weights(self) -> Path:
        """Its `inference.pdiparams`."""
        return self.path / WEIGHTS_FILE

    @property
    def key(self) -> str:
        """Hexadecimal digest of everything that decides what the model does; equal wherever the folder lies.

        Raises:
            ProjectError: If a file cannot be read.
        """
        digest = hashlib.sha256(_RECIPE)
        for file in (self.program, self.weights, self.path / INFERENCE_FILE):
            digest.update(_file_digest(file))
        digest.update("\n".join(self.characters or ()).encode())
        return digest.hexdigest()[:32]


def is_inference_folder(folder: Path) -> bool:
    """Whether a program and its weights are there."""
    return (folder / WEIGHTS_FILE).is_file() and any((folder / name).is_file() for name in PROGRAMS)


def read_inference_folder(folder: Path, dictionary: Path | None = None) -> InferenceFolder:
    """What a folder holds.

    Args:
        folder: The folder.
        dictionary: The characters, if the user named a file; otherwise they are looked for in the folder.

    Raises:
        ProjectError: If a file cannot be read.
        FormatError: If it is no such folder, its `inference.yml` is broken, or the model does something else.
    """
    program = next((folder / name for name in PROGRAMS if (folder / name).is_file()), None)
    if program is None or not (folder / WEIGHTS_FILE).is_file():
        raise FormatError(NO_FOLDER, WHAT_A_MODEL_IS, folder=folder)
    content = _yml(folder / INFERENCE_FILE)
    post = content.get("PostProcess") or {}
    decoder = str(post.get("name") or "")
    if decoder and decoder not in _TASKS:
        raise FormatError(OTHER_MODEL, CHOOSE_OCR, folder=folder, use=decoder)
    characters = read_classes(dictionary) if dictionary is not None else _characters(folder, post)
    task = _TASKS.get(decoder) or ("rec" if characters else _task_by_name(folder.name))
    named = (content.get("Global") or {}).get("model_name")
    return InferenceFolder(folder, program, str(named or folder.name), task, None if task == "det" else characters)


def lacks_dictionary(folder: Path) -> bool:
    """Whether a folder holds a recogniser whose characters have to be named. Reads the disk."""
    try:
        found = read_inference_folder(folder)
    except StudioError:
        return False  # another kind of model, or none: whoever takes it says so
    return found.task == "rec" and found.characters is None


def list_inference_folders(parent: Path) -> list[Path]:
    """The inference folders in a folder, by name; none if it does not exist or cannot be looked into."""
    try:
        return sorted(path for path in parent.iterdir() if not path.name.startswith(".") and is_inference_folder(path))
    except OSError:
        return []


def image_height(folder: Path) -> int:
    """How many pixels high the lines of a recognition model are made, by its `inference.yml`; 48 if it does not say."""
    try:
        steps = _without_characters(folder / INFERENCE_FILE)["PreProcess"]["transform_ops"]
        shape = next(step["RecResizeImg"]["image_shape"] for step in steps if "RecResizeImg" in step)
        return int(shape[1])
    except (StudioError, StopIteration, KeyError, TypeError, ValueError, IndexError, AttributeError):
        return 48


def _without_characters(file: Path) -> Mapping[str, Any]:
    """What an `inference.yml` says besides its characters, which a model that is loaded has in a file of their own."""
    text = _CHARACTER_LIST.sub("", read_bytes(file).decode("utf-8"))
    try:
        content: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, RecursionError):
        # one of them was written over several lines
        return _yml(file)
    return content


def _yml(file: Path) -> Mapping[str, Any]:
    try:
        status = file.stat()
    except OSError:
        return {}
    return _yml_at(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=64)
def _yml_at(file: Path, _changed: int, _size: int) -> Mapping[str, Any]:
    """Of a file as it was at a time: a dictionary of 18,000 characters takes half a second."""
    try:
        content = YAML(typ="safe", pure=True).load(read_bytes(file).decode("utf-8"))
        for name in ("Global", "PostProcess", "PreProcess"):
            if not isinstance(content.get(name, {}), dict | None):
                raise ValueError(name)
    except (YAMLError, ValueError, AttributeError, RecursionError) as error:
        raise FormatError(BROKEN_YML, TAKE_ANOTHER, file=file) from error
    return MappingProxyType(content)


def _characters(folder: Path, post: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Those in `inference.yml`, or of the only dictionary in the folder."""
    listed = post.get("character_dict")
    if isinstance(listed, list) and listed:
        return tuple("" if one is None else str(one) for one in listed)
    found = folder / DICT_FILE
    if not found.is_file():
        texts = [path for path in folder.glob("*.txt") if 0 < path.stat().st_size < _LARGEST_TEXT]
        likely = [path for path in texts if "dict" in path.stem.lower() or "keys" in path.stem.lower()] or texts
        if len(likely) != 1:
            return None
        found = likely[0]
    return read_classes(found)


def _task_by_name(name: str) -> Task | None:
    words = set(name.lower().replace("-", "_").split("_"))
    if "rec" in words:
        return "rec"
    return "det" if "det" in words else None


def _file_digest(file: Path) -> bytes:
    """Of a file's content; a file that does not exist has one, too."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return b"-"
    except OSError as error:
        raise read_error(file, error) from error
    return _digest_at(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)
def _digest_at(file: Path, _changed: int, _size: int) -> bytes:
    """Of a file as it was at a time: what has not changed is not read again."""
    try:
        digest = hashlib.sha256()
        with file.open("rb") as content:
            while block := content.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise read_error(file, error) from error
    return digest.digest()
