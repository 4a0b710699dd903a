"""`ocrstudio eval` on labelled sets: what it refuses, and the report it writes."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from ocrstudio.commands import evaluate, pdf
from ocrstudio.core.errors import EngineError, StudioError
from ocrstudio.engine import line_evaluation


@pytest.fixture
def lines(tmp_path, monkeypatch):
    """A list of three lines, and a standard model that reads "I" for everything."""
    from lines import render

    for number in range(3):
        render(f"{number}").save(tmp_path / f"{number}.png")
    (tmp_path / "list.txt").write_text("".join(f"{n}.png\t{n}\n" for n in range(3)), encoding="utf-8")

    class Reader:
        def __init__(self, model):
            assert model == "bundled"

        def read_closely(self, crops):
            return [("I", 0.9, bytes([90])) for _ in crops]

    file = tmp_path / "model.onnx"
    file.write_bytes(b"weights")
    monkeypatch.setattr(line_evaluation, "PageReader", Reader)
    monkeypatch.setattr(line_evaluation, "model_file", lambda model: file)
    monkeypatch.setattr("ocrstudio.formats.evaluation.user_cache", lambda: tmp_path / "cache")
    return tmp_path


class Quiet:
    """A report that keeps what is said."""

    def __init__(self):
        self.lines = []

    def stage(self, *_):
        pass

    def line(self, text):
        self.lines.append(text)

    warn = line


def _run(*arguments: object) -> dict:
    parser = argparse.ArgumentParser()
    evaluate.add_arguments(parser)
    return evaluate.run(parser.parse_args([str(argument) for argument in arguments]), Quiet())


def test_every_line_is_kept_and_a_report_is_written_in_chinese(lines):
    report = lines / "report.html"

    result = _run("bundled", "--data", lines / "list.txt", "--report", report, "--language", "zh")

    assert result["cer"] == 1.0
    assert Path(result["file"]).parent == lines / "cache" / "evaluations"
    page = report.read_text(encoding="utf-8")
    assert page.count("data:image/jpeg;base64,") == 3
    assert "data:image/svg+xml" in page
    assert "的错误" in page


def test_a_report_is_written_as_pdf_without_a_screen(lines, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    _run("bundled", "--data", lines / "list.txt", "--report", lines / "report.PDF")
    assert (lines / "report.PDF").read_bytes().startswith(b"%PDF")


def test_without_qt_no_pdf_is_made_and_the_earlier_file_stays(lines, monkeypatch):
    report = lines / "report.pdf"
    report.write_bytes(b"earlier")
    monkeypatch.setattr(pdf, "CHILD", "ocrstudio.no_such_module")
    with pytest.raises(EngineError, match="No module named") as told:
        _run("bundled", "--data", lines / "list.txt", "--report", report)
    assert ".html" in str(told.value)
    assert report.read_bytes() == b"earlier"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["bundled"], "Nothing says which lines bundled shall be measured on"),
        (["bundled", "--data", "gone.txt"], r"gone\.txt could not be read"),
        (["bundled", "--data", "list.txt", "--report", "a.doc"], "a report is a web page or a PDF"),
        (["bundled", "--data", "empty"], "empty.* holds no images|No page of .*empty"),
    ],
)
def test_what_cannot_be_measured_is_said(lines, monkeypatch, arguments, sentence):
    monkeypatch.chdir(lines)
    (lines / "empty").mkdir()

    with pytest.raises(StudioError, match=sentence):
        _run(*arguments)
