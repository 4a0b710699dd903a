"""What was read in every line of a labelled set, kept in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_projects import png

from ocrstudio.core.errors import FormatError
from ocrstudio.core.evaluation import Evaluation, LineReading, LineTable, MeasuredData, MeasuredModel, figures_of
from ocrstudio.core.page import Orientation
from ocrstudio.formats import evaluation as format_
from ocrstudio.formats.evaluation import (
    evaluations_folder,
    list_evaluations,
    read_evaluation,
    read_head,
    write_evaluation,
)
from ocrstudio.formats.retention import add_to_retention, retention_list

MODEL = MeasuredModel("bundled", "PP-OCRv6 small", "ab" * 32)
FULL = LineReading(
    "9f",
    "test/页 1.png",
    "1948-A",
    "1948 A",
    0.91,
    bytes([99, 100, 98, 97, 12, 88]),
    "project/页 1.jpg",
    ((1.0, 2.0), (3.5, 2.0), (3.0, 4.0)),
    Orientation.TURNED,
    (120, 31),
    512.3,
    (0.25, 0.5),
    0.004,
)
LINES = (FULL, LineReading("a0", "b.png", "ok", "ok", 1.0))


def _evaluation(place="/data/list.txt", lines=LINES, created="2026-01-01T00:00:00+00:00"):
    data = MeasuredData("list", place, "", "/data", "cd" * 32)
    table = LineTable(lines)
    return Evaluation(MODEL, data, table, {"gone.png": "it does not exist"}, created, figures_of(table))


def test_an_evaluation_comes_back_as_it_was_written(tmp_path):
    file = write_evaluation(tmp_path / "evaluations", _evaluation())

    assert read_evaluation(file) == _evaluation()
    head = read_head(file)
    assert (head.model, dict(head.unread)) == (MODEL, {"gone.png": "it does not exist"})
    assert head.figures["acc"] == pytest.approx(0.5, abs=1e-4)
    assert not FULL.is_right


def test_readings_that_utf_8_cannot_hold_are_kept(tmp_path):
    lines = (LineReading("m", "a.png", "x", "\ud800", 0.5),)
    assert tuple(read_evaluation(write_evaluation(tmp_path, _evaluation(lines=lines))).lines) == lines


def test_a_set_whose_labels_changed_takes_the_place_of_the_earlier_one(tmp_path):
    first = write_evaluation(tmp_path, _evaluation())
    again = write_evaluation(tmp_path, _evaluation(lines=LINES[:1]))
    other = write_evaluation(tmp_path, _evaluation("/data/other.txt"))

    assert first == again != other
    assert len(read_evaluation(first).lines) == 1


def test_broken_lines_are_left_out(tmp_path):
    file = write_evaluation(tmp_path, _evaluation())
    odd = [b"{", b"[]", b'{"mark":1}', b"\xff", b'{"mark":"z","image":"c","truth":"t","read":"r","score":"x","at":[1],']
    strange = {"mark": "z", "image": "c", "truth": "t", "read": "r", "score": 7, "points": [[0, 1]], "size": "big"}
    strange |= {"confidences": [300], "blur": "soft", "orientation": "sideways", "at": [1, None], "seconds": None}
    file.write_bytes(file.read_bytes() + b"\n".join([*odd, json.dumps(strange).encode()]))

    assert tuple(read_evaluation(file).lines) == (*LINES, LineReading("z", "c", "t", "r", 1.0))


@pytest.mark.parametrize("content", [b"", b"{}\n", b'{"v": 1, "model": {}, "data": {}}\n', b'{"v": 9}\n', b"\x00\xff"])
def test_another_file_is_refused(tmp_path, content):
    file = tmp_path / "a.jsonl"
    file.write_bytes(content)

    with pytest.raises(FormatError, match=r"a\.jsonl is no evaluation"):
        read_evaluation(file)
    assert read_head(file) is None
    assert list_evaluations(tmp_path) == []


def test_the_list_begins_with_the_newest_and_the_oldest_go(tmp_path, monkeypatch):
    monkeypatch.setattr(format_, "KEPT", 3)
    for day in range(1, 6):
        write_evaluation(tmp_path, _evaluation(f"/data/{day}.txt", created=f"2026-01-0{day}T00:00:00+00:00"))

    assert [Path(head.data.place).name for head in list_evaluations(tmp_path)] == ["5.txt", "4.txt", "3.txt"]
    assert list_evaluations(tmp_path / "none") == []


def test_evaluations_are_kept_in_the_project_that_the_set_lies_in(tmp_path):
    state = tmp_path / "project" / ".ocrstudio"
    (state / "datasets" / "one").mkdir(parents=True)

    assert evaluations_folder(tmp_path / "project") == state / "evaluations"
    assert evaluations_folder(state / "datasets" / "one") == state / "evaluations"
    assert evaluations_folder(tmp_path).name == "evaluations"
    assert evaluations_folder(tmp_path) == evaluations_folder(None)


def test_a_line_whose_mark_is_a_path_is_left_out_as_files_are_called_by_it(tmp_path):
    lines = (LineReading("../../out", "a.png", "x", "y", 0.5), LineReading("b", "a.png", "x", "y", 0.5))
    read = read_evaluation(write_evaluation(tmp_path, _evaluation(lines=lines)))
    assert [line.mark for line in read.lines] == ["b"]


def test_lines_added_to_a_retention_list_leave_what_stands_there(tmp_path):
    (tmp_path / "b.png").write_bytes(png(40, 20))
    file = retention_list(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_bytes(b"old.png\tcaf\xe9\n\nno line\nb1.png\tbefore")
    lines = [LineReading("b1", "b.png", "now", "", 0.5), LineReading("b2", "b.png", "half \ud800", "", 0.5)]
    assert add_to_retention(tmp_path, tmp_path, lines) == (3, 1)
    assert file.read_bytes() == b"old.png\tcaf\xe9\nno line\nb1.png\tnow\n"
