"""The gate before a bundle: what was exported must read, or find, what the trained network does, sample by sample."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

import numpy as np
import paddle
from numpy.typing import NDArray
from paddle import nn

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.det.boxes import BoxRules, boxes_of_map
from ocrstudio.engine.onnx_session import open_session
from ocrstudio.engine.prefetch import prefetched
from ocrstudio.engine.rec.data import Batch
from ocrstudio.engine.rec.evaluate import decode_rows
from ocrstudio.engine.validation import Boxes, PageInput
from ocrstudio.formats.bundle import ONNX_FILE

# Differences that are worth naming in an error; more would hide its point.
NAMED_DIFFERENCES = 5
# How far the maps of two forms of one detector may be apart, in any pixel; rounding stays well below.
MAP_TOLERANCE = 1e-3
# What two boxes share at least, of what they cover together: one pixel at the rim of a thin box may tip over.
SAME_BOX_IOU = 0.9
NOT_RELEASED = QT_TRANSLATE_NOOP("Errors", "The model was not released; the trained checkpoints are kept.")

# Threads that read with the exported forms; each batch or page in work takes some hundred MB.
READERS = min(4, os.cpu_count() or 1)

Array = NDArray[Any]
Read = Callable[[Array], Array]
Item = TypeVar("Item")


# --- the forms of a network -------------------------------------------------------------------------------------------


def paddle_reader(folder: Path) -> Read:
    """The exported Paddle model: images to probabilities (N, T, classes) or maps (N, 1, H, W)."""
    from paddle import inference

    program = folder / "inference.json"
    if not program.is_file():
        program = folder / "inference.pdmodel"
    config = inference.Config(str(program), str(folder / "inference.pdiparams"))
    config.disable_gpu()
    # WORKAROUND: on processors without AVX-512 Paddle 2.6.2 dies in that pass when it loads PP-OCRv4 recognition
    config.delete_pass("self_attention_fuse_pass")
    # no faster here, and Paddle 3 prints a line for every mean in the network
    config.disable_mkldnn()
    config.disable_glog_info()
    config.set_cpu_math_library_num_threads(1)
    first = inference.create_predictor(config)
    # one for each thread that may ask; they share the weights
    idle: SimpleQueue[Any] = SimpleQueue()
    for predictor in (first, *(first.clone() for _ in range(READERS - 1))):
        idle.put(predictor)

    def read(images: Array) -> Array:
        predictor = idle.get()
        try:
            predictor.get_input_handle(predictor.get_input_names()[0]).copy_from_cpu(images)
            predictor.run()
            output = predictor.get_output_handle(predictor.get_output_names()[0])
            return np.asarray(output.copy_to_cpu(), np.float32)
        finally:
            idle.put(predictor)

    return read


def onnx_reader(file: Path) -> Read:
    """The exported ONNX model: images to probabilities (N, T, classes) or maps (N, 1, H, W)."""
    session = open_session(file, threads=1)
    name = session.get_inputs()[0].name
    return lambda images: np.asarray(session.run(None, {name: images})[0], np.float32)


def network_reader(network: nn.Layer) -> Read:
    """The trained network itself: images to logits (N, T, classes) or maps (N, 1, H, W)."""
    network.eval()

    def read(images: Array) -> Array:
        with paddle.no_grad():
            return np.asarray(network(paddle.to_tensor(images)).numpy(), np.float32)

    return read


@dataclass(frozen=True)
class Forms:
    """One network in all its forms.

    Attributes:
        trained: The network itself.
        exported: Name -> what must agree with it.
    """

    trained: Read
    exported: Mapping[str, Read]

    @classmethod
    def of(cls, network: nn.Layer, folder: Path) -> Forms:
        """A trained network and what was written into a bundle's folder."""
        exported: dict[str, Read] = {}
        with _usable("Paddle"):
            exported["Paddle"] = paddle_reader(folder)
        with _usable("ONNX"):
            exported["ONNX"] = onnx_reader(folder / ONNX_FILE)
        return cls(network_reader(network), exported)

    def read(
        self, items: Iterable[Item], images: Callable[[Item], Array], keep: Callable[[Array], Array]
    ) -> Iterator[tuple[Item, Array, dict[str, Array]]]:
        """Puts some items through all forms: `READERS` threads go ahead with the exported ones.

        Args:
            items: Batches of lines, or pages.
            images: What the network is shown of an item.
            keep: What is kept of an output; the probabilities of one batch may take 50 MB.

        Yields:
            Each item, in order, with what is kept of the trained network's output and of each exported form's.

        Raises:
            EngineError: If a form cannot be used.
        """

        def exported(item: Item) -> tuple[Item, dict[str, Array]]:
            outputs = {}
            for form, read in self.exported.items():
                with _usable(form):
                    outputs[form] = keep(read(images(item)))
            return item, outputs

        # the trained network runs in this thread, which is where its device was chosen
        for item, outputs in prefetched((partial(exported, item) for item in items), READERS):
            yield item, keep(self.trained(images(item))), outputs


