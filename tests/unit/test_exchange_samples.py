"""Files as other programs write them, quirks included, give the boxes and texts that those programs show."""

from pathlib import Path

import openpyxl
import pytest
from exchange_parts import POLYGON, QUAD, RECTANGLE, read, source, touched, values

from ocrstudio.core.page import Page, PageState
from ocrstudio.formats.exchange import FORMATS, detect, export_pages
from ocrstudio.formats.exchange.merging import merged
from ocrstudio.formats.exchange.values import FoundPage

DATA = Path(__file__).resolve().parents[1] / "data" / "exchange"


def sample(name, form, folders=()):
    """The single page of a sample, its problems, recognised as what it is."""
    found = detect(DATA / name)
    assert found is not None
    assert FORMATS[found].read is FORMATS[form].read
    pages, problems = read(DATA / name, form, folders)
    return pages, problems


def test_labelme():
    pages, problems = sample("labelme.json", "labelme")
    page = pages[0]
    assert (page.image, page.size, page.state) == ("..\\scans\\page 1.png", (200, 100), None)
    assert values(page.boxes) == [
        (((12.5, 20.0), (140.25, 20.0), (140.25, 48.0), (12.5, 48.0)), "Total, Ⅻ"),
        (((10.0, 60.0), (60.0, 55.0), (110.0, 60.0), (110.0, 80.0), (60.0, 75.0), (10.0, 80.0)), "curved"),
    ]
    assert page.boxes[1].extra["group_id"] == 3
    assert problems == ["labelme.json: Shape 3 is a circle, which encloses no text; it is left out."]


def test_xanylabeling():
    pages, problems = sample("xanylabeling.json", "xanylabeling")
    page = pages[0]
    assert (page.state, page.note) == (PageState.CHECKED, "second copy")
    first, second = page.boxes
    assert (first.points, first.text, first.score, first.key_class) == (QUAD, "发票号码：", 0.97, "")
    assert (second.text, second.score, second.key_class, second.difficult) == ("007", None, "answer", True)
    assert (first.entity, first.links, second.entity) == (0, ((0, 1),), 1)
    assert problems == []


def test_labelme_and_xanylabeling_are_told_apart():
    assert detect(DATA / "labelme.json") == "labelme"
    assert detect(DATA / "xanylabeling.json") == "xanylabeling"


def test_boxes_that_only_a_model_made_stay_replaceable(tmp_path):
    text = (DATA / "xanylabeling.json").read_text(encoding="utf-8").replace('"checked": true', '"checked": false')
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    pages, _ = read(tmp_path, "xanylabeling")
    assert [box.touched for box in pages[0].boxes] == [False, True]
    assert pages[0].state is None


def test_icdar_2015_with_byte_order_mark_and_commas_in_texts():
    pages, problems = sample("gt_img_1.txt", "icdar2015")
    assert pages[0].image == "img_1"
    assert [box.text for box in pages[0].boxes] == ["Genaxis Theatre", "[06]", "###", '62-03, "a",b']
    assert pages[0].boxes[0].points == ((377.0, 117.0), (463.0, 117.0), (465.0, 130.0), (378.0, 130.0))
    assert problems == []


@pytest.mark.parametrize(
    ("name", "texts"), [("gt_img_100.txt", ["Tiredness", 'kills, "A"', ""]), ("gt_101.txt", ["Footpath", "To"])]
)
def test_icdar_2013_with_commas_and_with_spaces(name, texts):
    pages, problems = sample(name, "icdar2013")
    assert [box.text for box in pages[0].boxes] == texts
    assert all(len(box.points) == 4 for box in pages[0].boxes)
    assert problems == []


def test_coco_text():
    pages, problems = sample("coco_text_v2.json", "cocotext")
    page = pages[0]
    assert (page.image, page.size) == ("COCO_train2014_000000217925.jpg", (640, 427))
    assert page.boxes[0].points == ((468.9, 286.7), (468.9, 295.2), (493.9, 295.9), (493.9, 287.2))
    assert [box.text for box in page.boxes] == ["New", "###"]
    assert problems == []


def test_coco_with_attributes_boxes_and_masks():
    pages, problems = sample("coco.json", "coco")
    assert values(pages[0].boxes) == [(QUAD, "from CVAT"), (RECTANGLE, "boxed")]
    assert [box.key_class for box in pages[0].boxes] == ["", "heading"]
    assert pages[1].boxes[0].points == ((1.0, 2.0), (4.0, 2.0), (4.0, 6.0), (1.0, 6.0))
    assert [problem.partition(": ")[2] for problem in problems] == [
        "Annotation 3 is a mask of pixels; its rectangle is taken.",
        "Annotation 4 belongs to no image of the file; it is left out.",
    ]


