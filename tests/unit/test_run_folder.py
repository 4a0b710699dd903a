"""Run folders and bundles."""

import errno
import json
import threading
from pathlib import Path

import pytest

from ocrstudio.core.errors import FormatError, ProjectError
from ocrstudio.core.run_state import RunState
from ocrstudio.formats import run_folder
from ocrstudio.formats.bundle import BUNDLED, read_card, write_card
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.metrics_log import read_metrics
from ocrstudio.formats.model_list import list_models
from ocrstudio.formats.run_folder import PADDLEOCR, Engine, RunFolder, list_runs
from ocrstudio.formats.run_list import RunLister


@pytest.fixture(scope="module")
def config():
    return TrainConfig.template()


def test_a_run_has_its_config_and_a_manifest(tmp_path, config):
    run = RunFolder.create(tmp_path / "runs", "first try", config, note="because")
    assert run.path == tmp_path / "runs" / "0001-first-try"
    assert run.config().get("Global.save_model_dir") == run.path.as_posix()
    assert config.get("Global.save_model_dir") != run.path.as_posix()
    manifest = run.manifest
    assert {"created", "program", "python", "platform", "config_sha256"} <= manifest.keys()
    assert (manifest["note"], manifest["base_model"], manifest["dataset_sha256"]) == ("because", "bundled", "")
    run.update_manifest(note="else")
    assert RunFolder.open(run.path).manifest["note"] == "else"
    assert RunFolder.open(run.config_path) == run


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("", "0001-run"),
        ("../../x", "0001-x"),
        ("罗马 Ⅻ", "0001-罗马-Ⅻ"),
        ("a/b\\c:d", "0001-a-b-c-d"),
        ("x" * 99, "0001-" + "x" * 40),
    ],
)
def test_names_become_folder_names(tmp_path, config, name, folder):
    assert RunFolder.create(tmp_path, name, config).name == folder


def test_numbers_go_on_after_the_highest_and_runs_are_listed_in_order(tmp_path, config):
    for name in ("0007-old", "12345-many", "0003", "notes", "x-0009"):
        (tmp_path / name).mkdir()
    (tmp_path / "0007-old" / "config.yml").write_text("Global: {}\n")
    run = RunFolder.create(tmp_path, "a", config)
    assert run.name == "12346-a"
    assert [one.name for one in list_runs(tmp_path)] == ["0007-old", "12346-a"]
    assert list_runs(tmp_path / "nowhere") == []


