"""What a checkout's Python answered, kept until its packages change: asking it takes seconds."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path
from typing import Any

from ocrstudio import paths
from ocrstudio.core.errors import StudioError
from ocrstudio.formats.atomic import make_folder, write_atomic
from ocrstudio.formats.checkout import Checkout
from ocrstudio.formats.checkout_python import Interpreter, check_python, needed_packages
from ocrstudio.formats.json_object import json_object

_FILE = "interpreters.json"
_MOST = 50


def asked(python: Path, checkout: Checkout) -> Interpreter:
    """What an interpreter can do for a checkout; asked only if something was installed since the last time.

    Args:
        python: The executable.
        checkout: Decides which packages are asked for.
    """
    key = _key(python, checkout)
    file = paths.user_cache() / _FILE
    known = _read(file)
    if key and isinstance(known.get(key), dict):
        try:
            return _interpreter(known[key])
        except (TypeError, ValueError):
            known.pop(key)
    answer = check_python(python, checkout)
    # one that did not answer may do so next time
    if key and answer.version and answer.paddle:
        record = {**dataclasses.asdict(answer), "python": str(answer.python)}
        kept = {**dict(list(known.items())[-_MOST:]), key: record}
        try:
            make_folder(file.parent)
            write_atomic(file, json.dumps(kept))
        except StudioError:
            pass  # a cache that cannot be written only costs time
    return answer


def _key(python: Path, checkout: Checkout) -> str:
    """Another one after every installation; "" if nobody can tell."""
    home = python.parent.parent
    places = [*home.glob("lib/python3*/site-packages"), *home.glob("Lib/site-packages")]
    try:
        times = [place.stat().st_mtime_ns for place in places]
    except OSError:
        return ""
    # a graphics card that was taken out changes no file
    cards = os.environ.get("CUDA_VISIBLE_DEVICES", "")
    return json.dumps([str(python), times, sorted(needed_packages(checkout)), cards]) if times else ""


def _read(file: Path) -> dict[str, Any]:
    try:
        return json_object(file.read_bytes()) or {}
    except OSError:
        return {}


def _interpreter(record: dict[str, Any]) -> Interpreter:
    return Interpreter(**{**record, "python": Path(str(record["python"])), "missing": tuple(record["missing"])})
