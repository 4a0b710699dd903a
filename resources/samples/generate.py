"""Makes the sample project: pages with Roman numerals, numbers and words, and their ground truth.

    python resources/samples/generate.py [--out DIR] [--labels-only]

The same seed gives the same ground truth everywhere: positions are computed from the fonts' outlines and not from what
a rasteriser measured. Pixels may differ between versions of Pillow by what its rasteriser changed.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import backgrounds
import numpy as np
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from texts import ROMAN, Numerals, lines

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts" / "samples"
SEED = 20240607
PAGES = 30
WIDTH, HEIGHT = 900, 1200  # pixels of a page
BLEED = 80  # pixels drawn around the page, so that a turned page has no empty corners
SUPERSAMPLING = 2
MARGIN = 3  # pixels between ink and box, before distortion
EDGE = 70  # pixels between text and the page's edge

LATIN_FONTS = ("sans-a.ttf", "serif-a-bold.ttf", "serif-b.otf", "serif-c.otf", "serif-d-italic.otf", "sans-b.otf")
FONT_CHOICES = {
    "roman": (*LATIN_FONTS, "cjk-sans.otf"),
    "latin": ("sans-a.ttf", "serif-b.otf", "serif-c.otf", "sans-b.otf", "mono.ttf"),
    "chinese": ("cjk-sans.otf", "cjk-serif-bold.otf"),
}
STYLES = ("paper", "form", "gradient", "table", "ledger", "dial")

Quad = list[tuple[float, float]]


@dataclass(frozen=True)
class Text:
    """One line of text on the flat page.

    Attributes:
        text: What it says.
        font: File name in FONTS.
        size: Font size, pixels of the flat page.
        x: Left end of its baseline, pixels of the flat page without bleed.
        y: Its baseline.
    """

    text: str
    font: str
    size: int
    x: float
    y: float


@dataclass(frozen=True)
class Plan:
    """Everything that decides a page's ground truth.

    Attributes:
        name: File name of the picture.
        style: One of STYLES.
        texts: Its lines.
        matrix: (3, 3) homography from the flat page to the picture.
        seed: Seed of what does not touch the ground truth (texture, light, noise).
    """

    name: str
    style: str
    texts: tuple[Text, ...]
    matrix: np.ndarray
    seed: int


@cache
def outlines(font: str) -> tuple[TTFont, object, dict[int, str]]:
    """The font, its glyphs and its character map."""
    opened = TTFont(FONTS / font)
    return opened, opened.getGlyphSet(), opened.getBestCmap()


@cache
def glyph(font: str, character: str) -> tuple[float, tuple[float, float, float, float] | None]:
    """Advance and bounds (x0, y0, x1, y1; y up) of a glyph in ems; bounds None for a blank one.

    Raises:
        KeyError: If the font lacks the character: a box instead of a letter must never get into the set.
    """
    opened, glyphs, characters = outlines(font)
    name = characters[ord(character)]
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    em = opened["head"].unitsPerEm
    bounds = None if pen.bounds is None else tuple(value / em for value in pen.bounds)
    return glyphs[name].width / em, bounds


def advance(text: str, font: str) -> float:
    """Length of a line in ems."""
    return sum(glyph(font, character)[0] for character in text)


def ink_box(line: Text) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1 of the line's ink on the flat page, y down."""
    x, boxes = line.x, []
    for character in line.text:
        width, bounds = glyph(line.font, character)
        if bounds is not None:
            x0, y0, x1, y1 = (value * line.size for value in bounds)
            boxes.append((x + x0, line.y - y1, x + x1, line.y - y0))
        x += width * line.size
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def homography(source: Quad, target: Quad) -> np.ndarray:
    """The (3, 3) matrix that takes four points to four others."""
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return np.append(np.linalg.solve(np.array(rows, float), np.array(values, float)), 1.0).reshape(3, 3)


def moved(matrix: np.ndarray, x: float, y: float) -> tuple[float, float]:
    """A point taken through a homography."""
    u, v, w = matrix @ (x, y, 1.0)
    return float(u / w), float(v / w)


def distortion(chance: random.Random) -> np.ndarray:
    """Turns by up to 3 degrees about the middle and moves each corner by up to 12 pixels."""
    angle = math.radians(chance.uniform(-3.0, 3.0))
    corners: Quad = [(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)]
    target: Quad = []
    for x, y in corners:
        dx, dy = x - WIDTH / 2, y - HEIGHT / 2
        u = WIDTH / 2 + dx * math.cos(angle) - dy * math.sin(angle)
        v = HEIGHT / 2 + dx * math.sin(angle) + dy * math.cos(angle)
        target.append((u + chance.uniform(-12, 12), v + chance.uniform(-12, 12)))
    return homography(corners, target)


def fitted(text: str, font: str, size: int, x: float, y: float, room: float) -> Text:
    """A line made smaller until it fits into the room it has."""
    length = advance(text, font)
    while size * length > room and size > 16:
        size -= 1
    return Text(text, font, size, x, y)


def cells(style: str, chance: random.Random) -> list[tuple[float, float, float]]:
    """x, baseline and room (pixels) of every line of a page of that style, not the ones on a dial."""
    found: list[tuple[float, float, float]] = []
    if style == "table":
        left, right = EDGE + 18, WIDTH / 2 + 18
        return [(x, 190 + row * 104.0, WIDTH / 2 - EDGE - 36) for row in range(9) for x in (left, right)]
    first, pitch, count = {"form": (250, 56, 16), "dial": (905, 64, 4)}.get(style, (130, 63, 17))
    for row in range(count):
        y = float(first + row * pitch)
        if style in {"paper", "form"} and chance.random() < 0.15:
            found += [(EDGE + 10.0, y, 340.0), (WIDTH / 2 + 20.0, y, WIDTH / 2 - EDGE - 30)]
        else:
            indent = EDGE + (10.0 if style == "form" else chance.choice((0.0, 0.0, 40.0, 90.0, 160.0)))
            found.append((indent, y, WIDTH - EDGE - indent))
    return found[:18]


