"""The models that can be downloaded: `resources/config/models.json`, read and checked.

A model comes in several forms, each an entry of its own: `onnx` (read here at once), `inference` (Paddle's own, for
PaddleOCR 3.x, and here once it is turned into ONNX) and `training` (weights to start a training of PaddleOCR from).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError
from ocrstudio.formats.atomic import read_bytes
from ocrstudio.paths import resources

Form = Literal["onnx", "inference", "training"]
# here: reads in this program; convert: does so once it is turned into ONNX; paddleocr3: the package paddleocr 3.x;
# checkout2, checkout3: PaddleOCR's own trainer; builtin: the program's trainer
Fit = Literal["here", "convert", "paddleocr3", "checkout2", "checkout3", "builtin"]
FORMS: tuple[Form, ...] = get_args(Form)
FITS: tuple[Fit, ...] = get_args(Fit)
TASKS = ("rec", "det", "cls")
VERSIONS = ("v6", "v5", "v4", "v3", "v2")
CATALOGUE_FILE = "config/models.json"
_NAME = re.compile(r"[A-Za-z0-9][\w.+-]{0,99}")
_DIGEST = re.compile(r"[0-9a-f]{64}")

BROKEN = QT_TRANSLATE_NOOP("Errors", "{file}, entry {entry}: {reason}.")
INSTALL_AGAIN = QT_TRANSLATE_NOOP("Errors", "Install OCR Studio again.")
UNKNOWN = QT_TRANSLATE_NOOP("Errors", "There is no model called {name}.")
LIST_THEM = QT_TRANSLATE_NOOP("Errors", "See them all with: ocrstudio models list.")


@dataclass(frozen=True)
class RemoteFile:
    """A file to download.

    Attributes:
        url: Its address.
        name: What it is called on disk: the last part of the address.
        sha256: Hexadecimal; "" if nobody has told it.
    """

    url: str
    name: str
    sha256: str = ""


@dataclass(frozen=True)
class Source:
    """One place that has a model: an archive, or all of its files.

    Attributes:
        mirror: Key of the catalogue's "mirrors".
        files: In the order of the catalogue.
    """

    mirror: str
    files: tuple[RemoteFile, ...]


@dataclass(frozen=True)
class CatalogueModel:
    """One form of a model.

    Attributes:
        id: Unique, and the name of its folder: "PP-OCRv5_server_det_infer".
        name: What PaddleOCR calls it: "PP-OCRv5_server_det".
        form: What kind of files it is.
        task: rec, det or cls.
        version: v2 to v6 of PP-OCR.
        size: mobile, server, tiny, small, medium; backbone: the lower part of a network only.
        languages: Keys such as "chinese"; "any" where letters do not matter, "many" for some fifty.
        dictionary: Of a recogniser: its file in a PaddleOCR checkout; "" if it has none there.
        characters: Of a recogniser; 0 if unknown.
        config: The checkout's config that trains it; "" if there is none.
        size_bytes: Of the download; 0 if unknown.
        is_exact: Whether `size_bytes` is so to the byte, and not what its makers rounded.
        fits: What can use it.
        licence: Its name in SPDX.
        sources: At least one; the best known first.
        package: The Python package that brings it along already; "" for none.
    """

    id: str
    name: str
    form: Form
    task: str
    version: str
    size: str
    languages: tuple[str, ...]
    dictionary: str
    characters: int
    config: str
    size_bytes: int
    is_exact: bool
    fits: tuple[Fit, ...]
    licence: str
    sources: tuple[Source, ...]
    package: str = ""

    def sources_from(self, mirror: str) -> tuple[Source, ...]:
        """Its sources, the chosen mirror's first; "" keeps the order."""
        return tuple(sorted(self.sources, key=lambda source: source.mirror != mirror))


