"""A trained network as files that every PaddleOCR tool, RapidOCR and this program load.

One folder: the Paddle inference model with `inference.yml` (PaddleOCR 3.x takes the folder as `model_dir`),
`model.onnx` (RapidOCR takes it as `Rec.model_path` or `Det.model_path`) and, to read, `dict.txt`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import paddle
from paddle import nn

from ocrstudio.core.charset import Charset
from ocrstudio.engine.det.boxes import BoxRules, ResizeRules
from ocrstudio.engine.inference_yml import detection_yml, recognition_yml
from ocrstudio.engine.nets.catalogue import Source, deployed, input_spec, write_onnx
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.bundle import DICT_FILE, INFERENCE_FILE, ONNX_FILE
from ocrstudio.formats.dictionary import write_dictionary


@dataclass(frozen=True)
class PageRules:
    """What a detector is used with.

    Attributes:
        boxes: How boxes are made of its map.
        resize: How pages are scaled for it.
    """

    boxes: BoxRules
    resize: ResizeRules


@dataclass(frozen=True)
class Trained:
    """What is exported.

    Attributes:
        network: With its trained weights.
        source: What it started from.
        use: A recogniser's characters, or a detector's rules.
    """

    network: nn.Layer
    source: Source
    use: Charset | PageRules


def write_files(trained: Trained, folder: Path) -> None:
    """Writes everything of a bundle but its card into an existing folder.

    Raises:
        ProjectError: If a file cannot be written.
        EngineError: If the ONNX model is not valid.
    """
    name = trained.source.architecture
    write_paddle_model(trained.network, name, folder)
    charset = None
    if isinstance(trained.use, PageRules):
        text = detection_yml(name, trained.use.boxes, trained.use.resize)
    else:
        charset = trained.use
        text = recognition_yml(name, charset.characters)
        write_dictionary(folder / DICT_FILE, charset.characters)
    write_atomic(folder / INFERENCE_FILE, text)
    write_onnx(trained.network, trained.source, charset, folder / ONNX_FILE)


def write_paddle_model(network: nn.Layer, architecture: str, folder: Path) -> None:
    """Writes `inference.json` (Paddle 3) or `inference.pdmodel` (Paddle 2) and `inference.pdiparams`."""
    spec = input_spec(architecture)
    paddle.jit.save(deployed(network), str(folder / "inference"), input_spec=[spec])
