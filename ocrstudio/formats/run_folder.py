"""Run folders: `0001-name/` with config, manifest, metrics, log, checkpoints and the exported bundle."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import platform
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ocrstudio import __version__
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.core.run_history import RunHistory
from ocrstudio.formats.atomic import make_folder, patiently, read_bytes, read_error, write_atomic, write_error
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.free_place import free_place
from ocrstudio.formats.json_object import json_object
from ocrstudio.formats.log_reading import read_log
from ocrstudio.formats.log_records import WholeLog
from ocrstudio.formats.log_text import decoded
from ocrstudio.formats.metrics_log import read_metrics

CONFIG_FILE = "config.yml"
MANIFEST_FILE = "manifest.json"
METRICS_FILE = "metrics.jsonl"
LOG_FILE = "train.log"
BUNDLE_DIR = "bundle"
BUILTIN = "builtin"
PADDLEOCR = "paddleocr"
_NUMBERED = re.compile(r"(\d{4,})(?:-.*)?")
_NOT_IN_NAMES = re.compile(r"[^\w.]+")
_NAME_LENGTH = 40
# Other windows may take numbers at the same time; each try skips all that are taken.
_TRIES = 100


@dataclass(frozen=True)
class Engine:
    """What trains a run.

    Attributes:
        kind: `BUILTIN` or `PADDLEOCR`.
        checkout: Root of the PaddleOCR checkout; None for the built-in engine.
        python: The interpreter that runs the checkout's tools; None for the built-in engine.
    """

    kind: str = BUILTIN
    checkout: Path | None = None
    python: Path | None = None

    @property
    def is_paddleocr(self) -> bool:
        """Whether a checkout trains, not the program itself."""
        return self.kind == PADDLEOCR


class RunFolder:
    """One training run on disk.

    Attributes:
        path: The folder, absolute.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(
        cls, runs_dir: Path, name: str, config: TrainConfig, note: str = "", engine: Engine | None = None
    ) -> RunFolder:
        """Makes the next run folder with its config and manifest; no two calls ever get the same number.

        The number is taken by making a folder of just that number, which only one caller can do; it gets its full name
        when the config is in it, so that nobody sees half a run.

        Args:
            runs_dir: Where the project keeps its runs; made if missing.
            name: What the user calls the run; characters that file names cannot hold become dashes.
            config: The config; a copy with this run's `Global.save_model_dir` is written.
            note: Free text for the manifest.
            engine: What trains it; None for the built-in engine.

        Raises:
            ProjectError: If the folder cannot be made.
        """
        runs_dir = Path(runs_dir).resolve()
        make_folder(runs_dir)
        slug = _slug(name)
        for _ in range(_TRIES):
            number = max(_numbers(runs_dir), default=0) + 1
            reserved = runs_dir / f"{number:04d}"
            path = runs_dir / f"{number:04d}-{slug}"
            try:
                reserved.mkdir()
            except FileExistsError:
                continue
            except OSError as error:
                raise write_error(reserved, error) from error
            # between looking and making, another window may have finished a run of this number
            if sum(found == number for found in _numbers(runs_dir)) > 1:
                reserved.rmdir()
                continue
            return cls._fill(reserved, path, config, _manifest(config, note, engine or Engine()))
        raise ProjectError(
            QT_TRANSLATE_NOOP("Errors", "{folder}: no number could be found for a new run."),
            QT_TRANSLATE_NOOP("Errors", "Close other windows of the program and try again."),
            folder=runs_dir,
        )

    @classmethod
    def _fill(cls, reserved: Path, path: Path, config: TrainConfig, manifest: dict[str, Any]) -> RunFolder:
        try:
            own = config.copy()
            own.set("Global.save_model_dir", path.as_posix())
            own.save(reserved / CONFIG_FILE)
            manifest["config_sha256"] = _config_hash(own)
            write_atomic(reserved / MANIFEST_FILE, _json(manifest))
            reserved.rename(path)
        except OSError as error:
            shutil.rmtree(reserved, ignore_errors=True)
            raise write_error(path, error) from error
        except Exception:
            shutil.rmtree(reserved, ignore_errors=True)
            raise
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        """Opens a run by its folder, or by its config file.

        Raises:
            ProjectError: If that is no run folder.
        """
        folder = Path(path).resolve()
        if folder.name == CONFIG_FILE:
            folder = folder.parent
        if not (folder / CONFIG_FILE).is_file():
            raise ProjectError(
                QT_TRANSLATE_NOOP("Errors", "{folder} is no run: it has no config.yml."),
                QT_TRANSLATE_NOOP("Errors", "Choose a folder such as .ocrstudio/runs/0001-name."),
                folder=folder,
            )
        return cls(folder)

    @classmethod
    def adopt(cls, path: Path, engine: Engine | None = None) -> RunFolder:
        """Takes over a folder that PaddleOCR itself trained into: measures from its log, a manifest that names it.

        Nothing of PaddleOCR's is changed, and what is there already stays.

        Args:
            path: The folder, or its config file.
            engine: What is to go on with it; None leaves that open.

        Raises:
            ProjectError: If it is no run, or cannot be written to.
        """
        run = cls.open(path)
        if not run.metrics_path.is_file():
            records = log_records(run.log_path)
            if records:
                write_atomic(run.metrics_path, "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in records))
        if not run.manifest:
            entry = {"engine": _engine_entry(engine)} if engine is not None else {"engine": {"kind": PADDLEOCR}}
            try:
                made = datetime.fromtimestamp(run.config_path.stat().st_mtime, timezone.utc)
            except OSError as error:
                raise read_error(run.config_path, error) from error
            values = {"v": 1, "created": made.isoformat(timespec="seconds"), "adopted": True, "note": "", **entry}
            write_atomic(run.path / MANIFEST_FILE, _json(values))
        return run

    def records(self) -> list[dict[str, Any]]:
        """What the run measured: `metrics.jsonl`, or what PaddleOCR's own log tells; none if there is neither.

        Raises:
            ProjectError: If the file cannot be read.
        """
        if self.metrics_path.is_file():
            return read_metrics(self.metrics_path)
        return log_records(self.log_path)

    def history(self) -> RunHistory:
        """The same as a history, quicker than record by record if there is only a log.

        Raises:
            ProjectError: If the file cannot be read.
        """
        if self.metrics_path.is_file() or not self.log_path.is_file():
            return RunHistory(self.records())
        return read_log(self.log_path).history

    @property
    def name(self) -> str:
        """The folder's name, number included."""
        return self.path.name

    @property
    def config_path(self) -> Path:
        """The config as used."""
        return self.path / CONFIG_FILE

    @property
    def metrics_path(self) -> Path:
        """See `formats.metrics_log`."""
        return self.path / METRICS_FILE

    @property
    def log_path(self) -> Path:
        """PaddleOCR's log lines."""
        return self.path / LOG_FILE

    @property
    def bundle_dir(self) -> Path:
        """What the run exports; there only after it did."""
        return self.path / BUNDLE_DIR

    def checkpoint(self, name: str = "best_accuracy") -> Path:
        """The prefix of a checkpoint (`best_accuracy`, `latest`): its files add .pdparams, .pdopt, .states."""
        return self.path / name

    def config(self) -> TrainConfig:
        """The config as used; `ConfigError` or `ProjectError` if it cannot be read."""
        return TrainConfig.load(self.config_path)

    @property
    def manifest(self) -> dict[str, Any]:
        """When, with what and from what the run was made; empty if unknown (a run of PaddleOCR itself)."""
        try:
            return json_object(patiently((self.path / MANIFEST_FILE).read_bytes)) or {}
        except OSError:
            return {}

    @property
    def engine(self) -> Engine:
        """What trains the run; the built-in engine if the manifest names none."""
        named = self.manifest.get("engine")
        if not isinstance(named, dict) or named.get("kind") != PADDLEOCR:
            return Engine()
        places = {key: Path(named[key]) for key in ("checkout", "python") if isinstance(named.get(key), str)}
        return Engine(PADDLEOCR, places.get("checkout"), places.get("python"))

    def shown_name(self, manifest: Mapping[str, Any] | None = None) -> str:
        """What the user calls the run: the name given later, or that of the folder.

        Args:
            manifest: If it has been read already.
        """
        given = (self.manifest if manifest is None else manifest).get("name")
        return given if isinstance(given, str) and given.strip() else self.name

    @property
    def can_go_on(self) -> bool:
        """Whether there is a checkpoint to go on from."""
        return self.checkpoint("latest").with_suffix(".pdparams").is_file()

    @property
    def model(self) -> Path | None:
        """What another run names as its `Global.pretrained_model` to start from this one's best; None without any.

        The built-in engine takes a bundle, a checkout the prefix of a checkpoint.
        """
        if not self.engine.is_paddleocr:
            return self.bundle_dir if (self.bundle_dir / "card.json").is_file() else None
        for name in ("best_accuracy", "latest"):
            if self.checkpoint(name).with_suffix(".pdparams").is_file():
                return self.checkpoint(name)
        return None

    def config_to_start_from(self) -> TrainConfig:
        """The run's config, changed so that a new run learns on from this one's best; `StudioError` without any."""
        model = self.model
        if model is None:
            what = QT_TRANSLATE_NOOP("Errors", "{folder} holds no finished model to start from.")
            remedy = QT_TRANSLATE_NOOP("Errors", "Continue the run until it has been evaluated and its model written.")
            raise ProjectError(what, remedy, folder=self.path)
        config = self.config()
        config.set("Global.pretrained_model", model.as_posix())
        # weights to resume from would take precedence
        if config.get("Global.checkpoints"):
            config.set("Global.checkpoints", None)
        return config

    def use_engine(self, engine: Engine) -> None:
        """Remembers what trains the run from now on; `ProjectError` if that cannot be written."""
        self.update_manifest(engine=_engine_entry(engine))

    def update_manifest(self, **values: Any) -> None:
        """Adds or replaces entries; `ProjectError` if the file cannot be written."""
        write_atomic(self.path / MANIFEST_FILE, _json({**self.manifest, **values}))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RunFolder) and other.path == self.path

    def __hash__(self) -> int:
        return hash(self.path)


