"""PP-OCRv4's weights, as packages carry them, in the form that PaddleOCR's own training starts from.

The packages hold the deployed networks: one convolution per layer. PaddleOCR trains a sum of branches, each a
convolution and a batch normalisation, and a decoder (NRTR) or a threshold map that exists in training only. Here the
deployed kernel becomes branch `conv_kxk.0`. The gains of all other branches are 0, so they say nothing until training
changes that. The first branch's normalisation takes out the mean and variance that its output has on sample pictures
(`convert_statistics`) and puts the same back in as gain and bias: the network is the deployed one exactly, and does not
jump when training normalises by the batch instead.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.convert_decoder import fresh_decoder
from ocrstudio.engine.convert_statistics import Samples, Statistics, layer_statistics
from ocrstudio.engine.graft import graft_head, told_apart
from ocrstudio.engine.graft_look_alikes import look_alikes
from ocrstudio.engine.nets.catalogue import Source, load_source
from ocrstudio.formats.atomic import make_folder, read_bytes
from ocrstudio.formats.dictionary import read_dictionary
from ocrstudio.formats.pdparams import write_tensors

Tensors = dict[str, NDArray[np.float32]]

TASKS = {"PP-OCRv4_mobile_rec": "rec", "PP-OCRv4_mobile_det": "det"}
# Part of the name of a kept file: raise it when the conversion changes.
VERSION = 2
BRANCHES = 4
EPSILON = 1e-5
# PaddleOCR's names of the 14 blocks, in order.
BLOCK_NAMES = tuple(
    f"blocks{stage}.{number}" for stage, count in ((2, 1), (3, 2), (4, 2), (5, 5), (6, 4)) for number in range(count)
)
# Our name -> PaddleOCR's; what no rule names is part of a block's layer, which has branches.
_LEVEL = {str(number): str(3 - number) for number in range(4)}
_RENAMED = (
    (r"^backbone\.stem\.conv\.", "backbone.conv1.conv."),
    (r"^backbone\.stem\.norm\.", "backbone.conv1.bn."),
    (r"^backbone\.outputs\.", "backbone.layer_list."),
    (r"^backbone\.blocks\.(\d+)\.squeeze\.", lambda found: f"backbone.{BLOCK_NAMES[int(found[1])]}.se."),
    (r"^neck\.conv5\.", "head.ctc_encoder.encoder.conv1x1."),
    (r"^neck\.(conv\d|norm)\.", r"head.ctc_encoder.encoder.\1."),
    (r"^neck\.blocks\.(\d)\.(norm\d)\.", r"head.ctc_encoder.encoder.svtr_block.\1.\2."),
    (r"^neck\.blocks\.(\d)\.attention\.qkv\.", r"head.ctc_encoder.encoder.svtr_block.\1.mixer.qkv."),
    (r"^neck\.blocks\.(\d)\.attention\.out\.", r"head.ctc_encoder.encoder.svtr_block.\1.mixer.proj."),
    (r"^neck\.blocks\.(\d)\.widen\.", r"head.ctc_encoder.encoder.svtr_block.\1.mlp.fc1."),
    (r"^neck\.blocks\.(\d)\.narrow\.", r"head.ctc_encoder.encoder.svtr_block.\1.mlp.fc2."),
    (r"^head\.(weight|bias)$", r"head.ctc_head.fc.\1"),
    # ours run from coarse to fine, PaddleOCR's from fine to coarse
    (r"^neck\.lateral\.(\d)\.conv\.", lambda found: f"neck.ins_conv.{_LEVEL[found[1]]}.in_conv."),
    (r"^neck\.lateral\.(\d)\.squeeze\.", lambda found: f"neck.ins_conv.{_LEVEL[found[1]]}.se_block."),
    (r"^neck\.levels\.(\d)\.conv\.", lambda found: f"neck.inp_conv.{_LEVEL[found[1]]}.in_conv."),
    (r"^neck\.levels\.(\d)\.squeeze\.", lambda found: f"neck.inp_conv.{_LEVEL[found[1]]}.se_block."),
    (r"^head\.binarize\.conv\.", "head.binarize.conv1."),
    (r"^head\.binarize\.norm(\d)\.", r"head.binarize.conv_bn\1."),
    (r"^head\.binarize\.enlarge1\.", "head.binarize.conv2."),
    (r"^head\.binarize\.enlarge2\.", "head.binarize.conv3."),
)
_LAYER = re.compile(r"^backbone\.blocks\.(\d+)\.(depthwise|pointwise)\.weight$")
NO_CHARACTERS = QT_TRANSLATE_NOOP("Errors", "{base} finds text and reads none, so it has no dictionary.")
LEAVE_DICTIONARY = QT_TRANSLATE_NOOP("Errors", "Leave --dict out, or choose the model for reading.")
NOT_TRAINABLE = QT_TRANSLATE_NOOP("Errors", "PaddleOCR's training cannot start from {base}.")
CHOOSE_V4 = QT_TRANSLATE_NOOP("Errors", "Choose PP-OCRv4_mobile_rec or PP-OCRv4_mobile_det, or a .pdparams file.")


def renamed(name: str) -> str | None:
    """PaddleOCR's name of a tensor of ours; None for those of layers with branches."""
    for pattern, replacement in _RENAMED:
        new, count = re.subn(pattern, replacement, name)
        if count:
            return new
    return None


