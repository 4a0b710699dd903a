"""A run's best weights as a bundle that every PaddleOCR tool and RapidOCR read, proven equal to what was trained.

One folder: the Paddle inference model with `inference.yml` (PaddleOCR 3.x takes the folder as `model_dir`), `dict.txt`,
`model.onnx` (RapidOCR takes it as `Rec.model_path`) and `card.json`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import paddle
from numpy.typing import NDArray

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.nets.ppocrv6_rec import DeployedNetwork, RecognitionNetwork, tensor_names
from ocrstudio.engine.nets.weights import CHARACTER_KEY, SourceModel, import_onnx, read_graph
from ocrstudio.engine.rec.data import Batch
from ocrstudio.engine.rec.evaluate import decode_rows
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.dictionary import write_dictionary

MODEL_NAME = "PP-OCRv6_small_rec"
INPUT_SHAPE = [None, 3, 48, None]
# Differences that are worth naming in an error; more would hide its point.
NAMED_DIFFERENCES = 5

Read = Callable[[NDArray[np.float32]], NDArray[np.float32]]


def write_paddle_model(network: RecognitionNetwork, folder: Path) -> None:
    """Writes `inference.json` (Paddle 3) or `inference.pdmodel` (Paddle 2) and `inference.pdiparams`."""
    deployed = DeployedNetwork(network)
    deployed.eval()
    spec = paddle.static.InputSpec(INPUT_SHAPE, "float32", name="x")
    paddle.jit.save(deployed, str(folder / "inference"), input_spec=[spec])


def inference_yml(charset: Charset) -> str:
    """The text of PaddleOCR 3.x's `inference.yml`; the dictionary in it leaves out blank and space."""
    from io import StringIO

    from ruamel.yaml import YAML

    content = {
        "Global": {"model_name": MODEL_NAME},
        "PreProcess": {
            "transform_ops": [
                {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
                {"MultiLabelEncode": {"gtc_encode": "NRTRLabelEncode"}},
                {"RecResizeImg": {"image_shape": [3, 48, 320]}},
                {"KeepKeys": {"keep_keys": ["image", "label_ctc", "label_gtc", "length", "valid_ratio"]}},
            ]
        },
        "PostProcess": {"name": "CTCLabelDecode", "character_dict": list(charset.characters)},
    }
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.version = (1, 1)
    out = StringIO()
    yaml.dump(content, out)
    return out.getvalue()


def write_onnx_model(network: RecognitionNetwork, source: SourceModel, charset: Charset, file: Path) -> None:
    """Writes the source's own graph with the trained tensors in it; no converter has a say.

    Raises:
        EngineError: If the result is not a valid ONNX model.
    """
    onnx = import_onnx()
    model = read_graph(source.path)
    trained = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    new = {initialiser: trained[name] for name, initialiser in tensor_names(network, source).items()}
    for item in model.graph.initializer:
        if item.name in new:
            array = new[item.name]
            # biases of convolutions keep the graph's (1, C, 1, 1); only the head may change its size
            shape = array.shape if source.tensors[item.name].size != array.size else source.tensors[item.name].shape
            item.CopyFrom(onnx.numpy_helper.from_array(np.ascontiguousarray(array).reshape(shape), item.name))
    # shapes noted inside the graph are those of the old dictionary; they are optional and can be inferred
    del model.graph.value_info[:]
    model.graph.output[0].type.tensor_type.shape.dim[2].dim_value = charset.classes
    for entry in model.metadata_props:
        if entry.key == CHARACTER_KEY:
            entry.value = "\n".join(charset.characters)
    try:
        onnx.checker.check_model(model)
    except onnx.checker.ValidationError as error:
        what = QT_TRANSLATE_NOOP("Errors", "The exported ONNX model is not valid: {reason}.")
        raise EngineError(what, reason=str(error).splitlines()[0]) from error
    file.write_bytes(model.SerializeToString())


def write_bundle_files(network: RecognitionNetwork, source: SourceModel, charset: Charset, folder: Path) -> None:
    """Writes everything of a bundle but its card into an existing folder."""
    write_paddle_model(network, folder)
    write_atomic(folder / "inference.yml", inference_yml(charset))
    write_dictionary(folder / "dict.txt", charset.characters)
    write_onnx_model(network, source, charset, folder / "model.onnx")


def replace_folder(new: Path, place: Path) -> None:
    """Puts a finished folder in its place; what stood there goes only when the new one is complete."""
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.replace(old)
    new.replace(place)
    shutil.rmtree(old, ignore_errors=True)


# --- parity -----------------------------------------------------------------------------------------------------------


def paddle_reader(folder: Path) -> Read:
    """The exported Paddle model: images (N, 3, 48, W) to probabilities (N, T, classes)."""
    from paddle import inference

    program = folder / "inference.json"
    if not program.is_file():
        program = folder / "inference.pdmodel"
    config = inference.Config(str(program), str(folder / "inference.pdiparams"))
    config.disable_gpu()
    config.disable_glog_info()
    config.set_cpu_math_library_num_threads(os.cpu_count() or 1)
    predictor = inference.create_predictor(config)
    source = predictor.get_input_handle(predictor.get_input_names()[0])
    target = predictor.get_output_handle(predictor.get_output_names()[0])

    def read(images: NDArray[np.float32]) -> NDArray[np.float32]:
        source.copy_from_cpu(images)
        predictor.run()
        return np.asarray(target.copy_to_cpu(), np.float32)

    return read


def onnx_reader(file: Path) -> Read:
    """The exported ONNX model: images (N, 3, 48, W) to probabilities (N, T, classes)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = os.cpu_count() or 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda images: np.asarray(session.run(None, {name: images})[0], np.float32)


def network_reader(network: RecognitionNetwork) -> Read:
    """The trained network itself: images (N, 3, 48, W) to logits (N, T, classes)."""
    network.eval()

    def read(images: NDArray[np.float32]) -> NDArray[np.float32]:
        with paddle.no_grad():
            return np.asarray(network(paddle.to_tensor(images)).numpy(), np.float32)

    return read


def check_parity(
    readers: dict[str, Read],
    batches: Iterable[Batch],
    charset: Charset,
    names: Sequence[str],
    progress: Callable[[int], None] = lambda done: None,
) -> list[tuple[str, str]]:
    """Reads every line with the trained network and with each exported form of it.

    Args:
        readers: The first one is the trained network, the others must agree with it.
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
    (_, trained), *others = readers.items()
    # the trained network runs on one core and in this thread, which is where its device was chosen
    with ThreadPoolExecutor(max_workers=max(1, len(others))) as pool:
        for batch in batches:
            started = {form: pool.submit(reader, batch.inputs) for form, reader in others}
            texts = decode_rows(trained(batch.inputs).argmax(axis=2), charset)
            read = {form: decode_rows(future.result().argmax(axis=2), charset) for form, future in started.items()}
            for row, text in enumerate(texts):
                name = names[batch.lines[row]]
                different += [
                    f"{name}: {text!r} ≠ {rows[row]!r} ({form})" for form, rows in read.items() if rows[row] != text
                ]
                pairs.append((batch.texts[row], text))
            progress(len(pairs))
    if different:
        what = QT_TRANSLATE_NOOP("Errors", "The exported model reads {count} lines differently: {lines}.")
        remedy = QT_TRANSLATE_NOOP("Errors", "The model was not released; the trained checkpoints are kept.")
        named = "; ".join(different[:NAMED_DIFFERENCES])
        raise EngineError(what, remedy, count=len(different), lines=named)
    return pairs
