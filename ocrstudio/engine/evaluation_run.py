"""Evaluates the weights of a run, or those that a config would start from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ocrstudio.engine.checkpoint import load_progress, load_weights_into
from ocrstudio.engine.nets.weights import load_source, model_file
from ocrstudio.engine.network import build_network, choose_device
from ocrstudio.engine.rec.data import CropBatches, CropStore, read_lines
from ocrstudio.engine.rec.evaluate import evaluate
from ocrstudio.engine.settings import TrainSettings
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import MANIFEST_FILE, RunFolder

NAMED_MISTAKES = 20


def evaluate_run(
    place: Path,
    stage: Callable[[str, int, int], None],
    *,
    data: Path | None = None,
    data_dir: Path | None = None,
) -> dict[str, Any]:
    """Reads labelled lines with the whole network.

    Args:
        place: A run folder (its best checkpoint is used) or a config (its starting point is).
        stage: Told (stage, done, total).
        data: A recognition list; the config's Eval lists if None.
        data_dir: What its paths are relative to; its own folder if None.

    Returns:
        acc, norm_edit_dis, cer, loss, fps, lines, `mistakes` (truth, read, count) and, for a run, `best_epoch`.

    Raises:
        StudioError: If the run, the config or the lines cannot be read.
    """
    run = RunFolder.open(place) if place.is_dir() or (place.parent / MANIFEST_FILE).is_file() else None
    settings = TrainSettings.of(run.config() if run else TrainConfig.load(place))
    choose_device(settings.use_gpu)
    lists, folder = settings.val.lists, settings.val.data_dir
    if data is not None:
        lists, folder = (str(data),), str(data_dir or data.parent)
    lines = read_lines(lists, folder)
    stage("load", 0, 0)
    source = load_source(model_file(settings.base_model))
    charset = settings.charset(source.charset)
    network, _ = build_network(source, charset, settings.seed)
    best: dict[str, Any] = {}
    if run:
        prefix = run.checkpoint("best_accuracy")
        load_weights_into(network, prefix)
        best = {"best_epoch": int(load_progress(prefix).best.get("best_epoch", 0))}
    network.eval()
    batches = CropBatches(CropStore(lines), [line.text for line in lines], charset, settings.val.batch_size, seed=None)
    result = evaluate(
        network,
        batches.epoch(0),
        charset,
        ignore_space=settings.ignore_space,
        progress=lambda done: stage("eval", done, len(lines)),
    )
    measures = {name: getattr(result, name) for name in ("acc", "norm_edit_dis", "cer", "loss", "fps")}
    return {**measures, **best, "lines": len(lines), "mistakes": mistakes(result.pairs)}


def mistakes(pairs: Iterable[tuple[str, str]], limit: int = NAMED_MISTAKES) -> list[dict[str, Any]]:
    """The most frequent differences between truth and reading, character by character.

    Args:
        pairs: (truth, read) of each line.
        limit: How many are named.

    Returns:
        `truth` and `read` characters (one is empty for what was added or lost) and `count`, most frequent first.
    """
    from rapidfuzz.distance import Levenshtein

    counts: Counter[tuple[str, str]] = Counter()
    for truth, read in pairs:
        for edit in Levenshtein.editops(truth, read):
            there = truth[edit.src_pos] if edit.tag != "insert" else ""
            here = read[edit.dest_pos] if edit.tag != "delete" else ""
            counts[there, here] += 1
    return [{"truth": one, "read": other, "count": count} for (one, other), count in counts.most_common(limit)]
