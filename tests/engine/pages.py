"""Rendered pages whose text a base detector overlooks or cuts otherwise than their labels do."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocrstudio import paths
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import RunFolder

WORDS = ("Harbour", "Granite", "Symphony", "Total 88.4", "Ref. 3381", "Meadow street", "Ward IX", "1957", "Zone VII")
Quad = list[list[int]]


def faint_page(random: np.random.Generator, width: int = 800, height: int = 640) -> tuple[Image.Image, list[Quad]]:
    """Lines of barely visible text on paper: each is labelled whole, though its words stand far apart.

    Returns:
        The page, and the outline of each line.
    """
    paper = random.normal(float(random.uniform(215, 245)), 1.2, (height, width)).clip(0, 255).astype(np.uint8)
    page = Image.fromarray(paper).convert("RGB")
    draw = ImageDraw.Draw(page)
    boxes: list[Quad] = []
    y = int(random.integers(15, 40))
    while y < height - 60:
        size = int(random.integers(18, 40))
        face = str(random.choice(["sans-a.ttf", "mono.ttf"]))
        font = ImageFont.truetype(str(paths.resources() / "fonts" / "samples" / face), size)
        words = [str(word) for word in random.choice(WORDS, int(random.integers(1, 4)))]
        gap, x = float(random.uniform(1.0, 2.5)) * size, float(random.integers(20, 160))
        grey = round(float(paper.mean()) - float(random.uniform(5, 12)))
        left, right, top, bottom = x, x, height, 0
        for word in words:
            box = draw.textbbox((x, y), word, font=font)
            if box[2] > width - 10:
                break
            draw.text((x, y), word, font=font, fill=(grey, grey, grey))
            right, top, bottom = box[2], min(top, box[1]), max(bottom, box[3])
            x = box[2] + gap
        if right > left:
            x0, y0, x1, y1 = round(left) - 2, round(top) - 2, round(right) + 2, round(bottom) + 2
            boxes.append([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
        y += int(size * float(random.uniform(1.5, 2.6)))
    return page, boxes


def make_dataset(folder: Path, train: int, val: int, seed: int = 5, width: int = 800, height: int = 640) -> Path:
    """A dataset folder as `formats.dataset` writes it (its detection part)."""
    random = np.random.default_rng(seed)
    for part, count in (("train", train), ("val", val)):
        (folder / "det" / part).mkdir(parents=True)
        lines = []
        for number in range(count):
            page, boxes = faint_page(random, width, height)
            page.save(folder / "det" / part / f"page {number}.png")
            label = [{"transcription": "text", "points": points, "difficult": False} for points in boxes]
            lines.append(f"{part}/page {number}.png\t{json.dumps(label)}\n")
        (folder / "det" / f"{part}.txt").write_text("".join(lines), encoding="utf-8")
    return folder


def make_run(dataset: Path, runs: Path, template: str = "ppocrv4_mobile_det", **values: object) -> RunFolder:
    """A run folder on that dataset; `values` are config keys with two underscores for a dot."""
    config = TrainConfig.template(template)
    config.use_dataset(dataset)
    for key, value in values.items():
        config.set(key.replace("__", "."), value)
    return RunFolder.create(runs, "test", config)
