"""Finds and reads text with RapidOCR on ONNX Runtime; needs neither Paddle nor onnx.

What finds the lines (the detector) and what reads them (the model) are each the bundled one or that of a bundle.
"""

from __future__ import annotations

import contextlib
import logging
import math
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, GeometryError
from ocrstudio.core.evaluation import percents
from ocrstudio.core.orientation import graphemes, is_known, is_tall
from ocrstudio.core.page import Box, Orientation
from ocrstudio.core.reading_order import reading_order
from ocrstudio.engine.det.boxes import MEAN, SPREAD
from ocrstudio.engine.inference_yml import read_detection_rules
from ocrstudio.engine.nets.weights import (
    DETECTOR_FILE,
    DIRECTION_FILE,
    RECOGNIZER_FILE,
    bundled_file,
    onnx_file,
)
from ocrstudio.engine.rapidocr_import import rapid_ocr
from ocrstudio.formats.bundle import (
    BUNDLED,
    BUNDLED_NAME,
    DICT_FILE,
    INFERENCE_FILE,
    Task,
    needs_paddle,
    read_card,
    task_of,
)
from ocrstudio.formats.crops import crop_quad
from ocrstudio.formats.inference_folder import image_height

# Lines below this confidence are noise more often than text; the rest is shown and can be corrected.
MIN_SCORE = 0.3
# Longer strips (longer side by shorter side) are put on paper of this ratio, and made no longer than so many pixels.
MAX_RATIO = 3
MAX_STRIP_SIDE = 2000
BAD_MODEL = QT_TRANSLATE_NOOP("Errors", "The model {file} cannot be loaded: {reason}.")
TRAIN_AGAIN = QT_TRANSLATE_NOOP("Errors", "Export the run again, or choose the bundled model.")
FINDS_LINES = (
    QT_TRANSLATE_NOOP("Errors", "The model {folder} finds lines and cannot read them."),
    QT_TRANSLATE_NOOP("Errors", "Choose it as the detector, and another model to read with."),
)
READS_LINES = (
    QT_TRANSLATE_NOOP("Errors", "The model {folder} reads lines and cannot find them."),
    QT_TRANSLATE_NOOP("Errors", "Choose it to read with, and another model as the detector."),
)

Image = NDArray[np.uint8]
Points = Sequence[Sequence[float]]
# Text, confidence, quarters clockwise by which it stood turned.
Reading = tuple[str, float, int]


