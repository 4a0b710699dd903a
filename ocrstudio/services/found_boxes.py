"""Boxes from a recogniser's answers."""

from __future__ import annotations

from ocrstudio.core.page import Box


def box_of_line(line: dict[str, object]) -> Box:
    """The box of one line of a recogniser's answer (`points`, `text`, `score`)."""
    points = line.get("points")
    score = line.get("score")
    corners = points if isinstance(points, list) else []
    return Box(
        points=tuple((float(x), float(y)) for x, y in corners),
        text=str(line.get("text", "")),
        score=float(score) if isinstance(score, (int, float)) else None,
    )
