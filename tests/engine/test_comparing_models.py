"""`ocrstudio compare` with real models: lists, datasets and projects, reading and finding."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from lines import render
from PIL import Image

from ocrstudio.core.errors import EngineError
from ocrstudio.core.model_comparison import Compared, verdict_text
from ocrstudio.engine.det.boxes import BoxRules, ResizeRules
from ocrstudio.engine.inference_yml import detection_yml
from ocrstudio.engine.known import known_characters
from ocrstudio.engine.model_comparison import compare_models
from ocrstudio.engine.nets.weights import DETECTOR_FILE, RECOGNIZER_FILE, bundled_file
from ocrstudio.formats.bundle import write_card
from ocrstudio.formats.dictionary import write_dictionary

WORDS = [f"Line {number} of 12" for number in range(1, 13)]


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """The bundled reader under another name, and the bundled detector with rules that find nothing."""
    folder = tmp_path_factory.mktemp("models")
    reads, finds = folder / "same reader", folder / "blind"
    for place, file, task in ((reads, RECOGNIZER_FILE, "rec"), (finds, DETECTOR_FILE, "det")):
        place.mkdir()
        shutil.copy(bundled_file(file), place / "model.onnx")
        write_card(place, {"name": place.name, "task": task})
    write_dictionary(reads / "dict.txt", known_characters("bundled"))
    rules = detection_yml("PP-OCRv6_small_det", BoxRules(box_thresh=0.999), ResizeRules())
    (finds / "inference.yml").write_text(rules)
    return reads, finds


def told(first: str, second: str, data: Path) -> tuple[dict, dict[str, str]]:
    """The result, and the verdict about each measure."""
    result = json.loads(json.dumps(compare_models(first, second, data, lambda name, done, total: None)))
    names = tuple(one["name"] for one in result["models"])
    measures = [Compared.from_dict(raw) for raw in result["measures"]]
    return result, {one.name: verdict_text(one, names) for one in measures}


def test_two_models_that_read_alike_are_no_difference(models, tmp_path):
    rows = []
    for number, text in enumerate(WORDS):
        render(text).save(tmp_path / f"{number}.png")
        rows.append(f"{number}.png\t{text if number else 'Something else'}")
    (tmp_path / "list.txt").write_text("\n".join(rows))

    result, verdicts = told("bundled", str(models[0]), tmp_path / "list.txt")

    assert [one["name"] for one in result["models"]] == ["PP-OCRv6 small", "same reader"]
    assert result["lines"] == 12
    assert result["counts"] == {"both_right": 11, "first_only": 0, "second_only": 0, "both_wrong": 1}
    assert verdicts["acc"].startswith("No difference: acc 91.7 % and 91.7 %")
    assert result["differing"] == []
    assert result["speeds_together"]  # the same weights, but a dictionary and settings of its own: both are read
    assert all(one["figures"]["lines_per_s"] > 0 for one in result["models"])


def test_detectors_are_compared_on_a_detection_list(models, tmp_path):
    rows = []
    for number in range(2):
        page = Image.new("RGB", (400, 300), "white")
        word = render("Hello 123", size=40)
        page.paste(word, (40, 100))
        page.save(tmp_path / f"{number}.png")
        left, top, right, bottom = 40, 100, 40 + word.width, 100 + word.height
        points = [[left, top], [right, top], [right, bottom], [left, bottom]]
        rows.append(f"{number}.png\t{json.dumps([{'transcription': 'Hello 123', 'points': points}])}")
    (tmp_path / "list.txt").write_text("\n".join(rows))

    result, verdicts = told("bundled", str(models[1]), tmp_path / "list.txt")

    assert result["task"] == "det"
    assert result["pages"] == 2
    assert result["models"][1]["figures"]["hmean"] == 0
    assert result["models"][0]["figures"]["hmean"] == 1
    assert verdicts["hmean"].startswith("Too few pages to say which is better: 2 are here")


def test_a_reader_and_a_detector_cannot_be_compared(models, tmp_path):
    with pytest.raises(EngineError, match="one reads lines, the other finds them"):
        told(str(models[0]), str(models[1]), tmp_path)
