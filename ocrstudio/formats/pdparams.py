"""PaddleOCR's checkpoint files (`.pdparams`, `.pdopt`, `.states`) as data: never run, and written without Paddle.

All three are pickles, and a pickle is a program. Here only its data gets through: the opcodes are checked before
anything is loaded, and each of the few names that `paddle.save` uses is replaced by a class of this module, so that
neither numpy's nor Paddle's own unpickling code ever sees the file's content.
"""

from __future__ import annotations

import io
import pickle
import pickletools
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.formats.atomic import read_error, write_atomic

# The key under which `paddle.save` keeps the runtime names of a state dict's tensors.
NAME_TABLE = "StructuredToParameterName@@"
# Sixteen times the largest recognition checkpoint (v5, optimiser included).
MAX_BYTES = 4 << 30
# A tensor takes about twenty; the largest networks have a thousand.
MAX_OPCODES = 2_000_000
MAX_DEPTH = 32
# Everything that may call or import is missing but REDUCE, BUILD and GLOBAL, which `_Unpickler` holds in check.
_OPCODES = frozenset(
    name
    for line in (
        "PROTO FRAME STOP MARK POP POP_MARK DUP GLOBAL STACK_GLOBAL REDUCE BUILD",
        "NONE NEWTRUE NEWFALSE INT BININT BININT1 BININT2 LONG LONG1 LONG4 FLOAT BINFLOAT",
        "UNICODE BINUNICODE SHORT_BINUNICODE BINUNICODE8 STRING BINSTRING SHORT_BINSTRING",
        "BINBYTES SHORT_BINBYTES BINBYTES8 BYTEARRAY8",
        "EMPTY_LIST LIST APPEND APPENDS EMPTY_TUPLE TUPLE TUPLE1 TUPLE2 TUPLE3 EMPTY_DICT DICT SETITEM SETITEMS",
        "GET BINGET LONG_BINGET PUT BINPUT LONG_BINPUT MEMOIZE",
    )
    for name in line.split()
)
_PUTS = frozenset(("MEMOIZE", "PUT", "BINPUT", "LONG_BINPUT"))
_KINDS = frozenset("biufc")
CANNOT_READ = QT_TRANSLATE_NOOP("Errors", "{file} is not a whole, harmless weights file: {reason}.")
GET_IT_AGAIN = QT_TRANSLATE_NOOP("Errors", "Copy or download it again, or choose another checkpoint.")
# What damaged pickles lead to is as various as the damage.
_DAMAGE = (
    pickle.UnpicklingError,
    EOFError,
    ValueError,
    TypeError,
    AttributeError,
    ImportError,
    LookupError,
    MemoryError,
    OverflowError,
    RecursionError,
)


class _Budget:
    """Bytes that a file's arrays may take: what is in the file once may not be multiplied."""

    def __init__(self, size: int) -> None:
        self.left = size

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            _refuse("its arrays are larger than the file")


def _refuse(reason: str) -> NoReturn:
    raise pickle.UnpicklingError(reason)


class _Closed:
    """What the pickle may refer to but never change."""

    __slots__ = ()

    def __setstate__(self, state: object) -> None:
        _refuse(f"it sets the state of {type(self).__name__}")


class _Dtype:
    """Stands for a numpy.dtype while the file is read."""

    __slots__ = ("dtype",)

    def __init__(self, code: object) -> None:
        name = code.decode("latin1") if isinstance(code, bytes) else code
        if not isinstance(name, str) or len(name) > 4:
            _refuse("it holds values of an unknown type")
        self.dtype = np.dtype(name)
        if self.dtype.kind not in _KINDS:
            _refuse(f"it holds values of type {name}")

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        if state[1] in (">", b">"):
            self.dtype = self.dtype.newbyteorder(">")


class _Array:
    """Stands for a numpy.ndarray while the file is read."""

    __slots__ = ("_budget", "array")

    def __init__(self, budget: _Budget) -> None:
        self._budget = budget
        self.array: NDArray[Any] | None = None

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        _version, shape, dtype, fortran, raw = state
        self.array = _made(raw, dtype, shape, "F" if fortran else "C", self._budget)


