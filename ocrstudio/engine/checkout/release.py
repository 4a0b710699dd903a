"""After a training of PaddleOCR: its own tools score a checkpoint and export it, and what they leave out is added.

Versions 2.x write no `inference.yml`; a distillation's has no model name and stands above the folders of its networks.
PaddleOCR 3.x cannot load either. The bundle made here is like the built-in engine's.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ocrstudio import __version__
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.core.failures import Diagnosis
from ocrstudio.engine.checkout.backup import BEST, read_states
from ocrstudio.engine.checkout.child import Child
from ocrstudio.engine.checkout.commands import Command, eval_command, export_command, own_command
from ocrstudio.engine.checkout.news import News, Send
from ocrstudio.engine.checkout.outcome import LAST_LINES, SEE_LOG, raised
from ocrstudio.engine.inference_yml import written
from ocrstudio.engine.task import Stopped
from ocrstudio.formats.atomic import replace_folder, write_atomic
from ocrstudio.formats.bundle import DICT_FILE, INFERENCE_FILE, ONNX_FILE, write_card
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.dictionary import read_classes, write_dictionary
from ocrstudio.formats.inference_folder import is_inference_folder
from ocrstudio.formats.log_line import body
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.protocol import messages

StopAsked = Callable[[], bool]
PART_DIR = ".bundle.part"
# A distillation trains several networks; this one is meant to be used.
STUDENT = "Student"
# PaddleOCR 3.x wants the name of a network that it knows.
_NAMES = {
    "MobileNetV1Enhance": "PP-OCRv3_mobile_rec",
    "MobileNetV3": "PP-OCRv3_mobile_det",
    ("PPLCNetV3", "rec"): "PP-OCRv4_mobile_rec",
    ("PPLCNetV3", "det"): "PP-OCRv4_mobile_det",
}
_SCORE = re.compile(r"(?P<name>\w+):(?P<value>\S+)\s*$")
_LIMIT_S = 1800
# Told or kept along with the measures of an evaluation, but none.
NO_MEASURE = frozenset({"time", "step", "epoch", "is_float16", "best_epoch", "start_epoch"})

NOT_SCORED = QT_TRANSLATE_NOOP("Errors", "PaddleOCR could not score {name}: {reason}.")
NOT_EXPORTED = QT_TRANSLATE_NOOP("Errors", "The trained model could not be exported: {reason}.")
WEIGHTS_KEPT = QT_TRANSLATE_NOOP("Errors", "The trained weights are kept in the run folder.")
NO_ONNX = QT_TRANSLATE_NOOP(
    "Errors", "The model was exported for Paddle only: it could not be turned into ONNX ({reason})."
)
GET_CONVERTER = QT_TRANSLATE_NOOP("Errors", "PaddleOCR loads it; to use it here, install paddle2onnx and export again.")


def _never() -> bool:
    return False


def score(run: RunFolder, news: News, checkpoint: str, stopped: StopAsked, devices: str = "") -> dict[str, float]:
    """Scores a checkpoint on the Eval list with the checkout's own tool.

    Returns:
        The measures; none, after a notice, if that failed.

    Raises:
        Stopped: If `stopped` says so.
    """
    heading = False
    measures: dict[str, float] = {}

    def read(text: str) -> None:
        nonlocal heading
        told = body(text)
        heading = heading or told.startswith("metric eval")
        found = _SCORE.match(told) if heading else None
        if found:
            try:
                measures[found.group("name")] = float(found.group("value"))
            except ValueError:
                return

    reason = _run(eval_command(run.engine, run, run.checkpoint(checkpoint), devices=devices), news, stopped, read)
    if reason or not measures:
        news.notice(NOT_SCORED, SEE_LOG, name=checkpoint, reason=reason or "?")
        return {}
    return measures


def release(
    run: RunFolder,
    news: News,
    checkpoint: str,
    best: Mapping[str, Any],
    stopped: StopAsked,
    *,
    out: Path | None = None,
) -> dict[str, Any]:
    """Makes the bundle of a run from one of its checkpoints.

    Args:
        run: Gets the bundle; one that is there already stays until the new one is complete.
        news: Told stages and what went wrong.
        checkpoint: `best_accuracy` or `latest`.
        best: Measures of it.
        stopped: Asked several times a second.
        out: Where the bundle goes; the run's own place for it if None.

    Returns:
        `bundle`, and `onnx` (whether a model that this program can use is in it); nothing, after a notice, if the
        export failed: the training itself did not.

    Raises:
        Stopped: If `stopped` says so; a bundle from before stays.
    """
    news.stage("export")
    part, out = run.path / PART_DIR, out or run.bundle_dir
    shutil.rmtree(part, ignore_errors=True)
    try:
        reason = _run(export_command(run.engine, run, run.checkpoint(checkpoint), part / "model"), news, stopped)
        graph = _graph_folder(part / "model") if not reason else None
        if graph is None:
            news.notice(NOT_EXPORTED, WEIGHTS_KEPT, reason=reason or "no model was written")
            return {}
        onnx = _complete(run, news, part / "model", graph, best, stopped)
        replace_folder(graph, out)
    except (OSError, StudioError, YAMLError) as error:
        news.notice(NOT_EXPORTED, WEIGHTS_KEPT, reason=str(error).rstrip("."))
        return {}
    finally:
        shutil.rmtree(part, ignore_errors=True)
    news.saved("bundle", out)
    return {"bundle": str(out), "onnx": onnx, "checkpoint": checkpoint}


def export_again(
    run: RunFolder, send: Send, checkpoint: str, stopped: StopAsked = _never, *, out: Path | None = None
) -> dict[str, Any]:
    """Exports a checkpoint of a run that a checkout trained.

    Args:
        run: Its folder gets the bundle.
        send: Takes protocol messages.
        checkpoint: `best_accuracy`, `latest` or `iter_epoch_N`.
        stopped: Asked several times a second.
        out: Where the bundle goes; the run's own place for it if None.

    Returns:
        As `release`.

    Raises:
        StudioError: If the export failed.
        Stopped: If `stopped` says so.
    """
    # a config that is broken is told as such, not as what PaddleOCR says of it
    run.config()
    states = read_states(run.checkpoint(checkpoint)).get("best_model_dict")
    best = {name: value for name, value in states.items() if name not in NO_MEASURE} if isinstance(states, dict) else {}
    with contextlib.closing(_Hearing(run, send)) as news:
        result = release(run, news, checkpoint, best if checkpoint == BEST else {}, stopped, out=out)
        if not result:
            raise news.failure()
    return result


def evaluate_again(run: RunFolder, send: Send, checkpoint: str, stopped: StopAsked = _never) -> dict[str, float]:
    """Scores a checkpoint of a run that a checkout trained on the run's Eval list.

    Args:
        run: The run.
        send: Takes protocol messages.
        checkpoint: As for `export_again`.
        stopped: As there.

    Raises:
        StudioError: If PaddleOCR's tool failed.
        Stopped: If `stopped` says so.
    """
    run.config()
    with contextlib.closing(_Hearing(run, send)) as news:
        measures = score(run, news, checkpoint, stopped)
        if not measures:
            raise news.failure()
    return measures


class _Hearing(News):
    """News of a command that is about one answer: the last notice says why there is none."""

    def __init__(self, run: RunFolder, send: Send) -> None:
        super().__init__(run, self._hear, quiet=True)
        self._passed_on = send
        self._told: list[messages.Notice] = []

    def _hear(self, message: messages.Message) -> None:
        if isinstance(message, messages.Notice):
            self._told.append(message)
        self._passed_on(message)

    def failure(self) -> EngineError:
        last = self._told[-1]
        return EngineError(last.what, last.remedy, **last.values)


def _graph_folder(written: Path) -> Path | None:
    """The folder of the network to use: the only one, or a distillation's student."""
    for folder in (written, written / STUDENT):
        if is_inference_folder(folder):
            return folder
    return None


