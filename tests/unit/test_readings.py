"""`readings.jsonl`: what models read, kept beside the labels."""

from __future__ import annotations

import json

import pytest

from ocrstudio.core.errors import ProjectError
from ocrstudio.core.lines import page_lines
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.formats import readings as module
from ocrstudio.formats.readings import append_readings, load_readings
from ocrstudio.services.readings import disagreements, model_mark


def test_what_is_appended_is_read_again(tmp_path) -> None:
    path = tmp_path / "readings.jsonl"
    append_readings(path, "p/1.png", "bundled", {1: ("Ⅻ", 0.91234), (1 << 64) - 1: ("\ud800", 1.0)})
    append_readings(path, "p/1.png", "other", {1: ("x", 0.5)})
    table = load_readings(path)
    assert table.of("p/1.png", "bundled") == {1: ("Ⅻ", 0.9123), (1 << 64) - 1: ("\ud800", 1.0)}
    assert table.of("p/1.png", "other") == {1: ("x", 0.5)}
    assert table.of("p/2.png", "bundled") == {}


def test_later_lines_add_and_win(tmp_path) -> None:
    path = tmp_path / "readings.jsonl"
    append_readings(path, "p", "m", {1: ("old", 0.1), 2: ("stays", 0.2)})
    append_readings(path, "p", "m", {1: ("new", 0.3)})
    assert load_readings(path).of("p", "m") == {1: ("new", 0.3), 2: ("stays", 0.2)}


def test_missing_file_is_empty_and_a_folder_in_its_place_is_told(tmp_path) -> None:
    assert load_readings(tmp_path / "none.jsonl").pages == {}
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(ProjectError, match=r"folder\.jsonl"):
        load_readings(tmp_path / "folder.jsonl")
    with pytest.raises(ProjectError, match=r"folder\.jsonl"):
        append_readings(tmp_path / "folder.jsonl", "p", "m", {})


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\xff\xfe",
        b"nonsense",
        b"[1]",
        b'{"v":2,"page":"p","model":"m","boxes":[]}',
        b'{"v":1,"page":1,"model":"m","boxes":[]}',
        b'{"v":1,"page":"p","model":"m","boxes":{}}',
        b'{"v":1,"page":"p","model":"m","boxes":[["zz","x",1]]}',
        b'{"v":1,"page":"p","model":"m","boxes":[["1","x",NaN],["1","x",true],["1",2,0.5],["1","x"],5]}',
        b'{"v":1,"page":"p","model":"m","boxes":[["-1","x",1],["fffffffffffffffff","x",1],["1","x",1e999]]}',
        b"[" * 100_000,
        b"{" * 100_000,
    ],
)
def test_broken_lines_are_skipped(tmp_path, broken: bytes) -> None:
    path = tmp_path / "readings.jsonl"
    path.write_bytes(broken + b"\n")
    append_readings(path, "p", "m", {7: ("good", 0.5)})
    assert load_readings(path).of("p", "m") == {7: ("good", 0.5)}


def test_half_a_line_does_not_take_the_next_one_with_it(tmp_path) -> None:
    path = tmp_path / "readings.jsonl"
    append_readings(path, "p", "m", {1: ("a", 0.5)})
    path.write_bytes(path.read_bytes() + b'{"v":1,"page":"q","mod')
    append_readings(path, "p", "m", {2: ("b", 0.5)})
    assert load_readings(path).of("p", "m") == {1: ("a", 0.5), 2: ("b", 0.5)}


def test_file_of_superseded_lines_is_written_anew(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(module, "COMPACT_BYTES", 100)
    path = tmp_path / "readings.jsonl"
    for number in range(9):
        append_readings(path, "p", "m", {1: (f"text {number}", 0.5)})
    assert load_readings(path).of("p", "m") == {1: ("text 8", 0.5)}
    assert len(path.read_bytes().splitlines()) == 1
    assert load_readings(path).of("p", "m") == {1: ("text 8", 0.5)}


def lines_of(*texts: str, state: PageState = PageState.EDITED):
    quads = [((0, 30 * n), (9, 30 * n), (9, 30 * n + 9), (0, 30 * n + 9)) for n in range(len(texts))]
    return page_lines(Page("p", "p", tuple(Box(q, text) for q, text in zip(quads, texts, strict=True)), state))


def test_disagreements_weigh_edits_by_confidence() -> None:
    page = lines_of("same", "ab", "abcd", "", " spaced ", "###", "TEMPORARY", "never read")
    read = ["same", "xy", "abcX", "found", "spaced", "text", "text"]
    scores = [0.9, 0.4, 0.9, 0.7, 0.9, 0.9, 0.9]
    readings = {"p": dict(zip(page.marks, zip(read, scores, strict=True), strict=False))}
    found = disagreements([page], readings)
    assert [(one.row, round(one.weight, 3)) for one in found] == [(3, 3.5), (2, 0.9), (1, 0.8)]


def test_pages_left_out_of_the_dataset_are_not_compared() -> None:
    page = lines_of("a", state=PageState.REJECTED)
    assert disagreements([page], {"p": {page.marks[0]: ("b", 1.0)}}) == []


def test_model_is_known_again_after_the_project_was_moved(tmp_path) -> None:
    assert model_mark("bundled") == "bundled"
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        card = {"v": 1, "name": "run 3", "created": "2026-01-02"}
        (tmp_path / place / "card.json").write_text(json.dumps(card), encoding="utf-8")
    assert model_mark(str(tmp_path / "one")) == model_mark(str(tmp_path / "two")) == "run 3@2026-01-02"
    assert model_mark(str(tmp_path / "none")) == "none"
