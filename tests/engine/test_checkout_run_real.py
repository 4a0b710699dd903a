"""Runs that real PaddleOCR checkouts train: only where the environment names checkouts and their interpreters."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from lines import make_dataset

from ocrstudio.formats.checkout import find_checkout
from ocrstudio.formats.checkout_config import Machine, Wishes, prepare
from ocrstudio.formats.checkout_templates import find_template
from ocrstudio.formats.metrics_log import read_metrics
from ocrstudio.formats.run_folder import PADDLEOCR, Engine, RunFolder

LIMIT_S = 240
NAMES = {"2024": "ch_PP-OCRv3_rec", "2026": "PP-OCRv3_mobile_rec"}


@pytest.fixture(params=["2024", "2026"])
def engine(request):
    """A real checkout and its interpreter, and what its line recogniser's config is called."""
    names = f"PADDLEOCR_{request.param}", f"PADDLEOCR_{request.param}_PYTHON"
    places = [os.environ.get(name) for name in names]
    if not all(places):
        pytest.skip(f"set {' and '.join(names)} to a checkout and its interpreter")
    return Engine(PADDLEOCR, Path(places[0]), Path(places[1])), NAMES[request.param]


def prepared(folder, engine, template, epochs):
    checkout = find_checkout(engine.checkout)
    wishes = Wishes(epochs=epochs, batch_size=4, from_scratch=True)
    config = prepare(
        find_template(checkout, template).load(), checkout, make_dataset(folder / "dataset"), Machine.this(), wishes
    )
    for section in ("Train", "Eval"):
        config.set(f"{section}.loader.num_workers", 2)
    return RunFolder.create(folder / "runs", "real", config, engine=engine)


def command(run, *more):
    return [sys.executable, "-m", "ocrstudio", "engine", "train", "-c", str(run.config_path), *more]


@pytest.fixture
def window():
    """What the supervisor reads from: nothing comes, but it stays open (its end would mean stop)."""
    reading, writing = os.pipe()
    yield reading
    os.close(reading)
    os.close(writing)


def test_killed_in_the_middle_and_resumed(engine, window, tmp_path):
    run = prepared(tmp_path, *engine, epochs=3)
    supervisor = subprocess.Popen(command(run), stdin=window, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + LIMIT_S
    while not list(run.path.glob("backup/latest-*")):
        assert supervisor.poll() is None, run.log_path.read_text()[-2000:]
        assert time.monotonic() < deadline
        time.sleep(0.1)
    children = psutil.Process(supervisor.pid).children(recursive=True)
    assert len(children) >= 2, "a guardian and the trainer"
    supervisor.kill()
    supervisor.wait()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
    # as if the kill had come in the middle of a save
    weights = run.path / "latest.pdparams"
    weights.write_bytes(weights.read_bytes()[:5000])

    done = subprocess.run(
        command(run, "--resume"), stdin=window, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert any("was cut off" in one.get("what", "") for one in said)
    result = said[-1]["result"]
    assert result["outcome"] == "finished"
    records = read_metrics(run.metrics_path)
    steps = [one["step"] for one in records if one["kind"] == "train"]
    assert steps == sorted(set(steps))
    assert steps[-1] == result["steps"] == 6
    assert [one["epoch"] for one in records if one["kind"] == "eval"][-1] == 3
    lines = run.log_path.read_text(encoding="utf-8").splitlines()
    assert sum("global_step: 1," in line for line in lines) == 2, "one of each process"
    bundle = Path(result["bundle"])
    assert (bundle / "inference.yml").is_file()
    if result["onnx"]:
        import onnxruntime

        session = onnxruntime.InferenceSession(str(bundle / "model.onnx"), providers=["CPUExecutionProvider"])
        assert "Ⅲ" in session.get_modelmeta().custom_metadata_map["character"]


def test_a_wrong_label_list_is_explained(engine, window, tmp_path):
    run = prepared(tmp_path, *engine, epochs=1)
    path = Path(run.config().get("Train.dataset.label_file_list")[0])
    path.write_text(path.read_text(encoding="utf-8").replace("\t", " "), encoding="utf-8")
    done = subprocess.run(command(run), stdin=window, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    assert done.returncode == 1
    assert "no tab" in json.loads(done.stdout.splitlines()[-1])["what"]
