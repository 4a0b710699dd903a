"""`ocrstudio checkout`: what people and scripts get."""

import json
import os
import sys
import zipfile

import pytest
from checkout_trees import make_checkout, make_dataset
from command_line import command_line

from ocrstudio.formats.run_folder import RunFolder


def call(*words):
    """Exit code, what was printed as JSON, the last line on stderr."""
    done = command_line("checkout", *words, "--json")
    said = done.stderr.strip().splitlines()[-1:] or [""]
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else None, said[0]


@pytest.fixture
def python(tmp_path):
    """An interpreter without packages, as loading Paddle takes seconds."""
    if os.name == "nt":
        pytest.skip("a shell script stands in for Python")
    path = tmp_path / "env" / "bin" / "python"
    path.parent.mkdir(parents=True)
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n')
    path.chmod(0o755)
    return path


@pytest.fixture
def root(tmp_path):
    return make_checkout(tmp_path / "PaddleOCR")


def test_checkouts_are_found_added_listed_and_forgotten(root, tmp_path):
    assert call("find", root / "tools")[1]["version"] == "2.8.0"
    code, _, error = call("find", tmp_path / "nowhere")
    assert code == 1
    assert error == (
        f"ocrstudio: There is no folder {tmp_path / 'nowhere'}. Choose the folder that PaddleOCR was unpacked into."
    )
    assert call("add", root, "--python", sys.executable)[1]["python"] == sys.executable
    listed = call("list")[1]["checkouts"]
    assert [(one["path"], one["python"]) for one in listed] == [(str(root), sys.executable)]
    assert call("forget", root)[0] == 0
    assert call("list")[1] == {"checkouts": []}


def test_an_archive_is_unpacked_and_remembered(root, tmp_path):
    archive = tmp_path / "PaddleOCR-2.8.0.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in root.rglob("*"):
            file.write(path, f"PaddleOCR-2.8.0/{path.relative_to(root).as_posix()}")
    code, made, _ = call("add", archive)
    assert (code, made["version"]) == (0, "2.8.0")
    assert made["path"].endswith("PaddleOCR-2.8.0")
    assert call("list")[1]["checkouts"][0]["path"] == made["path"]
    code, _, error = call("add", archive)
    assert code == 1
    assert "exists already" in error


def test_configs_are_listed_and_made_into_runs(root, tmp_path, python):
    names = [one["name"] for one in call("configs", root)[1]["configs"]]
    assert names == ["det/mobile_det", "rec/v4/mobile_rec"]
    dataset = make_dataset(tmp_path / "data")
    words = ("prepare", root, "mobile_rec", "--dataset", dataset, "--out", tmp_path / "runs", "--epochs", 2)
    code, _, error = call(*words)
    assert code == 1
    assert "No interpreter was chosen" in error
    code, made, _ = call(*words, "--python", python.parent.parent)
    assert code == 0
    assert "has no PaddlePaddle" in made["problems"][0]["what"].format(**made["problems"][0]["values"])
    run = RunFolder.open(made["run"])
    assert (run.engine.checkout, run.engine.python) == (root, python)
    assert run.config().get("Global.epoch_num") == 2
    assert run.config().get("Global.save_model_dir") == run.path.as_posix()


def test_an_interpreter_is_checked(root, python):
    code, answer, _ = call("check", root, "--python", python, "--task", "rec")
    assert code == 0
    (one,) = answer["interpreters"]
    assert (one["python"], one["usable"], one["missing"]) == (str(python), False, ["numpy", "opencv-python", "shapely"])


def test_cloning_without_a_network_is_a_clear_error(tmp_path):
    code, _, error = call("clone", "--url", "http://127.0.0.1:9/x.git", "--tag", "v1", "--to", tmp_path / "c")
    assert code == 1
    assert "cannot be reached" in error or "git is not installed" in error
    assert not (tmp_path / "c").exists()
