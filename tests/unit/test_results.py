"""Results saved in every form, and what other programs find in them."""

from __future__ import annotations

import csv
import io
import json
import math
import zipfile
from pathlib import Path

import pytest
from defusedxml import ElementTree
from PIL import Image

from ocrstudio.core.errors import StudioError
from ocrstudio.core.paragraphs import paragraphs
from ocrstudio.core.visual_order import visual_order
from ocrstudio.formats.exchange import detect
from ocrstudio.formats.picture_source import PictureSource, shown_name
from ocrstudio.formats.results.kinds import FORMATS
from ocrstudio.formats.results.saving import save
from ocrstudio.formats.results.values import ReadLine, ReadPage
from ocrstudio.formats.store import ProjectStore

pdfium = pytest.importorskip("pypdfium2")


def quad(left: float, top: float, width: float, height: float) -> tuple[tuple[float, float], ...]:
    return ((left, top), (left + width, top), (left + width, top + height), (left, top + height))


def turned(points, degrees: float, centre: tuple[float, float]):
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x0, y0 = centre
    return tuple((x0 + (x - x0) * cos - (y - y0) * sin, y0 + (x - x0) * sin + (y - y0) * cos) for x, y in points)


LATIN = ReadLine(quad(100, 100, 600, 40), "Größe: 12 × 3 finished", 0.98)
CHINESE = ReadLine(quad(100, 200, 400, 40), "你好，世界", 0.75)
CORRECTED = ReadLine(quad(100, 300, 300, 40), "𠮷野家 Ⅻ 😀", None)
ARABIC = ReadLine(quad(100, 400, 500, 40), "مرحبا (بالعالم) 2024", 0.9)
HEBREW = ReadLine(quad(100, 500, 500, 40), "שלום abc עולם", 0.9)
SLANTED = ReadLine(turned(quad(200, 700, 400, 40), 20, (400, 720)), "rising slowly", 0.8)
DOWNWARDS = ReadLine(quad(800, 100, 40, 500), "written downwards", 0.8, turn=1)
UPWARDS = ReadLine(quad(900, 100, 40, 500), "written upwards", 0.8, turn=3)
HEADLONG = ReadLine(quad(100, 900, 400, 40), "on its head", 0.8, turn=2)
LINES = (LATIN, CHINESE, CORRECTED, ARABIC, HEBREW, SLANTED, DOWNWARDS, UPWARDS, HEADLONG)


@pytest.fixture
def page(tmp_path: Path) -> ReadPage:
    file = tmp_path / "scan 1.jpg"
    Image.new("RGB", (1000, 1200), "white").save(file, dpi=(144, 144))
    return ReadPage(PictureSource(file), file.name, (1000, 1200), LINES, "bundled", "bundled")


@pytest.fixture
def unread(tmp_path: Path) -> ReadPage:
    return ReadPage(PictureSource(tmp_path / "gone.png"), "gone.png", problem="It is not there any more.")


def saved(form: str, pages: list[ReadPage], tmp_path: Path) -> Path:
    target = tmp_path / f"out{FORMATS[form].suffix}"
    save(form, pages, target)
    return target


def texts_of(file: Path) -> list[str]:
    """The lines of a PDF's first page as PDFium finds them."""
    with pdfium.PdfDocument(file) as document:
        return document[0].get_textpage().get_text_range().split("\r\n")


def extent_of(file: Path) -> list[float]:
    """Left, bottom, right and top of all characters on a PDF's first page, as PDFium finds them; in points."""
    with pdfium.PdfDocument(file) as document:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(place) for place in range(text.count_chars())]
    return [least(side) for least, side in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)]


def test_every_text_of_the_pdf_is_found_again_as_it_was_read(page, tmp_path):
    found = texts_of(saved("pdf", [page], tmp_path))
    for line in LINES:
        assert line.text in found, (line.text, found)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.text)
def test_the_text_layer_lies_upon_the_picture(page, tmp_path, line):
    one = ReadPage(page.source, page.name, page.size, (line,))
    half = 72 / 144
    xs, ys = [x * half for x, _ in line.points], [600 - y * half for _, y in line.points]
    found = extent_of(saved("pdf", [one], tmp_path))
    assert found == pytest.approx([min(xs), min(ys), max(xs), max(ys)], abs=1.0)


def test_the_pdf_looks_like_the_picture_and_keeps_its_size(page, tmp_path):
    with pdfium.PdfDocument(saved("pdf", [page], tmp_path)) as document:
        assert document[0].get_size() == (500, 600)
        drawn = document[0].render(scale=1).to_pil().convert("L")
        assert drawn.getextrema() == (255, 255)  # the text itself is not to be seen