@dataclass(frozen=True)
class Line:
    """One line of text that was found.

    Attributes:
        points: Four (x, y) in image pixels, clockwise from the top left of the text.
        text: What it says.
        score: The recogniser's mean confidence, 0 to 1.
        turn: Quarters clockwise by which the text stands turned within its box, as far as reading tells.
    """

    points: tuple[tuple[float, float], ...]
    text: str
    score: float
    turn: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The form that `protocol.messages.PageRead.lines` holds."""
        turned = {"turn": self.turn} if self.turn else {}
        return {"points": [list(point) for point in self.points], "text": self.text, "score": self.score, **turned}


@dataclass(frozen=True)
class Region:
    """A part of a page to be read.

    Attributes:
        points: At least 3 (x, y) in image pixels.
        text: What is known to be written there; empty if nobody knows.
        orientation: How the box is cut out.
    """

    points: Points
    text: str = ""
    orientation: Orientation = Orientation.AUTO


class PageReader:
    """A loaded detector and recognition model.

    Args:
        model: What reads: "bundled", or another model as `model_folder.prepared` takes it; one that is not ready for
            use yet is made so first.
        detector: What finds the lines: the same.

    Raises:
        EngineError: If rapidocr is missing, a model cannot be loaded, or does the other one's work.
        StudioError: If a model cannot be read or made ready.
    """

    def __init__(self, model: str = BUNDLED, detector: str = BUNDLED) -> None:
        self.model, self.detector = model, detector
        reads, finds = _ready(model), _ready(detector)
        self.name = BUNDLED_NAME if reads == BUNDLED else str(_card(reads, "rec").get("name") or Path(reads).name)
        parameters: dict[str, Any] = {
            "Global.log_level": "critical",
            "Global.text_score": MIN_SCORE,
            "Cls.model_path": str(bundled_file(DIRECTION_FILE)),
            "EngineConfig.onnxruntime.intra_op_num_threads": os.cpu_count() or 1,
            **_reading(reads),
            **_finding(finds),
        }
        engine = rapid_ocr()
        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        self._engine = engine(params=parameters)
        threading.Thread(target=self._load_others, daemon=True, name="models").start()
        # models are loaded when they are first used; do it now, so that a bad file is noticed here
        with _loading(parameters.get("Rec.model_path", reads)):
            self._engine.recognize_txt([np.full((48, 320, 3), 255, np.uint8)])
            self.characters = len(self._engine.text_rec.postprocess_op.character) - 2
        if finds != BUNDLED:
            with _loading(parameters.get("Det.model_path", finds)):
                self._engine(np.full((64, 64, 3), 255, np.uint8), use_det=True, use_cls=False, use_rec=False)

    def _load_others(self) -> None:
        """Loads what finds and turns lines while the caller loads what reads them: two processors, half the time."""
        for name in ("_load_det_model", "_load_cls_model"):
            load = getattr(self._engine, name, None)
            if load is not None:
                # what is wrong is told when they are first used
                with contextlib.suppress(Exception):
                    load()

    def read_page(self, image: Image) -> list[Line]:
        """Finds and reads all text.

        Args:
            image: (height, width, 3) BGR.

        Returns:
            Lines in reading order, see `core.reading_order`; empty texts are left out.
        """
        regions = [Region(line.points) for line in self.find_lines(image)]
        lines = self._read(image, regions, upside_down=True)
        return _ordered([line for line in lines if line.text.strip() and line.score >= MIN_SCORE])

    def find_lines(self, image: Image) -> list[Line]:
        """Finds the lines of a page without reading them; their score is the detector's.

        Args:
            image: (height, width, 3) BGR.

        Returns:
            Lines without a text, in reading order.
        """
        framed, scale, left, top = _framed(image)
        result = self._engine(framed, use_det=True, use_cls=False, use_rec=False)
        if getattr(result, "boxes", None) is None:
            return []
        height, width = image.shape[:2]
        quads = [
            ((np.asarray(quad, np.float64) - (left, top)) / scale).clip((0, 0), (width, height)).round(2).tolist()
            for quad in result.boxes
        ]
        # The detector sorts by height alone, which mixes up the two ends of a line that rises.
        return _ordered([_line(quad, "", score) for quad, score in zip(quads, result.scores, strict=True)])

    def read_quads(self, image: Image, regions: Sequence[Region]) -> list[Line]:
        """Reads given regions only; one line for each, in their order, with an empty text where nothing was read.

        A region that cannot be cut out reads as nothing.
        """
        return self._read(image, regions, upside_down=False)

    def _read(self, image: Image, regions: Sequence[Region], *, upside_down: bool) -> list[Line]:
        """Reads regions, those of unknown direction both ways, and keeps the more confident reading of each.

        Args:
            image: The page.
            regions: What to read.
            upside_down: Look for lines that stand on their head too.
        """
        crops: list[Image] = []
        owners: list[int] = []
        turns: list[int] = []
        for place, region in enumerate(regions):
            for crop, turn in _ways(image, region):
                crops.append(crop)
                owners.append(place)
                turns.append(turn)
        if upside_down and crops:
            upright, directions = self._engine.cls_and_rotate(crops)
            surely = self._engine.text_cls.cls_thresh
            headlong = [bool("180" in label and score > surely) for label, score in directions.cls_res]
            crops = list(upright)
            turns = [(turn + 2 * turned) % 4 for turn, turned in zip(turns, headlong, strict=True)]
        found: list[list[Reading]] = [[] for _ in regions]
        for place, turn, (text, score) in zip(owners, turns, self.read_crops(crops), strict=True):
            found[place].append((text, score, turn))
        best = [_better(readings) for readings in found]
        return [_line(region.points, *reading) for region, reading in zip(regions, best, strict=True)]

    def read_crops(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        """Text and confidence (0 to 1) of upright line crops, BGR, any size."""
        if not crops:
            return []
        result = self._engine.recognize_txt(list(crops))
        return [(str(text), float(score)) for text, score in zip(result.txts, result.scores, strict=True)]

    def read_closely(self, crops: Sequence[Image]) -> list[tuple[str, float, bytes]]:
        """Like `read_crops`, with the confidence in each character, in per cent; none where rapidocr tells none."""
        if not crops:
            return []
        from rapidocr.ch_ppocr_rec.typings import TextRecInput

        result = self._engine.text_rec(TextRecInput(img=list(crops), return_word_box=True))
        return [
            (str(text), float(score), percents(word.confs, text))
            for text, score, word in zip(result.txts, result.scores, result.word_results, strict=True)
        ]


def _ready(model: str) -> str:
    """A model as a bundle that can be loaded; the bundled one is, and needs nothing else of the engine."""
    if model == BUNDLED:
        return model
    from ocrstudio.engine.model_folder import prepared

    return prepared(model)


@contextmanager
def _loading(file: str) -> Iterator[None]:
    """Turns what goes wrong into an `EngineError` about a model's file."""
    try:
        yield
    # WORKAROUND: onnxruntime and rapidocr raise bare Exceptions of their own kinds on damaged files
    except Exception as error:
        reason = str(error).strip().splitlines()[-1][:200] if str(error).strip() else type(error).__name__
        raise EngineError(BAD_MODEL, TRAIN_AGAIN, file=file, reason=reason) from error


