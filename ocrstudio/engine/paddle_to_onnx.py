"""Turns an exported Paddle model of any network into ONNX, in a process of its own: the converter may crash.

`python -m ocrstudio.engine.paddle_to_onnx FOLDER FILE [DICT]` converts the `inference.json` or `inference.pdmodel` of
FOLDER. With DICT the characters are put into the model, where RapidOCR and this program look for them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ocrstudio.formats.dictionary import read_classes

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
    if dictionary is not None:
        model = onnx.load(str(file))
        onnx.helper.set_model_props(model, {CHARACTER_KEY: "\n".join(read_classes(dictionary))})
        onnx.save(model, str(file))


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
