"""Any model on any labelled set, line by line: what the comparison of models and the search for errors work with."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core import metrics
from ocrstudio.core.confusions import confusions
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.core.evaluation import Evaluation, LineReading, LineTable, MeasuredModel, figures_of
from ocrstudio.engine.labelled import CutLine, Image, LabelledLine, LabelledSet
from ocrstudio.engine.model_folder import StageReport, prepared
from ocrstudio.engine.nets.weights import model_file
from ocrstudio.engine.recognizer import FINDS_LINES, PageReader
from ocrstudio.formats.atomic import read_bytes
from ocrstudio.formats.bundle import (
    BUNDLED,
    BUNDLED_NAME,
    DICT_FILE,
    INFERENCE_FILE,
    MODEL_FILES,
    read_card,
    task_of,
)
from ocrstudio.formats.evaluation import evaluation_file, read_evaluation, write_evaluation

# Lines that are read together: enough to sort them by width, few enough to cancel and to tell how far it is.
CHUNK = 48
# Height at which blur is measured, so that large and small type can be compared; pixels.
BLUR_HEIGHT = 48
# Pictures that cannot be read and are named.
NAMED = 50
NAMED_MISTAKES = 20
# Crops (BGR) to text, confidence (0 to 1) and the confidence in each character (per cent).
Reader = Callable[[Sequence[Image]], list[tuple[str, float, bytes]]]


def ready_model(model: str, stage: StageReport) -> tuple[MeasuredModel, Callable[[], Reader]]:
    """A model that is ready for use, or made so now, and what loads it.

    Args:
        model: As `formats.bundle.ModelInfo.model`.
        stage: Told (stage, done, total).

    Raises:
        StudioError: If there is no such model, it cannot be made ready, or it finds lines instead of reading them.
    """
    ready = prepared(model, stage)
    if ready == BUNDLED:
        digest = model_digest([model_file(ready)])
        return MeasuredModel(model, BUNDLED_NAME, digest), lambda: PageReader(ready).read_closely
    folder = Path(ready)
    card = read_card(folder)
    if task_of(card) != "rec":
        raise EngineError(*FINDS_LINES, folder=folder)
    name = model if not Path(model).exists() else str(card.get("name") or folder.name)
    parts = (*MODEL_FILES, DICT_FILE, INFERENCE_FILE)
    digest = model_digest([file for part in parts if (file := folder / part).is_file()], str(card.get("runtime", "")))
    return MeasuredModel(model, name, digest), lambda: PageReader(ready).read_closely


def model_digest(files: Sequence[Path], more: str = "") -> str:
    """SHA-256 of everything that decides how a model reads.

    Args:
        files: Weights, dictionary, settings.
        more: What no file says.

    Raises:
        ProjectError: If a file cannot be read.
    """
    digest = hashlib.sha256(more.encode())
    for file in files:
        content = read_bytes(file)
        digest.update(f"\n{file.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def evaluate_lines(
    model: MeasuredModel, load: Callable[[], Reader], labelled: LabelledSet, stage: StageReport, folder: Path
) -> tuple[Evaluation, Path]:
    """Reads every line of a set, unless the same model has read the same pictures before.

    Args:
        model: What is measured.
        load: Loads it; called only if there is something to read.
        labelled: The set.
        stage: Told ("eval", done, total).
        folder: Where evaluations are kept.

    Returns:
        The evaluation and its file.

    Raises:
        StudioError: If the model cannot be loaded, no line can be read, or the file cannot be written.
    """
    earlier = _kept(evaluation_file(folder, model, labelled.data), model)
    if earlier is not None and earlier.data == labelled.data and not earlier.unread:
        return earlier, evaluation_file(folder, model, labelled.data)
    known = {line.mark: line for line in earlier.lines} if earlier is not None else {}
    new = [line for line in labelled.lines if line.mark not in known]
    stage("load", 0, 0)
    read, unread = _read(load(), labelled, new, stage) if new else ({}, {})
    known |= read
    lines = LineTable(_relabelled(known[line.mark], line) for line in labelled.lines if line.mark in known)
    if not lines:
        picture, reason = next(iter(unread.items()))
        raise EngineError(
            QT_TRANSLATE_NOOP("Errors", "None of the lines of {file} can be read. {picture}: {reason}"),
            file=labelled.data.place,
            picture=picture,
            reason=reason,
        )
    evaluation = Evaluation(
        model,
        labelled.data,
        lines,
        MappingProxyType(dict(list(unread.items())[:NAMED])),
        datetime.now(timezone.utc).isoformat(timespec="seconds"),
        MappingProxyType(figures_of(lines)),
    )
    return evaluation, write_evaluation(folder, evaluation)


def _kept(file: Path, model: MeasuredModel) -> Evaluation | None:
    """The evaluation that is there, if it is of this very model."""
    try:
        found = read_evaluation(file) if file.is_file() else None
    except StudioError:
        return None
    return found if found is not None and found.model.sha256 == model.sha256 else None


def _relabelled(reading: LineReading, line: LabelledLine) -> LineReading:
    """A reading with the text, and the place, that the line has now."""
    at = line.at or reading.at
    if (reading.truth, reading.page, reading.at) == (line.truth, line.page, at):
        return reading
    return replace(reading, truth=line.truth, page=line.page, at=at)


def _read(
    read: Reader, labelled: LabelledSet, lines: list[LabelledLine], stage: StageReport
) -> tuple[dict[str, LineReading], dict[str, str]]:
    """Mark of each line to its reading, and picture to why it could not be read."""
    found: dict[str, LineReading] = {}
    unread: dict[str, str] = {}
    done = 0
    stage("eval", 0, len(lines))
    for chunk in _chunks(labelled.cut(lines)):
        pictures = [(cut, cut.crop) for cut in chunk if not isinstance(cut.crop, StudioError)]
        unread |= {cut.line.image: str(cut.crop) for cut in chunk if isinstance(cut.crop, StudioError)}
        started = time.perf_counter()
        readings = read([crop for _, crop in pictures])
        seconds = (time.perf_counter() - started) / max(1, len(pictures))
        for (cut, crop), reading in zip(pictures, readings, strict=True):
            found[cut.line.mark] = _reading(cut, crop, reading, seconds)
        done += len(chunk)
        stage("eval", done, len(lines))
    return found, unread


def _chunks(cuts: Iterator[CutLine]) -> Iterator[list[CutLine]]:
    waiting: list[CutLine] = []
    for cut in cuts:
        waiting.append(cut)
        if len(waiting) == CHUNK:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _reading(cut: CutLine, crop: Image, reading: tuple[str, float, bytes], seconds: float) -> LineReading:
    line, (text, score, confidences) = cut.line, reading
    return LineReading(
        line.mark,
        line.image,
        line.truth,
        text,
        score,
        confidences,
        line.page,
        line.points,
        line.orientation,
        (crop.shape[1], crop.shape[0]),
        blur(crop),
        line.at,
        seconds,
    )


def blur(crop: NDArray[np.uint8]) -> float:
    """Variance of the Laplacian of a crop at a height of `BLUR_HEIGHT`: the smaller, the more blurred.

    Args:
        crop: (height, width, 3) BGR.

    Source: Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", 2000 (LAPV).
    """
    import cv2

    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    width = max(1, round(grey.shape[1] * BLUR_HEIGHT / grey.shape[0]))
    scaled = cv2.resize(grey, (width, BLUR_HEIGHT), interpolation=cv2.INTER_AREA)
    return float(cv2.Laplacian(scaled, cv2.CV_64F).var())


def line_result(evaluation: Evaluation, file: Path) -> dict[str, Any]:
    """What an evaluation line by line comes to, for people and programs.

    Returns:
        `task`, `model`, `lines`, acc, acc_ignore_space, norm_edit_dis, cer, fps, `characters`, `mistakes`, `unread`
        and the `file` that holds every line.
    """
    pairs = list(zip(evaluation.lines.truths, evaluation.lines.reads, strict=True))
    figures = dict(evaluation.figures)
    return {
        "task": "rec",
        "model": asdict(evaluation.model),
        "lines": len(pairs),
        "fps": figures.pop("lines_per_s", 0.0),
        **figures,
        "characters": character_table(pairs),
        "mistakes": mistakes(pairs),
        "unread": dict(evaluation.unread),
        "file": str(file),
    }


def character_table(pairs: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """How well each character is read, those with most errors first.

    Args:
        pairs: (truth, read) of each line.

    Returns:
        `character`, `precision`, `recall` (0 to 1) and how often it stands in the `truth` and in the `read` texts.
    """
    scores = metrics.character_scores(pairs).items()
    worst = sorted(scores, key=lambda item: (2 * item[1].right - item[1].truth - item[1].read, item[0]))
    return [
        {
            "character": character,
            "precision": score.precision,
            "recall": score.recall,
            "truth": score.truth,
            "read": score.read,
        }
        for character, score in worst
    ]


def mistakes(pairs: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """The most frequent differences between truth and reading, character by character.

    Args:
        pairs: (truth, read) of each line.

    Returns:
        `truth` and `read` characters (one is empty for what was added or lost) and `count`, most frequent first.
    """
    worst = confusions(pairs).worst()[:NAMED_MISTAKES]
    return [{"truth": truth, "read": read, "count": count} for (truth, read), count in worst]