def _card(folder: str, task: Task) -> dict[str, Any]:
    """A bundle's card; `EngineError` if its model does something else."""
    card = read_card(Path(folder))
    if task_of(card) != task:
        raise EngineError(*(FINDS_LINES if task == "rec" else READS_LINES), folder=folder)
    return card


def _reading(model: str) -> dict[str, Any]:
    """RapidOCR's settings for a recognition model."""
    if model == BUNDLED:
        return {"Rec.model_path": str(bundled_file(RECOGNIZER_FILE))}
    folder = Path(model)
    shape = [3, image_height(folder), 320]
    keys = {"Rec.rec_keys_path": str(folder / DICT_FILE), "Rec.rec_img_shape": shape}
    return {**_running("Rec", folder, _card(model, "rec")), **keys}


def _finding(detector: str) -> dict[str, Any]:
    """RapidOCR's settings for a detector: a bundle's are those it was trained and measured with."""
    if detector == BUNDLED:
        return {"Det.model_path": str(bundled_file(DETECTOR_FILE))}
    folder, card = Path(detector), _card(detector, "det")
    boxes, resize = read_detection_rules(folder / INFERENCE_FILE)
    rules = {**asdict(boxes), **asdict(resize), "mean": MEAN.tolist(), "std": SPREAD.tolist()}
    # RapidOCR makes rectangles only, and scales only up to or down to a limit
    del rules["box_type"]
    rules["limit_type"] = "min" if resize.limit_type == "min" else "max"
    return {**_running("Det", folder, card), **{f"Det.{name}": value for name, value in rules.items()}}


def _running(part: str, folder: Path, card: dict[str, Any]) -> dict[str, Any]:
    """RapidOCR's settings that name the files of a bundle and what runs them."""
    if not needs_paddle(card):
        return {f"{part}.model_path": str(onnx_file(str(folder)))}
    from rapidocr import EngineType

    return {f"{part}.engine_type": EngineType.PADDLE, f"{part}.model_dir": str(folder)}


def _ways(image: Image, region: Region) -> list[tuple[Image, int]]:
    """The crops of a region: one, or two if nothing but reading can tell whether it stands or lies.

    A box much taller than wide is a line written downwards or a narrow glyph. Known text decides that by
    `core.orientation.turns`, as at export.

    Returns:
        Each with the quarters clockwise by which its text stands turned within the region, if it is the right one.
    """
    try:
        if region.orientation is not Orientation.AUTO or is_known(region.text):
            return [(crop_quad(image, region.points, region.text, region.orientation), 0)]
        standing = crop_quad(image, region.points, orientation=Orientation.DRAWN)
    except GeometryError:
        return []
    height, width = standing.shape[:2]
    lying = [(np.ascontiguousarray(np.rot90(standing)), 1)] if is_tall(width, height) else []
    return [*lying, (standing, 0)]


def _better(readings: Sequence[Reading]) -> Reading:
    """The reading to keep of a region: of lying and standing the more confident one.

    A single glyph has no line to lie along (`core.orientation.turns`): lying, an I is a good underscore.
    """
    readable = [reading for reading in readings if reading[0].strip()]
    if len(readable) == 2 and len(graphemes(readable[0][0].strip())) == 1:
        return readable[1]
    return max(readable, key=lambda reading: reading[1], default=("", 0.0, 0))


def _ordered(lines: Sequence[Line]) -> list[Line]:
    boxes = [Box(points=tuple(line.points)) for line in lines]
    by_box = dict(zip((box.id for box in boxes), lines, strict=True))
    return [by_box[box.id] for box in reading_order(boxes, [line.turn for line in lines])]


def _framed(image: Image) -> tuple[Image, float, int, int]:
    """Gives a strip the proportions of a page.

    The detector enlarges the shorter side of small pictures to 736 pixels: a strip of 3 x 400 pixels would grow to a
    hundred thousand and take all memory.

    Returns:
        The picture, by how much it was scaled, and the pixels added on its left and above it.
    """
    height, width = image.shape[:2]
    longer, shorter = max(height, width), min(height, width)
    if longer <= MAX_RATIO * shorter:
        return image, 1.0, 0, 0
    import cv2

    scale = min(1.0, MAX_STRIP_SIDE / longer)
    if scale < 1.0:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        height, width = image.shape[:2]
    wanted = math.ceil(max(height, width) / MAX_RATIO)
    down, right = max(0, wanted - height), max(0, wanted - width)
    top, left = down // 2, right // 2
    paper = [float(value) for value in np.median(image.reshape(-1, 3), axis=0)]
    sides = (top, down - top, left, right - left)
    return np.asarray(cv2.copyMakeBorder(image, *sides, cv2.BORDER_CONSTANT, value=paper), np.uint8), scale, left, top


def _line(points: Points, text: str, score: float, turn: int = 0) -> Line:
    return Line(tuple((float(x), float(y)) for x, y in points), text, round(float(score), 5), turn)
