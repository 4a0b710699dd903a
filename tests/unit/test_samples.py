"""The sample project: its ground truth is what the pictures show, and can be made again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from ocrstudio.paths import resources

SAMPLES = resources() / "samples"
FONTS = resources() / "fonts"
ROMAN = [chr(0x2160 + index) for index in range(12)]


def _pages() -> dict[str, list[dict]]:
    pages = {}
    for line in (SAMPLES / "ground_truth.txt").read_text(encoding="utf-8").splitlines():
        key, boxes = line.split("\t")
        pages[key] = json.loads(boxes)
    return pages


def _ink(name: str, boxes: list[dict]) -> list[np.ndarray]:
    """For each box its straightened crop, true where there is ink."""
    found = []
    with Image.open(SAMPLES / name) as image:
        grey = image.convert("L")
    for box in boxes:
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = box["points"]
        size = (max(x1 - x0, x2 - x3), max(y3 - y0, y2 - y1))
        corners = (x0, y0, x3, y3, x2, y2, x1, y1)
        crop = np.asarray(grey.transform(size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR), np.float32)
        away = np.abs(crop - np.median(crop))
        assert away.max() > 60, f"{name}: no ink in the box of {box['transcription']!r}"
        found.append(away > 0.45 * away.max())
    return found


def test_there_are_at_least_24_pages_with_12_to_18_lines_each():
    pages = _pages()
    assert len(pages) >= 24
    assert all(12 <= len(boxes) <= 18 for boxes in pages.values())
    assert sorted(pages) == sorted(f"samples/{path.name}" for path in SAMPLES.glob("*.jpg"))


def test_each_roman_numeral_appears_at_least_25_times_and_about_equally_often():
    texts = [box["transcription"] for boxes in _pages().values() for box in boxes]
    counts = Counter(character for text in texts for character in text)
    numerals = [counts[character] for character in ROMAN]
    assert min(numerals) >= 25
    assert max(numerals) - min(numerals) <= 3


def test_no_line_spells_a_roman_numeral_with_latin_letters():
    # a picture that shows III may be read in one way only
    words = [word for boxes in _pages().values() for box in boxes for word in box["transcription"].split()]
    assert [word for word in words if word.strip(".,:()-/") and not set(word.strip(".,:()-/")) - set("IVX")] == []


def test_every_box_lies_on_its_page_and_runs_clockwise_from_the_top_left():
    for key, boxes in _pages().items():
        with Image.open(SAMPLES / Path(key).name) as image:
            width, height = image.size
        for box in boxes:
            (x0, y0), (x1, y1), (x2, y2), (x3, y3) = box["points"]
            assert all(0 <= x < width and 0 <= y < height for x, y in box["points"]), (key, box)
            assert (x0 < x1, x3 < x2, y0 < y3, y1 < y2) == (True, True, True, True), (key, box)


def test_every_box_is_filled_with_ink_from_edge_to_edge():
    for key, boxes in _pages().items():
        for box, ink in zip(boxes, _ink(Path(key).name, boxes), strict=True):
            columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
            margins = (columns[0], ink.shape[1] - 1 - columns[-1], rows[0], ink.shape[0] - 1 - rows[-1])
            assert all(1 <= margin <= 8 for margin in margins), (key, box, margins)


def test_no_box_is_so_tall_that_it_would_be_turned_when_cropped():
    for boxes in _pages().values():
        for box in boxes:
            (x0, y0), (x1, y1), _, (x3, y3) = box["points"]
            assert np.hypot(x3 - x0, y3 - y0) < 1.5 * np.hypot(x1 - x0, y1 - y0), box


def test_the_generator_makes_the_same_ground_truth_again(tmp_path):
    command = [sys.executable, str(SAMPLES / "generate.py"), "--out", str(tmp_path), "--labels-only"]
    subprocess.run(command, check=True, timeout=120)
    assert (tmp_path / "ground_truth.txt").read_bytes() == (SAMPLES / "ground_truth.txt").read_bytes()


def test_the_generator_draws_a_page_of_the_same_size_with_ink_in_the_same_places(tmp_path):
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import generate; "
        "plan = generate.plan_all()[7]; generate.draw_page(plan).save(sys.argv[2])"
    )
    drawn = tmp_path / "page_08.png"
    subprocess.run([sys.executable, "-B", "-c", script, str(SAMPLES), str(drawn)], check=True, timeout=120)
    with Image.open(drawn) as new, Image.open(SAMPLES / "page_08.jpg") as shipped:
        assert new.size == shipped.size
        difference = np.asarray(new.convert("L"), np.float32) - np.asarray(shipped.convert("L"), np.float32)
    assert np.abs(difference).mean() < 6


@pytest.mark.parametrize("font", sorted((FONTS / "samples").glob("*.[ot]tf")), ids=lambda path: path.name)
def test_fonts_carry_a_name_of_our_own_and_the_numerals_where_they_are_used_for_them(font):
    opened = TTFont(font)
    assert opened["name"].getDebugName(1).startswith("OCR Studio")
    if font.name != "mono.ttf":
        assert set(map(ord, ROMAN)) <= set(opened.getBestCmap())


def test_the_windows_font_shows_simplified_chinese_and_roman_numerals():
    font = FONTS / "NotoSansSC-subset.otf"
    assert font.stat().st_size <= 4 * 2**20
    characters = TTFont(font).getBestCmap()
    assert set(map(ord, "标注训练测试配置数据集ⅠⅡⅫäéñ…→×✓")) <= set(characters)
    assert sum(0x4E00 <= code <= 0x9FFF for code in characters) >= 6763


def test_every_font_is_named_in_a_licence_file():
    licences = "".join(path.read_text(encoding="utf-8") for path in FONTS.glob("LICENSE-*.txt"))
    for font in FONTS.rglob("*.[ot]tf"):
        assert font.relative_to(FONTS).as_posix() in licences