def test_two_windows_never_get_the_same_number(tmp_path, config):
    made = []
    barrier = threading.Barrier(6)

    def make(name):
        barrier.wait()
        for _ in range(3):
            made.append(RunFolder.create(tmp_path, name, config).name)

    threads = [threading.Thread(target=make, args=(f"w{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(name.split("-")[0] for name in made)
    assert numbers == [f"{n:04d}" for n in range(1, 19)]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(made)


def test_a_run_that_cannot_be_written_leaves_nothing(tmp_path, config, monkeypatch):
    def full(*_):
        raise ProjectError("full")

    monkeypatch.setattr(run_folder, "write_atomic", full)
    with pytest.raises(ProjectError, match="full"):
        RunFolder.create(tmp_path, "a", config)
    assert list(tmp_path.iterdir()) == []


def test_the_manifest_names_the_split_it_was_trained_on(tmp_path, config):
    (tmp_path / "ds" / "rec").mkdir(parents=True)
    (tmp_path / "ds" / "split.json").write_text("{}")
    own = config.copy()
    own.use_dataset(tmp_path / "ds")
    digest = RunFolder.create(tmp_path / "runs", "a", own).manifest["dataset_sha256"]
    assert digest == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_folder_that_is_no_run_is_named(tmp_path):
    with pytest.raises(ProjectError, match=r"is no run.*config\.yml"):
        RunFolder.open(tmp_path)


def test_a_broken_manifest_is_an_empty_one(tmp_path, config):
    run = RunFolder.create(tmp_path, "a", config)
    (run.path / "manifest.json").write_text("{")
    assert run.manifest == {}


def make_bundle(path, **card):
    path.mkdir(parents=True)
    (path / "model.onnx").write_bytes(b"x")
    write_card(path, card)
    return path


def test_models_are_the_bundled_one_then_the_projects_newest_first(tmp_path, config):
    runs = tmp_path / ".ocrstudio" / "runs"
    old = make_bundle(RunFolder.create(runs, "a", config).bundle_dir, name="旧", created="2026-01-01", characters=7)
    new = make_bundle(
        RunFolder.create(runs, "b", config).bundle_dir, created="2026-02-01", scores={"acc": 0.5, "x": "y"}
    )
    imported = make_bundle(tmp_path / ".ocrstudio" / "models" / "m", name="imported")
    make_bundle(RunFolder.create(runs, "no model", config).bundle_dir, name="x").joinpath("model.onnx").unlink()
    broken = RunFolder.create(runs, "broken", config).bundle_dir
    broken.mkdir()
    (broken / "card.json").write_text("[")
    models = [model for model in list_models(tmp_path) if model.kind != "base"]
    assert [(model.name, model.model) for model in models] == [
        ("PP-OCRv6 small", BUNDLED),
        ("0002-b", str(new)),
        ("旧", str(old)),
        ("imported", str(imported)),
    ]
    assert models[0].characters == 18708
    assert dict(models[1].scores) == {"acc": 0.5}
    assert models[2].characters == 7
    for project in (None, tmp_path / "nowhere"):
        assert [model.model for model in list_models(project) if model.kind != "base"] == [BUNDLED]


def test_a_card_comes_back_and_a_missing_or_broken_one_is_named(tmp_path):
    bundle = make_bundle(tmp_path / "b", name="Ⅻ")
    assert read_card(bundle) == {"v": 1, "name": "Ⅻ"}
    assert "Ⅻ" in (bundle / "card.json").read_text(encoding="utf-8")
    (bundle / "card.json").write_text(json.dumps([1]))
    with pytest.raises(FormatError, match=r"card\.json is broken"):
        read_card(bundle)
    with pytest.raises(ProjectError, match=r"card\.json"):
        read_card(tmp_path)


@pytest.mark.parametrize("call", ["mkdir", "rename"])
def test_a_full_disk_while_a_run_is_made_is_named_and_leaves_nothing(tmp_path, config, monkeypatch, call):
    runs = tmp_path / "runs"
    runs.mkdir()
    real = getattr(Path, call)

    def full(self, *arguments, **options):
        if self.name == "0001":
            raise OSError(errno.ENOSPC, "full")
        return real(self, *arguments, **options)

    monkeypatch.setattr(Path, call, full)
    with pytest.raises(ProjectError, match="disk is full"):
        RunFolder.create(runs, "a", config)
    assert list(runs.iterdir()) == []


def test_the_files_of_a_run_have_paddleocrs_names(tmp_path, config):
    run = RunFolder.create(tmp_path, "a", config)
    names = [path.name for path in (run.config_path, run.metrics_path, run.log_path, run.bundle_dir)]
    assert names == ["config.yml", "metrics.jsonl", "train.log", "bundle"]
    assert run.checkpoint() == run.path / "best_accuracy"
    assert run.checkpoint("latest") == run.path / "latest"


def test_a_run_names_what_trains_it(tmp_path, config):
    assert RunFolder.create(tmp_path, "a", config).engine == Engine()
    engine = Engine(PADDLEOCR, tmp_path / "PaddleOCR", tmp_path / "env" / "bin" / "python")
    run = RunFolder.create(tmp_path, "b", config, engine=engine)
    assert RunFolder.open(run.path).engine == engine
    assert (engine.is_paddleocr, Engine().is_paddleocr) == (True, False)
    run.update_manifest(engine={"kind": "paddleocr", "checkout": 1})
    assert run.engine == Engine(PADDLEOCR)
    run.update_manifest(engine="paddleocr")
    assert run.engine == Engine()


LOG = """Skipping import of the encryption module.
[2026/11/22 06:30:11] ppocr INFO: Global :\x20
[2026/11/22 06:30:11] ppocr INFO:     print_batch_step : 1
[2026/11/22 06:30:11] ppocr INFO: train with paddle 3.3.1 and device Place(cpu)
[2026/11/22 06:30:12] ppocr INFO: train dataloader has 2 iters
[2026/11/22 06:30:12] ppocr INFO: During the training process, after the 0th iteration, \
an evaluation is run every 2 iterations
[2026/11/22 06:30:17] ppocr INFO: epoch: [1/1], global_step: 1, lr: 0.000017, \
acc: 0.0, loss: 145.2, ips: 2.9 samples/s, eta: 0:00:43
[2026/11/22 06:30:20] ppocr INFO: epoch: [1/1], global_step: 2, lr: 0.000034, \
acc: 0.5, loss: 120.5, ips: 2.9 samples/s, eta: 0:00:00
[2026/11/22 06:30:26] ppocr INFO: cur metric, acc: 0.25, norm_edit_dis: 0.5, fps: 16.4
[2026/11/22 06:30:27] ppocr INFO: save model in runs/a/latest
"""


def test_a_folder_that_paddleocr_trained_into_is_taken_over(tmp_path):
    folder = tmp_path / "output 图"
    folder.mkdir()
    (folder / "config.yml").write_text("Global:\n  epoch_num: 1\n")
    (folder / "train.log").write_text(LOG)
    before = RunFolder.open(folder)
    assert before.manifest == {}
    records = before.records()
    assert [(one["kind"], one.get("step")) for one in records] == [
        ("start", None),
        ("train", 1),
        ("train", 2),
        ("eval", 2),
        ("end", None),
    ]
    assert (records[2]["loss"], records[3]["acc"], records[4]["outcome"]) == (120.5, 0.25, "finished")
    (row,) = RunLister(tmp_path).look()
    assert (row.state, row.best) == (RunState.FINISHED, 0.25)
    run = RunFolder.adopt(folder, Engine(PADDLEOCR, tmp_path / "PaddleOCR", tmp_path / "python"))
    assert run.records() == records == read_metrics(run.metrics_path)
    assert run.engine.checkout == tmp_path / "PaddleOCR"
    assert run.manifest["adopted"] is True
    assert (folder / "train.log").read_text() == LOG
    assert RunFolder.adopt(folder).engine == run.engine


def test_a_log_of_several_runs_that_ends_in_the_middle_has_no_end(tmp_path):
    (tmp_path / "config.yml").write_text("Global: {}\n")
    assert RunFolder.open(tmp_path).records() == []
    assert RunFolder.adopt(tmp_path).engine == Engine(PADDLEOCR)
    log = LOG + LOG.replace("/1],", "/2],").replace("06:", "07:")
    (tmp_path / "train.log").write_text(log)
    kinds = [one["kind"] for one in RunFolder.open(tmp_path).records()]
    assert kinds == ["start", "train", "train", "eval"] * 2
