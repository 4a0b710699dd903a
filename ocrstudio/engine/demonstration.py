"""The whole loop on the sample project: label, correct, split, train, export, and measure before and after."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ocrstudio import paths
from ocrstudio.core import metrics
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, ProjectError
from ocrstudio.core.page import Page, PageState
from ocrstudio.core.split_plan import SplitOptions
from ocrstudio.engine.labelling import Matches, compare, label_pages
from ocrstudio.engine.paddle_runtime import require_paddle
from ocrstudio.engine.recognizer import PageReader
from ocrstudio.engine.report import Send
from ocrstudio.engine.stopping import StopRequest
from ocrstudio.engine.train_child import train_run
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.atomic import make_folder, write_error
from ocrstudio.formats.bundle import BUNDLED
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.dataset_plan import plan_split
from ocrstudio.formats.dataset_writing import write_split
from ocrstudio.formats.rec_list import read_lines
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.store import ProjectStore

RATIO = "6:2:2"
SEED = 7
EPOCHS = 8
# Versions of each line; a third one makes the demo longer and its result no better.
COPIES = 2
Progress = Callable[[str, int, int], None]


@dataclass
class Demonstration:
    """What the loop produced.

    Attributes:
        folder: The project that was made.
        seconds: Wall-clock seconds per stage.
        result: Everything else, by name.
    """

    folder: Path
    seconds: dict[str, float] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """What `demo --json` prints."""
        return {**self.result, "project": str(self.folder), "seconds": self.seconds}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measures a stage."""
        started = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - started, 2)


def sample_truth(samples: Path) -> dict[str, Page]:
    """The checked pages of the sample project, by file name.

    Raises:
        ProjectError: If the sample project is not installed.
    """
    file = samples / "ground_truth.txt"
    if not file.is_file():
        what = QT_TRANSLATE_NOOP("Errors", "The sample project is missing: {file} does not exist.")
        raise ProjectError(what, QT_TRANSLATE_NOOP("Errors", "Install the program again."), file=file)
    pages = {}
    for line in ppocr_label.read_lines(file.read_bytes()):
        if line.key and not line.fault:
            name = line.key.rpartition("/")[2]
            boxes = ppocr_label.parse_boxes(line.payload, touched=True)
            pages[name] = Page(line.key, name, boxes, PageState.CHECKED)
    return pages


def demonstrate(out: Path, send: Send, progress: Progress, *, epochs: int = EPOCHS) -> Demonstration:
    """Runs the loop.

    Args:
        out: A folder that does not exist yet, or is empty; it becomes the project.
        send: Takes the training's messages.
        progress: Told (stage, done, total).
        epochs: Of the training.

    Raises:
        StudioError: If a step fails, Paddle is missing, or `out` is in use.
    """
    require_paddle()
    samples = paths.resources() / "samples"
    truth = sample_truth(samples)
    demo, cpu = Demonstration(out), time.process_time()
    with demo.stage("copy"):
        _copy(samples, sorted(truth), out)
    store = ProjectStore.open(out)
    try:
        with demo.stage("label"):
            reader = PageReader(BUNDLED)
            label_pages(store, store.keys, reader, lambda done, total: progress("label", done, total))
        with demo.stage("correct"):
            matches = _correct(store, truth)
        with demo.stage("split"):
            plan = plan_split(store, SplitOptions(RATIO, SEED))
            dataset = out / paths.STATE_DIR / "datasets" / "demo"
            dataset = write_split(plan, dataset, lambda done, total: progress("split", done, total))
    finally:
        store.close()
    with demo.stage("train"):
        run = RunFolder.create(out / paths.STATE_DIR / "runs", "demo", _config(dataset, epochs))
        trained = _train(run, send)
    with demo.stage("test"):
        before = _test(reader, dataset, lambda done, total: progress("before", done, total))
        after = _test(PageReader(trained["bundle"]), dataset, lambda done, total: progress("after", done, total))
    demo.result = _result(store, truth, matches, plan.parts, before, after, trained)
    demo.seconds["total"] = round(sum(demo.seconds.values()), 2)
    demo.seconds |= {f"train_{name}": value for name, value in trained["seconds"].items()}
    demo.seconds["cpu"] = round(time.process_time() - cpu, 2)
    return demo


def _train(run: RunFolder, send: Send) -> dict[str, Any]:
    """Trains as every run is trained: whoever has the folder open can watch and stop it."""
    trained = train_run(run, send, StopRequest())
    if trained["outcome"] == "stopped":
        raise EngineError(QT_TRANSLATE_NOOP("Errors", "The training was stopped, and the demo with it."))
    return trained


def _copy(samples: Path, names: list[str], out: Path) -> None:
    if out.is_dir() and any(out.iterdir()):
        what = QT_TRANSLATE_NOOP("Errors", "The folder {folder} is not empty.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Choose a new folder for the demo: --out DIR.")
        raise ProjectError(what, remedy, folder=out)
    make_folder(out)
    for name in names:
        try:
            shutil.copyfile(samples / name, out / name)
        except OSError as error:
            raise write_error(out / name, error) from error


def _correct(store: ProjectStore, truth: dict[str, Page]) -> list[Matches]:
    """What a person would do: put right what the recogniser got wrong, and check every page."""
    matches = []
    for key in store.keys:
        page = store.page(key)
        right = truth[page.file]
        matches.append(compare(page, right))
        store.put(replace(page, boxes=right.boxes, state=PageState.CHECKED))
    store.save()
    return matches


def _config(dataset: Path, epochs: int) -> TrainConfig:
    config = TrainConfig.template()
    config.use_dataset(dataset)
    values = {
        "Global.epoch_num": epochs,
        "Global.freeze": "backbone",
        "Train.dataset.augment_copies": COPIES,
        "Global.character_dict_path": (dataset / "dict.txt").as_posix(),
    }
    for key, value in values.items():
        config.set(key, value)
    return config


def _test(reader: PageReader, dataset: Path, progress: Callable[[int, int], None]) -> list[tuple[str, str]]:
    """(truth, read) of the lines of the pages that were held out."""
    lines = read_lines([dataset / "rec" / "test.txt"], dataset / "rec")
    progress(0, len(lines))
    read = reader.read_crops([read_image(line.image) for line in lines])
    progress(len(lines), len(lines))
    return [(line.text, text) for line, (text, _) in zip(lines, read, strict=True)]


def _result(
    store: ProjectStore,
    truth: dict[str, Page],
    matches: list[Matches],
    parts: dict[str, list[str]],
    before: list[tuple[str, str]],
    after: list[tuple[str, str]],
    trained: dict[str, Any],
) -> dict[str, Any]:
    return {
        "cer_before": round(metrics.cer(before), 5),
        "cer_after": round(metrics.cer(after), 5),
        "acc_before": round(metrics.accuracy(before), 5),
        "acc_after": round(metrics.accuracy(after), 5),
        "pages": len(store.keys),
        "lines": sum(len(page.boxes) for page in truth.values()),
        "test_pages": len(parts["test"]),
        "test_lines": len(after),
        "auto_boxes_placed": sum(match.placed for match in matches),
        "auto_boxes_read": sum(match.read for match in matches),
        "epochs": trained["best_epoch"],
        "val_acc": round(trained["acc"], 5),
        "parity_lines": trained["parity_lines"],
        "run": trained["run"],
        "bundle": trained["bundle"],
        "still_wrong": [{"truth": one, "read": other} for one, other in after if one != other],
    }
