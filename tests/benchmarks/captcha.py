"""Noisy four-digit captchas, learned from a thousand crops: how soon unseen ones are read.

`python -m tests.benchmarks.captcha FOLDER` writes the pictures, to look at.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocrstudio.paths import resources

Picture = NDArray[np.uint8]

WIDTH, HEIGHT, DIGITS = 160, 60, 4
FONTS = ("mono.ttf", "sans-a.ttf", "serif-a-bold.ttf", "serif-b.otf")
SIZES = (36, 46)
MAX_TURN_DEGREES = 18
MAX_LIFT = 6
DOTS, ARCS = (60, 140), (2, 5)
WAVE_PIXELS = 1.2
DARKEST, LIGHTEST = 0, 105


def captcha(random: np.random.Generator) -> tuple[Image.Image, str]:
    """One captcha and its digits: turned, scaled and waving on a tinted ground, under arcs, dots and noise."""
    text = "".join(str(digit) for digit in random.integers(0, 10, DIGITS))
    ground = random.integers(185, 250, 3)
    picture = Image.new("RGB", (WIDTH, HEIGHT), tuple(map(int, ground)))
    draw = ImageDraw.Draw(picture)
    _arcs(draw, random, int(random.integers(*ARCS)) // 2)
    left = random.uniform(4, 18)
    for digit in text:
        left += _digit(picture, digit, left, random)
    _arcs(draw, random, int(random.integers(*ARCS)))
    for _ in range(int(random.integers(*DOTS))):
        x, y = random.uniform(0, WIDTH), random.uniform(0, HEIGHT)
        radius = random.uniform(0.3, 1.4)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_ink(random))
    return Image.fromarray(_finished(np.asarray(picture, np.uint8), random)), text


@cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), size)


def _ink(random: np.random.Generator) -> tuple[int, int, int]:
    red, green, blue = (int(value) for value in random.integers(DARKEST, LIGHTEST, 3))
    return red, green, blue


def _arcs(draw: ImageDraw.ImageDraw, random: np.random.Generator, count: int) -> None:
    for _ in range(count):
        x, y = random.uniform(-60, WIDTH), random.uniform(-40, HEIGHT)
        box = (x, y, x + random.uniform(30, 160), y + random.uniform(20, 80))
        start = float(random.uniform(0, 360))
        draw.arc(
            box, start, start + float(random.uniform(60, 200)), fill=_ink(random), width=int(random.integers(1, 3))
        )


def _digit(picture: Image.Image, digit: str, left: float, random: np.random.Generator) -> float:
    """Draws a digit; returns how far the next one is."""
    file = resources() / "fonts" / "samples" / FONTS[int(random.integers(len(FONTS)))]
    size = int(random.integers(*SIZES))
    font = _font(file, size)
    stamp = Image.new("L", (2 * size, 2 * size), 0)
    ImageDraw.Draw(stamp).text((size, size), digit, font=font, fill=255, anchor="mm")
    stamp = stamp.rotate(float(random.uniform(-MAX_TURN_DEGREES, MAX_TURN_DEGREES)), Image.Resampling.BICUBIC)
    box = stamp.getbbox() or (0, 0, size, size)
    stamp = stamp.crop(box)
    top = (HEIGHT - stamp.height) / 2 + random.uniform(-MAX_LIFT, MAX_LIFT)
    picture.paste(_ink(random), (round(left), round(top)), stamp)
    return stamp.width + random.uniform(0, 10)


def _finished(pixels: Picture, random: np.random.Generator) -> Picture:
    """Waves across the picture, then the noise of a sensor."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    phase, length = random.uniform(0, 6.28, 2), random.uniform(25, 60, 2)
    moved_rows = rows + WAVE_PIXELS * np.sin(columns / length[0] * 6.28 + phase[0])
    moved_columns = columns + WAVE_PIXELS * np.sin(rows / length[1] * 6.28 + phase[1])
    waving = pixels[
        np.clip(np.rint(moved_rows), 0, HEIGHT - 1).astype(int),
        np.clip(np.rint(moved_columns), 0, WIDTH - 1).astype(int),
    ]
    noise = random.normal(0, random.uniform(4, 16), waving.shape)
    return np.clip(waving + noise, 0, 255).astype(np.uint8)


def write_captchas(folder: Path, name: str, count: int, seed: int) -> Path:
    """Writes `count` captchas and the recognition list of them; the same seed gives the same ones."""
    random = np.random.default_rng(seed)
    (folder / name).mkdir(parents=True)
    lines = []
    for number in range(count):
        picture, text = captcha(random)
        picture.save(folder / name / f"{number:04}.png", compress_level=1)
        lines.append(f"{name}/{number:04}.png\t{text}\n")
    file = folder / f"{name}.txt"
    file.write_text("".join(lines), encoding="utf-8")
    return file


if __name__ == "__main__":
    write_captchas(Path(sys.argv[1]), "train", 1000, seed=1)
    write_captchas(Path(sys.argv[1]), "unseen", 300, seed=2)
