"""From trained weights to the bundle of their run: write, prove equal, release."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import paddle
from paddle import nn

from ocrstudio import __version__
from ocrstudio.core.charset import Charset
from ocrstudio.core.detection_metrics import detection_score
from ocrstudio.engine.checkpoint import load_progress, load_weights_into
from ocrstudio.engine.det.rules import box_rules, resize_rules
from ocrstudio.engine.export import PageRules, Trained, write_files
from ocrstudio.engine.nets.catalogue import Source, build, load_source
from ocrstudio.engine.network import choose_device
from ocrstudio.engine.parity import Forms, check_boxes, check_texts
from ocrstudio.engine.rec.evaluate import measure
from ocrstudio.engine.report import Send
from ocrstudio.engine.settings import TrainSettings
from ocrstudio.engine.validation import ValLines, ValPages
from ocrstudio.formats.atomic import read_bytes, replace_folder, write_error
from ocrstudio.formats.bundle import write_card
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.protocol import messages

BEST = "best_accuracy"
PART_DIR = ".bundle.part"
StageReport = Callable[[str, int, int], None]


def export_network(
    run: RunFolder,
    settings: TrainSettings,
    network: nn.Layer,
    source: Source,
    charset: Charset | None,
    *,
    stage: StageReport,
    best: Mapping[str, float],
    out: Path | None = None,
) -> dict[str, Any]:
    """Writes the bundle of a run from a network that holds its best weights.

    Args:
        run: Gets the bundle; one that is there already stays until the new one is complete and proven.
        settings: Of the run; every sample of its Eval lists is compared.
        network: To be exported; is in evaluation mode afterwards.
        source: What it started from.
        charset: Of a recogniser; None for a detector.
        stage: Told (stage, done, total).
        best: Of the evaluation that the weights come from: `best_epoch`.
        out: Where the bundle goes; the run's own place for it if None.

    Returns:
        `bundle`; `parity_lines`, acc, norm_edit_dis, cer; or `parity_pages`, precision, recall, hmean.

    Raises:
        StudioError: If a file cannot be read or written, or a form reads or finds something else.
    """
    trained = Trained(network, source, charset or PageRules(box_rules(settings), resize_rules(settings)))
    folder, out = run.path / PART_DIR, out or run.bundle_dir
    shutil.rmtree(folder, ignore_errors=True)
    stage("export", 0, 0)
    try:
        folder.mkdir()
        write_files(trained, folder)
        counts, measures = _prove(trained, settings, folder, stage)
        write_card(folder, _card(run, settings, trained, measures, best))
        replace_folder(folder, out)
    except OSError as error:
        raise write_error(out, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"bundle": str(out), **counts, **measures}


def export_run(
    run: RunFolder, stage: StageReport, send: Send, checkpoint: str = BEST, *, out: Path | None = None
) -> dict[str, Any]:
    """Exports a checkpoint of a run again.

    Args:
        run: Its folder gets the bundle.
        stage: Told (stage, done, total).
        send: Takes protocol messages.
        checkpoint: `best_accuracy`, `latest` or `iter_epoch_N`.
        out: Where the bundle goes; the run's own place for it if None.

    Returns:
        As `export_network`.

    Raises:
        StudioError: If the checkpoint or the validation samples cannot be read, or the forms differ.
    """
    settings = TrainSettings.of(run.config())
    source = load_source(settings.base_model, settings.task)
    charset = settings.charset(source.charset) if source.charset else None
    choose_device(use_gpu=False)
    network = build(source.architecture, charset.classes if charset else None)
    prefix = run.checkpoint(checkpoint)
    load_weights_into(network, prefix)
    best = load_progress(prefix).best
    result = export_network(run, settings, network, source, charset, stage=stage, best=best, out=out)
    send(messages.Saved(kind="bundle", path=result["bundle"]))
    return result


def _prove(
    trained: Trained, settings: TrainSettings, folder: Path, stage: StageReport
) -> tuple[dict[str, int], dict[str, float]]:
    """Puts every validation sample through all forms; how many they are, and how well they were read or found."""
    forms, use = Forms.of(trained.network, folder), trained.use
    if isinstance(use, PageRules):
        pages = ValPages(settings.val)
        found = check_boxes(
            forms,
            pages.inputs(use.resize),
            use.boxes,
            progress=lambda done: stage("parity", done, len(pages)),
        )
        return {"parity_pages": len(pages)}, asdict(detection_score(pages.matches(found)))
    lines = ValLines(settings.val)
    pairs = check_texts(
        forms,
        lines.batches(use),
        use,
        lines.names,
        progress=lambda done: stage("parity", done, len(lines)),
    )
    return {"parity_lines": len(lines)}, measure(pairs, ignore_space=settings.ignore_space)


def _card(
    run: RunFolder, settings: TrainSettings, trained: Trained, measures: Mapping[str, float], best: Mapping[str, float]
) -> dict[str, Any]:
    return {
        "name": run.name,
        "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "task": trained.source.task,
        "architecture": trained.source.architecture,
        "characters": 0 if isinstance(trained.use, PageRules) else len(trained.use.characters),
        "scores": {name: round(value, 5) for name, value in measures.items()},
        "base_model": settings.base_model,
        "program": __version__,
        "paddle": paddle.__version__,
        "epochs": settings.epochs,
        "best_epoch": int(best.get("best_epoch", 0)),
        "dataset_sha256": run.manifest.get("dataset_sha256", ""),
        # of the file beside the bundle: whoever changes it later can be told
        "config_sha256": hashlib.sha256(read_bytes(run.config_path)).hexdigest(),
    }
