"""Evaluates a checkpoint of a run, or the weights that a config would start from."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from paddle import nn

from ocrstudio.core import metrics
from ocrstudio.core.charset import Charset
from ocrstudio.core.detection_metrics import PageMatch, detection_score
from ocrstudio.core.errors import EngineError
from ocrstudio.core.evaluation import MeasuredModel
from ocrstudio.engine.bundle import BEST, StageReport
from ocrstudio.engine.checkpoint import load_progress, load_weights_into
from ocrstudio.engine.det.boxes import boxes_of_map
from ocrstudio.engine.det.rules import box_rules, resize_rules
from ocrstudio.engine.line_evaluation import Reader, character_table, mistakes, model_digest
from ocrstudio.engine.nets.catalogue import load_source
from ocrstudio.engine.network import build_network, choose_device
from ocrstudio.engine.parity import network_reader
from ocrstudio.engine.rec.evaluate import evaluate, read_images
from ocrstudio.engine.recognizer import FINDS_LINES
from ocrstudio.engine.settings import TrainSettings
from ocrstudio.engine.validation import Boxes, ValLines, ValPages
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import RunFolder

NAMED_PAGES = 20


def evaluate_run(
    config: TrainConfig,
    stage: StageReport,
    *,
    run: RunFolder | None = None,
    checkpoint: str = BEST,
    data: Path | None = None,
    data_dir: Path | None = None,
) -> dict[str, Any]:
    """Measures the whole network on labelled lines or pages.

    Args:
        config: Says what is measured; its starting point, if there is no run.
        stage: Told (stage, done, total).
        run: Whose config it is and whose checkpoint is used.
        checkpoint: `best_accuracy`, `latest` or `iter_epoch_N` of the run.
        data: A recognition or detection list; the config's Eval lists if None.
        data_dir: What its paths are relative to; its own folder if None.

    Returns:
        `task`, fps and, for a run, `checkpoint` and `best_epoch`. For rec `lines`, acc, acc_ignore_space,
        norm_edit_dis, cer, loss, `characters` and `mistakes`; for det `pages`, precision, recall, hmean, `worst_pages`.

    Raises:
        StudioError: If the run, the config or the samples cannot be read.
    """
    settings = TrainSettings.of(config)
    choose_device(settings.use_gpu, settings.devices)
    if data is not None:
        val = replace(settings.val, lists=(str(data),), ratios=(1.0,), data_dir=str(data_dir or data.parent))
        settings = replace(settings, val=val)
    stage("load", 0, 0)
    source = load_source(settings.base_model, settings.task)
    charset = settings.charset(source.charset) if source.charset else None
    network, _ = build_network(source, charset, settings.seed, settings.look_alikes)
    used: dict[str, Any] = {"task": settings.task}
    if run:
        prefix = run.checkpoint(checkpoint)
        load_weights_into(network, prefix)
        used |= {"checkpoint": checkpoint, "best_epoch": int(load_progress(prefix).best.get("best_epoch", 0))}
    network.eval()
    if charset is None:
        return {**used, **_measure_pages(network, settings, stage)}
    return {**used, **_measure_lines(network, charset, settings, stage)}


def run_reader(run: RunFolder, checkpoint: str) -> tuple[MeasuredModel, Callable[[], Reader]]:
    """A checkpoint of a run as a model that reads lines, and what loads it.

    Raises:
        StudioError: If the run has no such checkpoint, or finds lines instead of reading them.
    """
    config = run.config()
    settings = TrainSettings.of(config)
    if settings.task != "rec":
        raise EngineError(*FINDS_LINES, folder=run.path)
    prefix = run.checkpoint(checkpoint)
    dictionary = [settings.dictionary] if settings.dictionary is not None else []
    digest = model_digest([prefix.with_suffix(".pdparams"), run.config_path, *dictionary])

    def load() -> Reader:
        choose_device(settings.use_gpu, settings.devices)
        source = load_source(settings.base_model, settings.task)
        charset = settings.charset(source.charset or Charset(()))
        network, _ = build_network(source, charset, settings.seed, settings.look_alikes)
        load_weights_into(network, prefix)
        network.eval()
        return lambda crops: read_images(network, crops, charset, settings.val.batch_size)

    return MeasuredModel(str(run.path), run.shown_name(), digest, checkpoint), load


def _measure_lines(network: nn.Layer, charset: Charset, settings: TrainSettings, stage: StageReport) -> dict[str, Any]:
    lines = ValLines(settings.val)
    result = evaluate(
        network,
        lines.batches(charset),
        charset,
        ignore_space=settings.ignore_space,
        progress=lambda done: stage("eval", done, len(lines)),
    )
    return {
        "lines": len(lines),
        **{name: getattr(result, name) for name in ("acc", "norm_edit_dis", "cer", "loss", "fps")},
        "acc_ignore_space": metrics.accuracy(result.pairs, ignore_space=True),
        "characters": character_table(result.pairs),
        "mistakes": mistakes(result.pairs),
    }


def _measure_pages(network: nn.Layer, settings: TrainSettings, stage: StageReport) -> dict[str, Any]:
    pages, rules, read = ValPages(settings.val), box_rules(settings), network_reader(network)
    found: list[Boxes] = []
    started = time.perf_counter()
    for page in pages.inputs(resize_rules(settings)):
        found.append(boxes_of_map(read(page.image)[0, 0], page.height, page.width, rules))
        stage("eval", len(found), len(pages))
    seconds = time.perf_counter() - started
    matches = pages.matches(found)
    return {
        "pages": len(pages),
        **asdict(detection_score(matches)),
        "fps": len(pages) / max(1e-9, seconds),
        "worst_pages": worst_pages(pages.names, matches),
    }


def worst_pages(names: Sequence[str], matches: Sequence[PageMatch]) -> list[dict[str, Any]]:
    """The pages with most boxes missed or found where there are none.

    Args:
        names: Of the pages.
        matches: Of the pages.

    Returns:
        `page`, `missed` and `wrong` boxes, and `truths`; pages without an error are left out.
    """
    errors = sorted((match.matched * 2 - match.truths - match.found, place) for place, match in enumerate(matches))
    return [
        {
            "page": names[place],
            "missed": matches[place].truths - matches[place].matched,
            "wrong": matches[place].found - matches[place].matched,
            "truths": matches[place].truths,
        }
        for error, place in errors[:NAMED_PAGES]
        if error
    ]
