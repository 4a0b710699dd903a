"""PAGE-XML (PRImA), as eScriptorium, Transkribus and OCR-D write it: one file for each picture.

Read: every version from 2010 to 2019; lines of text regions (also nested ones and tables) in reading order, a region
that has a text and no lines as one box. Written: 2019-07-15, one region a page, whose lines are in list order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.geometry import bounds
from ocrstudio.core.page import Box, PageState, Point
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import EXPORT_AGAIN, Reading, checked_number, checked_score, checked_size
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import OUTSIDE, Writing, text_of, write_documents
from ocrstudio.formats.exchange.xml_tree import below, child, children, local, text_of_child

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
# Ours, in the free-form attribute that PAGE has for such things.
_AUTO = "ocrstudio {touched:false;}"

NOT_PAGE = QT_TRANSLATE_NOOP("Errors", "The file is XML, but no PAGE document.")
NO_OUTLINE = QT_TRANSLATE_NOOP("Errors", "Line {id} has no outline; it is left out.")
DRAW_OUTLINE = QT_TRANSLATE_NOOP("Errors", "Let the program that made it compute the outlines of the lines.")


def detect(place: Place) -> bool:
    """Whether there are PAGE documents."""
    return place.any_head(place.with_ending(".xml"), "PcGts")


def read(reading: Reading) -> Iterator[FoundPage]:
    """The pages of PAGE documents; other XML files of a folder (METS, ALTO) are passed over."""
    files = reading.place.with_ending(".xml")
    for done, file in enumerate(files):
        reading.progress(done, len(files))
        if reading.place.is_folder and "PcGts" not in reading.place.head(file):
            continue
        root = reading.xml(file)
        if root is None:
            continue
        page = child(root, "Page")
        if local(root) != "PcGts" or page is None:
            reading.trouble(file, 0, NOT_PAGE, EXPORT_AGAIN)
            continue
        yield _page(reading, file, page)


def _page(reading: Reading, file: Path, page: Element) -> FoundPage:
    image = page.get("imageFilename") or file.stem
    boxes: list[Box] = []
    for region in _in_reading_order(page):
        lines = list(children(region, "TextLine"))
        for line in lines:
            box = _box(reading, file, line)
            if box is not None:
                boxes.append(box)
        if not lines and _text(region)[0] and not any(children(region, "TextRegion")):
            box = _box(reading, file, region)
            if box is not None:
                boxes.append(box)
    return FoundPage(
        image=image,
        boxes=tuple(boxes),
        size=checked_size(page.get("imageWidth"), page.get("imageHeight")),
        state=PageState.CHECKED if "ocrstudio {checked:true;}" in page.get("custom", "") else None,
        picture=reading.picture(image, file),
        file=reading.name(file),
    )


def _in_reading_order(page: Element) -> list[Element]:
    """Text regions and table cells by the document's reading order; what it does not name follows."""
    regions = list(below(page, "TextRegion", "TableCell"))
    order = child(page, "ReadingOrder")
    if order is None:
        return regions
    places = {ref: place for place, ref in enumerate(_references(order))}
    last = len(places)
    listed: list[tuple[int, Element]] = []
    inherited: dict[Element, int] = {}
    for region in regions:
        place = places.get(region.get("id", ""), inherited.get(region, last))
        listed.append((place, region))
        for nested in below(region, "TextRegion", "TableCell"):
            inherited[nested] = place
    return [region for _, region in sorted(listed, key=lambda one: one[0])]


def _references(group: Element) -> Iterator[str]:
    members = list(group)
    members.sort(key=lambda member: checked_number(member.get("index")) or 0)
    for member in members:
        reference = member.get("regionRef")
        if reference:
            yield reference
        yield from _references(member)


def _box(reading: Reading, file: Path, line: Element) -> Box | None:
    pairs = _coords(child(line, "Coords"))
    if not pairs:
        reading.trouble(file, 0, NO_OUTLINE, DRAW_OUTLINE, id=line.get("id", "?")[:80])
        return None
    points = reading.points(pairs, file, 0, line.get("id", "?")[:80])
    if points is None:
        return None
    text, score = _text(line)
    extra: dict[str, Any] = {}
    baseline = [
        [x, y]
        for one, other in _coords(child(line, "Baseline"))
        if (x := checked_number(one)) is not None and (y := checked_number(other)) is not None
    ]
    if len(baseline) > 1:
        extra["baseline"] = baseline
    return Box(points, text, score, touched=_AUTO not in line.get("custom", ""), extra=MappingProxyType(extra))


