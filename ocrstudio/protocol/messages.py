"""Every message between the window and its children, and their form on the wire.

A message is one JSON object on one line: `{"v": 1, "type": "<name>", ...fields}`. A line that is not such an object is
log text and never an error: model runtimes print what they like.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, fields
from typing import Any, ClassVar

VERSION = 1
# What is wanted of a picture: `RecognizePage.mode`.
AUTO, WHOLE_PAGE, ONE_LINE, FIND_ONLY = "auto", "page", "line", "find"


@dataclass(frozen=True)
class Message:
    """Base of all messages; `type` is the name on the wire."""

    type: ClassVar[str] = ""


# --- window -> recogniser ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LoadModel(Message):
    """Use other models from now on, `model` for reading and `detector` for finding text.

    Each is "bundled", or the path of a bundle folder.
    """

    type: ClassVar[str] = "load_model"
    model: str = "bundled"
    detector: str = "bundled"


@dataclass(frozen=True)
class RecognizePage(Message):
    """Find and read all text of an image file. With `quads` (at least 3 (x, y) each, pixels) read only those.

    What is known of each of them may be sent along, in the same order: `texts` (empty where nobody knows) and
    `orientations` (values of `core.page.Orientation`). Without, a box much taller than wide is read both ways.

    Without `quads`, `mode` says what to read: "page" finds and reads lines, "line" takes the whole picture for one,
    "find" only finds, "auto" is "page" except that a strip which reads better as one line is one.

    `page` (from 1) with its `password` is a page of a PDF, 0 a file that is a picture itself. `turn`: quarters
    clockwise by which the picture is turned first; points are then those of the turned picture.
    """

    type: ClassVar[str] = "recognize_page"
    id: int = 0
    image: str = ""
    quads: list[list[list[float]]] | None = None
    texts: list[str] | None = None
    orientations: list[str] | None = None
    mode: str = WHOLE_PAGE
    page: int = 0
    password: str = field(default="", repr=False)
    turn: int = 0


@dataclass(frozen=True)
class Cancel(Message):
    """Drop every queued request; the one being worked on still answers."""

    type: ClassVar[str] = "cancel"


# --- recogniser -> window ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ModelReady(Message):
    """The models are loaded. `name` is what the user sees; `characters` how many the recognition model knows."""

    type: ClassVar[str] = "model_ready"
    model: str = "bundled"
    detector: str = "bundled"
    name: str = ""
    characters: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class PageRead(Message):
    """The answer to `RecognizePage`: `lines` holds dicts with `points` [[x, y], ...], `text`, `score` (0 to 1).

    `turn`, left out where it is 0: quarters clockwise by which the text stands turned within its box.
    """

    type: ClassVar[str] = "page_read"
    id: int = 0
    image: str = ""
    width: int = 0
    height: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True)
class Failed(Message):
    """Request `id` (0: the whole child) failed. `what`, `remedy`: templates of `core.errors`; `values` fill them."""

    type: ClassVar[str] = "failed"
    id: int = 0
    what: str = ""
    remedy: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    details: str = ""


# --- whoever holds a trainer's stdin -> trainer; windows ask through the run folder (`formats.run_state`) -------------


@dataclass(frozen=True)
class Stop(Message):
    """Finish the batch, save, evaluate if nothing was evaluated yet, export, and end."""

    type: ClassVar[str] = "stop"


# --- trainer, dataset writer -> whoever reads its stdout; windows read the run folder ---------------------------------


@dataclass(frozen=True)
class Stage(Message):
    """A long step begins or goes on: `name` is one of the stages of `core.run_history.STAGES` or a dataset step."""

    type: ClassVar[str] = "stage"
    name: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Metric(Message):
    """One record of `metrics.jsonl`, word for word (see `core.run_history`)."""

    type: ClassVar[str] = "metric"
    record: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Saved(Message):
    """A checkpoint or bundle is complete on disk. `kind`: latest, best_accuracy, iter_epoch, bundle."""

    type: ClassVar[str] = "saved"
    kind: str = ""
    path: str = ""


@dataclass(frozen=True)
class Notice(Message):
    """Something that the user should know and that ends nothing; templates as in `Failed`."""

    type: ClassVar[str] = "notice"
    what: str = ""
    remedy: str = ""
    values: dict[str, Any] = field(default_factory=dict)


# --- window -> examples of synthetic lines, and back -----------------------------------------------------------------


@dataclass(frozen=True)
class ShowExamples(Message):
    """Make some synthetic lines or pages; an older wish that still waits is dropped.

    Attributes:
        arguments: Of `ocrstudio synth`, without its name.
        revision: Of the labels; what was read of an earlier one is read again.
    """

    type: ClassVar[str] = "show_examples"
    id: int = 0
    arguments: list[str] = field(default_factory=list)
    revision: int = 0


@dataclass(frozen=True)
class Examples(Message):
    """What `ocrstudio synth --preview --json` prints."""

    type: ClassVar[str] = "examples"
    id: int = 0
    result: dict[str, Any] = field(default_factory=dict)


# --- any child -> window ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Done(Message):
    """The child has finished what it was asked. `result` is what the command prints with --json."""

    type: ClassVar[str] = "done"
    result: dict[str, Any] = field(default_factory=dict)


_SURROGATE = re.compile("[\ud800-\udfff]")
_TYPES: dict[str, type[Message]] = {cls.type: cls for cls in Message.__subclasses__()}


def encode(message: Message) -> str:
    """The message as one line, newline included; it can always be written as UTF-8."""
    fields_of = {"v": VERSION, "type": message.type, **asdict(message)}
    line = json.dumps(fields_of, ensure_ascii=False)
    # bytes of file names that are no characters (PEP 383) can only be carried as escapes
    return (line if line.isascii() or not _SURROGATE.search(line) else json.dumps(fields_of)) + "\n"


def decode(line: str) -> Message | None:
    """The message on a line, or None if the line is log text.

    Unknown fields are ignored and missing ones take their defaults, so that a newer child can talk to an older window.
    """
    text = line.strip()
    if not text.startswith("{"):
        return None
    try:
        raw = json.loads(text)
    except json.JSONDecodeError:
        return None
    if not isinstance(raw, dict) or raw.get("v") != VERSION:
        return None
    cls = _TYPES.get(raw.get("type", ""))
    if cls is None:
        return None
    known = {item.name for item in fields(cls)}
    return cls(**{name: value for name, value in raw.items() if name in known})
