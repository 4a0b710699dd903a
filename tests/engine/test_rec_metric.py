"""Our measures of reading beside PaddleOCR's own RecMetric, on the same predictions."""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path

import pytest

from ocrstudio.core import metrics
from ocrstudio.engine.rec.characters import write_characters

ALPHABET = "abcdeABC 0123Ⅷ发票，"
# Run in the checkout: reads pairs, prints what RecMetric makes of them.
SCRIPT = """
import json, sys
sys.path.insert(0, ".")
from ppocr.metrics.rec_metric import RecMetric
pairs = json.load(sys.stdin)
out = []
for ignore in (False, True):
    metric = RecMetric(main_indicator="acc", is_filter=False, ignore_space=ignore)
    for start in range(0, len(pairs), 7):
        part = pairs[start:start + 7]
        metric(([(read, 1.0) for truth, read in part], [(truth, 1.0) for truth, read in part]))
    out.append(metric.get_metric())
print(json.dumps(out))
"""


def random_pairs(count: int = 60) -> list[tuple[str, str]]:
    """Texts and readings of them with random errors; some right, some empty."""
    draw = random.Random(4)
    pairs = []
    for _ in range(count):
        truth = "".join(draw.choice(ALPHABET) for _ in range(draw.randint(0, 12)))
        read = [draw.choice(ALPHABET) if draw.random() < 0.1 else one for one in truth if draw.random() > 0.07]
        pairs.append((truth, "".join(read)))
    return pairs


@pytest.mark.parametrize("year", ["2024", "2026"])
def test_acc_and_norm_edit_dis_are_paddleocrs(year):
    checkout, python = os.environ.get(f"PADDLEOCR_{year}"), os.environ.get(f"PADDLEOCR_{year}_PYTHON")
    if not checkout or not python:
        pytest.skip(f"PADDLEOCR_{year} and PADDLEOCR_{year}_PYTHON name no checkout and its Python")
    pairs = random_pairs()

    answer = subprocess.run(
        [python, "-c", SCRIPT],
        cwd=checkout,
        input=json.dumps(pairs),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    theirs = json.loads(answer.stdout.splitlines()[-1])
    for ignore_space, values in zip((False, True), theirs, strict=True):
        assert metrics.accuracy(pairs, ignore_space=ignore_space) == pytest.approx(values["acc"], abs=1e-12)
        assert metrics.norm_edit_dis(pairs, ignore_space=ignore_space) == pytest.approx(
            values["norm_edit_dis"], abs=1e-12
        )


def test_the_table_of_characters_has_the_worst_first(tmp_path: Path):
    write_characters(tmp_path / "characters.tsv", [("ab b", "abb"), ("Ⅷ", "Ⅶ")])

    rows = [line.split("\t") for line in (tmp_path / "characters.tsv").read_text("utf-8").splitlines()]

    assert rows == [
        ["character", "truth", "read", "right", "precision", "recall", "read_as"],
        ["space", "1", "0", "0", "0.0000", "0.0000", "nothing x1"],
        ["Ⅶ", "0", "1", "0", "0.0000", "0.0000", ""],
        ["Ⅷ", "1", "0", "0", "0.0000", "0.0000", "Ⅶ x1"],
        ["a", "1", "1", "1", "1.0000", "1.0000", ""],
        ["b", "2", "2", "2", "1.0000", "1.0000", ""],
    ]
