"""docTR's training sets: `labels.json` beside `images/`.

Detection: `{picture: {"img_dimensions": [height, width], "img_hash": …, "polygons": [[[x, y] × 4], …]}}`, or a dict of
class to polygons; it holds no texts. Recognition: `{picture of a line: text}`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.page import Box
from ocrstudio.formats.atomic import read_bytes
from ocrstudio.formats.exchange.line_crops import crops, whole_picture
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import EXPORT_AGAIN, Reading, checked_size, checked_text
from ocrstudio.formats.exchange.texts import plain, to_json
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import PICTURE_DIR, Writing
from ocrstudio.formats.images import is_image_name

LABELS = "labels.json"

EMPTY_PAGES = QT_TRANSLATE_NOOP("Errors", "{count} pages without boxes were left out: programs cannot read them.")
NOT_DOCTR = QT_TRANSLATE_NOOP("Errors", "The file is JSON, but no object of pictures and their labels.")
NO_ENTRY = QT_TRANSLATE_NOOP("Errors", "The labels of {image} are neither a text nor polygons; they are left out.")


def detect(place: Place) -> bool:
    """Whether there is a labels.json of pictures."""
    for file in place.with_ending(".json")[:20]:
        head = place.head(file).lstrip()
        name = head[1:].lstrip().partition('":')[0].lstrip('"') if head.startswith("{") else ""
        if is_image_name(name):
            return True
    return False


def read(reading: Reading) -> Iterator[FoundPage]:
    """The pages of detection sets, and one page for each line of recognition sets."""
    for file in reading.place.with_ending(".json"):
        content = reading.json(file)
        if content is None:
            continue
        if not isinstance(content, dict):
            reading.trouble(file, 0, NOT_DOCTR, EXPORT_AGAIN)
            continue
        for done, (image, entry) in enumerate(content.items()):
            reading.progress(done, len(content))
            page = _page(reading, file, image, entry)
            if page is not None:
                yield page


def _page(reading: Reading, file: Path, image: str, entry: Any) -> FoundPage | None:
    if isinstance(entry, str):
        return whole_picture(reading, image, entry, reading.name(file))
    if not isinstance(entry, dict) or not isinstance(entry.get("polygons"), (list, dict)):
        reading.trouble(file, 0, NO_ENTRY, EXPORT_AGAIN, image=image)
        return None
    polygons = entry["polygons"]
    by_class = polygons.items() if isinstance(polygons, dict) else [("", polygons)]
    boxes = []
    for name, outlines in by_class:
        for number, outline in enumerate(outlines if isinstance(outlines, list) else [], start=1):
            points = reading.points(outline, file, 0, f"{image} / {number}")
            if points is not None:
                plain_class = checked_text(name) in ("", "words", "text")
                boxes.append(
                    Box(points, touched=True, extra=MappingProxyType({} if plain_class else {"key_cls": name}))
                )
    sides = entry.get("img_dimensions")
    size = checked_size(sides[1], sides[0]) if isinstance(sides, list) and len(sides) == 2 else None
    return FoundPage(image, tuple(boxes), size, picture=reading.picture(image, file), file=reading.name(file))


def write_detection(sources: Iterable[SourcePage], job: Writing) -> None:
    """`labels.json` with four corners a box; texts are not held."""
    labels: dict[str, Any] = {}
    for source in sources:
        size = job.size(source)
        if size is None:
            continue
        # docTR looks for the pictures by the plain name within images/
        name = source.page.file.replace("/", "_")
        if job.pictures == "copy":
            job.picture(source, name=name)
        try:
            digest = hashlib.sha256(read_bytes(source.path)).hexdigest()
        except StudioError as error:
            job.trouble(source.page.file, error.what, error.remedy, **error.values)
            continue
        quads = [quad for box in source.page.boxes if (quad := job.quad(box)) is not None]
        if not quads:
            job.lose(EMPTY_PAGES)  # docTR's loader ends at a picture without polygons
            continue
        polygons = [[[plain(x), plain(y)] for x, y in quad] for quad in quads]
        labels[name] = {"img_dimensions": [size[1], size[0]], "img_hash": digest, "polygons": polygons}
        job.no_texts(source.page.boxes)
        job.no_keys(source.page.boxes)
        job.done(source, len(quads))
    job.put(LABELS, to_json(labels))


def write_recognition(sources: Iterable[SourcePage], job: Writing) -> None:
    """`labels.json` and a picture of each line."""
    labels: dict[str, str] = {}
    for crop in crops(sources, job):
        job.put(f"{PICTURE_DIR}/{crop.name}", crop.data)
        labels[crop.name] = crop.text
    job.put(LABELS, to_json(labels))
