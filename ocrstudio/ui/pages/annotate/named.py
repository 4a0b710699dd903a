"""Many files in few words."""

from __future__ import annotations

from collections.abc import Sequence

SHOWN_NAMES = 3


def first_names(names: Sequence[str]) -> str:
    """The first few names, with dots if there are more."""
    shown = ", ".join(names[:SHOWN_NAMES])
    return shown if len(names) <= SHOWN_NAMES else f"{shown}, …"