def _complete(
    run: RunFolder, news: News, written: Path, graph: Path, best: Mapping[str, Any], stopped: StopAsked
) -> bool:
    """Adds dictionary, `inference.yml`, ONNX and card; whether the ONNX model could be made."""
    config = run.config()
    characters = _characters(run, config)
    if characters is not None:
        write_dictionary(graph / DICT_FILE, characters)
    found = written / INFERENCE_FILE
    name = model_name(config)
    write_atomic(graph / INFERENCE_FILE, inference_yml(config, characters, name, found if found.is_file() else None))
    onnx = _onnx(news, graph, characters is not None, stopped)
    write_card(
        graph,
        {
            "name": run.name,
            "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
            "task": config.task,
            "architecture": name,
            "characters": len(characters or ()),
            "scores": {k: round(float(v), 5) for k, v in best.items() if isinstance(v, (int, float))},
            "base_model": config.get("Global.pretrained_model"),
            "engine": "paddleocr",
            "program": __version__,
        },
    )
    return onnx


def _characters(run: RunFolder, config: TrainConfig) -> tuple[str, ...] | None:
    """Of the config's dictionary; None for a detector."""
    if config.task == "det":
        return None
    path = Path(str(config.get("Global.character_dict_path")))
    return read_classes((run.engine.checkout or Path()) / path)


