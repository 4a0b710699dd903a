"""Broken and hostile files: each is told, none stops the rest, nothing outside is read or written."""

import json
import os
import struct
import zipfile
import zlib

import lmdb
import pytest
from exchange_parts import QUAD, read, source, touched

from ocrstudio.formats.exchange import FORMATS, detect, export_pages
from ocrstudio.formats.exchange import reading as reading_module
from ocrstudio.formats.exchange.bringing import bring_pictures

SHAPE = {"label": "a", "points": [[1, 2], [30, 2], [30, 12], [1, 12]], "shape_type": "polygon"}


def labelme(folder, name="a.json", image="a.png", **fields):
    folder.mkdir(exist_ok=True)
    content = {"shapes": [SHAPE], "imagePath": image, "imageData": None, **fields}
    (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "points",
    [
        "[[NaN, 1], [2, 3], [4, 5]]",
        "[[1e999, 1], [2, 3], [4, 5]]",
        "[[1e12, 1], [2, 3], [4, 5]]",
        "[[1, 1], [1, 1], [1, 1]]",
        "[[1], [2], [3]]",
        "[1, 2, 3, 4]",
        "[]",
        "null",
        '"1,2 3,4"',
        '{"0": [1, 2]}',
        "[[true, false], [1, 2], [3, 4]]",
        "[[[1], 2], [3, 4], [5, 6]]",
    ],
)
def test_bad_points_lose_only_their_box(tmp_path, points):
    good = json.dumps(SHAPE)
    text = f'{{"imagePath": "a.png", "shapes": [{good}, {{"label": "b", "points": {points}}}, 7, {good}]}}'
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    pages, problems = read(tmp_path, "labelme")
    assert [box.text for box in pages[0].boxes] == ["a", "a"]
    assert len(problems) == 2
    assert problems[0].startswith("a.json: Region 2 has no different points")
    assert problems[1].startswith("a.json: Shape 3 is no object")


def test_negative_points_are_kept(tmp_path):
    labelme(tmp_path, shapes=[{**SHAPE, "points": [[-5, -2], [30, -2], [30, 12]]}])
    pages, problems = read(tmp_path, "labelme")
    assert pages[0].boxes[0].points[0] == (-5.0, -2.0)
    assert problems == []


BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
<PcGts><Page imageFilename="&lol2;" imageWidth="1" imageHeight="1"/></PcGts>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE PcGts [<!ENTITY file SYSTEM "file:///etc/hostname">]>
<PcGts><Page imageFilename="&file;" imageWidth="1" imageHeight="1"/></PcGts>"""


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
@pytest.mark.parametrize("form", ["pagexml", "alto"])
def test_entities_are_refused(tmp_path, text, form):
    (tmp_path / "a.xml").write_text(
        text.replace("PcGts>", "PcGts>" if form == "pagexml" else "alto>"), encoding="utf-8"
    )
    pages, problems = read(tmp_path / "a.xml", form)
    assert pages == []
    assert "entities" in problems[0]


@pytest.mark.parametrize("form", ["pagexml", "alto"])
@pytest.mark.parametrize("text", ["", "<", "<a/>", "<PcGts", "<PcGts/>", "<alto>", "\x00", "<PcGts>" * 3000])
def test_broken_xml_is_told(tmp_path, form, text):
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    pages, problems = read(tmp_path / "a.xml", form)
    assert pages == []
    assert problems
    assert problems[0].startswith("a.xml")


def test_names_from_files_are_never_paths(tmp_path):
    project = tmp_path / "project"
    secret = source(tmp_path / "secret", "key.png")
    labels = tmp_path / "labels"
    for number, name in enumerate(["../secret/key.png", str(secret.path), "..\\secret\\key.png", "/etc/passwd"]):
        labelme(labels, f"{number}.json", name)
    (labels / "link.png").symlink_to(secret.path)
    labelme(labels, "link.json", "link.png")
    source(project, "other.png")
    gathered, _ = read(labels, "labelme", [project], {"project/other.png": "other.png"}, project)
    assert [page.picture for page in gathered.missing] == [None] * 5
    assert bring_pictures(gathered, project) == []
    assert sorted(path.name for path in project.iterdir()) == ["other.png"]


def test_a_link_among_the_labels_does_not_lead_out(tmp_path):
    outside = labelme(tmp_path / "outside", image="stolen.png")
    labels = labelme(tmp_path / "labels")
    (labels / "b.json").symlink_to(outside / "a.json")
    (labels / "folder").symlink_to(outside)
    pages, _ = read(labels, "labelme")
    assert [page.image for page in pages] == ["a.png"]


def database(folder, records):
    folder.mkdir()
    with lmdb.open(str(folder), map_size=1 << 20) as environment, environment.begin(write=True) as transaction:
        for key, value in records.items():
            transaction.put(key.encode(), value)
    return folder


def test_names_made_from_a_database_stay_in_the_project(tmp_path):
    image = source(tmp_path / "p").path.read_bytes()
    folder = database(tmp_path / "..data", {"num-samples": b"1", "image-000000001": image, "label-000000001": b"a"})
    project = tmp_path / "project"
    gathered, problems = read(folder, "lmdb", [], {}, project)
    assert problems == []
    assert [path.parent for path in bring_pictures(gathered, project)] == [project]


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ({}, "num-samples"),
        ({"num-samples": b"many"}, "num-samples"),
        ({"num-samples": b"999999999999"}, "promises"),
        ({"num-samples": b"1"}, "Line 1"),
        ({"num-samples": b"1", "image-000000001": b"junk", "label-000000001": b"a"}, "cannot be read"),
        ({"num-samples": b"1", "image-000000001": b"x", "label-000000001": b"\xff"}, "Line 1"),
    ],
)
def test_databases_that_lie(tmp_path, records, words):
    pages, problems = read(database(tmp_path / "d", records), "lmdb")
    assert pages == []
    assert any(words in problem for problem in problems)


def test_a_database_that_was_copied_in_part(tmp_path):
    picture = source(tmp_path / "p").path.read_bytes()
    records = {f"image-{number:09d}": picture * 20 for number in range(1, 9)}
    folder = database(tmp_path / "d", {"num-samples": b"8", **records})
    whole = (folder / "data.mdb").read_bytes()
    (folder / "data.mdb").write_bytes(whole[: len(whole) // 2])
    pages, problems = read(folder, "lmdb")
    assert pages == []
    assert len(problems) == 1


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "data.mdb").write_bytes(b"junk" * 5000)
    pages, problems = read(tmp_path, "lmdb")
    assert (pages, len(problems)) == ([], 1)


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading_module, "MAX_FILE_BYTES", 100)
    labelme(tmp_path, "large.json", shapes=[SHAPE] * 9)
    labelme(tmp_path, "small.json", shapes=[])
    pages, problems = read(tmp_path, "labelme")
    assert [page.file for page in pages] == ["small.json"]
    assert "large.json" in problems[0]


def test_bad_lines_without_end_do_not_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(reading_module, "MAX_TROUBLES", 1000)
    (tmp_path / "gt_a.txt").write_text("1,2,3,4,5,6,7,8,ok\n" + "bad\n" * 10_000, encoding="utf-8")
    pages, problems = read(tmp_path, "icdar2015")
    assert [box.text for box in pages[0].boxes] == ["ok"]
    assert len(problems) == 1001
    assert "only the first 1000" in problems[-1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_texts_survive_the_encoding_of_the_file(tmp_path, encoding):
    (tmp_path / "gt_a.txt").write_bytes("10,12,90,14,89,40,9,38,中文，发票\r\n".encode(encoding))
    assert detect(tmp_path) == "icdar2015"
    pages, problems = read(tmp_path, "icdar2015")
    assert [(box.points, box.text) for box in pages[0].boxes] == [(QUAD, "中文，发票")]
    assert bool(problems) == (not encoding.startswith("utf-8"))


@pytest.mark.parametrize("encoding", ["utf-16", "gbk", "iso-8859-1", "utf-8-sig"])
def test_xml_in_other_encodings(tmp_path, encoding):
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    text = "caf\u00e9" if encoding == "iso-8859-1" else "中文"
    inner = f'<Coords points="1,2 30,2 30,12"/><TextEquiv><Unicode>{text}</Unicode></TextEquiv>'
    line = f'<TextLine id="l">{inner}</TextLine>'
    page = f'<Page imageFilename="a.png"><TextRegion id="r">{line}</TextRegion></Page>'
    (tmp_path / "a.xml").write_bytes(f'<?xml version="1.0" encoding="{name}"?><PcGts>{page}</PcGts>'.encode(encoding))
    pages, problems = read(tmp_path, "pagexml")
    assert [box.text for box in pages[0].boxes] == [text]
    assert problems == []


def test_a_workbook_that_unpacks_to_a_gigabyte_is_refused(tmp_path):
    page = source(tmp_path / "p", "a.png", [touched(QUAD, "x")])
    folder = tmp_path / "p" / "tableRec_excel_output"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    done = export_pages("table", [page], tmp_path / "out", pictures="reference")
    assert "70 MB unpacked" in str(done.problems[0])
    (folder / "a.xlsx").write_bytes(b"PK junk")
    done = export_pages("table", [page], tmp_path / "out", pictures="reference")
    assert "a.xlsx" in str(done.problems[0])


def test_a_picture_that_claims_a_billion_pixels_loses_only_its_boxes(tmp_path):
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk)
    source(tmp_path, "b.png")
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("0 0.1 0.1 0.5 0.1 0.5 0.5 0.1 0.5\n", encoding="utf-8")
    pages, problems = read(tmp_path, "yolo-obb")
    assert [page.image for page in pages][-1] == "b"
    assert len(pages) + bool(problems) == 2


def test_the_same_picture_twice_loses_no_box(tmp_path):
    project = tmp_path / "project"
    source(project, "a.png")
    labels = labelme(tmp_path / "labels", "one.json")
    labelme(labels, "two.json", shapes=[SHAPE, {**SHAPE, "label": "b"}])
    gathered, problems = read(labels, "labelme", [project], {"project/a.png": "a.png"}, project)
    assert [box.text for box in gathered.pages["project/a.png"].boxes] == ["a", "b"]
    assert "several times" in problems[0]


JUNK = [
    b"",
    b"\x00" * 100,
    b"\xff\xfe",
    b"[]",
    b"null",
    b"7",
    b'"text"',
    b"{}",
    b'{"shapes": 7}',
    b'{"shapes": [[]], "imagePath": []}',
    b'{"images": {"1": 2}, "annotations": "x"}',
    b'{"imgs": {"1": {"file_name": 3}}, "anns": {"1": null}}',
    b'{"images": [{"id": [], "file_name": "a.png"}], "annotations": [{"image_id": {}, "segmentation": [["x"]]}]}',
    b'{"a.png": {"polygons": {"words": 5}}, "b.png": 3, "c.png": "text"}',
    b"[" * 100_000,
    b"a.png\t[" * 3,
    b'a.png\t[{"points": [[1, 2]]}]\nb.png\t[]\n\t[]\n',
    b'[1,2]\t[{"transcription": "x", "points": [[1,2],[3,4],[5,6]]}]',
    b'{"filename": "a.png", "html": {"cells": [1, {"bbox": 3}, {"bbox": [[1]], "tokens": 5}], "structure": 1}}',
    b'{"image": "a.png", "points": 5}\n{"image": 5}\n[]\n{"image": "a.png", "points": [[1,2],[3,4],[5,6]], "extra": 5}',
    b'image,points\na.png,"1,2 3"\n"',
    b"image,points\n" + b"a" * 200_000,
    b"0 nan nan nan nan\n0 1e5 1 1 1\n99999999 0 0 1 1\n",
    b"1,2,3,4,5,6,7,nan,x\n",
    b"<PcGts><Page imageWidth='x'><TextRegion><TextLine/><TextLine><Coords points='1'/></TextLine></TextRegion></Page>"
    b"</PcGts>",
    b"<alto><Layout><Page WIDTH='-1'><TextLine/><TextLine HPOS='x'/></Page></Layout></alto>",
    b"<alto><Description><MeasurementUnit>mm10</MeasurementUnit></Description><Layout><Page/></Layout></alto>",
]
ENDINGS = {
    "pagexml": ".xml",
    "alto": ".xml",
    "lmdb": ".mdb",
    "csv": ".csv",
    "jsonl": ".jsonl",
    "pdf": ".pdf",
    "images": ".png",
}
JSON = ("labelme", "xanylabeling", "cocotext", "coco", "doctr-det", "doctr-rec")


@pytest.mark.parametrize("form", [one.id for one in FORMATS.values() if one.can_read])
def test_junk_never_ends_the_reading(tmp_path, form):
    ending = ".json" if form in JSON else ENDINGS.get(form, ".txt")
    for number, data in enumerate(JUNK):
        name = f"{number}/data.mdb" if form == "lmdb" else f"{number}{ending}"
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    detect(tmp_path)
    pages, problems = read(tmp_path, form)
    assert problems
    assert all(len(box.points) >= 3 for page in pages for box in page.boxes)
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        read(path, form)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a file that may not be read")
def test_a_file_that_may_not_be_read_is_told(tmp_path):
    labelme(tmp_path, "a.json")
    labelme(tmp_path, "b.json").joinpath("a.json").chmod(0)
    pages, problems = read(tmp_path, "labelme")
    assert [page.file for page in pages] == ["b.json"]
    assert "a.json" in problems[0]


@pytest.mark.parametrize(
    ("good", "spoiled", "form"),
    [
        (
            'a{}.png\t[{{"transcription": "x", "points": [[1, 2], [30, 2], [30, 12], [1, 12]]}}]',
            [
                'b.png\t"[{""transcription"": ""x"", [[1,',
                "junk",
                'c.png [{"transcription"',
                "d.png\t",
                "a\tb\tc",
                "#",
                "1",
            ],
            "ppocrlabel",
        ),
        ("a{}.png\tGruß {}", ["junk", "more", "c.png 12", "#", "1", "2", "3", "4"], "paddlex-rec"),
    ],
)
def test_of_a_list_most_of_whose_lines_are_spoiled_the_good_ones_are_taken(tmp_path, good, spoiled, form):
    for number in range(2):
        source(tmp_path, f"a{number}.png")
    lines = [*spoiled[:3], *(good.format(number, number) for number in range(2)), *spoiled[3:]]
    (tmp_path / "list.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert detect(tmp_path / "list.txt") == form
    pages, problems = read(tmp_path / "list.txt", form)
    assert {"a0.png", "a1.png"} <= {page.image for page in pages}
    assert any("line 1" in problem for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        "See a0.png for the first.\n\nThen\tthere is a tab\nand a1.png\tis nice\nok\tthen\n",
        'k1\t[{"a": 1}]\nk2\t[{"a": 1}]\n',
        "\n".join(["a0.png\ttext", "x\ty", "name\tsize", "other\ttable"]),
    ],
)
def test_another_kind_of_text_is_no_list(tmp_path, text):
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    assert detect(tmp_path / "list.txt") is None
