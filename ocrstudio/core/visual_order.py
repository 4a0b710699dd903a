"""The order in which the characters of a line stand from left to right, whatever the direction of their script."""

from __future__ import annotations

import unicodedata

from ocrstudio.core.orientation import graphemes

_LEFT, _RIGHT = "L", "R"
_STRONG = {"L": _LEFT, "R": _RIGHT, "AL": _RIGHT}
_NUMBERS = frozenset({"EN", "AN"})
# What joins two numbers into one, such as the point in 3.5.
_JOINERS = frozenset({"ES", "ET", "CS"})
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def visual_order(text: str) -> list[str]:
    """The graphemes of a line as they are seen from left to right.

    Brackets within text that runs to the left are mirrored, as they are seen.

    Source: the Unicode Bidirectional Algorithm (UAX 9) without its explicit marks and nesting, which a line that was
    read from a picture does not have.
    """
    units = graphemes(text)
    kinds = [unicodedata.bidirectional(unit[0]) for unit in units]
    if not any(_STRONG.get(kind) == _RIGHT for kind in kinds):
        return units
    base = next(_STRONG[kind] for kind in kinds if kind in _STRONG)
    runs: list[tuple[str, list[str]]] = []
    for unit, direction in zip(units, _directions(kinds, base), strict=True):
        if runs and runs[-1][0] == direction:
            runs[-1][1].append(unit)
        else:
            runs.append((direction, [unit]))
    if base == _RIGHT:
        runs.reverse()
    shown: list[str] = []
    for direction, run in runs:
        shown += [unit.translate(_MIRRORED) for unit in reversed(run)] if direction == _RIGHT else run
    return shown


def _directions(kinds: list[str], base: str) -> list[str]:
    """The direction of each character: its own, a number's, or that of what it stands between."""
    own: list[str | None] = [_STRONG.get(kind) or (_LEFT if kind in _NUMBERS else None) for kind in kinds]
    found: list[str] = []
    for place, direction in enumerate(own):
        if direction is None:
            before = next((place - step for step in range(1, place + 1) if own[place - step]), None)
            after = next((later for later in range(place + 1, len(own)) if own[later]), None)
            joins = kinds[place] in _JOINERS and before == place - 1 and after == place + 1
            if joins and kinds[place - 1] in _NUMBERS and kinds[place + 1] in _NUMBERS:
                direction = _LEFT
            else:
                sides = {_side(kinds, own, side) or base for side in (before, after)}
                direction = sides.pop() if len(sides) == 1 else base
        found.append(direction)
    return found


def _side(kinds: list[str], own: list[str | None], place: int | None) -> str | None:
    """What a neighbour counts as for what stands beside it: a number within text that runs to the left as such text."""
    if place is None:
        return None
    if kinds[place] not in _NUMBERS:
        return own[place]
    strong = next((kinds[earlier] for earlier in range(place, -1, -1) if kinds[earlier] in _STRONG), None)
    return None if strong is None else _STRONG[strong]