def model_name(config: TrainConfig) -> str:
    """The name that PaddleOCR 3.x knows the config's network by; "" if it knows none like it."""
    named = config.get("Global.model_name")
    if named:
        return str(named)
    backbone = config.get("Architecture.Backbone.name") or config.get(f"Architecture.Models.{STUDENT}.Backbone.name")
    return _NAMES.get(str(backbone)) or _NAMES.get((str(backbone), config.task), "")


def inference_yml(config: TrainConfig, characters: tuple[str, ...] | None, name: str, found: Path | None) -> str:
    """PaddleOCR 3.x's `inference.yml`.

    Args:
        config: The run's.
        characters: Of a recogniser.
        name: See `model_name`.
        found: What the checkout wrote itself; it is completed where something lacks.
    """
    content: dict[str, Any] = {}
    if found is not None:
        content = YAML(typ="safe", pure=True).load(found.read_text(encoding="utf-8")) or {}
    content.setdefault("Global", {})
    if name and not content["Global"].get("model_name"):
        content["Global"]["model_name"] = name
    content.setdefault("PreProcess", {"transform_ops": config.get("Eval.dataset.transforms")})
    if "PostProcess" not in content:
        content["PostProcess"] = dict(config.get("PostProcess") or {})
    if characters is not None:
        # a distillation's decoder reads the outputs of several networks; of the exported one there is only one
        content["PostProcess"] = {"name": "CTCLabelDecode", "character_dict": list(characters)}
    elif "Distillation" in str(content["PostProcess"].get("name")):
        content["PostProcess"]["name"] = "DBPostProcess"
    return written(content)


def _onnx(news: News, graph: Path, recognises: bool, stopped: StopAsked) -> bool:
    arguments = [str(graph), str(graph / ONNX_FILE), *([str(graph / DICT_FILE)] if recognises else [])]
    reason = _run(own_command("ocrstudio.engine.paddle_to_onnx", *arguments, cwd=graph), news, stopped)
    if reason or not (graph / ONNX_FILE).is_file():
        (graph / ONNX_FILE).unlink(missing_ok=True)
        news.notice(NO_ONNX, GET_CONVERTER, reason=reason or "no file was written")
        return False
    return True


def _run(command: Command, news: News, stopped: StopAsked, read: Callable[[str], None] = lambda text: None) -> str:
    """Runs a tool to its end.

    Returns:
        Why it failed, "" if it did not.

    Raises:
        Stopped: If `stopped` says so; nothing of the tool is left then.
    """
    diagnosis = Diagnosis(command.argv[0])
    last: deque[str] = deque(maxlen=LAST_LINES)
    try:
        child = Child(command)
    except OSError as error:
        return error.strerror or str(error)
    try:
        for line in child.all_lines(_LIMIT_S, stopped):
            diagnosis.feed(line.text)
            news.line(line.text)
            read(line.text)
            if line.text.strip():
                last.append(line.text.strip())
        code = child.exit_code
    finally:
        child.close()
    if code is None and stopped():
        raise Stopped
    if code == 0:
        return ""
    cause = diagnosis.cause
    if code is None:
        return f"no end after {_LIMIT_S} s"
    if cause is not None:
        return cause.text().rstrip(".")
    return raised(last) or (last[-1].rstrip(".")[:300] if last else f"exit code {code}")