@contextmanager
def _usable(form: str) -> Iterator[None]:
    """Turns what a runtime says of an exported model into an `EngineError`."""
    try:
        yield
    # WORKAROUND: Paddle and onnxruntime raise exceptions of their own kinds, without a common type
    except Exception as error:
        what = QT_TRANSLATE_NOOP("Errors", "The exported {form} model cannot be used: {reason}.")
        text = str(error).strip()
        reason = text.splitlines()[-1][:300].rstrip(".") if text else type(error).__name__
        raise EngineError(what, NOT_RELEASED, form=form, reason=reason) from error


def check_texts(
    forms: Forms,
    batches: Iterable[Batch],
    charset: Charset,
    names: Sequence[str],
    progress: Callable[[int], None] = lambda done: None,
) -> list[tuple[str, str]]:
    """Reads every line with the trained network and with each exported form of it: the texts must be equal.

    Args:
        forms: Of one network.
        batches: Images of the lines, in a fixed order.
        charset: Of all of them.
        names: What an error calls each line of the source.
        progress: Told the number of lines done.

    Returns:
        (truth, read) of every line.

    Raises:
        EngineError: If a text differs; names the lines and both texts.
    """
    pairs: list[tuple[str, str]] = []
    different: list[str] = []
    for batch, best, exported in forms.read(batches, attrgetter("inputs"), _best_classes):
        texts = decode_rows(best, charset)
        read = {form: decode_rows(output, charset) for form, output in exported.items()}
        for row, text in enumerate(texts):
            name = names[batch.lines[row]]
            different += [
                f"{name}: {text!r} ≠ {rows[row]!r} ({form})" for form, rows in read.items() if rows[row] != text
            ]
            pairs.append((batch.texts[row], text))
        progress(len(pairs))
    if different:
        what = QT_TRANSLATE_NOOP("Errors", "The exported model reads {count} lines differently: {lines}.")
        named = "; ".join(different[:NAMED_DIFFERENCES])
        raise EngineError(what, NOT_RELEASED, count=len(different), lines=named)
    return pairs


def _best_classes(output: Array) -> NDArray[Any]:
    """(N, T) of (N, T, classes)."""
    return np.asarray(output.argmax(axis=2))


def check_boxes(
    forms: Forms, pages: Iterable[PageInput], rules: BoxRules, progress: Callable[[int], None] = lambda done: None
) -> list[Boxes]:
    """Finds the boxes of every page with the trained network and with each exported form of it: they must be the same.

    The maps must agree within `MAP_TOLERANCE` in every pixel, and each box that one form finds the other must find too,
    by `SAME_BOX_IOU`.

    Args:
        forms: Of one network.
        pages: To look at.
        rules: From maps to boxes.
        progress: Told the number of pages done.

    Returns:
        The boxes of every page, in its pixels.

    Raises:
        EngineError: If maps or boxes differ; names the pages.
    """
    found: list[Boxes] = []
    different: list[str] = []
    for page, trained, exported in forms.read(pages, attrgetter("image"), np.asarray):
        found.append(boxes_of_map(trained[0, 0], page.height, page.width, rules))
        for form, output in exported.items():
            reason = _difference(trained[0, 0], output[0, 0], page, rules)
            different += [f"{page.name}: {reason} ({form})"] if reason else []
        progress(len(found))
    if different:
        what = QT_TRANSLATE_NOOP("Errors", "The exported model finds other boxes on {count} pages: {pages}.")
        named = "; ".join(different[:NAMED_DIFFERENCES])
        raise EngineError(what, NOT_RELEASED, count=len(different), pages=named)
    return found


def _difference(trained: Array, exported: Array, page: PageInput, rules: BoxRules) -> str:
    """How two maps of a page differ; "" if they do not."""
    if trained.shape != exported.shape:
        return f"{trained.shape} ≠ {exported.shape}"
    apart = float(np.abs(trained - exported).max())
    # not `>`: a map that is not a number must not pass
    if not apart <= MAP_TOLERANCE:
        return f"Δ {apart:.2g} > {MAP_TOLERANCE:g}"
    size = page.height, page.width
    # a box on the very edge of the threshold may count here and not there
    lenient = replace(rules, box_thresh=rules.box_thresh - MAP_TOLERANCE)
    one, other = boxes_of_map(trained, *size, rules), boxes_of_map(exported, *size, rules)
    lost = _missing(one, boxes_of_map(exported, *size, lenient))
    added = _missing(other, boxes_of_map(trained, *size, lenient))
    return f"-{lost} +{added}" if lost or added else ""


def _missing(wanted: Boxes, found: Boxes) -> int:
    """How many of the wanted boxes none of the found ones equals."""
    import shapely

    shapes = [shapely.Polygon(box).buffer(0) for box in found]
    near = shapely.STRtree(shapes)

    def same(box: shapely.Polygon, shape: shapely.Polygon) -> bool:
        return bool(box.intersection(shape).area >= SAME_BOX_IOU * box.union(shape).area)

    boxes = [shapely.Polygon(box).buffer(0) for box in wanted]
    return sum(not any(same(box, shapes[index]) for index in near.query(box)) for box in boxes)