def _made(raw: object, dtype: object, shape: object, order: str, budget: _Budget) -> NDArray[Any]:
    content = raw.encode("latin1") if isinstance(raw, str) else raw
    if not isinstance(dtype, _Dtype) or not isinstance(content, (bytes, bytearray)):
        _refuse("it holds an array of something else than numbers")
    if not isinstance(shape, tuple) or len(shape) > 8 or not all(type(size) is int and size >= 0 for size in shape):
        _refuse("it holds an array of an impossible shape")
    budget.take(len(content))
    flat = np.frombuffer(content, dtype.dtype)
    array = flat.reshape(shape, order="F" if order == "F" else "C")
    return np.array(array, dtype.dtype.newbyteorder("="), order="C")


class _Ndarray(_Closed):
    """numpy.ndarray, which a pickle only hands to `_reconstruct`."""

    __slots__ = ()


class _Called(_Closed):
    """A function of those that `paddle.save`'s pickles call."""

    __slots__ = ("_budget", "_name")

    def __init__(self, name: str, budget: _Budget) -> None:
        self._name = name
        self._budget = budget

    def __call__(self, *arguments: Any) -> Any:
        return getattr(self, f"_{self._name}")(*arguments)

    def _reconstruct(self, kind: object, *_empty: object) -> _Array:
        if not isinstance(kind, _Ndarray):
            _refuse("it makes an array of an unknown class")
        return _Array(self._budget)

    def _frombuffer(self, raw: object, dtype: object, shape: object, order: object) -> NDArray[Any]:
        return _made(raw, dtype, shape, str(order), self._budget)

    def _scalar(self, dtype: object, raw: object) -> Any:
        return _made(raw, dtype, (), "C", self._budget).item()

    def _dtype(self, code: object, *_flags: object) -> _Dtype:
        return _Dtype(code)

    def _encode(self, text: object, encoding: object) -> bytes:
        if not isinstance(text, str) or encoding not in ("latin1", "latin-1"):
            _refuse("it encodes text")
        self._budget.take(len(text))
        return text.encode("latin1")

    def _mapping(self, *pairs: Any) -> dict[Any, Any]:
        return dict(*pairs)

    def _tuple(self, items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(items)


_NAMES = {
    "numpy.dtype": "dtype",
    "_codecs.encode": "encode",
    "collections.OrderedDict": "mapping",
    # how paddle.save keeps a tensor that is no part of a state dict: its name and its array
    "builtins.tuple": "tuple",
    "__builtin__.tuple": "tuple",
    **{f"numpy.{core}.multiarray._reconstruct": "reconstruct" for core in ("core", "_core")},
    **{f"numpy.{core}.multiarray.scalar": "scalar" for core in ("core", "_core")},
    **{f"numpy.{core}.numeric._frombuffer": "frombuffer" for core in ("core", "_core")},
}


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: BinaryIO, size: int) -> None:
        super().__init__(file, encoding="latin1")
        # twice: protocol 2 keeps bytes as text, which is encoded and then made an array
        self._budget = _Budget(2 * size)

    def find_class(self, module: str, name: str) -> Any:
        called = f"{module}.{name}"
        if called == "numpy.ndarray":
            return _Ndarray()
        if called not in _NAMES:
            _refuse(f"{called} has no place in it")
        return _Called(_NAMES[called], self._budget)


