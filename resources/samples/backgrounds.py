"""What the sample pages are printed on, and what time did to them. Nothing here moves ink."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Size = tuple[int, int]
# colours that can be read on a background
Inks = tuple[Colour, ...]


DARK = ((24, 24, 28), (40, 32, 30), (22, 34, 66), (70, 24, 24))
LIGHT = ((250, 250, 246), (255, 246, 214), (232, 244, 255))


def _clouds(size: Size, cell: int, dice: np.random.Generator) -> np.ndarray:
    """(height, width) smooth values from -1 to 1; `cell` is the size of a cloud in pixels."""
    small = dice.uniform(-1, 1, (size[1] // cell + 2, size[0] // cell + 2)).astype(np.float32)
    return np.asarray(Image.fromarray(small).resize(size, Image.Resampling.BICUBIC))


def _shade(base: Colour, change: np.ndarray) -> Image.Image:
    """A plain colour made lighter and darker by (height, width) grey levels."""
    return Image.fromarray(np.clip(np.array(base, np.float32) + change[..., None], 0, 255).astype(np.uint8))


def paper(size: Size, edge: int, scale: int, dice: np.random.Generator) -> tuple[Image.Image, Inks]:
    """Old paper: stains, fibres."""
    base = ((244, 236, 214), (238, 230, 205), (248, 244, 232), (226, 222, 206))[int(dice.integers(4))]
    image = _shade(base, _clouds(size, 260, dice) * 9 + _clouds(size, 40, dice) * 4)
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        x, y = dice.uniform(0, size[0]), dice.uniform(0, size[1])
        dx, dy = dice.normal(0, 14 * scale, 2)
        draw.line((x, y, x + dx, y + dy), fill=tuple(int(value * 0.93) for value in base), width=scale)
    return image.filter(ImageFilter.GaussianBlur(scale)), DARK


def form(size: Size, edge: int, scale: int, dice: np.random.Generator) -> tuple[Image.Image, Inks]:
    """A coloured form: tinted sheet, a band at the top, a box around every row."""
    tint, band = (
        ((226, 240, 230), (46, 125, 90)),
        ((252, 230, 230), (176, 58, 58)),
        ((226, 236, 250), (44, 84, 150)),
        ((252, 244, 214), (190, 130, 20)),
    )[int(dice.integers(4))]
    image = Image.new("RGB", size, tint)
    draw = ImageDraw.Draw(image)
    draw.rectangle((edge, edge + 60 * scale, size[0] - edge, edge + 150 * scale), fill=band)
    for row in range(16):
        top = edge + (210 + row * 56) * scale
        fill = tuple(min(255, value + 9) for value in tint) if row % 2 else None
        draw.rectangle((edge + 60 * scale, top, size[0] - edge - 60 * scale, top + 56 * scale), fill=fill, outline=band)
    return image, DARK


def gradient(size: Size, edge: int, scale: int, dice: np.random.Generator) -> tuple[Image.Image, Inks]:
    """A poster: one colour runs into another, dark enough for light ink all over or light enough for dark ink."""
    dark = bool(dice.integers(2))
    deep = (((30, 50, 96), (96, 40, 92)), ((20, 70, 74), (14, 24, 48)), ((90, 30, 30), (40, 30, 60)))
    pale = (((255, 236, 200), (255, 200, 190)), ((214, 244, 236), (196, 214, 250)), ((246, 246, 246), (206, 210, 216)))
    pairs = deep if dark else pale
    top, bottom = (np.array(colour, np.float32) for colour in pairs[int(dice.integers(3))])
    share = np.linspace(0, 1, size[1], dtype=np.float32)[:, None, None]
    column = top * (1 - share) + bottom * share
    image = Image.fromarray(np.broadcast_to(column, (size[1], size[0], 3)).astype(np.uint8))
    return image, LIGHT if dark else DARK


def table(size: Size, edge: int, scale: int, dice: np.random.Generator) -> tuple[Image.Image, Inks]:
    """A table of nine rows and two columns, every second row shaded."""
    line = ((60, 60, 66), (90, 110, 140), (150, 120, 90))[int(dice.integers(3))]
    image = _shade((250, 250, 248), _clouds(size, 300, dice) * 4)
    draw = ImageDraw.Draw(image)
    left, right, middle = edge + 60 * scale, size[0] - edge - 60 * scale, size[0] // 2
    for row in range(10):
        y = edge + (128 + row * 104) * scale
        if row % 2 and row < 9:
            draw.rectangle((left, y, right, y + 104 * scale), fill=(232, 236, 240))
        draw.line((left, y, right, y), fill=line, width=2 * scale)
    for x in (left, middle, right):
        draw.line((x, edge + 128 * scale, x, edge + (128 + 9 * 104) * scale), fill=line, width=2 * scale)
    return image, DARK


def ledger(size: Size, edge: int, scale: int, dice: np.random.Generator) -> tuple[Image.Image, Inks]:
    """Ruled paper with a margin line; the text stands on the rules."""
    image = _shade((246, 246, 236), _clouds(size, 200, dice) * 5)
    draw = ImageDraw.Draw(image)
    for row in range(-1, 18):
        y = edge + (142 + row * 63) * scale
        draw.line((0, y, size[0], y), fill=(168, 196, 224), width=scale)
    draw.line((edge + 54 * scale, 0, edge + 54 * scale, size[1]), fill=(222, 130, 130), width=scale)
    return image, ((24, 40, 110), (20, 24, 40))


def dial(size: Size, edge: int, scale: int, dice: np.random.Generator) -> tuple[Image.Image, Inks]:
    """A clock face on a wall."""
    image = _shade((214, 206, 190), _clouds(size, 220, dice) * 8)
    draw = ImageDraw.Draw(image)
    x, y = edge + 450 * scale, edge + 460 * scale
    for radius, fill in ((380, (120, 88, 50)), (366, (250, 248, 238))):
        draw.ellipse((x - radius * scale, y - radius * scale, x + radius * scale, y + radius * scale), fill=fill)
    for dx, dy, width in ((-90, -110, 9), (60, -190, 6)):
        draw.line((x, y, x + dx * scale, y + dy * scale), fill=(50, 44, 40), width=width * scale)
    return image, DARK[:2]


def worn(picture: Image.Image, dice: np.random.Generator) -> Image.Image:
    """Uneven light and a little noise, as a telephone's camera adds them."""
    width, height = picture.size
    angle = dice.uniform(0, 2 * np.pi)
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    slope = x * np.cos(angle) + y * np.sin(angle)
    light = 1.0 + dice.uniform(0.03, 0.14) * slope - dice.uniform(0, 0.08) * (x**2 + y**2)
    noise = dice.normal(0, dice.uniform(0.2, 1.0), (height, width))
    pixels = np.asarray(picture, np.float32) * light[..., None] + noise[..., None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
