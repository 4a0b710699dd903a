"""Detection lists: what is read, and what each broken line is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ocrstudio.core.errors import FormatError, ProjectError
from ocrstudio.formats.det_list import read_det_list

QUAD = [[1, 2], [30, 2], [30, 12], [1, 12]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.png", "b 图.png"):
        (tmp_path / name).write_bytes(b"picture")
    return tmp_path


def write(folder: Path, *lines: str | bytes, end: bytes = b"\n") -> Path:
    path = folder / "train.txt"
    path.write_bytes(end.join(line if isinstance(line, bytes) else line.encode() for line in lines) + end)
    return path


def payload(*boxes: tuple[object, str]) -> str:
    return json.dumps([{"transcription": text, "points": points} for points, text in boxes], ensure_ascii=False)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_pages_with_their_ignored_boxes(folder: Path, end: bytes, mark: bytes) -> None:
    first = mark + b"a.png\t" + payload((QUAD, "text"), (QUAD, "###"), (QUAD, "*"), (QUAD[:3], "# #")).encode()
    pages = read_det_list(write(folder, first, "", "b 图.png\t[]", end=end), folder)
    assert [page.image.name for page in pages] == ["a.png", "b 图.png"]
    assert pages[0].ignored == (False, True, True, False)
    assert pages[0].polygons[0] == ((1.0, 2.0), (30.0, 2.0), (30.0, 12.0), (1.0, 12.0))
    assert len(pages[0].polygons[3]) == 3
    assert (pages[1].polygons, pages[1].line) == ((), 3)


def test_two_points_are_a_rectangle(folder: Path) -> None:
    page = read_det_list(write(folder, "a.png\t" + payload(([[1, 2], [30, 12]], "x"))), folder)[0]
    assert page.polygons == (((1.0, 2.0), (30.0, 2.0), (30.0, 12.0), (1.0, 12.0)),)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("a.png   " + payload((QUAD, "x")), "no tab"),
        ("\t" + payload((QUAD, "x")), "path is missing"),
        ("a.png\t[{", "boxes cannot be read"),
        ('a.png\t{"points": []}', "not a list"),
        ("a.png\t[1]", "box 1 is not an object"),
        ("a.png\t" + payload((QUAD, "x"), ([[1, 2]], "x")), "box 2 has no points"),
        ('a.png\t[{"transcription": "x"}]', "box 1 has no points"),
        ("a.png\t" + payload(([[1, "2"], [3, 4], [5, 6]], "x")), "not two numbers"),
        ("a.png\t", "boxes cannot be read"),
        (b"a.png\t\xb1\xb2", "UTF-8"),
        ("gone.png\t[]", "gone.png does not exist"),
    ],
)
def test_broken_lines_are_named(folder: Path, line: str | bytes, says: str) -> None:
    path = write(folder, "a.png\t[]", line)
    with pytest.raises(FormatError) as caught:
        read_det_list(path, folder)
    assert says in str(caught.value)
    assert f"{path}, line 2:" in str(caught.value)
    assert caught.value.remedy


def test_missing_list(folder: Path) -> None:
    with pytest.raises(ProjectError, match=r"none\.txt"):
        read_det_list(folder / "none.txt", folder)
