"""Project to format and back: the same boxes and texts, to the format's precision; losses are told."""

import json
import xml.etree.ElementTree as ET

import lmdb
import pytest
from exchange_parts import POLYGON, QUAD, RECTANGLE, TEXTS, changed, read, source, there_and_back, touched, values

from ocrstudio.core.errors import DatasetError
from ocrstudio.core.geometry import bounding_quad
from ocrstudio.core.page import PageState
from ocrstudio.formats.exchange import FORMATS, detect, export_pages
from ocrstudio.formats.store import ProjectStore

LOSSY = ("icdar2015", "icdar2013", "yolo-obb", "dota", "doctr-det", "table")
EXACT = [one.id for one in FORMATS.values() if one.can_write and not one.cuts_lines and one.id not in LOSSY]


@pytest.mark.parametrize("pictures", ["copy", "reference"])
@pytest.mark.parametrize("form", EXACT)
def test_polygons_and_texts_come_back_as_they_were(tmp_path, form, pictures):
    boxes = [touched(shape, text) for text in TEXTS for shape in (QUAD, RECTANGLE, POLYGON)]
    page, losses, problems = there_and_back(tmp_path, form, boxes, pictures=pictures)
    assert values(page.boxes) == values(boxes)
    assert all(box.touched for box in page.boxes)
    assert (losses, problems) == ([], [])
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["labelme", "xanylabeling", "alto", "coco", "csv", "jsonl"])
def test_fractions_of_pixels_are_kept_where_the_format_holds_them(tmp_path, form):
    box = touched(((1.25, 2.5), (30.125, 2.5), (30.125, 12.0), (1.25, 12.0)), "x")
    page, _, _ = there_and_back(tmp_path, form, [box])
    assert page.boxes[0].points == box.points


@pytest.mark.parametrize("form", ["xanylabeling", "pagexml", "alto", "cocotext", "coco", "csv", "jsonl"])
def test_confidences_and_automatic_boxes_stay_what_they_are(tmp_path, form):
    boxes = [touched(QUAD, "a", score=0.8125), touched(RECTANGLE, "b", touched=False, score=0.5), touched(POLYGON, "c")]
    page, _, _ = there_and_back(tmp_path, form, boxes, state=PageState.EDITED)
    assert [box.score for box in page.boxes] == [0.8125, 0.5, None]
    assert [box.touched for box in page.boxes] == [True, False, True] or form == "xanylabeling"


@pytest.mark.parametrize("form", ["ppocrlabel", "labelme", "xanylabeling", "pagexml", "csv", "jsonl"])
def test_a_checked_page_is_checked_again(tmp_path, form):
    page, _, _ = there_and_back(tmp_path, form, [touched(QUAD, "a")], state=PageState.CHECKED)
    assert page.state is PageState.CHECKED
    other, _, _ = there_and_back(tmp_path / "other", form, [touched(QUAD, "a")], state=PageState.EDITED)
    assert other.state is None


@pytest.mark.parametrize("form", ["labelme", "xanylabeling", "csv", "jsonl"])
def test_notes_travel(tmp_path, form):
    page, _, _ = there_and_back(tmp_path, form, [touched(QUAD, "a")], note="blurred, see p. 3")
    assert page.note == "blurred, see p. 3"


@pytest.mark.parametrize("form", ["xanylabeling", "kie", "jsonl"])
def test_key_classes_and_links_travel(tmp_path, form):
    boxes = [
        touched(QUAD, "Date:").with_extra(key_cls="question", id=0, linking=[[0, 1]]),
        touched(RECTANGLE, "2026").with_extra(key_cls="answer", id=1, linking=[[0, 1]]),
        touched(POLYGON, "plain"),
    ]
    page, _, _ = there_and_back(tmp_path, form, boxes)
    assert [(box.key_class, box.entity, box.links) for box in page.boxes] == [
        ("question", 0, ((0, 1),)),
        ("answer", 1, ((0, 1),)),
        ("", None, ()),
    ]
    assert [box.text for box in page.boxes] == ["Date:", "2026", "plain"]


@pytest.mark.parametrize("form", ["labelme", "coco", "csv", "yolo-obb", "dota", "ppocrlabel"])
def test_key_classes_travel(tmp_path, form):
    page, _, _ = there_and_back(
        tmp_path, form, [touched(QUAD, "a").with_extra(key_cls="date"), touched(RECTANGLE, "b")]
    )
    assert [box.key_class for box in page.boxes] == ["date", ""]


