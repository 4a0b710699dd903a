"""From the best checkpoint of a run to its bundle: write, prove equal, release."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import paddle

from ocrstudio import __version__
from ocrstudio.core.charset import Charset
from ocrstudio.engine.checkpoint import load_progress, load_weights_into
from ocrstudio.engine.export import (
    check_parity,
    network_reader,
    onnx_reader,
    paddle_reader,
    replace_folder,
    write_bundle_files,
)
from ocrstudio.engine.nets.ppocrv6_rec import RecognitionNetwork
from ocrstudio.engine.nets.weights import SourceModel, load_source, model_file
from ocrstudio.engine.network import build_network, choose_device
from ocrstudio.engine.rec.data import CropBatches, CropStore, read_lines
from ocrstudio.engine.rec.evaluate import measure
from ocrstudio.engine.report import Send
from ocrstudio.engine.settings import TrainSettings
from ocrstudio.formats.bundle import write_card
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.protocol import messages

StageReport = Callable[[str, int, int], None]


class Exporter:
    """Writes the bundle of one run.

    Args:
        run: Gets the folder `bundle`.
        settings: Of the run.
        stage: Told (stage, done, total).
        source: The weights that the run started from: the ONNX file keeps its graph.
        charset: Of the run.
    """

    def __init__(
        self, run: RunFolder, settings: TrainSettings, source: SourceModel, charset: Charset, stage: StageReport
    ) -> None:
        self._run, self._settings, self._stage = run, settings, stage
        self._source, self._charset = source, charset

    def write(self, network: RecognitionNetwork) -> Path:
        """Writes everything but the card into a folder that is not the bundle's yet."""
        folder = self._run.path / ".bundle.part"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        network.eval()
        write_bundle_files(network, self._source, self._charset, folder)
        return folder

    def prove(
        self, network: RecognitionNetwork, folder: Path, store: CropStore, texts: Sequence[str], names: Sequence[str]
    ) -> dict[str, float]:
        """Reads every validation line with the trained network and both exported forms.

        Returns:
            acc, norm_edit_dis and cer of the texts.

        Raises:
            EngineError: If a text differs between them.
        """
        readers = {
            "trained": network_reader(network),
            "Paddle": paddle_reader(folder),
            "ONNX": onnx_reader(folder / "model.onnx"),
        }
        batches = CropBatches(store, texts, self._charset, self._settings.val.batch_size, seed=None)
        pairs = check_parity(
            readers,
            batches.epoch(0),
            self._charset,
            names,
            progress=lambda done: self._stage("parity", done, len(texts)),
        )
        return measure(pairs, ignore_space=self._settings.ignore_space)

    def release(self, folder: Path, measures: dict[str, float], best_epoch: int) -> Path:
        """Adds the card and puts the folder in the bundle's place.

        Raises:
            ProjectError: If the files cannot be written.
        """
        write_card(
            folder,
            {
                "name": self._run.name,
                "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
                "characters": len(self._charset.characters),
                "scores": {name: round(value, 5) for name, value in measures.items()},
                "base_model": self._settings.base_model,
                "program": __version__,
                "paddle": paddle.__version__,
                "epochs": self._settings.epochs,
                "best_epoch": best_epoch,
                "dataset_sha256": self._run.manifest.get("dataset_sha256", ""),
            },
        )
        replace_folder(folder, self._run.bundle_dir)
        return self._run.bundle_dir


def export_run(run: RunFolder, stage: StageReport, send: Send) -> dict[str, Any]:
    """Exports the best checkpoint of a run again.

    Args:
        run: Its best checkpoint is used; its folder gets the bundle.
        stage: Told (stage, done, total).
        send: Takes protocol messages.

    Returns:
        bundle, lines compared, and acc, norm_edit_dis and cer on them.

    Raises:
        StudioError: If the checkpoint or the validation lines cannot be read, or the texts differ.
    """
    settings = TrainSettings.of(run.config())
    source = load_source(model_file(settings.base_model))
    charset = settings.charset(source.charset)
    choose_device(use_gpu=False)
    network, _ = build_network(source, charset, settings.seed)
    prefix = run.checkpoint("best_accuracy")
    load_weights_into(network, prefix)
    lines = read_lines(settings.val.lists, settings.val.data_dir)
    exporter = Exporter(run, settings, source, charset, stage)
    stage("export", 0, 0)
    folder = exporter.write(network)
    try:
        texts, names = [line.text for line in lines], [line.image.name for line in lines]
        measures = exporter.prove(network, folder, CropStore(lines), texts, names)
        bundle = exporter.release(folder, measures, int(load_progress(prefix).best.get("best_epoch", 0)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    send(messages.Saved(kind="bundle", path=str(bundle)))
    return {"bundle": str(bundle), "lines": len(lines), **measures}
