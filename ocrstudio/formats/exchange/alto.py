"""ALTO (Library of Congress), versions 2 to 4: one file for each picture.

Read: every `TextLine`, its outline from `Shape/Polygon` or the rectangle, its text from `String`, `SP` and `HYP`.
Lengths in mm10 or inch1200 are turned into pixels by the picture's size against that of `Page`. Written: version 4 in
pixels, each line as one `String` (as eScriptorium does), so that spaces stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.geometry import bounds
from ocrstudio.core.page import Box
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import EXPORT_AGAIN, Reading, checked_number, checked_score, checked_size
from ocrstudio.formats.exchange.texts import number
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import Writing, text_of, write_documents
from ocrstudio.formats.exchange.xml_tree import below, child, children, local

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"

NOT_ALTO = QT_TRANSLATE_NOOP("Errors", "The file is XML, but no ALTO document.")
ONE_PICTURE = QT_TRANSLATE_NOOP(
    "Errors", "The document has {count} pages and names one picture, {image}; only the first page was read."
)
NO_PAGE_SIZE = QT_TRANSLATE_NOOP(
    "Errors", "The file measures in {unit} and does not say how large its page is; its boxes are left out."
)


def detect(place: Place) -> bool:
    """Whether there are ALTO documents."""
    files = place.with_ending(".xml", ".alto")
    return any("<alto" in place.head(file).lower() or ":alto" in place.head(file).lower() for file in files[:20])


def read(reading: Reading) -> Iterator[FoundPage]:
    """The pages of ALTO documents."""
    files = reading.place.with_ending(".xml", ".alto")
    for done, file in enumerate(files):
        reading.progress(done, len(files))
        if reading.place.is_folder and "alto" not in reading.place.head(file).lower():
            continue
        root = reading.xml(file)
        if root is None:
            continue
        if local(root).lower() != "alto":
            reading.trouble(file, 0, NOT_ALTO, EXPORT_AGAIN)
            continue
        name = next((one.text or "" for one in below(root, "fileName")), "").strip()
        pages = list(below(root, "Page"))
        if len(pages) > 1 and name:
            reading.trouble(file, 0, ONE_PICTURE, EXPORT_AGAIN, count=len(pages), image=name)
            pages = pages[:1]
        for page in pages:
            found = _page(reading, file, root, page, name or page.get("PHYSICAL_IMG_NR", "") or file.stem)
            if found is not None:
                yield found


def _page(reading: Reading, file: Path, root: Element, page: Element, image: str) -> FoundPage | None:
    unit = next((one.text or "" for one in below(root, "MeasurementUnit")), "pixel").strip().lower()
    size = checked_size(page.get("WIDTH"), page.get("HEIGHT"))
    scale = (1.0, 1.0)
    if unit not in ("pixel", ""):
        if size is None:
            reading.trouble(file, 0, NO_PAGE_SIZE, EXPORT_AGAIN, unit=unit[:20])
            return None
        pixels = reading.size(image, file)
        if pixels is None:
            return None
        scale, size = (pixels[0] / size[0], pixels[1] / size[1]), pixels
    lines = list(below(page, "TextLine"))
    spaced = any(True for line in lines for _ in children(line, "SP"))
    boxes = [box for line in lines if (box := _box(reading, file, line, scale, spaced=spaced)) is not None]
    return FoundPage(image, tuple(boxes), size, picture=reading.picture(image, file), file=reading.name(file))


def _box(reading: Reading, file: Path, line: Element, scale: tuple[float, float], *, spaced: bool) -> Box | None:
    points = reading.points(_outline(line), file, 0, line.get("ID", "?")[:80])
    if points is None:
        return None
    text, score = _text(line, spaced=spaced)
    scaled = (
        points if scale == (1.0, 1.0) else tuple((round(x * scale[0], 2), round(y * scale[1], 2)) for x, y in points)
    )
    automatic = "ocrstudio-auto" in line.get("TAGREFS", "").split()
    return Box(scaled, text, score, touched=not automatic)


def _outline(line: Element) -> list[Any] | None:
    shape = child(line, "Shape")
    polygon = child(shape, "Polygon") if shape is not None else None
    if polygon is not None:
        values = polygon.get("POINTS", "").replace(",", " ").split()
        if len(values) >= 6:
            return [(values[place], values[place + 1]) for place in range(0, len(values) - 1, 2)]
    sides = [checked_number(line.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
    left, top, width, height = sides
    if left is None or top is None or width is None or height is None:
        return _around(line)
    return [(left, top), (left + width, top + height)]


def _around(line: Element) -> list[Any] | None:
    """The rectangle around the words of a line that has none itself."""
    corners = []
    for word in children(line, "String"):
        left, top, width, height = (checked_number(word.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        if left is not None and top is not None and width is not None and height is not None:
            corners += [(left, top), (left + width, top + height)]
    if not corners:
        return None
    x0, y0, x1, y1 = bounds(corners)
    return [(x0, y0), (x1, y1)]


def _text(line: Element, *, spaced: bool) -> tuple[str, float | None]:
    """Words joined by what stands between them; files without any `SP` element mean a space between words."""
    parts: list[str] = []
    scores: list[float] = []
    for element in line:
        kind = local(element)
        if kind == "String":
            if parts and not spaced:
                parts.append(" ")
            parts.append(element.get("CONTENT", ""))
            score = checked_score(element.get("WC"))
            if score is not None:
                scores.append(score)
        elif kind == "SP":
            parts.append(" ")
        elif kind == "HYP":
            parts.append(element.get("CONTENT", "-"))
    return "".join(parts), sum(scores) / len(scores) if scores else None


def write(sources: Iterable[SourcePage], job: Writing) -> None:
    """One ALTO document for each page, named after its picture."""
    write_documents(sources, job, _document)


def _document(source: SourcePage, job: Writing, image: str, size: tuple[int, int]) -> Element:
    schema = f"{NAMESPACE} http://www.loc.gov/standards/alto/v4/alto-4-2.xsd"
    root = Element("alto", {"xmlns": NAMESPACE, "xmlns:xsi": _XSI, "xsi:schemaLocation": schema})
    description = SubElement(root, "Description")
    SubElement(description, "MeasurementUnit").text = "pixel"
    information = SubElement(description, "sourceImageInformation")
    SubElement(information, "fileName").text = job.xml_text(image)
    boxes = source.page.boxes
    if any(not box.touched for box in boxes):
        tags = SubElement(root, "Tags")
        SubElement(tags, "OtherTag", {"ID": "ocrstudio-auto", "LABEL": "automatic", "DESCRIPTION": "not yet reviewed"})
    sides = {"WIDTH": str(size[0]), "HEIGHT": str(size[1])}
    page = SubElement(SubElement(root, "Layout"), "Page", {"ID": "p_1", "PHYSICAL_IMG_NR": "1", **sides})
    space = SubElement(page, "PrintSpace", {"HPOS": "0", "VPOS": "0", **sides})
    if boxes:
        corners = [point for box in boxes for point in box.points]
        block = SubElement(space, "TextBlock", {"ID": "b_1", **_rectangle(corners)})
        for place, box in enumerate(boxes, start=1):
            _line(block, box, place, job)
    return root


def _line(block: Element, box: Box, place: int, job: Writing) -> None:
    rectangle = _rectangle(box.points)
    attributes = {"ID": f"l_{place}", **rectangle}
    if not box.touched:
        attributes["TAGREFS"] = "ocrstudio-auto"
    line = SubElement(block, "TextLine", attributes)
    points = " ".join(f"{number(x)},{number(y)}" for x, y in box.points)
    SubElement(SubElement(line, "Shape"), "Polygon", {"POINTS": points})
    confidence = {} if box.score is None else {"WC": f"{box.score:.4f}"}
    SubElement(line, "String", {"ID": f"s_{place}", "CONTENT": job.xml_text(text_of(box)), **rectangle, **confidence})


def _rectangle(points: Iterable[tuple[float, float]]) -> dict[str, str]:
    left, top, right, bottom = bounds(list(points))
    return {"HPOS": number(left), "VPOS": number(top), "WIDTH": number(right - left), "HEIGHT": number(bottom - top)}