def test_a_text_that_reads_like_a_class_comes_back_from_labelme(tmp_path):
    page, _, _ = there_and_back(tmp_path, "labelme", [touched(QUAD, "text"), touched(RECTANGLE, "other")])
    assert [(box.text, box.key_class) for box in page.boxes] == [("text", ""), ("other", "")]


def test_icdar_2015_holds_quads_and_tells_what_became_of_polygons(tmp_path):
    boxes = [touched(QUAD, text) for text in TEXTS] + [touched(POLYGON, "p")]
    page, losses, problems = there_and_back(tmp_path, "icdar2015", boxes)
    assert values(page.boxes[:-1]) == values(boxes[:-1])
    assert len(page.boxes[-1].points) == 4
    assert losses == ["1 polygons were written as quads, which is all the format holds."]
    assert problems == []


def test_icdar_2013_holds_rectangles(tmp_path):
    boxes = [touched(RECTANGLE, text) for text in TEXTS] + [touched(QUAD, "q")]
    page, losses, _ = there_and_back(tmp_path, "icdar2013", boxes)
    assert values(page.boxes[:-1]) == values(boxes[:-1])
    assert page.boxes[-1].points == ((9.0, 12.0), (90.0, 12.0), (90.0, 40.0), (9.0, 40.0))
    assert losses[0].startswith("1 slanted boxes")


@pytest.mark.parametrize(("form", "precision"), [("yolo-obb", 0.011), ("dota", 0.051), ("doctr-det", 0.001)])
def test_formats_without_texts_keep_the_quads_and_say_so(tmp_path, form, precision):
    page, losses, problems = there_and_back(
        tmp_path, form, [touched(QUAD, "a"), touched(POLYGON, "b")], pictures="copy"
    )
    for box, wanted in zip(page.boxes, (QUAD, bounding_quad(POLYGON)), strict=True):
        assert [value for point in box.points for value in point] == pytest.approx(
            [value for point in wanted for value in point], abs=precision
        )
    assert "2 texts were not written: the format holds no texts." in losses
    assert "1 polygons were written as quads, which is all the format holds." in losses
    assert problems == []


@pytest.mark.parametrize("form", ["doctr-rec", "lmdb", "paddlex-rec"])
def test_lines_come_back_as_pictures_with_their_texts(tmp_path, form):
    page = source(
        tmp_path / "project", boxes=[touched(QUAD, "Ⅻ e\u0301"), touched(RECTANGLE, "###"), touched(POLYGON, "c d")]
    )
    export_pages(form, [page], tmp_path / "out", pictures="copy")
    pages, problems = read(tmp_path / "out", form)
    assert [one.boxes[0].text for one in pages] == ["Ⅻ e\u0301", "c d"]
    assert all(one.picture for one in pages)
    assert all(one.boxes[0].points[2] == one.size for one in pages)
    assert problems == []


def test_lmdb_is_laid_out_as_paddleocr_reads_it(tmp_path):
    boxes = [touched(RECTANGLE, f"line {number}") for number in range(3)]
    export_pages("lmdb", [source(tmp_path / "project", boxes=boxes)], tmp_path / "out", pictures="copy")
    # the calls of PaddleOCR's LMDBDataSet
    environment = lmdb.open(
        str(tmp_path / "out"), max_readers=32, readonly=True, lock=False, readahead=False, meminit=False
    )
    transaction = environment.begin(write=False)
    count = int(transaction.get(b"num-samples"))
    labels = [transaction.get(f"label-{number:09d}".encode()).decode("utf-8") for number in range(1, count + 1)]
    images = [transaction.get(f"image-{number:09d}".encode()) for number in range(1, count + 1)]
    environment.close()
    assert labels == ["line 0", "line 1", "line 2"]
    assert all(image.startswith(b"\x89PNG") for image in images)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["data.mdb"]


@pytest.mark.parametrize("form", [one.id for one in FORMATS.values() if one.can_write and one.id != "table"])
def test_the_same_labels_give_the_same_bytes_and_the_format_is_recognised(tmp_path, form):
    project = tmp_path / "project"
    pages = [
        source(project, name, [touched(QUAD, "a b"), touched(RECTANGLE, "c")]) for name in ("b.png", "a.png", "s/a.png")
    ]
    contents = []
    for name in ("one", "two"):
        # at the same depth, so that references are the same too
        export_pages(form, pages, tmp_path / name, pictures="copy", project=project)
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        contents.append(
            [(path.relative_to(tmp_path / name), path.read_bytes().replace(b"one/", b"two/")) for path in files]
        )
    assert contents[0] == contents[1]
    found = detect(tmp_path / "one")
    assert found is not None
    assert FORMATS[found].read is FORMATS[form].read


