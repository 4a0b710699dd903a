"""Detection against PaddleOCR's own classes on the same data: targets, loss, boxes and measures."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from ocrstudio.core.detection_metrics import detection_score, match_page
from ocrstudio.engine.det.boxes import BoxRules, boxes_of_map
from ocrstudio.engine.det.maps import MapRules, draw_maps

SIZE = 640


def turned_box(random: np.random.Generator, size: float = SIZE) -> np.ndarray:
    """A line of text of any turn, also across the page's edge."""
    half = np.array([random.uniform(10, 80), random.uniform(3, 20)])
    angle = np.radians(random.uniform(-45, 45))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    return corners @ turn.T + random.uniform(0, size, 2)


def made_pages(random: np.random.Generator) -> list[dict[str, Any]]:
    pages = []
    for _ in range(12):
        truths = [turned_box(random) for _ in range(15)]
        found = [box + random.uniform(-8, 8, (1, 2)) for box in truths[3:]] + [turned_box(random) for _ in range(4)]
        found.append(found[0][[0, 2, 1, 3]])  # one that crosses itself
        ignored = [bool(value) for value in random.random(len(truths)) < 0.2]
        pages.append({"truths": [t.tolist() for t in truths], "found": [f.tolist() for f in found], "ignored": ignored})
    return [*pages, {"truths": [], "found": [], "ignored": []}]


@pytest.fixture(scope="module", params=["PADDLEOCR_2026", "PADDLEOCR_2024"])
def compared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, dict]:
    """The data, and what a checkout makes of it."""
    checkout, python = os.environ.get(request.param), os.environ.get(f"{request.param}_PYTHON")
    if not checkout or not python:
        pytest.skip(f"{request.param} and {request.param}_PYTHON name no PaddleOCR checkout")
    random = np.random.default_rng(7)
    polygons = np.array([turned_box(random) for _ in range(60)])
    score_map = np.zeros((480, 640), np.float32)
    for _ in range(20):
        cv2.fillPoly(score_map, [turned_box(random, 600).astype(np.int32)], float(random.uniform(0.4, 1)))
    given = {
        "polygons": polygons,
        "ignored": random.random(60) < 0.1,
        "predicted": random.random((2, 3, 64, 64)).astype(np.float32),
        "threshold": random.random((2, 64, 64)).astype(np.float32),
        "threshold_mask": (random.random((2, 64, 64)) < 0.4).astype(np.float32),
        "shrink": (random.random((2, 64, 64)) < 0.2).astype(np.float32),
        "shrink_mask": (random.random((2, 64, 64)) < 0.9).astype(np.float32),
        "score_map": cv2.GaussianBlur(score_map, (5, 5), 0),
        "pages": json.dumps(made_pages(random)),
    }
    folder = tmp_path_factory.mktemp("reference")
    np.savez(folder / "given.npz", **given)
    script = Path(__file__).with_name("det_reference.py")
    command = [python, str(script), checkout, str(folder / "given.npz"), str(folder / "result.npz")]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return given, dict(np.load(folder / "result.npz"))


def test_targets(compared: tuple[dict, dict]) -> None:
    given, theirs = compared
    ours = draw_maps(list(given["polygons"]), list(given["ignored"]), SIZE, SIZE, MapRules())
    assert np.array_equal(ours.shrink, theirs["shrink_map"])
    assert np.array_equal(ours.shrink_mask, theirs["shrink_mask"])
    # its OpenCV decides a few pixels on slanted outlines otherwise
    assert np.count_nonzero(ours.threshold_mask != theirs["threshold_mask"]) <= 10
    # beyond the ends of an edge PaddleOCR measures to the corner a little too early
    difference = np.abs(ours.threshold - theirs["threshold_map"])
    assert difference.max() < 0.08
    assert difference.mean() < 2e-4


def test_loss(compared: tuple[dict, dict], paddle: Any) -> None:
    from ocrstudio.engine.det.loss import detection_losses
    from ocrstudio.engine.det.rules import LossRules

    given, theirs = compared
    target = {name: paddle.to_tensor(given[name]) for name in ("shrink", "shrink_mask", "threshold", "threshold_mask")}
    predicted = tuple(paddle.to_tensor(given["predicted"][:, [place]]) for place in range(3))
    ours = {name: float(part) for name, part in detection_losses(predicted, target, LossRules()).items()}
    assert ours == pytest.approx({name: float(theirs[name][0]) for name in ours}, rel=1e-5)
    assert sum(ours.values()) == pytest.approx(float(theirs["loss"][0]), rel=1e-5)


@pytest.mark.parametrize("box_type", ["quad", "poly"])
def test_boxes(compared: tuple[dict, dict], box_type: str) -> None:
    given, theirs = compared
    ours = boxes_of_map(given["score_map"], 900, 1200, BoxRules(box_type=box_type))
    wanted = [np.array(points) for points in json.loads(str(theirs[f"boxes_{box_type}"]))]
    assert len(ours) == len(wanted) > 5
    for one, other in zip(ours, wanted, strict=True):
        assert np.abs(one - other).max() <= 1


def test_measures(compared: tuple[dict, dict]) -> None:
    given, theirs = compared
    pages = json.loads(given["pages"])
    score = detection_score(match_page(page["truths"], page["ignored"], page["found"]) for page in pages)
    wanted = json.loads(str(theirs["metric"]))
    assert 0.3 < score.hmean < 0.95
    assert vars(score) == pytest.approx(wanted, abs=1e-9)