def to_trash(run: RunFolder, trash: Path) -> Path:
    """Moves a run out of the list, into a folder it can be brought back from.

    Args:
        run: One that nobody trains.
        trash: On the same disk; made if missing.

    Returns:
        Where it is now.

    Raises:
        ProjectError: If it cannot be moved.
    """
    make_folder(trash)
    place = free_place(trash / run.name, is_folder=True)
    try:
        run.path.rename(place)
    except OSError as error:
        raise write_error(place, error) from error
    return place


def from_trash(place: Path, run: RunFolder) -> None:
    """Brings a run back to where it was; `ProjectError` if that fails."""
    try:
        if run.path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        place.rename(run.path)
    except OSError as error:
        raise write_error(run.path, error) from error


def list_runs(runs_dir: Path) -> list[RunFolder]:
    """All runs of a project, oldest first; none if the folder does not exist."""
    if not runs_dir.is_dir():
        return []
    found = [path for path in runs_dir.resolve().iterdir() if (path / CONFIG_FILE).is_file()]
    return [RunFolder(path) for path in sorted(found, key=_order) if not path.name.isdecimal()]


def log_records(log_path: Path) -> list[dict[str, Any]]:
    """The records of a run as PaddleOCR's log tells them, of a run that went on several times too.

    Args:
        log_path: Its `train.log`; none if there is no such file.

    Returns:
        `start`, `train` and `eval` records, and an `end` if the last epoch was saved.

    Raises:
        ProjectError: If the file cannot be read.
    """
    if not log_path.is_file():
        return []
    log = WholeLog()
    records = [record for line in decoded(read_bytes(log_path)).split("\n") for record in log.feed(line)]
    return [*records, log.end] if log.end else records


