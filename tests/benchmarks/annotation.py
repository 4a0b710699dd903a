"""Annotating: opening a large project, and painting a page full of boxes."""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import Measure, Surroundings, median_seconds

PAGES, BOXES_PER_PAGE = 10_000, 20
BOXES = 2000
PAGE_SIZE = (1654, 2339)  # A4 at 200 dpi
CANVAS_SIZE = (1000, 800)
PEER = "PPOCRLabel"
# PPOCRLabel 3.1.6 on the same kind of page and project, medians of 3 processes, two cores.
PEER_OPEN_MS, PEER_REPAINT_MS, PEER_MOVE_MS = 4985.0, 44.5, 6760.0
PEER_DRAG_MS, PEER_NEXT_MS = 93.8, 1367.0


def _quad(index: int) -> list[list[int]]:
    """The index-th of many boxes that fill a page, 40 to a row."""
    x, y = 20 + index % 40 * 40, 20 + index // 40 * 45
    return [[x, y], [x + 36, y], [x + 36, y + 30], [x, y + 30]]


def _write_project(folder: Path) -> None:
    """A project of many labelled pages whose images are all the same small file."""
    from PIL import Image

    folder.mkdir()
    image = folder / "page_00000.png"
    Image.new("RGB", (64, 64), "white").save(image)
    boxes = [{"transcription": f"line {index}", "points": _quad(index), "difficult": False} for index in range(20)]
    payload = json.dumps(boxes[:BOXES_PER_PAGE])
    names = [image.name, *(f"page_{number:05d}.png" for number in range(1, PAGES))]
    for name in names[1:]:
        (folder / name).hardlink_to(image)
    labels = "".join(f"{folder.name}/{name}\t{payload}\n" for name in names)
    (folder / "Label.txt").write_text(labels, encoding="utf-8")
    (folder / "fileState.txt").write_text("".join(f"{folder.name}/{name}\t1\n" for name in names), encoding="utf-8")


def _open(folder: Path) -> None:
    from ocrstudio.formats.store import ProjectStore

    store = ProjectStore.open(folder)
    store.page(store.keys[0])
    store.close()


def _opening(surroundings: Surroundings) -> Measure:
    folder = surroundings.scratch / "many"
    _write_project(folder)
    seconds = median_seconds(lambda: _open(folder), runs=3)
    return Measure(
        f"open {PAGES:,} pages, {BOXES_PER_PAGE} boxes each",
        seconds * 1000,
        "ms",
        bar=1500,
        peer=PEER_OPEN_MS,
        peer_name=PEER,
        peer_recorded=True,
    )


def _boxes() -> tuple[Any, ...]:
    from ocrstudio.core.page import Box

    quads = (tuple((float(x), float(y)) for x, y in _quad(index)) for index in range(BOXES))
    return tuple(Box(quad, f"line {index}") for index, quad in enumerate(quads))


def _painting(surroundings: Surroundings) -> list[Measure]:
    from PIL import Image
    from PyQt5.QtCore import QPoint
    from PyQt5.QtTest import QTest
    from PyQt5.QtWidgets import QApplication

    from ocrstudio.core.page import Page
    from ocrstudio.formats.store import ProjectStore
    from ocrstudio.services.document import AnnotationDocument
    from ocrstudio.services.page_images import decode
    from ocrstudio.ui import theme
    from ocrstudio.ui.pages.annotate.canvas import Canvas

    app = QApplication(["ocrstudio"])
    theme.apply(app, "light", 100)
    folder = surroundings.scratch / "full"
    folder.mkdir()
    names = ("a.png", "b.png")
    for name in names:
        Image.effect_noise(PAGE_SIZE, 20).save(folder / name)
    store = ProjectStore.open(folder)
    pages = itertools.cycle(Page(key, name, _boxes()) for key, name in zip(store.keys, names, strict=True))
    document = AnnotationDocument()
    document.attach(store)
    canvas = Canvas(document)
    canvas.resize(*CANVAS_SIZE)
    canvas.show()
    QTest.qWaitForWindowExposed(canvas)
    offsets, places = itertools.cycle((1.0, -1.0)), itertools.cycle(range(300, 600, 7))

    def next_page() -> None:
        page = next(pages)
        document.load(page, PAGE_SIZE)
        canvas.show_image(decode(folder / page.file))
        canvas.repaint()

    def edit() -> None:
        assert document.page is not None
        document.move_boxes([document.page.boxes[0].id], next(offsets), 0.0)
        canvas.repaint()

    def hover() -> None:
        place = next(places)
        QTest.mouseMove(canvas, QPoint(place, place))
        app.processEvents()

    timed = {
        "next": median_seconds(next_page, runs=7) * 1000,
        "edit": median_seconds(edit, runs=20, warm_up=3) * 1000,
        "repaint": median_seconds(canvas.repaint, runs=40, warm_up=5) * 1000,
        "hover": median_seconds(hover, runs=60, warm_up=5) * 1000,
    }
    canvas.close()
    document.clear()
    store.close()
    known = {"unit": "ms", "peer_name": PEER, "peer_recorded": True}
    return [
        Measure(f"next page, {BOXES} boxes", timed["next"], bar=500, peer=PEER_NEXT_MS, **known),
        Measure(f"move a box and store it, {BOXES} boxes", timed["edit"], bar=50, peer=PEER_DRAG_MS, **known),
        Measure(f"repaint at fit, {BOXES} boxes", timed["repaint"], bar=16, peer=PEER_REPAINT_MS, **known),
        Measure(f"mouse move, {BOXES} boxes", timed["hover"], bar=16, peer=PEER_MOVE_MS, **known),
    ]


def annotation(surroundings: Surroundings) -> list[Measure]:
    """Opening a project of 10,000 pages; painting a page with 2000 boxes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return [_opening(surroundings), *_painting(surroundings)]
