"""What is saved: plain text for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ocrstudio.ui.i18n import translated
from ocrstudio.ui.pages.test.results import Picture, ReadState


def as_text(pictures: Sequence[Picture]) -> str:
    """The text of all pictures that were read; with several, each under its file name."""
    read = [picture for picture in pictures if picture.state is ReadState.READ]
    if len(pictures) == 1:
        return read[0].text + "\n" if read else ""
    return "\n".join(f"{picture.path.name}\n{'-' * len(picture.path.name)}\n{picture.text}\n" for picture in read)


def as_json(pictures: Sequence[Picture]) -> str:
    """One object for each picture: `file`, `width`, `height`, `model`, `lines` or `problem`.

    Each line has `text`, `score` (0 to 1, null for a text that a person corrected), `points` ([x, y] in image pixels)
    and `corrected`.
    """
    return json.dumps([_picture(picture) for picture in pictures], ensure_ascii=False, indent=2) + "\n"


def _picture(picture: Picture) -> dict[str, Any]:
    found: dict[str, Any] = {"file": str(picture.path)}
    if picture.problem is not None:
        return {**found, "problem": " ".join(part for part in translated(picture.problem) if part)}
    if picture.state is not ReadState.READ:
        return {**found, "problem": "not read"}
    lines = [
        {
            "text": line.text,
            "score": None if line.corrected else round(line.score, 4),
            "points": [list(point) for point in line.points],
            "corrected": line.corrected,
        }
        for line in picture.lines
    ]
    return {
        **found,
        "width": picture.size[0],
        "height": picture.size[1],
        "model": picture.model,
        "detector": picture.detector,
        "lines": lines,
    }