def split_hash(config: TrainConfig) -> str:
    """SHA-256 of the `split.json` that the training list belongs to; "" if it belongs to none."""
    places = [config.get("Train.dataset.data_dir"), *(config.get("Train.dataset.label_file_list") or [])]
    for place in places:
        for folder in list(Path(str(place)).parents)[:2] if place else []:
            file = folder / "split.json"
            if file.is_file():
                return _sha256(file.read_bytes)
    return ""


def _sha256(read: Callable[[], bytes]) -> str:
    try:
        return hashlib.sha256(read()).hexdigest()
    except OSError:
        return ""


def _numbers(runs_dir: Path) -> list[int]:
    return [int(match.group(1)) for path in runs_dir.iterdir() if (match := _NUMBERED.fullmatch(path.name))]


def _order(path: Path) -> tuple[int, str]:
    match = _NUMBERED.fullmatch(path.name)
    return (int(match.group(1)) if match else 0, path.name)


def _slug(name: str) -> str:
    return _NOT_IN_NAMES.sub("-", name).strip("-.")[:_NAME_LENGTH].strip("-.") or "run"


def _engine_entry(engine: Engine) -> dict[str, str]:
    entry = {"kind": engine.kind}
    if engine.checkout is not None:
        entry["checkout"] = str(engine.checkout.resolve())
    if engine.python is not None:
        # not resolved: the link of a virtual environment is what makes it one
        entry["python"] = str(engine.python.absolute())
    return entry


def _config_hash(config: TrainConfig) -> str:
    return hashlib.sha256(config.to_yaml().encode("utf-8")).hexdigest()


def _manifest(config: TrainConfig, note: str, engine: Engine) -> dict[str, Any]:
    return {
        "v": 1,
        "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "program": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "base_model": config.get("Global.pretrained_model"),
        "dataset_sha256": split_hash(config),
        "config_sha256": _config_hash(config),
        "engine": _engine_entry(engine),
        "note": note,
    }


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
