"""Any model on any labelled set, line by line; the model itself is a scripted one."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from ocrstudio.core.errors import StudioError
from ocrstudio.core.evaluation import MeasuredModel
from ocrstudio.core.page import Box, PageState
from ocrstudio.engine.labelled import open_set
from ocrstudio.engine.line_evaluation import blur, evaluate_lines, ready_model
from ocrstudio.formats.bundle import write_card
from ocrstudio.formats.store import ProjectStore

MODEL = MeasuredModel("bundled", "scripted", "00" * 32)


class Scripted:
    """A model that reads the width of each crop, and counts what it is asked."""

    def __init__(self):
        self.asked = 0

    def load(self):
        return self.read

    def read(self, crops):
        self.asked += len(crops)
        return [(str(crop.shape[1]), 0.5, bytes([50] * len(str(crop.shape[1])))) for crop in crops]


def _picture(file, width, height=20):
    file.parent.mkdir(parents=True, exist_ok=True)
    ramp = np.tile(np.linspace(0, 255, width, dtype=np.uint8)[:, None], (height, 1, 3))
    file.write_bytes(cv2.imencode(".png", ramp)[1].tobytes())


def _measure(model, place, folder, **options):
    return evaluate_lines(MODEL, model.load, open_set(place, **options), lambda *_: None, folder)[0]


@pytest.fixture
def listed(tmp_path):
    for width in (30, 40, 50):
        _picture(tmp_path / "rec" / "test" / f"page_{width}.png", width)
    rows = [f"test/page_{width}.png\t{width if width < 50 else 'other'}\n" for width in (30, 40, 50)]
    (tmp_path / "rec" / "test.txt").write_text("".join(rows), encoding="utf-8")
    return tmp_path


def test_a_dataset_is_read_line_by_line_and_only_once(listed, tmp_path):
    model, kept = Scripted(), tmp_path / "kept"

    found = _measure(model, listed, kept)
    again = _measure(model, listed, kept)

    assert [(line.truth, line.read, line.size) for line in found.lines] == [
        ("30", "30", (30, 20)),
        ("40", "40", (40, 20)),
        ("other", "50", (50, 20)),
    ]
    assert found.data.part == "test"
    assert found.figures["acc"] == pytest.approx(2 / 3, abs=1e-4)
    assert found.lines[0].confidences == bytes([50, 50])
    assert (again.created, again.figures, len(again.lines)) == (found.created, found.figures, 3)
    assert model.asked == 3


def test_a_corrected_label_and_a_new_picture_cost_only_the_new_one(listed, tmp_path):
    model, kept = Scripted(), tmp_path / "kept"
    _measure(model, listed, kept)
    list_file = listed / "rec" / "test.txt"
    _picture(listed / "rec" / "new.png", 60)
    list_file.write_text(list_file.read_text().replace("other", "50") + "new.png\t60\n", encoding="utf-8")

    found = _measure(model, list_file, kept, data_dir=listed / "rec")
    assert model.asked == 3 + 4  # another place: a file of its own
    found = _measure(model, listed, kept)

    assert model.asked == 3 + 4 + 1
    assert found.figures["cer"] == 0.0


def test_a_picture_that_cannot_be_read_does_not_stop_the_others(listed, tmp_path):
    (listed / "rec" / "test" / "page_40.png").write_bytes(b"no picture")
    (listed / "rec" / "test" / "page_50.png").unlink()

    found = _measure(Scripted(), listed, tmp_path / "kept")

    assert [line.truth for line in found.lines] == ["30"]
    assert sorted(found.unread) == ["test/page_40.png", "test/page_50.png"]


def test_nothing_readable_is_an_error_that_names_a_picture(listed, tmp_path):
    for file in (listed / "rec" / "test").iterdir():
        file.write_bytes(b"")

    with pytest.raises(StudioError, match=r"None of the lines of .* can be read\. test/page_30\.png: "):
        _measure(Scripted(), listed, tmp_path / "kept")


def test_checked_pages_of_a_project_are_cut_out(tmp_path):
    _picture(tmp_path / "a.png", 200, 100)
    _picture(tmp_path / "b.png", 200, 100)
    store = ProjectStore.open(tmp_path)
    boxes = (
        Box(((10, 10), (60, 10), (60, 30), (10, 30)), "50"),
        Box(((100, 50), (140, 50), (140, 70), (100, 70)), "x"),
        Box(((0, 0), (9, 0), (9, 9), (0, 9)), "###"),
        Box(((300, 0), (390, 0), (390, 9), (300, 9)), "off the page"),
    )
    for key in store.keys:
        store.put(replace(store.page(key), boxes=boxes, state=PageState.CHECKED))
    store.put(replace(store.page(store.keys[1]), state=PageState.EDITED))
    store.save()
    store.close()

    found = _measure(Scripted(), tmp_path, tmp_path / "kept")

    assert [(line.truth, line.read, line.page) for line in found.lines] == [
        ("50", "50", f"{tmp_path.name}/a.png"),
        ("x", "40", f"{tmp_path.name}/a.png"),
    ]
    assert found.lines[0].at == (0.175, 0.2)
    assert found.lines[0].points == boxes[0].points
    assert list(found.unread) == ["a.png"]


def test_lines_of_a_project_s_dataset_know_where_they_were_cut_from(tmp_path):
    _picture(tmp_path / "a.png", 200, 100)
    store = ProjectStore.open(tmp_path)
    key = store.keys[0]
    boxes = (Box(((10, 10), (60, 10), (60, 30), (10, 30)), "50"), Box(((0, 50), (40, 50), (40, 70), (0, 70)), "40"))
    store.put(replace(store.page(key), boxes=boxes, state=PageState.CHECKED))
    store.save()
    store.close()
    dataset = tmp_path / ".ocrstudio" / "datasets" / "one"
    _picture(dataset / "rec" / "val" / "a_0.png", 50)
    _picture(dataset / "rec" / "val" / "a_1.png", 40)
    (dataset / "rec" / "val.txt").write_text("val/a_0.png\t50\nval/a_1.png\tchanged since\n", encoding="utf-8")

    lines = open_set(dataset).lines

    assert [(line.page, line.at) for line in lines] == [(key, (0.175, 0.2)), ("a", None)]


def test_a_project_without_checked_pages_is_refused(tmp_path):
    _picture(tmp_path / "a.png", 20)
    with pytest.raises(StudioError, match=r"No page of .* is checked"):
        open_set(tmp_path)


def test_blur_falls_as_edges_soften():
    sharp = np.zeros((48, 96, 3), np.uint8)
    sharp[:, ::8] = 255
    assert blur(sharp) > 4 * blur(cv2.GaussianBlur(sharp, (0, 0), 2))


def test_another_dictionary_or_other_settings_are_another_model(tmp_path):
    write_card(tmp_path, {"name": "m", "created": "", "task": "rec", "characters": 2})
    files = {"model.onnx": "weights", "dict.txt": "a\nb\n", "inference.yml": "Global: {}\n"}

    def digest():
        return ready_model(str(tmp_path), lambda *_: None)[0].sha256

    for name, content in files.items():
        (tmp_path / name).write_text(content)
    seen = {digest()}
    for name, content in (("dict.txt", "b\na\n"), ("inference.yml", "PreProcess: {}\n"), ("model.onnx", "others")):
        (tmp_path / name).write_text(content)
        seen.add(digest())
    write_card(tmp_path, {"name": "another name", "created": "", "task": "rec", "characters": 2})
    seen.add(digest())  # a name changes nothing
    assert len(seen) == 4
