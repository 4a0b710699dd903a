"""ONNX files of other people, imported: they read and find as they do where they come from."""

from __future__ import annotations

import pytest

from ocrstudio.core.errors import EngineError
from ocrstudio.engine.nets.weights import DETECTOR_FILE, DIRECTION_FILE, RECOGNIZER_FILE, bundled_file
from ocrstudio.engine.onnx_model import complete
from ocrstudio.engine.recognizer import PageReader, Region
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.model_install import import_model
from ocrstudio.formats.model_list import list_models
from ocrstudio.formats.model_store import stored_models
from ocrstudio.paths import resources


def completer(folder, name, origin, dictionary):
    found = complete(folder, name, origin, dictionary)
    return found.task, found.characters


def test_an_imported_pair_reads_a_page_like_the_models_that_it_came_from():
    reader = import_model(bundled_file(RECOGNIZER_FILE), completer, name="mine")
    finder = import_model(bundled_file(DETECTOR_FILE), completer, name="finder")
    assert (reader.task, reader.characters, finder.task) == ("rec", 18708, "det")
    assert "mine" in [info.name for info in list_models(None)]
    assert "finder" in [info.name for info in list_models(None, "det")]
    page = read_image(resources() / "samples" / "page_12.jpg")[:300]
    own, came_along = PageReader(str(reader.path), str(finder.path)), PageReader()
    lines = came_along.read_page(page)
    # the detector is asked by PaddleOCR's own rules, which draw boxes a little differently
    assert len(own.read_page(page)) == len(lines) > 0
    regions = [Region(line.points) for line in lines]
    assert own.read_quads(page, regions) == came_along.read_quads(page, regions)


def test_what_cannot_be_used_is_refused_and_leaves_nothing(tmp_path):
    broken, other = tmp_path / "broken.onnx", tmp_path / "two.txt"
    broken.write_bytes(b"\x08\x01" + b"no model" * 50)
    other.write_text("a\nb\n", encoding="utf-8")
    for file, dictionary, reason in (
        (broken, None, "The model broken cannot be used"),
        (bundled_file(DIRECTION_FILE), None, "neither reads lines nor finds them"),
        (bundled_file(RECOGNIZER_FILE), other, "has 2 characters, the model 18709"),
    ):
        with pytest.raises(EngineError, match=reason):
            import_model(file, completer, dictionary=dictionary)
    assert stored_models() == []
