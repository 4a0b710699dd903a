"""Two models on one labelled set: both read or find the same, and what differs is counted and judged."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ocrstudio.core.detection_metrics import PageMatch, detection_score, match_page
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.core.evaluation import Evaluation, LineReading, LineTable, figures_of
from ocrstudio.core.metrics import edit_distance
from ocrstudio.core.model_comparison import Compared, compare_lines, compare_pages
from ocrstudio.engine.labelled import LabelledSet, open_set
from ocrstudio.engine.labelled_pages import open_pages
from ocrstudio.engine.line_evaluation import evaluate_lines, ready_model
from ocrstudio.engine.model_folder import StageReport, prepared
from ocrstudio.engine.recognizer import PageReader
from ocrstudio.formats.base_models import BASE_MODELS
from ocrstudio.formats.bundle import BUNDLED, BUNDLED_NAME, Task, read_card, task_of
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.det_list import PageSample, unusable
from ocrstudio.formats.evaluation import evaluation_file, evaluations_folder

# Lines that the models read differently and that are named.
NAMED_LINES = 300

OTHER_WORK = QT_TRANSLATE_NOOP(
    "Errors", "{first} and {second} cannot be compared: one reads lines, the other finds them."
)
SAME_WORK = QT_TRANSLATE_NOOP("Errors", "Choose two models that do the same.")
NOTHING_IN_COMMON = QT_TRANSLATE_NOOP("Errors", "There is no line in {file} that both models could read.")


@dataclass(frozen=True)
class Contender:
    """A model that is compared.

    Attributes:
        reference: As the user named it.
        ready: "bundled" or the bundle's folder.
        name: For people.
        task: What it does; None for "bundled", which does both.
    """

    reference: str
    ready: str
    name: str
    task: Task | None


def contender(reference: str, stage: StageReport) -> Contender:
    """Makes a model ready; `StudioError` if it cannot be used."""
    ready = prepared(reference, stage)
    if ready == BUNDLED:
        base = next((one for one in BASE_MODELS if one.name == reference), None)
        return Contender(reference, ready, BUNDLED_NAME, base.task if base is not None else None)
    card = read_card(Path(ready))
    return Contender(reference, ready, str(card.get("name") or Path(ready).name), task_of(card))


def compare_models(
    first: str, second: str, data: Path, stage: StageReport, *, part: str = "", data_dir: Path | None = None
) -> dict[str, Any]:
    """Compares two models on a labelled set.

    Args:
        first: A model, as `model_folder.prepared` takes it.
        second: Another one.
        data: A recognition or detection list, a dataset, or a project with checked pages.
        stage: Told (stage, done, total).
        part: Of a dataset: train, val or test; "" takes the first that has anything of test, val and train.
        data_dir: What the paths of a list are relative to; None is its folder.

    Returns:
        `task`, `data`, `models` (two of `model`, `name`, `figures`), `measures` (see `Compared.as_dict`), `lines` or
        `pages`, `speeds_together` (whether both were timed now, on the same load of the computer), and of recognition
        `counts` and `differing`, the lines that they read differently.

    Raises:
        StudioError: If a model or the set cannot be used.
    """
    pair = (contender(first, stage), contender(second, stage))
    tasks = {one.task for one in pair if one.task is not None}
    if len(tasks) > 1:
        raise EngineError(OTHER_WORK, SAME_WORK, first=pair[0].name, second=pair[1].name)
    if tasks == {"det"}:
        return _compare_detectors(pair, open_pages(data, part, data_dir), data, stage)
    return _compare_readers(pair, open_set(data, part, data_dir), stage)


# --- reading ----------------------------------------------------------------------------------------------------------


def _compare_readers(pair: tuple[Contender, Contender], labelled: LabelledSet, stage: StageReport) -> dict[str, Any]:
    answers = [_evaluated(one, labelled, _numbered(stage, number)) for number, one in enumerate(pair)]
    evaluations = [evaluation for evaluation, _ in answers]
    first, second = _in_common(evaluations[0], evaluations[1])
    if not first:
        raise EngineError(NOTHING_IN_COMMON, file=labelled.data.place)
    stage("compare", 0, 0)
    return {
        "task": "rec",
        "data": asdict(labelled.data),
        "lines": len(first),
        "speeds_together": all(is_new for _, is_new in answers),
        "unread": max(len(one.unread) for one in evaluations),
        "models": [_told(one, figures_of(LineTable(lines))) for one, lines in zip(pair, (first, second), strict=True)],
        "measures": [one.as_dict() for one in compare_lines(first, second)],
        "counts": _counts(first, second),
        "differing": _differing(first, second),
    }


def _evaluated(one: Contender, labelled: LabelledSet, stage: StageReport) -> tuple[Evaluation, bool]:
    """What a model reads, and whether it did all of it just now."""
    model, load = ready_model(one.reference, stage)
    folder = evaluations_folder(Path(labelled.data.place))
    is_known = evaluation_file(folder, model, labelled.data).is_file()
    return evaluate_lines(model, load, labelled, stage, folder)[0], not is_known


def _numbered(stage: StageReport, number: int) -> StageReport:
    """Tells apart which of the two models is at work: eval becomes eval_1 and eval_2."""
    return lambda name, done, total: stage(f"{name}_{number + 1}", done, total)


def _in_common(first: Evaluation, second: Evaluation) -> tuple[list[LineReading], list[LineReading]]:
    """The lines that both could read, in the order of the set."""
    others = {line.mark: line for line in second.lines}
    both = [(line, others[line.mark]) for line in first.lines if line.mark in others]
    return [one for one, _ in both], [other for _, other in both]


def _counts(first: Sequence[LineReading], second: Sequence[LineReading]) -> dict[str, int]:
    right = [(one.is_right, other.is_right) for one, other in zip(first, second, strict=True)]
    return {
        "both_right": right.count((True, True)),
        "first_only": right.count((True, False)),
        "second_only": right.count((False, True)),
        "both_wrong": right.count((False, False)),
    }


def _differing(first: Sequence[LineReading], second: Sequence[LineReading]) -> list[dict[str, Any]]:
    """The lines whose readings differ, those with the largest difference of errors first."""
    rows: list[tuple[int, dict[str, Any]]] = []
    for one, other in zip(first, second, strict=True):
        if one.read != other.read:
            edits = [edit_distance(line.truth, line.read) for line in (one, other)]
            names = {"image": one.image, "page": one.page, "truth": one.truth}
            rows.append((abs(edits[0] - edits[1]), {**names, "first": one.read, "second": other.read, "edits": edits}))
    rows.sort(key=lambda row: -row[0])
    return [row for _, row in rows[:NAMED_LINES]]


# --- finding ----------------------------------------------------------------------------------------------------------


def _compare_detectors(
    pair: tuple[Contender, Contender], pages: list[PageSample], data: Path, stage: StageReport
) -> dict[str, Any]:
    found = [_found(one, pages, _numbered(stage, number)) for number, one in enumerate(pair)]
    stage("compare", 0, 0)
    measures: list[Compared] = compare_pages(found[0].matches, found[1].matches)
    return {
        "task": "det",
        "data": {"place": str(Path(data).absolute())},
        "pages": len(pages),
        "speeds_together": True,
        "models": [_told(one, side.figures) for one, side in zip(pair, found, strict=True)],
        "measures": [one.as_dict() for one in measures],
    }


@dataclass(frozen=True)
class _Found:
    """What a detector found on the pages, and how fast."""

    matches: list[PageMatch]
    seconds: float

    @property
    def figures(self) -> dict[str, float]:
        speed = len(self.matches) / self.seconds if self.seconds else 0.0
        return {**asdict(detection_score(self.matches)), "pages_per_s": speed}


def _found(one: Contender, pages: list[PageSample], stage: StageReport) -> _Found:
    stage("load", 0, 0)
    reader = PageReader(detector=one.ready)
    matches: list[PageMatch] = []
    seconds = 0.0
    for page in pages:
        try:
            image = read_image(page.image)
        except StudioError as error:
            raise unusable(page, error) from error
        started = time.perf_counter()
        lines = reader.find_lines(image)
        seconds += time.perf_counter() - started
        matches.append(match_page(page.polygons, page.ignored, [line.points for line in lines]))
        stage("eval", len(matches), len(pages))
    return _Found(matches, seconds)


def _told(one: Contender, figures: dict[str, float]) -> dict[str, Any]:
    return {"model": one.reference, "name": one.name, "figures": figures}