def dial(chance: random.Random) -> list[Text]:
    """The twelve hours of a clock face, each with its minutes or its hour of the afternoon."""
    font = chance.choice(FONT_CHOICES["roman"])
    offset, step = chance.choice(((0, 5), (12, 1)))
    hours = []
    for index, numeral in enumerate(ROMAN, start=1):
        angle = math.radians(30 * index - 90)
        text = f"{numeral} {(offset + index * step) % 60:02d}"
        size = 34
        x, y = WIDTH / 2 + 300 * math.cos(angle), 460 + 300 * math.sin(angle)
        hours.append(Text(text, font, size, x - advance(text, font) * size / 2, y + size * 0.35))
    return hours


def plan_page(number: int, numerals: Numerals) -> Plan:
    """Decides everything about page `number` (from 1) that its ground truth depends on."""
    chance = random.Random(SEED * 1000 + number)
    style = "dial" if number % 15 == 0 else STYLES[:5][number % 5]
    texts = dial(chance) if style == "dial" else []
    written = lines(chance, numerals, roman_share=0.68, chinese_share=chance.choice((0.0, 0.1, 0.3)))
    page_fonts = {script: chance.sample(fonts, k=min(3, len(fonts))) for script, fonts in FONT_CHOICES.items()}
    for x, y, room in cells(style, chance):
        text, script = next(written)
        size = chance.choice((26, 28, 30, 32, 36, 40) if style != "form" else (24, 26, 28, 30))
        texts.append(fitted(text, chance.choice(page_fonts[script]), size, x, y, room))
    return Plan(f"page_{number:02d}.jpg", style, tuple(texts), distortion(chance), chance.randrange(2**31))


def plan_all() -> list[Plan]:
    """Every page of the set."""
    numerals = Numerals(random.Random(SEED))
    return [plan_page(number, numerals) for number in range(1, PAGES + 1)]


def label(plan: Plan) -> list[dict[str, object]]:
    """A page's ground truth as PPOCRLabel writes it: points clockwise from the top left, whole pixels."""
    boxes: list[dict[str, object]] = []
    for line in plan.texts:
        left, top, right, bottom = ink_box(line)
        left, top, right, bottom = left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        points = [[round(value) for value in moved(plan.matrix, x, y)] for x, y in corners]
        boxes.append({"transcription": line.text, "points": points, "difficult": False})
    return boxes


def draw_text(canvas: Image.Image, line: Text, colour: tuple[int, int, int]) -> None:
    """Draws a line glyph by glyph where the outlines put it, so that ink and ground truth agree."""
    scale = SUPERSAMPLING
    font = ImageFont.truetype(str(FONTS / line.font), line.size * scale, layout_engine=ImageFont.Layout.BASIC)
    draw = ImageDraw.Draw(canvas)
    x = line.x
    for character in line.text:
        draw.text(((x + BLEED) * scale, (line.y + BLEED) * scale), character, fill=colour, font=font, anchor="ls")
        x += glyph(line.font, character)[0] * line.size


def warp(canvas: Image.Image, matrix: np.ndarray) -> Image.Image:
    """Takes the flat page with its bleed through the homography and down to the page's size."""
    scale = SUPERSAMPLING
    to_flat = np.linalg.inv(matrix)
    up = np.array([[scale, 0, BLEED * scale], [0, scale, BLEED * scale], [0, 0, 1.0]])
    down = np.array([[1 / scale, 0, 0], [0, 1 / scale, 0], [0, 0, 1.0]])
    inverse = up @ to_flat @ down
    inverse /= inverse[2, 2]
    size = (WIDTH * scale, HEIGHT * scale)
    turned = canvas.transform(size, Image.Transform.PERSPECTIVE, inverse.ravel()[:8].tolist(), Image.Resampling.BICUBIC)
    return turned.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def draw_page(plan: Plan) -> Image.Image:
    """Draws a page: background, text, distortion, then light, blur and noise."""
    dice = np.random.default_rng(plan.seed)
    size = ((WIDTH + 2 * BLEED) * SUPERSAMPLING, (HEIGHT + 2 * BLEED) * SUPERSAMPLING)
    paint: Callable[..., tuple[Image.Image, backgrounds.Inks]] = getattr(backgrounds, plan.style)
    canvas, inks = paint(size, BLEED * SUPERSAMPLING, SUPERSAMPLING, dice)
    for line in plan.texts:
        draw_text(canvas, line, inks[int(dice.integers(len(inks)))])
    picture = warp(canvas, plan.matrix).filter(ImageFilter.GaussianBlur(float(dice.uniform(0.2, 0.8))))
    return backgrounds.worn(picture, dice)


def main() -> None:
    """Writes the pages and their ground truth."""
    parser = argparse.ArgumentParser(description="Makes the sample project.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    parser.add_argument("--labels-only", action="store_true", help="write the ground truth without the pictures")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    records = []
    for plan in plan_all():
        records.append(f"samples/{plan.name}\t{json.dumps(label(plan), ensure_ascii=False)}\n")
        if not options.labels_only:
            draw_page(plan).save(options.out / plan.name, quality=75, optimize=True)
    with (options.out / "ground_truth.txt").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(records)


if __name__ == "__main__":
    main()
