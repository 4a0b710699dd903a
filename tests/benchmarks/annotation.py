"""Annotating: opening a large project, and painting a page full of boxes."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.benchmarks.measure import Measure, Surroundings, median_seconds

PAGES, BOXES_PER_PAGE = 10_000, 20
BOXES = 2000
PAGE_SIZE = (1654, 2339)  # A4 at 200 dpi
CANVAS_SIZE = (1000, 800)
PEER = "PPOCRLabel"
# PPOCRLabel 3.1.6 on the same kind of page and project, medians of 3 processes, two cores.
PEER_OPEN_MS, PEER_REPAINT_MS, PEER_MOVE_MS = 4985.0, 44.5, 6760.0


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


def _painting(surroundings: Surroundings) -> list[Measure]:
    from PIL import Image
    from PyQt5.QtCore import QPoint, Qt
    from PyQt5.QtTest import QTest
    from PyQt5.QtWidgets import QApplication

    from ocrstudio.core.page import Box, Page
    from ocrstudio.formats.store import ProjectStore
    from ocrstudio.services.document import AnnotationDocument
    from ocrstudio.services.page_images import decode
    from ocrstudio.ui import theme
    from ocrstudio.ui.pages.annotate.canvas import Canvas

    app = QApplication(["ocrstudio"])
    theme.apply(app, "light", 100)
    folder = surroundings.scratch / "full"
    folder.mkdir()
    Image.new("RGB", PAGE_SIZE, "white").save(folder / "page.png")
    store = ProjectStore.open(folder)
    document = AnnotationDocument()
    document.attach(store)
    boxes = tuple(Box(tuple((float(x), float(y)) for x, y in _quad(index)), f"line {index}") for index in range(BOXES))
    document.load(Page(store.keys[0], "page.png", boxes), PAGE_SIZE)
    canvas = Canvas(document)
    canvas.resize(*CANVAS_SIZE)
    canvas.show_image(decode(folder / "page.png"))
    canvas.fit()
    canvas.show()
    QTest.qWaitForWindowExposed(canvas)

    def changed() -> None:
        document.boxes_changed.emit()
        canvas.repaint()

    def moved() -> None:
        moved.step = (moved.step + 7) % 300
        QTest.mouseMove(canvas, QPoint(300 + moved.step, 200 + moved.step))
        app.processEvents()

    moved.step = 0
    canvas.setFocus(Qt.FocusReason.OtherFocusReason)
    repaint = median_seconds(canvas.repaint, runs=40, warm_up=5) * 1000
    after_edit = median_seconds(changed, runs=20, warm_up=3) * 1000
    move = median_seconds(moved, runs=60, warm_up=5) * 1000
    canvas.close()
    document.clear()
    store.close()
    known = {"unit": "ms", "peer_name": PEER, "peer_recorded": True}
    return [
        Measure(f"repaint at fit, {BOXES} boxes", repaint, bar=16, peer=PEER_REPAINT_MS, **known),
        Measure(f"draw all boxes anew at fit, {BOXES} boxes", after_edit, bar=50, peer=PEER_REPAINT_MS, **known),
        Measure(f"mouse move, {BOXES} boxes", move, bar=16, peer=PEER_MOVE_MS, **known),
    ]


def annotation(surroundings: Surroundings) -> list[Measure]:
    """Opening a project of 10,000 pages; painting a page with 2000 boxes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return [_opening(surroundings), *_painting(surroundings)]