def _coords(element: Element | None) -> list[tuple[str, str]]:
    """`points="x,y x,y"`, or `Point` elements as versions before 2013 have them."""
    if element is None:
        return []
    if element.get("points"):
        pairs = (pair.partition(",") for pair in element.get("points", "").split())
        return [(x, y) for x, _, y in pairs]
    return [(point.get("x", ""), point.get("y", "")) for point in children(element, "Point")]


def _text(element: Element) -> tuple[str, float | None]:
    """The first alternative's text and confidence; the words' if the line itself has none."""
    alternatives = sorted(children(element, "TextEquiv"), key=lambda one: checked_number(one.get("index")) or 0)
    for one in alternatives:
        text = text_of_child(one, "Unicode") or text_of_child(one, "PlainText")
        if text:
            return text, checked_score(one.get("conf"))
    words = list(children(element, "Word"))
    return " ".join(text for word in words if (text := _text(word)[0])), None


def write(sources: Iterable[SourcePage], job: Writing) -> None:
    """One PAGE document for each page, named after its picture."""
    write_documents(sources, job, _document)


def _document(source: SourcePage, job: Writing, image: str, size: tuple[int, int]) -> Element:
    page = source.page
    schema = f"{NAMESPACE} {NAMESPACE}/pagecontent.xsd"
    root = Element("PcGts", {"xmlns": NAMESPACE, "xmlns:xsi": _XSI, "xsi:schemaLocation": schema})
    metadata = SubElement(root, "Metadata")
    SubElement(metadata, "Creator").text = "OCR Studio"
    # the same labels give the same file, so the clock is the picture's
    stamp = datetime.fromtimestamp(int(source.path.stat().st_mtime), tz=timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    SubElement(metadata, "Created").text = stamp
    SubElement(metadata, "LastChange").text = stamp
    attributes = {"imageFilename": job.xml_text(image), "imageWidth": str(size[0]), "imageHeight": str(size[1])}
    if page.state is PageState.CHECKED:
        attributes["custom"] = "ocrstudio {checked:true;}"
    element = SubElement(root, "Page", attributes)
    if not page.boxes:
        return root
    group = SubElement(SubElement(element, "ReadingOrder"), "OrderedGroup", {"id": "ro_1"})
    SubElement(group, "RegionRefIndexed", {"index": "0", "regionRef": "r_1"})
    region = SubElement(element, "TextRegion", {"id": "r_1"})
    corners = [point for box in page.boxes for point in box.points]
    left, top, right, bottom = bounds(corners)
    outline = ((left, top), (right, top), (right, bottom), (left, bottom))
    SubElement(region, "Coords", {"points": _points(outline, size)})
    for number, box in enumerate(page.boxes, start=1):
        _line(region, box, number, job, size)
    return root


def _line(region: Element, box: Box, number: int, job: Writing, size: tuple[int, int]) -> None:
    attributes = {"id": f"l_{number}"}
    custom = f"readingOrder {{index:{number - 1};}}"
    attributes["custom"] = custom if box.touched else f"{custom} {_AUTO}"
    line = SubElement(region, "TextLine", attributes)
    if any(not (0 <= x <= size[0] and 0 <= y <= size[1]) for x, y in box.points):
        job.lose(OUTSIDE)
    SubElement(line, "Coords", {"points": _points(box.points, size)})
    baseline = _baseline(box)
    if baseline:
        SubElement(line, "Baseline", {"points": _points(baseline, size)})
    equivalent = SubElement(line, "TextEquiv", {} if box.score is None else {"conf": f"{box.score:.4f}"})
    SubElement(equivalent, "Unicode").text = job.xml_text(text_of(box))


def _baseline(box: Box) -> list[Point]:
    value = box.extra.get("baseline")
    pairs = value if isinstance(value, (list, tuple)) else []
    return [
        (float(pair[0]), float(pair[1]))
        for pair in pairs
        if isinstance(pair, (list, tuple)) and len(pair) == 2 and all(isinstance(one, (int, float)) for one in pair)
    ]


def _points(points: Iterable[Point], size: tuple[int, int]) -> str:
    """PAGE's schema allows whole pixels only, and none below zero."""
    return " ".join(f"{min(max(round(x), 0), size[0])},{min(max(round(y), 0), size[1])}" for x, y in points)
