"""JSON that somebody else may have written or cut off: an object, or nothing."""

from __future__ import annotations

import json
from typing import Any


def json_object(raw: str | bytes) -> dict[str, Any] | None:
    """The object in a text, or in its UTF-8; None if it is broken, nested too deeply, or anything but an object."""
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
