"""PaddleOCR's training log: writing its line forms, and reading those of its old and new versions.

The log is PaddleOCR's only interface to other programs, so its traps are handled here: values may be whole numbers,
scientific or booleans; fields come in any order; the time left may hold a comma (`1 day, 2:03:04`); some versions end
lines with `,  `, some glue other output to the front of a line.
"""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

Record = Mapping[str, Any]

_TIME_FORM = "%Y/%m/%d %H:%M:%S"
_PREFIX = re.compile(r"\[(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)\] (?:ppocr|root|ppocr\.\w+) ([A-Z]+): ?(.*)", re.DOTALL)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_NEXT_PREFIX = re.compile(r"(?=\[\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\] (?:ppocr|root|ppocr\.\w+) [A-Z]+:)")
_PAIR = re.compile(r"([A-Za-z_]\w*): (.*?)(?=, +[A-Za-z_]\w*: |,?\s*$)")
_EPOCH = re.compile(r"epoch: \[(\d+)/(\d+)\], ")
# PaddleOCR 2.0 wrote "metirc".
_METRIC = re.compile(r"(cur|best) met(?:ric|irc), ")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|nan|inf)\b")
_SAVED = re.compile(r"save (?:best )?model (?:is to|in) (.+?)\s*$")
_LOADER = re.compile(r"(train|valid) dataloader has (\d+) iters")
# A minute with leap seconds, as C counts.
_LAST_SECOND = 61
# Names of older versions -> names of the records.
_RENAMED = {"global_step": "step", "iter": "step", "iters": "step"}
_TRAIN_TAIL = ("reader_cost", "batch_cost", "samples", "ips", "eta")
_MEMORY = ("max_mem_reserved", "max_mem_allocated")
# Fields of a record that no line carries, or that stand in a fixed place.
_NOT_PRINTED = {"kind", "time", "step", "epoch", "epochs", "lr", "loss", "best", "best_epoch", *_TRAIN_TAIL, *_MEMORY}


def format_info(message: str, when: float | None = None, level: str = "INFO") -> str:
    """A line with PaddleOCR's prefix, without line end.

    Args:
        message: What follows the prefix.
        when: Seconds since 1970; None for now.
        level: INFO, WARNING, ERROR or DEBUG.
    """
    moment = time.strftime(_TIME_FORM, time.localtime(when))
    return f"[{moment}] ppocr {level}: {message}"


def format_train(record: Record, epochs: int) -> str:
    """The line of a training step.

    Args:
        record: A `train` record (`core.run_history`). What it lacks is left out; `eta` is seconds or text.
        epochs: Epochs of the whole run.
    """
    parts = [f"epoch: [{int(record['epoch'])}/{epochs}]", f"global_step: {int(record['step'])}"]
    if record.get("lr") is not None:
        parts.append(f"lr: {float(record['lr']):.6f}")
    for name, value in record.items():
        if name not in _NOT_PRINTED and _is_number(value):
            parts.append(f"{name}: {value:.6f}")
    if _is_number(record.get("loss")):
        parts.append(f"loss: {record['loss']:.6f}")
    parts += _tail(record)
    return format_info(", ".join(parts), _seconds(record))


def _tail(record: Record) -> list[str]:
    costs = [name for name in ("reader_cost", "batch_cost") if _is_number(record.get(name))]
    parts = [f"avg_{name}: {record[name]:.5f} s" for name in costs]
    if _is_number(record.get("samples")):
        parts.append(f"avg_samples: {float(record['samples'])}")
    if _is_number(record.get("ips")):
        parts.append(f"ips: {record['ips']:.5f} samples/s")
    eta = record.get("eta")
    if eta is not None:
        parts.append(f"eta: {timedelta(seconds=int(eta)) if _is_number(eta) else eta}")
    return parts + [f"{name}: {record[name]} MB" for name in _MEMORY if _is_number(record.get(name))]


def format_eval(record: Record) -> str:
    """The `cur metric` line of an `eval` record."""
    return format_info("cur metric, " + _metrics(record), _seconds(record))


def format_best(record: Record) -> str:
    """The `best metric` line: the best `eval` record so far; its `epoch` is printed as best_epoch."""
    epoch = record.get("best_epoch", record.get("epoch"))
    tail = f", best_epoch: {int(epoch)}" if epoch is not None else ""
    return format_info(f"best metric, {_metrics(record)}, is_float16: False{tail}", _seconds(record))