def test_a_turned_picture_and_a_page_of_a_pdf_come_as_they_were_read(page, tmp_path):
    first = saved("pdf", [page], tmp_path)
    source = PictureSource(first, page=1, turn=1)
    assert source.read().shape[:2] == (round(500 * 200 / 72), round(600 * 200 / 72))
    again = ReadPage(source, source.name, (1667, 1389), (ReadLine(quad(100, 100, 600, 40), "again", 1.0),))
    second = tmp_path / "second.pdf"
    save("pdf", [again, page], second)
    with pdfium.PdfDocument(second) as document:
        assert [round(side) for side in document[0].get_size()] == [600, 500]
        assert len(document) == 2
    assert texts_of(second) == ["again"]


def test_pictures_that_cannot_be_read_are_left_out_and_named(page, unread, tmp_path):
    for form in FORMATS:
        done = save(form, [unread, page], tmp_path / f"all{form}{FORMATS[form].suffix}")
        assert done.left_out == (() if form == "json" else ("gone.png",)), form


def test_a_pdf_that_cannot_be_written_leaves_the_earlier_one(page, tmp_path):
    target = saved("pdf", [page], tmp_path)
    before = target.read_bytes()

    def stop(*_: int) -> None:
        raise StudioError("stopped")

    with pytest.raises(StudioError):
        save("pdf", [page], target, stop)
    assert target.read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"scan 1.jpg", "out.pdf"}


def test_word_finds_paragraphs_headings_and_the_direction_of_arabic(page, tmp_path):
    with zipfile.ZipFile(saved("docx", [page, page], tmp_path)) as archive:
        tree = ElementTree.fromstring(archive.read("word/document.xml"))
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    texts = ["".join(part.text or "" for part in one.iter(f"{word}t")) for one in tree.iter(f"{word}p")]
    assert texts.count("scan 1.jpg") == 2
    assert texts.count(CORRECTED.text) == 2
    right = [one for one in tree.iter(f"{word}p") if one.find(f"{word}pPr/{word}bidi") is not None]
    assert len(right) == 4


def test_markdown_shows_what_was_read_and_no_markup_of_its_own(page, tmp_path):
    lines = (
        ReadLine(quad(0, 0, 100, 20), "1. *not* a list # [x](y)", 1.0),
        ReadLine(quad(0, 24, 100, 20), "- nor this", 1.0),
        ReadLine(quad(0, 100, 100, 20), "a paragraph", 1.0),
    )
    text = saved("md", [ReadPage(page.source, page.name, page.size, lines)], tmp_path).read_text(encoding="utf-8")
    assert text == "1\\. \\*not\\* a list \\# \\[x\\](y)\\\n\\- nor this\n\na paragraph\n"


def test_tables_and_json_hold_places_and_confidence(page, unread, tmp_path):
    rows = list(csv.DictReader(io.StringIO(saved("csv", [page], tmp_path).read_text(encoding="utf-8-sig"))))
    assert (rows[1]["text"], rows[1]["score"], rows[2]["score"], rows[2]["touched"]) == (
        CHINESE.text,
        "0.7500",
        "",
        "1",
    )
    objects = [json.loads(line) for line in saved("jsonl", [page], tmp_path).read_text(encoding="utf-8").splitlines()]
    assert [one["text"] for one in objects] == [line.text for line in LINES]
    first, second = json.loads(saved("json", [page, unread], tmp_path).read_text(encoding="utf-8"))
    assert (first["width"], first["lines"][0]["points"][1]) == (1000, [700, 100])
    assert second["problem"] == unread.problem
    assert detect(tmp_path / "out.csv") == "csv"
    assert detect(tmp_path / "out.jsonl") == "jsonl"


def test_a_project_opens_with_its_labels_and_never_replaces_anything(page, tmp_path):
    other = ReadPage(PictureSource(page.path, turn=1), page.name, (1200, 1000), (CHINESE,))
    folder = tmp_path / "new project"
    save("ppocrlabel", [page, page, other], folder)
    assert (folder / "Label.txt").read_bytes().count(b"\n") == 3
    store = ProjectStore.open(folder)
    try:
        texts = [[box.text for box in store.page(key).boxes] for key in store.keys]
    finally:
        store.close()
    assert sorted(map(len, texts)) == [1, len(LINES), len(LINES)]
    with pytest.raises(StudioError, match="is not empty"):
        save("ppocrlabel", [page], folder)


def test_odd_names_are_shown_on_one_line():
    assert shown_name(Path("a\nb😀.png")) == "a\ufffdb😀.png"
    assert shown_name(Path("broken\udcff.png")) == "broken\ufffd.png"


def test_lines_that_follow_closely_are_one_paragraph():
    lines = [quad(0, 0, 100, 40), quad(0, 60, 90, 20), quad(0, 84, 100, 20), quad(0, 150, 100, 20)]
    assert paragraphs(lines) == [[0], [1, 2], [3]]
    assert paragraphs([]) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("abc", "abc"),
        ("שלום", "םולש"),
        ("שלום abc", "abc םולש"),
        ("abc שלום!", "abc םולש!"),
        ("(שלום)", "(םולש)"),
        ("שלום 3.5", "3.5 םולש"),
    ],
)
def test_lines_that_run_to_the_left_are_put_as_they_are_seen(text, seen):
    assert "".join(visual_order(text)) == seen