def read_pickle(path: Path) -> dict[str, Any]:
    """Reads one file of a checkpoint without running anything that it might contain.

    Returns:
        Its dictionary of plain values, containers (an OrderedDict becomes a dict) and numpy arrays, each array writable
        and in this machine's byte order.

    Raises:
        ProjectError: If the file is missing, cut off, too large, or holds anything else; names file and remedy.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, io.SEEK_END)
            if size > MAX_BYTES:
                _refuse(f"it is larger than {MAX_BYTES >> 30} GB")
            file.seek(0)
            _check_opcodes(file)
            file.seek(0)
            content = _plain(_Unpickler(file, size).load(), {}, MAX_DEPTH)
        if not isinstance(content, dict) or not all(isinstance(name, str) for name in content):
            _refuse("it is not a dictionary of names")
    except OSError as error:
        raise read_error(path, error) from error
    except _DAMAGE as error:
        reason = (str(error) or type(error).__name__).splitlines()[0].rstrip(".")[:200]
        raise ProjectError(CANNOT_READ, GET_IT_AGAIN, file=path, reason=reason) from error
    return content


def _check_opcodes(file: BinaryIO) -> None:
    """Refuses what no checkpoint contains, before the unpickler reserves memory for it."""
    puts = 0
    for count, (opcode, argument, _place) in enumerate(pickletools.genops(file)):
        if opcode.name not in _OPCODES:
            _refuse(f"it contains the instruction {opcode.name}")
        if count > MAX_OPCODES:
            _refuse("it contains too many values")
        if opcode.name in _PUTS:
            puts += 1
            # the unpickler reserves room for as many entries as the largest number says
            if argument is not None and argument > puts:
                _refuse("its notes are not numbered in order")


def _plain(value: Any, seen: dict[int, Any], depth: int) -> Any:
    """The value with this module's stand-ins replaced by what they stand for; anything else is refused."""
    if value is None or isinstance(value, (bool, int, float, str, bytes, np.ndarray)):
        return value
    if id(value) in seen:
        return seen[id(value)]
    if depth == 0:
        _refuse("its containers are nested too deeply")
    plain: Any
    if isinstance(value, _Array) and value.array is not None:
        plain = value.array
    elif isinstance(value, dict):
        plain = {_key(key): _plain(item, seen, depth - 1) for key, item in value.items()}
    elif isinstance(value, (list, tuple)):
        plain = type(value)(_plain(item, seen, depth - 1) for item in value)
    else:
        _refuse("it holds something else than numbers, texts and arrays")
    seen[id(value)] = plain
    return plain


def _key(key: Any) -> Any:
    if not isinstance(key, (str, int, float)):
        _refuse("it has a key that is no text")
    return key


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a `.pdparams` file by name, in its order, without Paddle's table of runtime names.

    Raises:
        ProjectError: See `read_pickle`; also if a value is no array, or there is none.
    """
    content = read_pickle(path)
    content.pop(NAME_TABLE, None)
    tensors: dict[str, NDArray[Any]] = {}
    for name, value in content.items():
        # (runtime name, array): a state dict that was nested in something else when it was saved
        array = value[1] if isinstance(value, tuple) and len(value) == 2 else value
        if not isinstance(array, np.ndarray):
            what = QT_TRANSLATE_NOOP("Errors", "{file} is not a file of weights: {name} is no array.")
            raise ProjectError(what, GET_IT_AGAIN, file=path, name=name)
        tensors[name] = array
    if not tensors:
        raise ProjectError(QT_TRANSLATE_NOOP("Errors", "{file} holds no weights."), GET_IT_AGAIN, file=path)
    return tensors


def pickled(content: Mapping[str, Any]) -> bytes:
    """The bytes that `paddle.load` of 2.6 and 3.x, and any numpy since 1.17, read as this dictionary.

    Protocol 3: it names numpy's function in plain text, so that the name which numpy 1 knows can be put in (numpy 2
    reads both); what it cannot hold is a single array of 4 GB.

    Args:
        content: Plain values, containers, numpy scalars and arrays.

    Raises:
        TypeError: If there is anything else in it.
    """
    data = pickle.dumps(_writable(content), protocol=3)
    # the first mention is the only one (later arrays refer to it), and no array's bytes come before it
    return data.replace(b"cnumpy._core.multiarray\n_reconstruct\n", b"cnumpy.core.multiarray\n_reconstruct\n", 1)


def _writable(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return np.asarray(value, order="C")
    if isinstance(value, np.generic):
        return value.item()
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, Mapping):
        return {key: _writable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_writable(item) for item in value)
    raise TypeError(f"{type(value).__name__} has no place in a checkpoint")


def write_pickle(path: Path, content: Mapping[str, Any]) -> None:
    """Writes one file of a checkpoint in one step.

    Raises:
        ProjectError: If it cannot be written; an earlier file of that name is then untouched.
        TypeError: See `pickled`.
    """
    write_atomic(path, pickled(content))


def write_tensors(path: Path, tensors: Mapping[str, NDArray[Any]]) -> None:
    """Writes a `.pdparams` file as `paddle.save` writes a network's state dict, each tensor under its own name.

    Raises:
        ProjectError: If it cannot be written; an earlier file of that name is then untouched.
    """
    write_pickle(path, {**tensors, NAME_TABLE: {name: name for name in tensors}})