@dataclass(frozen=True)
class Catalogue:
    """What can be downloaded.

    Attributes:
        models: In the order that people want: new first, what reads before what finds.
    """

    models: tuple[CatalogueModel, ...]

    def get(self, name: str) -> CatalogueModel | None:
        """The model of an id; or of a name, in the form that is used with the least effort."""
        exact = next((model for model in self.models if model.id == name), None)
        forms = sorted((model for model in self.models if model.name == name), key=lambda one: FORMS.index(one.form))
        return exact or next(iter(forms), None)

    def find(self, name: str) -> CatalogueModel:
        """As `get`.

        Raises:
            FormatError: If there is none.
        """
        model = self.get(name)
        if model is None:
            raise FormatError(UNKNOWN, LIST_THEM, name=name)
        return model

    def of_file(self, name: str) -> CatalogueModel | None:
        """The model that has a name as its id, or comes as one file of that name."""
        for model in self.models:
            files = [source.files[0].name for source in model.sources if len(source.files) == 1]
            if name == model.id or name in files:
                return model
        return None

    def of_url(self, url: str) -> CatalogueModel | None:
        """The model whose only file has an address; configs of PaddleOCR name weights so."""
        for model in self.models:
            if any(len(source.files) == 1 and source.files[0].url == url for source in model.sources):
                return model
        return None


@cache
def catalogue() -> Catalogue:
    """The program's own, read once."""
    return read_catalogue(resources() / CATALOGUE_FILE)


def read_catalogue(file: Path) -> Catalogue:
    """Reads and checks a catalogue.

    Raises:
        ProjectError: If it cannot be read.
        FormatError: If it breaks its form; names the entry.
    """
    try:
        content = json.loads(read_bytes(file).decode("utf-8"))
        mirrors = {str(key): str(base) for key, base in content["mirrors"].items()}
        entries = list(content["models"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FormatError(BROKEN, INSTALL_AGAIN, file=file, entry="-", reason="it is no catalogue of models") from error
    models = []
    for place, entry in enumerate(entries, start=1):
        try:
            models.append(_model(entry, mirrors))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            name = entry.get("id", place) if isinstance(entry, dict) else place
            raise FormatError(BROKEN, INSTALL_AGAIN, file=file, entry=name, reason=_reason(error)) from error
    ids = [model.id for model in models]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise FormatError(BROKEN, INSTALL_AGAIN, file=file, entry=twice, reason="it is there twice")
    return Catalogue(tuple(models))


def _reason(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error) or type(error).__name__


def _model(entry: Mapping[str, Any], mirrors: Mapping[str, str]) -> CatalogueModel:
    exact, about = int(entry.get("bytes", 0)), float(entry.get("about_mb", 0))
    model = CatalogueModel(
        id=_checked(entry["id"], _NAME, "id"),
        name=_checked(entry["name"], _NAME, "name"),
        form=_one_of(entry["form"], FORMS),
        task=_one_of(entry["task"], TASKS),
        version=_one_of(entry["version"], VERSIONS),
        size=str(entry["size"]),
        languages=tuple(str(one) for one in entry["languages"]),
        dictionary=str(entry.get("dictionary", "")),
        characters=int(entry.get("characters", 0)),
        config=str(entry.get("config", "")),
        size_bytes=exact or round(about * 1e6),
        is_exact=exact > 0,
        fits=tuple(_one_of(one, FITS) for one in entry["fits"]),
        licence=str(entry["licence"]),
        sources=tuple(_source(mirror, files, mirrors) for mirror, files in entry["sources"].items()),
        package=str(entry.get("package", "")),
    )
    if not model.sources or not model.languages:
        raise ValueError("it has no source or no language")
    if min(model.size_bytes, model.characters) < 0:
        raise ValueError("a number is negative")
    return model


def _source(mirror: str, files: Mapping[str, Any], mirrors: Mapping[str, str]) -> Source:
    base = mirrors[mirror]
    # a server of one's own computer needs no protection
    safe = base.startswith(("https://", "http://127.0.0.1:", "http://localhost:"))
    if not safe or not base.endswith("/") or not files:
        raise ValueError(f"the mirror {mirror} has no https address or no file")
    return Source(mirror, tuple(_remote(base + path, digest) for path, digest in files.items()))


def _remote(url: str, digest: str | None) -> RemoteFile:
    return RemoteFile(
        url, _checked(url.rsplit("/", 1)[-1], _NAME, "file"), _checked(digest, _DIGEST, "SHA-256") if digest else ""
    )


def _checked(text: object, form: re.Pattern[str], what: str) -> str:
    if not isinstance(text, str) or not form.fullmatch(text):
        raise ValueError(f"{text!r} is no {what}")
    return text


def _one_of(value: Any, allowed: Iterable[Any]) -> Any:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(allowed)}")
    return value