def format_saved(path: object, *, best: bool = False, when: float | None = None) -> str:
    """The line after a checkpoint has been written; `path` is its prefix."""
    return format_info(f"save best model is to {path}" if best else f"save model in {path}", when)


def _metrics(record: Record) -> str:
    names = [name for name in record if name not in _NOT_PRINTED and name != "fps"]
    if "loss" in record:
        names.append("loss")
    if "fps" in record:
        names.append("fps")
    return ", ".join(f"{name}: {record[name]}" for name in names if _is_number(record[name]))


def parse_line(line: str) -> dict[str, Any] | None:
    """Reads a line of PaddleOCR's log.

    Args:
        line: With or without line end; other output may be glued to its front.

    Returns:
        A record as in `metrics.jsonl` (kinds `train`, `eval`), or one of the kinds `best` (fields of the best
        evaluation), `saved` (`name`: best_accuracy, latest, iter_epoch_N; `path`), `loader` (`part`, `batches`),
        `problem` (`level`, `text`). `time` is seconds since 1970. A train record has `epochs` too. None for other
        lines.
    """
    match = _match(line)
    if match is None:
        return None
    stamp, level, body = match.groups()
    record = _parse_body(body, level)
    if record is None:
        return None
    try:
        record["time"] = seconds_of(stamp)
    except ValueError:
        return None
    return record


def body(line: str) -> str:
    """What follows the prefix of a line, leading spaces (they are the config's levels) included; "" without prefix."""
    match = _match(line)
    return match.group(3) if match else ""


def unglued(line: str) -> list[str]:
    """The messages of a line into which several were written, as processes do that share a log.

    Returns:
        Each begins with its prefix, but for the first; one that was interrupted lacks its last field, which may be cut.
    """
    pieces = [piece for piece in _NEXT_PREFIX.split(line) if piece]
    return [*(piece.rpartition(", ")[0] or piece for piece in pieces[:-1]), *pieces[-1:]]


def seconds_of(stamp: str) -> float:
    """Seconds since 1970 of a prefix's `2026/11/22 06:30:17`, local time.

    Raises:
        ValueError: If there is no such moment.
    """
    seconds = int(stamp[17:])
    if seconds > _LAST_SECOND:
        raise ValueError(stamp)
    try:
        return _minute(stamp[:16]) + seconds
    except OverflowError as error:
        raise ValueError(stamp) from error


@functools.lru_cache(maxsize=4096)
def _minute(stamp: str) -> float:
    return time.mktime(time.strptime(stamp, _TIME_FORM[:-3]))


def _match(line: str) -> re.Match[str] | None:
    if "] " not in line:
        return None
    return _PREFIX.search(_COLOUR.sub("", line).replace("\0", "").rstrip("\r\n"))


def _parse_body(body: str, level: str) -> dict[str, Any] | None:
    if level in ("ERROR", "WARNING", "CRITICAL"):
        return {"kind": "problem", "level": level, "text": body.strip()}
    epoch = _EPOCH.match(body)
    if epoch:
        values = _pairs(body[epoch.end() :])
        if "step" not in values:
            return None
        return {"kind": "train", "epoch": int(epoch.group(1)), "epochs": int(epoch.group(2)), **values}
    metric = _METRIC.match(body)
    if metric:
        return {"kind": "eval" if metric.group(1) == "cur" else "best", **_pairs(body[metric.end() :])}
    saved = _SAVED.match(body)
    if saved:
        path = saved.group(1)
        return {"kind": "saved", "name": re.split(r"[/\\]", path)[-1], "path": path}
    loader = _LOADER.match(body)
    if loader:
        return {"kind": "loader", "part": loader.group(1), "batches": int(loader.group(2))}
    return None


def _pairs(text: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, raw in _PAIR.findall(text):
        name = _RENAMED.get(name, name.removeprefix("avg_"))
        values[name] = _value(name, raw.strip())
    return values


def _value(name: str, raw: str) -> Any:
    if name == "eta":
        return raw
    if raw in ("True", "False"):
        return raw == "True"
    number = _NUMBER.match(raw)
    if number is None:
        return raw
    text = number.group()
    return int(text) if re.fullmatch(r"[-+]?\d+", text) else float(text)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _seconds(record: Record) -> float | None:
    when = record.get("time")
    return float(when) if isinstance(when, (int, float)) else None