def test_page_xml_of_escriptorium():
    pages, problems = sample("escriptorium_page.xml", "pagexml")
    first, second = pages[0].boxes
    assert (first.text, first.score, len(first.points)) == ("שלום & hi", 0.913, 6)
    assert first.extra["baseline"] == [[10.0, 78.0], [60.0, 73.0], [110.0, 78.0]]
    assert (second.text, second.points[2]) == ("", (30.0, 9.0))
    assert len(problems) == 1
    assert "eSc_line_4" in problems[0]


def test_page_xml_of_transkribus_in_reading_order():
    pages, problems = sample("transkribus_page.xml", "pagexml")
    assert [box.text for box in pages[0].boxes] == ["region without lines", "second region", "cell"]
    assert pages[0].size == (400, 200)
    assert problems == []


def test_page_xml_before_2013():
    pages, problems = sample("page_2010.xml", "pagexml")
    assert values(pages[0].boxes) == [(((5.0, 5.0), (95.0, 5.0), (95.0, 25.0), (5.0, 25.0)), "old style")]
    assert problems == []


def test_labels_of_a_larger_scan_are_scaled_to_the_picture(tmp_path):
    page = source(tmp_path / "project", "page 1.png")
    files = {page.page.key: page.page.file}
    gathered, problems = read(DATA / "transkribus_page.xml", "pagexml", [], files, tmp_path / "project")
    assert gathered.pages[page.page.key].boxes[1].points == ((10.0, 12.0), (90.0, 14.0), (89.0, 40.0), (9.0, 38.0))
    assert "400 x 200" in problems[0]


def test_alto_in_inches_without_outlines(tmp_path):
    source(tmp_path / "project", "page 1.png")  # the scan was a TIFF: the stem decides
    pages, problems = sample("abbyy_alto_v2.xml", "alto", [tmp_path / "project"])
    first, second = pages[0].boxes
    assert (first.text, first.score) == ("Zei\u00ad heute", pytest.approx(0.7))
    assert first.points == ((10.0, 12.0), (90.0, 12.0), (90.0, 40.0), (10.0, 40.0))
    assert (second.text, second.points[0]) == ("boxless", (10.0, 50.0))
    assert problems == []


def test_alto_in_inches_without_the_picture_says_what_is_missing():
    pages, problems = sample("abbyy_alto_v2.xml", "alto")
    assert pages == []
    assert "page 1.tif" in problems[0]


def test_alto_of_escriptorium():
    pages, problems = sample("escriptorium_alto_v4.xml", "alto")
    assert values(pages[0].boxes) == [(QUAD, "مرحبا  two  spaces"), (RECTANGLE, "a b")]
    assert pages[0].boxes[1].score == 0.75
    assert problems == []


def test_alto_of_several_pages_with_one_picture_gives_the_first(tmp_path):
    text = (DATA / "escriptorium_alto_v4.xml").read_text(encoding="utf-8")
    (tmp_path / "a.xml").write_text(
        text.replace("</Layout>", '<Page WIDTH="1" HEIGHT="1"/></Layout>'), encoding="utf-8"
    )
    pages, problems = read(tmp_path, "alto")
    assert [len(page.boxes) for page in pages] == [2]
    assert "2 pages" in problems[0]


def test_dota_with_its_header():
    pages, problems = sample("P0001.txt", "dota")
    assert [(box.key_class, box.difficult) for box in pages[0].boxes] == [("plane", False), ("small-vehicle", True)]
    assert pages[0].boxes[1].points == QUAD
    assert problems == []


def test_doctr_detection_with_and_without_classes():
    pages, problems = sample("doctr_detection.json", "doctr-det")
    assert [[box.key_class for box in page.boxes] for page in pages] == [["", ""], ["", "total"]]
    assert pages[0].size == (600, 900)
    assert pages[1].boxes[1].points == RECTANGLE
    assert problems == []


def test_table_cells():
    pages, problems = sample("gt_table.txt", "table")
    assert [box.text for box in pages[0].boxes] == ["He<d", "中"]
    assert pages[0].boxes[1].points == ((10.0, 50.0), (90.0, 50.0), (90.0, 70.0), (10.0, 70.0))
    assert problems == []


def test_key_information_list():
    pages, problems = sample("xfund_train.txt", "kie")
    assert [box.key_class for box in pages[0].boxes] == ["", "question", "answer"]
    assert pages[0].boxes[1].links == ((7, 13),)
    assert all("label" not in box.extra for box in pages[0].boxes)
    assert problems == []


def test_detection_list_with_windows_line_ends():
    pages, problems = sample("det_list.txt", "paddleocr-det")
    assert [(page.image, [box.text for box in page.boxes]) for page in pages] == [
        ("img/1.jpg", ["MASA", "###"]),
        ("img/2.jpg", []),
    ]
    assert problems == []


