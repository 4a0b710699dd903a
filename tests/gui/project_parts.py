"""A small project on disk, for tests that need no widget."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from PyQt5.QtGui import QColor, QImage, QPainter

IMAGE_SIZE = (300, 200)


def save_page_image(path: Path, width: int = IMAGE_SIZE[0], height: int = IMAGE_SIZE[1]) -> None:
    """A white picture with a dark word-like bar."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.fillRect(20, 20, 80, 20, QColor("black"))
    painter.end()
    assert image.save(str(path))


def make_project(parent: Path, names=("p1.png", "p2.png", "p3.png"), **files: str) -> Path:
    """A folder of pictures; `label`, `cache`, `states` are the content of PPOCRLabel's files."""
    folder = parent / "pages"
    folder.mkdir()
    save_page_image(folder / names[0])
    for name in names[1:]:
        shutil.copyfile(folder / names[0], folder / name)
    for argument, name in (("label", "Label.txt"), ("cache", "Cache.cach"), ("states", "fileState.txt")):
        if argument in files:
            (folder / name).write_bytes(files[argument].encode("utf-8"))
    return folder


def label_line(key: str, *texts: str) -> str:
    """A line of Label.txt: boxes 60 x 20 below each other."""
    boxes = [
        {
            "transcription": text,
            "points": [[20, 20 + 30 * n], [80, 20 + 30 * n], [80, 40 + 30 * n], [20, 40 + 30 * n]],
            "difficult": False,
        }
        for n, text in enumerate(texts)
    ]
    return f"{key}\t{json.dumps(boxes, ensure_ascii=False)}\n"
