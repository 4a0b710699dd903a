"""Turns an exported Paddle model of any network into ONNX, in a process of its own: the converter may crash.

`python -m ocrstudio.engine.paddle_to_onnx FOLDER FILE [DICT]` converts the `inference.json` or `inference.pdmodel` of
FOLDER. With DICT the characters are put into the model, where RapidOCR and this program look for them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ocrstudio.formats.dictionary import read_classes

if TYPE_CHECKING:
    import onnx

CHARACTER_KEY = "character"
OPSET = 14


def convert(folder: Path, file: Path, dictionary: Path | None) -> None:
    """Writes the ONNX model.

    Args:
        folder: With the Paddle model.
        file: To be written.
        dictionary: Of a recogniser.

    Raises:
        ImportError: If Paddle, Paddle2ONNX or onnx is missing.
        Exception: What the converter raises; it has no common type.
    """
    import onnx
    import paddle2onnx

    program = folder / "inference.json"
    if not program.is_file():
        program = folder / "inference.pdmodel"
    paddle2onnx.export(
        str(program),
        str(folder / "inference.pdiparams"),
        str(file),
        opset_version=OPSET,
        # any other value makes it install packages from the network
        optimize_tool="None",
    )
    model = onnx.load(str(file))
    _flatten_shapes(model)
    if dictionary is not None:
        onnx.helper.set_model_props(model, {CHARACTER_KEY: "\n".join(read_classes(dictionary))})
    onnx.save(model, str(file))


def _flatten_shapes(model: onnx.ModelProto) -> None:
    """Gives the numbers that a graph puts together to a shape one dimension each.

    WORKAROUND: Paddle2ONNX 2.1 converts PP-OCRv4's recogniser to a graph that joins numbers with and without a
    dimension, which onnxruntime refuses to load.
    """
    from onnx import TensorProto, helper

    numbers = {
        node.output[0]
        for node in model.graph.node
        if node.op_type == "Cast" and any(one.name == "to" and one.i == TensorProto.INT64 for one in node.attribute)
    }
    flat = "ocrstudio.flat"
    nodes = [helper.make_node("Constant", [], [flat], value=helper.make_tensor(flat, TensorProto.INT64, [1], [-1]))]
    for node in model.graph.node:
        if node.op_type == "Concat":
            for place, name in enumerate(node.input):
                if name in numbers:
                    node.input[place] = f"{node.output[0]}.{flat}.{place}"
                    nodes.append(helper.make_node("Reshape", [name, flat], [node.input[place]]))
        nodes.append(node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
