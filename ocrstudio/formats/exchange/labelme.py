"""labelme's and X-AnyLabeling's JSON: one file for each picture, beside it or in a folder of its own.

labelme keeps the text in `label` (that is what its canvas shows); X-AnyLabeling keeps a class in `label` and the text
in `description`. A file in which any shape has a description is read the second way. Links of key information
extraction are X-AnyLabeling's `kie_linking`, pairs of `group_id`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import Box, PageState, Point
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import EXPORT_AGAIN, Reading, checked_score, checked_size, checked_text
from ocrstudio.formats.exchange.texts import plain, to_json
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import Writing, named_documents, text_of

_REGIONS = frozenset({"rectangle", "polygon", "rotation", "quadrilateral"})
# Labels that say "this is text" and not what it says.
_GENERIC = frozenset({"text", "ocr", "line", "textline", "text_line", "autolabel_object"})
_LABELME = "5.4.1"
_ANYLABELING = "2.4.4"

NOT_LABELME = QT_TRANSLATE_NOOP("Errors", "The file is JSON, but holds no list of shapes.")
NO_REGION = QT_TRANSLATE_NOOP("Errors", "Shape {number} is a {kind}, which encloses no text; it is left out.")
NO_SHAPE = QT_TRANSLATE_NOOP("Errors", "Shape {number} is no object in braces; it is left out.")


def detect_anylabeling(place: Place) -> bool:
    """Whether there are JSON files with shapes that have X-AnyLabeling's own keys."""
    files = place.with_ending(".json")
    return place.any_head(files, '"shapes"', '"kie_linking"') or place.any_head(files, '"shapes"', '"attributes"')


def detect_labelme(place: Place) -> bool:
    """Whether there are other JSON files with shapes."""
    return place.any_head(place.with_ending(".json"), '"shapes"') and not detect_anylabeling(place)


def read(reading: Reading) -> Iterator[FoundPage]:
    """The pages of a file or folder of labelme's or X-AnyLabeling's files."""
    files = reading.place.with_ending(".json")
    for done, file in enumerate(files):
        reading.progress(done, len(files))
        content = reading.json(file)
        if content is None:
            continue
        if not isinstance(content, dict) or not isinstance(content.get("shapes"), list):
            reading.trouble(file, 0, NOT_LABELME, EXPORT_AGAIN)
            continue
        yield _page(reading, file, content)


def _page(reading: Reading, file: Path, content: dict[str, Any]) -> FoundPage:
    shapes = content["shapes"]
    objects = [shape for shape in shapes if isinstance(shape, dict)]
    described = any(checked_text(shape.get("description")) for shape in objects)
    linked = any(shape.get("kie_linking") for shape in objects)
    flags = content.get("flags")
    checked = content.get("checked", flags.get("checked") if isinstance(flags, dict) else None)
    found = [
        _box(reading, file, shape, number, described=described, linked=linked, unchecked=checked is False)
        for number, shape in enumerate(shapes, start=1)
    ]
    image = checked_text(content.get("imagePath")) or file.stem
    return FoundPage(
        image=image,
        boxes=tuple(box for box in found if box is not None),
        size=checked_size(content.get("imageWidth"), content.get("imageHeight")),
        state=PageState.CHECKED if checked is True else None,
        note=checked_text(content.get("description")),
        picture=reading.picture(image, file),
        file=reading.name(file),
    )


def _box(
    reading: Reading, file: Path, shape: Any, number: int, *, described: bool, linked: bool, unchecked: bool
) -> Box | None:
    if not isinstance(shape, dict):
        reading.trouble(file, 0, NO_SHAPE, "", number=number)
        return None
    kind = shape.get("shape_type", "polygon")
    if kind not in _REGIONS:
        reading.trouble(file, 0, NO_REGION, "", number=number, kind=str(kind)[:40])
        return None
    points = reading.points(shape.get("points"), file, 0, str(number))
    if points is None:
        return None
    label = checked_text(shape.get("label"))
    generic = label.casefold() in _GENERIC
    text = checked_text(shape.get("description")) if described else "" if generic else label
    score = checked_score(shape.get("score"))
    flags = shape.get("flags")
    automatic = isinstance(flags, Mapping) and flags.get("auto") is True
    return Box(
        points=points,
        text=text,
        score=score,
        # only a model gives scores, and only an unchecked page still has them as the model left them
        touched=not automatic and not (unchecked and score is not None),
        difficult=shape.get("difficult") is True,
        extra=MappingProxyType(_extra(shape, "" if generic or not described else label, linked=linked)),
    )


def _extra(shape: dict[str, Any], key_class: str, *, linked: bool) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    if key_class:
        extra["key_cls"] = key_class
    group = shape.get("group_id")
    if type(group) is int:
        extra["id" if linked else "group_id"] = group
    links = shape.get("kie_linking")
    if isinstance(links, list) and links:
        extra["linking"] = [list(pair) for pair in links if isinstance(pair, (list, tuple))]
    return extra


def write_labelme(sources: Iterable[SourcePage], job: Writing) -> None:
    """One JSON file for each page, the text as the shape's label."""
    _write(sources, job, described=False)


def write_anylabeling(sources: Iterable[SourcePage], job: Writing) -> None:
    """One JSON file for each page, the text as the shape's description, with scores and links."""
    _write(sources, job, described=True)


def _write(sources: Iterable[SourcePage], job: Writing, *, described: bool) -> None:
    for source, name in named_documents(sources, ".json"):
        size = job.size(source)
        if size is None:
            continue
        below = name.rpartition("/")[0]
        # labelme opens the JSON file and looks for the picture from there
        image = job.picture(source, below, folder="")
        page = source.page
        # a text that reads like a class, or a page with classes, would come back wrong from the label alone
        whole = described or any(box.key_class or text_of(box).casefold() in _GENERIC for box in page.boxes)
        checked = page.state is PageState.CHECKED
        content: dict[str, Any] = {
            "version": _ANYLABELING if described else _LABELME,
            "flags": {} if described else {"checked": checked},
            **({"checked": checked} if described else {}),
            "shapes": [_shape(box, described=whole, full=described) for box in page.boxes],
            **({"description": page.note} if page.note else {}),
            "imagePath": image,
            "imageData": None,
            "imageHeight": size[1],
            "imageWidth": size[0],
        }
        job.put(name, to_json(content))
        job.done(source, len(page.boxes))


def _shape(box: Box, *, described: bool, full: bool) -> dict[str, Any]:
    text = text_of(box)
    entity = box.entity
    group = entity if entity is not None else box.extra.get("group_id")
    shape: dict[str, Any] = {
        "label": (box.key_class or "text") if described else text,
        "points": _corners(box.points),
        "group_id": group if type(group) is int else None,
        "description": text if described else "",
        "difficult": box.difficult,
        # the one type that every version of both programs opens
        "shape_type": "polygon",
        "flags": {} if box.touched else {"auto": True},
    }
    if full:
        shape = {**shape, "score": box.score, "attributes": {}, "kie_linking": [list(pair) for pair in box.links]}
    return shape


def _corners(points: Iterable[Point]) -> list[list[float]]:
    return [[plain(x), plain(y)] for x, y in points]
