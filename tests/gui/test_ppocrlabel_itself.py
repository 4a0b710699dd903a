"""PPOCRLabel's own program reads what we write. It is not among our dependencies, so its environment is named:

PPOCRLABEL_ENV=/path/of/an/environment python -m pytest tests/gui/test_ppocrlabel_itself.py
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from project_parts import make_project

from ocrstudio.core.page import Box, Orientation, PageState
from ocrstudio.formats.store import ProjectStore

ENVIRONMENT = os.environ.get("PPOCRLABEL_ENV", "")
DRIVER = Path(__file__).resolve().parents[1] / "benchmarks" / "annotating" / "ppocrlabel.py"
TEXTS = ("Chapter Ⅻ", '引号 " 和 \\ 反斜杠', "line\u2028separator", "a, [b] {c}", "😀 é", "")

pytestmark = pytest.mark.skipif(not ENVIRONMENT, reason="PPOCRLABEL_ENV names no environment with PPOCRLabel")


def read_by_peer(folder: Path) -> dict:
    python = Path(ENVIRONMENT) / ("Scripts" if os.name == "nt" else "bin") / "python"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    answer = subprocess.run(
        [str(python), str(DRIVER), "--read", str(folder)], env=environment, capture_output=True, text=True, timeout=120
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


def test_labels_of_every_kind_arrive(tmp_path):
    folder = make_project(tmp_path)
    store = ProjectStore.open(folder)
    boxes = [
        Box(((10.0, 10.0 + 20 * n), (90.0, 10.0 + 20 * n), (90.0, 25.0 + 20 * n), (10.0, 25.0 + 20 * n)), text)
        for n, text in enumerate(TEXTS)
    ]
    hexagon = ((120.0, 30.0), (140.0, 20.0), (160.0, 20.0), (180.0, 30.0), (160.0, 40.0), (140.0, 40.0))
    boxes.append(Box(hexagon, "curved"))
    boxes[0] = boxes[0].with_extra(key_cls="date", id=1, linking=[[1, 2]], orientation=Orientation.DRAWN.value)
    store.put(replace(store.page("pages/p1.png"), boxes=tuple(boxes), state=PageState.CHECKED))
    store.put(replace(store.page("pages/p2.png"), boxes=(), state=PageState.CHECKED))
    store.save()
    store.close()
    found = read_by_peer(folder)
    read = found["labels"]["pages/p1.png"]
    assert [one["transcription"] for one in read] == [*TEXTS, "curved"]
    assert [one["points"] for one in read] == [[[int(x), int(y)] for x, y in box.points] for box in boxes]
    assert read[0]["linking"] == [[1, 2]]
    assert [text for text, _ in found["shapes"]] == [*TEXTS, "curved"]
    assert found["checked"] == ["pages/p1.png", "pages/p2.png"]


def test_a_sub_folder_is_a_folder_of_the_peer(tmp_path):
    folder = make_project(tmp_path)
    (folder / "deep").mkdir()
    (folder / "p3.png").rename(folder / "deep" / "p3.png")
    store = ProjectStore.open(folder)
    page = store.page("pages/deep/p3.png")
    box = Box(((10.0, 10.0), (90.0, 10.0), (90.0, 25.0), (10.0, 25.0)), "in the sub-folder")
    store.put(replace(page, boxes=(box,), state=PageState.CHECKED))
    store.save()
    store.close()
    found = read_by_peer(folder / "deep")
    assert [text for text, _ in found["shapes"]] == ["in the sub-folder"]
    assert found["checked"] == ["deep/p3.png"]