def test_yolo_in_all_its_forms(tmp_path):
    source(tmp_path, "images/a.png")
    (tmp_path / "labels").mkdir()
    lines = ["0 0.05 0.12 0.45 0.14 0.445 0.4 0.045 0.38", "1 0.25 0.6 0.45 0.2", "1 0.25 0.6 0.45 0.2 0.93"]
    polygon = " ".join(f"{x / 200:.6f} {y / 100:.6f}" for x, y in POLYGON)
    (tmp_path / "labels" / "a.txt").write_text("\r\n".join([*lines, f"0 {polygon}"]), encoding="utf-8")
    (tmp_path / "data.yaml").write_text("names: [text, stamp]\n", encoding="utf-8")
    assert detect(tmp_path) == "yolo-obb"
    pages, problems = read(tmp_path, "yolo-obb")
    assert [box.points for box in pages[0].boxes] == [QUAD, RECTANGLE, RECTANGLE, POLYGON]
    assert [box.key_class for box in pages[0].boxes] == ["", "stamp", "stamp", ""]
    assert problems == []


def test_table_with_merged_cells_goes_out_as_ppocrlabel_writes_it(tmp_path):
    boxes = [touched(RECTANGLE, text) for text in ("Head", "<a&b>", "Ⅻ")]
    page = source(tmp_path / "p", "i0.png", boxes)
    book = openpyxl.Workbook()
    book.active.append(["Head", None])
    book.active.append(["a", "b"])
    book.active.merge_cells("A1:B1")
    (tmp_path / "p" / "tableRec_excel_output").mkdir()
    book.save(tmp_path / "p" / "tableRec_excel_output" / "i0.xlsx")
    done = export_pages("table", [page, source(tmp_path / "p", "none.png")], tmp_path / "out", pictures="reference")
    text = (tmp_path / "out" / "gt.txt").read_text(encoding="utf-8")
    head = '"<tbody>", "<tr>", "<td", " colspan=\\"2\\"", ">", "</td>", "</tr>", "<tr>", "<td>", "</td>", "<td>"'
    assert head in text
    assert "<td>&lt;a&amp;b&gt;</td>" in text
    assert [str(problem) for problem in done.problems] == [
        "1 pages have no table in tableRec_excel_output and were left out."
    ]
    pages, _ = read(tmp_path / "out", "table")
    assert values(pages[0].boxes) == values(boxes)


BOX = touched(QUAD, "mine")
AUTO = touched(RECTANGLE, "auto", touched=False)
NEW = touched(POLYGON, "new")


@pytest.mark.parametrize(
    ("existing", "texts"),
    [
        ("keep", None),
        ("untouched", ["mine", "new"]),
        ("replace", ["new"]),
        ("add", ["mine", "auto", "new"]),
    ],
)
def test_what_happens_to_labels_that_are_there(existing, texts):
    page = Page("p/a.png", "a.png", (BOX, AUTO), PageState.CHECKED)
    found = merged(page, FoundPage("a.png", (NEW,)), existing)
    assert (found and [box.text for box in found.boxes]) == texts
    assert found is None or found.state is PageState.EDITED
    empty = Page("p/a.png", "a.png")
    assert [box.text for box in merged(empty, FoundPage("a.png", (NEW,)), existing).boxes] == ["new"]


def test_importing_the_same_again_changes_nothing():
    first = merged(Page("p/a.png", "a.png"), FoundPage("a.png", (BOX, NEW), state=PageState.CHECKED), "untouched")
    assert first.state is PageState.CHECKED
    for existing in ("keep", "untouched", "replace", "add"):
        again = FoundPage("a.png", (touched(QUAD, "mine"), touched(POLYGON, "new")), state=PageState.CHECKED)
        assert merged(first, again, existing) is None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("a.png", "p/a.png"),
        ("A.PNG", "p/a.png"),
        ("a.tif", "p/a.png"),
        ("a", "p/a.png"),
        ("/elsewhere/s/b.png", "s/b.png"),
        ("C:\\x\\t\\b.png", "t/b.png"),
        ("b.png", None),
        ("zzz.png", None),
        ("", None),
    ],
)
def test_pages_are_found_by_the_end_of_the_name(tmp_path, name, key):
    files = {"p/a.png": "a.png", "s/b.png": "s/b.png", "t/b.png": "t/b.png"}
    shape = '{"label": "x", "points": [[1, 2], [30, 2], [30, 12]]}'
    text = f'{{"imagePath": "{name}", "shapes": [{shape}]}}'.replace("\\", "\\\\")
    (tmp_path / "zzz.json").write_text(text, encoding="utf-8")
    gathered, problems = read(tmp_path, "labelme", [], files, tmp_path)
    assert list(gathered.pages) == ([key] if key else [])
    assert any("Several pictures" in problem for problem in problems) == (name == "b.png")
