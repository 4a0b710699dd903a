"""The folders both programs are driven on: PPOCRLabel's own files, pages of the sizes people scan."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

A4_200_DPI = (1654, 2339)
A4_150_DPI = (1240, 1754)
PHOTO_12_MP = (4000, 3000)
COLUMNS = 40


def quad(index: int, columns: int = COLUMNS) -> list[list[int]]:
    """The index-th of many boxes that fill an A4 page, 36 x 30 pixels each."""
    x, y = 20 + index % columns * 40, 20 + index // columns * 45
    return [[x, y], [x + 36, y], [x + 36, y + 30], [x, y + 30]]


def line_quad(index: int) -> list[list[int]]:
    """The index-th text line of a page, 1200 x 60 pixels, one below the other."""
    y = 100 + index * 105
    return [[200, y], [1400, y], [1400, y + 60], [200, y + 60]]


def labels_of(quads: Sequence[list[list[int]]]) -> list[dict[str, Any]]:
    """What follows the tab of a label line."""
    return [
        {"transcription": f"line {index}", "points": points, "difficult": False} for index, points in enumerate(quads)
    ]


def make(folder: Path, pages: int, size: tuple[int, int], quads: Sequence[list[list[int]]], *, linked: bool) -> Path:
    """A folder of checked pages.

    Args:
        folder: Made here.
        pages: How many.
        size: Width and height of each picture in pixels.
        quads: The boxes of every page.
        linked: All pages are one file under many names; else each picture has a file of its own.
    """
    from PIL import Image

    folder.mkdir(parents=True)
    names = [f"page_{number:05d}.jpg" for number in range(pages)]
    picture = Image.effect_noise((size[0] // 4, size[1] // 4), 40).resize(size).convert("RGB")
    first = folder / names[0]
    picture.save(first, quality=85)
    content = first.read_bytes()
    for name in names[1:]:
        if linked:
            (folder / name).hardlink_to(first)
        else:
            (folder / name).write_bytes(content)
    payload = json.dumps(labels_of(quads))
    if quads:
        lines = "".join(f"{folder.name}/{name}\t{payload}\n" for name in names)
        (folder / "Label.txt").write_text(lines, encoding="utf-8")
        (folder / "fileState.txt").write_text("".join(f"{folder.name}/{name}\t1\n" for name in names), encoding="utf-8")
    return folder


def make_all(scratch: Path) -> dict[str, Path]:
    """Every folder of the comparison, by name."""
    made = {
        f"boxes_{count}": make(
            scratch / f"boxes_{count}", 8, A4_200_DPI, [quad(index) for index in range(count)], linked=False
        )
        for count in (20, 200, 2000)
    }
    lines = [line_quad(index) for index in range(20)]
    made["photos"] = make(scratch / "photos", 8, PHOTO_12_MP, lines, linked=False)
    made["many"] = make(scratch / "many", 10_000, A4_150_DPI, lines, linked=True)
    made["crops"] = make(scratch / "crops", 100, A4_200_DPI, lines, linked=False)
    return made
