"""The engine's subcommands, run through the program's own entry point."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lines import TEXTS, make_dataset, make_run
from PIL import Image, ImageDraw, ImageFont

from ocrstudio import paths
from ocrstudio.core.page import PageState
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.store import ProjectStore


def ocrstudio(*arguments: object, without: tuple[str, ...] = ()) -> subprocess.CompletedProcess:
    """Runs the program; modules in `without` cannot be imported in it."""
    hide = "".join(f"sys.modules[{name!r}] = None;" for name in without)
    code = f"import sys;{hide}from ocrstudio.cli import main;sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=200, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pages with a word each, and a file that only looks like a picture."""
    place = tmp_path / "pages Ⅻ 图"
    place.mkdir()
    font = ImageFont.truetype(str(paths.resources() / "fonts" / "samples" / "sans-a.ttf"), 40)
    for name, text in (("a.png", "Hello"), ("b.png", "World")):
        image = Image.new("RGB", (260, 120), "white")
        ImageDraw.Draw(image).text((40, 30), text, font=font, fill="black")
        image.save(place / name)
    return place


def test_recognize_prints_the_text_of_every_picture_without_paddle_or_onnx(folder):
    done = ocrstudio("recognize", folder, without=("paddle", "onnx"))

    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if not line.startswith("#")] == ["Hello", "World"]


def test_recognize_writes_one_file_per_picture_and_names_the_bad_one(folder, tmp_path):
    (folder / "c.png").write_bytes(b"no picture")

    done = ocrstudio("recognize", folder, "--out", tmp_path / "out", "--format", "json")

    assert done.returncode == 1
    assert "c.png" in done.stderr
    (page,) = json.loads((tmp_path / "out" / "a.png.json").read_text(encoding="utf-8"))
    assert page["lines"][0]["text"] == "Hello"
    assert (tmp_path / "out" / "b.png.json").is_file()


def test_recognize_prints_one_object_for_scripts(folder):
    (folder / "c.png").write_bytes(b"no picture")

    done = ocrstudio("recognize", folder, "--json")

    result = json.loads(done.stdout)
    assert [page["lines"][0]["text"] for page in result["pages"]] == ["Hello", "World"]
    assert [Path(failed["image"]).name for failed in result["failed"]] == ["c.png"]


def test_recognize_of_nothing_is_one_clear_line(tmp_path):
    done = ocrstudio("recognize", tmp_path)

    assert done.returncode == 1
    assert done.stderr.strip() == f"ocrstudio: {tmp_path} holds no pictures. Choose a folder with pictures."


def test_label_reads_untouched_pages_only_and_needs_no_paddle(folder):
    first = ocrstudio("label", folder, "--json", without=("paddle", "onnx"))
    second = ocrstudio("label", folder, "--json")

    store = ProjectStore.open(folder)
    texts = [[box.text for box in store.page(key).boxes] for key in store.keys]
    states = {store.state(key) for key in store.keys}
    store.close()
    assert json.loads(first.stdout)["pages"] == 2
    assert json.loads(second.stdout)["pages"] == 0
    assert texts == [["Hello"], ["World"]]
    assert states == {PageState.AUTO}


def test_label_all_leaves_checked_pages_and_touched_boxes_alone(folder):
    from dataclasses import replace

    ocrstudio("label", folder, "--json")
    store = ProjectStore.open(folder)
    one, other = (store.page(key) for key in store.keys)
    typed = replace(one.boxes[0], text="typed", score=None, touched=True)
    store.put(replace(one.with_box(typed), state=PageState.EDITED))
    store.put(replace(other, state=PageState.CHECKED))
    store.save()
    store.close()

    done = ocrstudio("label", folder, "--all", "--json")

    store = ProjectStore.open(folder)
    boxes, states = store.page(store.keys[0]).boxes, [store.state(key) for key in store.keys]
    store.close()
    assert json.loads(done.stdout)["pages"] == 1
    assert [box.text for box in boxes] == ["typed"]
    assert states == [PageState.EDITED, PageState.CHECKED]


def test_label_of_a_bad_picture_labels_the_others_and_names_it(folder):
    (folder / "c.png").write_bytes(b"")

    done = ocrstudio("label", folder)

    assert done.returncode == 1
    assert "1 of 3 pages could not be read, the first is" in done.stderr
    assert "2 pages labelled" in done.stdout


@pytest.mark.parametrize("command", ["train", "demo", "eval", "export-model"])
def test_without_paddle_training_says_how_to_install_it(command, tmp_path):
    run = make_run(make_dataset(tmp_path / "data", TEXTS[:3]), tmp_path / "runs")
    for ending in (".pdparams", ".pdopt", ".states"):
        run.path.joinpath(f"best_accuracy{ending}").touch()
    what = {"train": [run.config_path], "demo": ["--out", tmp_path / "demo"]}.get(command, [run.path])

    done = ocrstudio(command, *what, without=("paddle",))

    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert 'pip install "paddlepaddle==3.2.2" onnx' in said[-1]
    assert "Traceback" not in done.stderr


def test_train_makes_a_run_that_can_be_used_from_anywhere(paddle, tmp_path):
    dataset = make_dataset(tmp_path / "data set", TEXTS[:3])
    config = TrainConfig.template()
    config.set("Global.character_dict_path", "data set/dict.txt")
    config.set("Train.dataset.augment_copies", 1)
    for section, part in (("Train", "train"), ("Eval", "val")):
        config.set(f"{section}.dataset.data_dir", "data set/rec")
        config.set(f"{section}.dataset.label_file_list", [f"data set/rec/{part}.txt"])
    config.save(tmp_path / "numerals.yml")

    done = ocrstudio(
        "train", tmp_path / "numerals.yml", "-o", "Global.epoch_num=2", "Optimizer.lr.learning_rate=1e-3", "--json"
    )

    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    run = tmp_path / "runs" / "0001-numerals"
    saved = TrainConfig.load(run / "config.yml")
    assert result["outcome"] == "finished"
    assert Path(result["bundle"]) == run / "bundle"
    assert saved.get("Train.dataset.data_dir") == (dataset / "rec").as_posix()
    assert saved.get("Global.epoch_num") == 2


def test_demo_refuses_a_folder_in_use(paddle, folder):
    done = ocrstudio("demo", "--out", folder)

    assert done.returncode == 1
    assert "is not empty" in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["a.png", "b.png"]