@pytest.mark.parametrize("form", [one.id for one in FORMATS.values() if one.can_write and not one.cuts_lines])
def test_references_point_at_the_project_and_copies_lie_below_the_folder(tmp_path, form):
    project = tmp_path / "project"
    page = source(project, "sub/a.png", [touched(QUAD, "a")])
    export_pages(form, [page], tmp_path / "referring", pictures="reference", project=project)
    assert not list((tmp_path / "referring").rglob("*.png"))
    if form != "table":
        export_pages(form, [page], tmp_path / "copying", pictures="copy", project=project)
        assert [path.read_bytes() for path in (tmp_path / "copying").rglob("*.png")] == [page.path.read_bytes()]


def test_pictures_that_share_a_stem_do_not_share_labels(tmp_path):
    pages = [source(tmp_path / "p", name, [touched(QUAD, name)]) for name in ("a.png", "a.bmp", "A.jpg")]
    for form in ("icdar2015", "yolo-obb"):
        export_pages(form, pages, tmp_path / form, pictures="copy")
        labels = [path for path in (tmp_path / form).rglob("*.txt") if path.name != "classes.txt"]
        assert len({path.name.lower() for path in labels}) == 3
        found, problems = read(tmp_path / form, form)
        assert sorted(len(page.boxes) for page in found) == [1, 1, 1]
        assert problems == []


def test_labelme_does_not_write_two_pages_into_one_file(tmp_path):
    pages = [source(tmp_path / "p", name, [touched(QUAD, name)]) for name in ("a.png", "a.bmp")]
    for form in ("labelme", "pagexml", "alto"):
        export_pages(form, pages, tmp_path / form, pictures="reference")
        found, _ = read(tmp_path / form, form)
        assert sorted(page.boxes[0].text for page in found) == ["a.bmp", "a.png"]


def test_what_xml_cannot_hold_is_replaced_and_told(tmp_path):
    for form in ("pagexml", "alto"):
        page, losses, problems = there_and_back(tmp_path / form, form, [touched(QUAD, "a\x00b\ud800c\ufffe\td\r\ne")])
        assert page.boxes[0].text == "a\ufffdb\ufffdc\ufffd\td\ne"
        assert losses == ["3 characters that XML cannot hold were replaced by U+FFFD."]
        assert problems == []


def test_line_ends_in_texts_are_replaced_and_told_where_a_line_is_a_box(tmp_path):
    page, losses, _ = there_and_back(tmp_path, "icdar2015", [touched(QUAD, "a\nb\tc")])
    assert page.boxes[0].text == "a b c"
    assert losses == ["2 tabs and line ends inside texts were replaced by spaces."]


def test_broken_unicode_stops_no_format(tmp_path):
    for form, exchange in FORMATS.items():
        if exchange.can_write:
            page = source(tmp_path / "p", boxes=[touched(QUAD, "a\ud800b\x00").with_extra(key_cls="k\ud800")])
            assert export_pages(form, [page], tmp_path / form, pictures="reference").files


def test_a_picture_that_cannot_be_read_stops_nothing(tmp_path):
    bad, good = (source(tmp_path / "p", name, [touched(QUAD, name)]) for name in ("a.png", "b.png"))
    bad.path.write_bytes(b"junk")
    for form, exchange in FORMATS.items():
        if exchange.can_write and form != "table":
            done = export_pages(form, [bad, good], tmp_path / form, pictures="copy")
            assert done.pages >= 1
            assert done.files


def test_ppocrlabel_never_replaces_the_projects_own_files(tmp_path):
    page = source(tmp_path / "p", boxes=[touched(QUAD, "a")])
    with pytest.raises(DatasetError, match="replace"):
        export_pages("ppocrlabel", [page], tmp_path / "p", pictures="reference", project=tmp_path / "p")
    assert not (tmp_path / "p" / "Label.txt").exists()


