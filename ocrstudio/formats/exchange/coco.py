"""COCO-Text's and COCO's JSON: all pictures and regions in one file.

COCO-Text: objects `imgs` and `anns` by id, a flat polygon in `mask` (version 2) or `polygon` (version 1), `bbox`,
`utf8_string`, `legibility`. COCO: lists `images` and `annotations`, polygons in `segmentation`; texts in `utf8_string`,
`text`, `transcription`, `caption` or the same under `attributes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.geometry import bounds, polygon_area
from ocrstudio.core.page import IGNORE_TEXTS, Box
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import (
    EXPORT_AGAIN,
    Reading,
    checked_number,
    checked_score,
    checked_size,
    checked_text,
)
from ocrstudio.formats.exchange.texts import plain, to_json
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import Writing, text_of

_TEXT_KEYS = ("utf8_string", "text", "transcription", "rec", "caption")
_TEXT_CLASS = "text"

NOT_COCO = QT_TRANSLATE_NOOP("Errors", "The file is JSON, but holds neither images and annotations nor imgs and anns.")
NO_IMAGE = QT_TRANSLATE_NOOP("Errors", "Annotation {number} belongs to no image of the file; it is left out.")
RLE = QT_TRANSLATE_NOOP("Errors", "Annotation {number} is a mask of pixels; its rectangle is taken.")


def detect(place: Place) -> bool:
    """Whether there is a JSON file of images and annotations."""
    files = place.with_ending(".json")
    heads = [place.head(file) for file in files[:20]]
    return any(
        ('"imgs"' in head or '"anns"' in head or '"images"' in head or '"annotations"' in head)
        and '"shapes"' not in head
        for head in heads
    )


def read(reading: Reading) -> Iterator[FoundPage]:
    """The pages of COCO-Text's or COCO's files."""
    for file in reading.place.with_ending(".json"):
        content = reading.json(file)
        if content is None:
            continue
        if not isinstance(content, dict):
            reading.trouble(file, 0, NOT_COCO, EXPORT_AGAIN)
            continue
        images, annotations = _entries(content, "imgs", "images"), _entries(content, "anns", "annotations")
        if not images:
            reading.trouble(file, 0, NOT_COCO, EXPORT_AGAIN)
            continue
        yield from _pages(reading, file, images, annotations, _categories(content))


def _entries(content: dict[str, Any], mapping: str, listing: str) -> list[dict[str, Any]]:
    value = content.get(mapping, content.get(listing))
    if isinstance(value, dict):
        value = [{"id": name, **entry} for name, entry in value.items() if isinstance(entry, dict)]
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _categories(content: dict[str, Any]) -> dict[str, str]:
    entries = _entries(content, "cats", "categories")
    return {str(entry.get("id")): checked_text(entry.get("name")) for entry in entries}


def _pages(
    reading: Reading, file: Path, images: list[dict[str, Any]], annotations: list[dict[str, Any]], names: dict[str, str]
) -> Iterator[FoundPage]:
    boxes: dict[str, list[Box]] = {str(image.get("id")): [] for image in images}
    for number, annotation in enumerate(annotations, start=1):
        wanted = boxes.get(str(annotation.get("image_id")))
        if wanted is None:
            reading.trouble(file, 0, NO_IMAGE, "", number=number)
            continue
        box = _box(reading, file, annotation, number, names)
        if box is not None:
            wanted.append(box)
    for done, image in enumerate(images):
        reading.progress(done, len(images))
        name = checked_text(image.get("file_name"))
        if name:
            size = checked_size(image.get("width"), image.get("height"))
            found = tuple(boxes[str(image.get("id"))])
            yield FoundPage(name, found, size, picture=reading.picture(name, file), file=reading.name(file))


def _box(reading: Reading, file: Path, annotation: dict[str, Any], number: int, names: dict[str, str]) -> Box | None:
    points = reading.points(_outline(reading, file, annotation, number), file, 0, str(number))
    if points is None:
        return None
    inner = annotation.get("attributes")
    places = [annotation, inner] if isinstance(inner, dict) else [annotation]
    texts = (checked_text(place.get(key)) for place in places for key in _TEXT_KEYS)
    text = next((one for one in texts if one), "")
    if not text and annotation.get("legibility") == "illegible":
        text = "###"
    name = names.get(str(annotation.get("category_id")), "")
    generic = name.casefold() in ("", _TEXT_CLASS, "object")
    return Box(
        points,
        text,
        score=checked_score(annotation.get("score")),
        touched=annotation.get("touched") is not False,
        difficult=annotation.get("difficult") is True,
        extra=MappingProxyType({} if generic else {"key_cls": name}),
    )


def _outline(reading: Reading, file: Path, annotation: dict[str, Any], number: int) -> list[Any] | None:
    outline = next((annotation[key] for key in ("mask", "polygon", "segmentation") if annotation.get(key)), None)
    if isinstance(outline, dict):
        reading.trouble(file, 0, RLE, "", number=number)
        outline = None
    if isinstance(outline, list) and outline and isinstance(outline[0], list) and len(outline[0]) > 2:
        outline = max((part for part in outline if isinstance(part, list)), key=len)
    if isinstance(outline, list) and len(outline) >= 6 and not isinstance(outline[0], list):
        return [(outline[place], outline[place + 1]) for place in range(0, len(outline) - 1, 2)]
    if isinstance(outline, list) and outline and isinstance(outline[0], list):
        return outline
    box = annotation.get("bbox")
    if isinstance(box, list) and len(box) == 4:
        values = [checked_number(value) for value in box]
        left, top, width, height = values
        if left is not None and top is not None and width is not None and height is not None:
            return [(left, top), (left + width, top + height)]
    return None


def write_coco_text(sources: Iterable[SourcePage], job: Writing) -> None:
    """`coco_text.json`: `imgs`, `anns` and `imgToAnns` as the COCO-Text tools read them."""
    images: dict[str, Any] = {}
    annotations: dict[str, Any] = {}
    by_image: dict[str, list[int]] = {}
    for number, source, size in _numbered(sources, job):
        images[str(number)] = {**_image(number, source, size, job), "set": "train"}
        by_image[str(number)] = []
        for box in source.page.boxes:
            place = len(annotations) + 1
            text = text_of(box)
            legible = "illegible" if text in IGNORE_TEXTS else "legible"
            annotations[str(place)] = {
                "mask": _flat(box),
                "bbox": _bbox(box),
                "class": "machine printed",
                "legibility": legible,
                "language": "na",
                "utf8_string": "" if text == "###" else text,
                "area": plain(abs(polygon_area(box.points))),
                "image_id": number,
                "id": place,
                **_state(box),
            }
            by_image[str(number)].append(place)
        job.no_keys(source.page.boxes)
        job.done(source, len(source.page.boxes))
    info = {"version": "2", "description": "OCR Studio"}
    content = {"cats": {}, "anns": annotations, "imgs": images, "imgToAnns": by_image, "info": info}
    job.put("coco_text.json", to_json(content, None))


def write_coco(sources: Iterable[SourcePage], job: Writing) -> None:
    """`annotations.json`: COCO with the texts in `utf8_string` and `attributes.text`."""
    listed = list(sources)
    found = sorted({box.key_class for source in listed for box in source.page.boxes} - {"", _TEXT_CLASS})
    classes = {name: number for number, name in enumerate([_TEXT_CLASS, *found], start=1)}
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for number, source, size in _numbered(listed, job):
        images.append(_image(number, source, size, job))
        for box in source.page.boxes:
            text = text_of(box)
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": number,
                    "category_id": classes[box.key_class or _TEXT_CLASS],
                    "segmentation": [_flat(box)],
                    "bbox": _bbox(box),
                    "area": plain(abs(polygon_area(box.points))),
                    "iscrowd": 0,
                    "utf8_string": text,
                    "attributes": {"text": text},
                    **_state(box),
                }
            )
        job.done(source, len(source.page.boxes))
    categories = [{"id": number, "name": name, "supercategory": ""} for name, number in classes.items()]
    content = {"info": {"description": "OCR Studio"}, "licenses": [], "images": images, "annotations": annotations}
    job.put("annotations.json", to_json({**content, "categories": categories}, None))


def _numbered(sources: Iterable[SourcePage], job: Writing) -> Iterator[tuple[int, SourcePage, tuple[int, int]]]:
    number = 0
    for source in sources:
        size = job.size(source)
        if size is not None:
            number += 1
            yield number, source, size


def _image(number: int, source: SourcePage, size: tuple[int, int], job: Writing) -> dict[str, Any]:
    return {"id": number, "file_name": job.picture(source), "width": size[0], "height": size[1]}


def _flat(box: Box) -> list[float]:
    return [plain(value) for point in box.points for value in point]


def _bbox(box: Box) -> list[float]:
    left, top, right, bottom = bounds(box.points)
    return [plain(left), plain(top), plain(right - left), plain(bottom - top)]


def _state(box: Box) -> dict[str, Any]:
    """What only some boxes have, so that files of plain boxes stay plain."""
    state: dict[str, Any] = {} if box.score is None else {"score": round(box.score, 4)}
    if box.difficult:
        state["difficult"] = True
    return state if box.touched else {**state, "touched": False}