def trainable(source: Source, statistics: Mapping[str, Statistics], charset: Charset | None) -> Tensors:
    """The weights under PaddleOCR's names, with everything that exists in training only.

    Args:
        source: PP-OCRv4 mobile, rec or det.
        statistics: Layer with branches ("backbone.blocks.0.depthwise") -> statistics of its convolution's output.
        charset: For rec; another than the source's is grafted on by character.
    """
    random = np.random.default_rng(0)  # of branches that start silent, and of the NRTR decoder
    tensors = {new: array for name, array in source.tensors.items() if (new := renamed(name)) is not None}
    for name in source.tensors:
        if found := _LAYER.match(name):
            kind = {"depthwise": "dw_conv", "pointwise": "pw_conv"}[found[2]]
            there = f"backbone.{BLOCK_NAMES[int(found[1])]}.{kind}"
            tensors.update(_layer(source, name.removesuffix(".weight"), there, statistics, random))
    if source.task == "det":
        branch = "head.binarize."
        copies = {name.replace(branch, "head.thresh."): array for name, array in tensors.items() if branch in name}
        return {**tensors, **{name: array.copy() for name, array in copies.items()}}
    if charset is not None and source.charset is not None and charset != source.charset:
        kept, added, _ = told_apart(source.charset.characters, charset.characters)
        alike = look_alikes(added, set(kept))
        weight, bias = "head.ctc_head.fc.weight", "head.ctc_head.fc.bias"
        graft = graft_head(tensors[weight], tensors[bias], source.charset, charset, look_alikes=alike)
        tensors[weight], tensors[bias] = graft.weight, graft.bias
    return {**tensors, **fresh_decoder(tensors["head.ctc_head.fc.bias"].shape[0], random)}


def _layer(
    source: Source, here: str, there: str, statistics: Mapping[str, Statistics], random: np.random.Generator
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The tensors of one layer with branches."""
    kernel, bias = source.tensors[f"{here}.weight"], source.tensors[f"{here}.bias"]
    mean, variance = statistics[here].mean, statistics[here].variance
    first = f"{there}.conv_kxk.0"
    yield f"{first}.conv.weight", kernel
    yield from _norm(f"{first}.bn", np.sqrt(variance + EPSILON), bias + mean, mean, variance)
    spread = float(np.sqrt(2.0 / np.prod(kernel.shape[1:])))
    for number in range(1, BRANCHES):
        yield from _silent(f"{there}.conv_kxk.{number}", kernel.shape, spread, random)
    if kernel.shape[-1] > 1:
        yield from _silent(f"{there}.conv_1x1", (*kernel.shape[:2], 1, 1), spread, random)
    if statistics[here].identity:
        yield from _norm(f"{there}.identity", *_nothing(len(bias)))
    one, zero = np.ones(1, np.float32), np.zeros(1, np.float32)
    yield f"{there}.lab.scale", source.tensors[f"{here}.scale"]
    yield f"{there}.lab.bias", source.tensors[f"{here}.shift"]
    # a layer that halves height and width has no activation, but its parameters exist
    yield f"{there}.act.lab.scale", source.tensors.get(f"{here}.active_scale", one)
    yield f"{there}.act.lab.bias", source.tensors.get(f"{here}.active_shift", zero)


def _silent(
    name: str, shape: tuple[int, ...], spread: float, random: np.random.Generator
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    yield f"{name}.conv.weight", random.normal(0.0, spread, shape).astype(np.float32)
    yield from _norm(f"{name}.bn", *_nothing(shape[0]))


def _nothing(channels: int) -> tuple[NDArray[np.float32], ...]:
    """Gain, bias, mean and variance of a normalisation whose result is 0."""
    zeros, ones = np.zeros(channels, np.float32), np.ones(channels, np.float32)
    return zeros, zeros.copy(), zeros.copy(), ones


def _norm(name: str, *values: NDArray[np.float32]) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for part, value in zip(("weight", "bias", "_mean", "_variance"), values, strict=True):
        yield f"{name}.{part}", np.asarray(value, np.float32)


def pretrained_for_checkout(
    base: str, dictionary: Path | None, folder: Path, *, use_space: bool = True, samples: Samples | None = None
) -> Path:
    """Weights that `Global.pretrained_model` of a PaddleOCR checkout can name, made once and kept.

    Args:
        base: "PP-OCRv4_mobile_rec" or "PP-OCRv4_mobile_det". The rec network is also PP-OCRv5's with another
            dictionary, the det network also PP-OCRv5's.
        dictionary: For rec: the run's dictionary; None for the base's own (6623 lines).
        folder: Where made files are kept; one per base, dictionary and list of samples.
        use_space: `Global.use_space_char` of the run.
        samples: Lines or pages that will be trained on (see `convert_statistics`).

    Returns:
        The file's path without `.pdparams`.

    Raises:
        EngineError: If the base cannot be converted, or Paddle or the package with its weights is missing.
        StudioError: If the dictionary cannot be read or the file not be written.
    """
    if base not in TASKS:
        raise EngineError(NOT_TRAINABLE, CHOOSE_V4, base=base)
    if dictionary is not None and TASKS[base] != "rec":
        raise EngineError(NO_CHARACTERS, LEAVE_DICTIONARY, base=base)
    source = load_source(base, TASKS[base])
    charset = None
    if source.task == "rec" and source.charset is not None:
        lines = source.charset.characters if dictionary is None else read_dictionary(dictionary)
        charset = Charset(lines, use_space)
    listed = read_bytes(samples.labels) if samples is not None else b""
    key = hashlib.sha256(f"{VERSION} {source.digest} {charset} ".encode() + listed).hexdigest()[:16]
    prefix = folder / f"{base}-{key}"
    file = folder / f"{prefix.name}.pdparams"
    if not file.is_file():
        make_folder(folder)
        write_tensors(file, trainable(source, layer_statistics(source, samples), charset))
    return prefix