def test_a_folder_for_ppocrlabel_opens_as_a_project_with_the_same_pages(tmp_path):
    project = tmp_path / "project"
    pages = [
        source(project, "a.png", [touched(QUAD, "Ⅻ"), touched(POLYGON, "p")]),
        source(project, "sub/a.png", [touched(RECTANGLE, "sub")]),
        source(project, "sub/deep/b.png", [touched(QUAD, "auto", touched=False)], state=PageState.AUTO),
        source(project, "none.png", state=PageState.CHECKED),
    ]
    export_pages("ppocrlabel", pages, tmp_path / "out 图", pictures="copy", project=project)
    store = ProjectStore.open(tmp_path / "out 图")
    found = {store.file_of(key): store.page(key) for key in store.keys}
    for page in (one.page for one in pages):
        assert values(found[page.file].boxes) == values(page.boxes)
        assert found[page.file].state is page.state
    assert store.problems == []
    store.close()


def test_automatic_boxes_go_to_ppocrlabels_cache(tmp_path):
    page = source(tmp_path / "p", boxes=[touched(QUAD, "a", touched=False)], state=PageState.AUTO)
    export_pages("ppocrlabel", [page], tmp_path / "out", pictures="copy")
    assert (tmp_path / "out" / "Label.txt").read_bytes() == b""
    pages, _ = read(tmp_path / "out", "ppocrlabel")
    assert [box.touched for box in pages[0].boxes] == [False]


def test_page_xml_is_what_its_schema_asks_for(tmp_path):
    box = touched(((-3.4, 2.0), (30.6, 2.0), (30.6, 12.0), (-3.4, 12.0)), "x", score=0.5).with_extra(
        baseline=[[0, 10], [30, 10]]
    )
    done = export_pages("pagexml", [source(tmp_path / "p", boxes=[box])], tmp_path / "out", pictures="reference")
    root = ET.parse(done.files[0]).getroot()
    space = {"p": "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"}
    assert [child.tag.rpartition("}")[2] for child in root] == ["Metadata", "Page"]
    assert [child.tag.rpartition("}")[2] for child in root.find("p:Metadata", space)] == [
        "Creator",
        "Created",
        "LastChange",
    ]
    line = root.find(".//p:TextLine", space)
    assert [child.tag.rpartition("}")[2] for child in line] == ["Coords", "Baseline", "TextEquiv"]
    assert line.find("p:Coords", space).get("points") == "0,2 31,2 31,12 0,12"
    assert line.find("p:TextEquiv", space).get("conf") == "0.5000"
    assert root.find(".//p:RegionRefIndexed", space).get("regionRef") == root.find(".//p:TextRegion", space).get("id")
    assert str(done.problems[0]).startswith("1 boxes were cut")
    empty = export_pages("pagexml", [source(tmp_path / "p")], tmp_path / "empty", pictures="reference")
    assert read(empty.files[0], "pagexml")[0][0].boxes == ()


def test_doctr_gets_no_page_that_its_loader_cannot_take(tmp_path):
    pages = [source(tmp_path / "p", "a.png", [touched(QUAD, "a")]), source(tmp_path / "p", "empty.png")]
    done = export_pages("doctr-det", pages, tmp_path / "out", pictures="copy")
    assert list(json.loads((tmp_path / "out" / "labels.json").read_bytes())) == ["a.png"]
    assert "1 pages without boxes were left out: programs cannot read them." in [str(one) for one in done.problems]


def test_placeholders_are_no_texts(tmp_path):
    page = source(tmp_path / "p", boxes=[touched(QUAD, "TEMPORARY")])
    for form in ("labelme", "pagexml", "csv", "paddleocr-det"):
        export_pages(form, [page], tmp_path / form, pictures="reference")
        assert read(tmp_path / form, form)[0][0].boxes[0].text == ""


def test_a_stopped_export_leaves_whole_files(tmp_path):
    class Stopped(Exception):  # noqa: N818
        pass

    def progress(done, _total):
        if done == 2:
            raise Stopped

    pages = [source(tmp_path / "p", f"{number}.png", [touched(QUAD, "a")]) for number in range(4)]
    with pytest.raises(Stopped):
        export_pages("labelme", pages, tmp_path / "out", pictures="reference", progress=progress)
    for path in (tmp_path / "out").iterdir():
        assert json.loads(path.read_bytes())["shapes"]


def test_unknown_format_names_the_known_ones(tmp_path):
    with pytest.raises(DatasetError, match="labelme"):
        export_pages("word", [changed(source(tmp_path / "p"), note="")], tmp_path, pictures="copy")
