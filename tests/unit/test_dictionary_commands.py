"""`ocrstudio dict build|edit|merge|compare|check`: what the editor of the window does, in a terminal."""

from __future__ import annotations

import argparse
from types import SimpleNamespace

import pytest

from ocrstudio.commands import dict_command
from ocrstudio.core.errors import StudioError

LABELS = "a.png\tPart Ⅻ\nb.png\t合同 a\n"


def run(*arguments):
    """Exit code, the answer and what is said on stderr, without a process of its own."""
    parser = argparse.ArgumentParser()
    dict_command.add_arguments(parser)
    said = []
    report = SimpleNamespace(line=lambda text: None, warn=said.append, code=0)
    try:
        told = dict_command.run(parser.parse_args([*map(str, arguments)]), report)
    except StudioError as error:
        return 1, {}, str(error)
    return report.code, told, "\n".join(said)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "字典 a"
    place.mkdir()
    (place / "labels.txt").write_text(LABELS, encoding="utf-8")
    (place / "old.txt").write_text("b\na\n", encoding="utf-8")
    return place


def lines(file):
    return file.read_text(encoding="utf-8").splitlines()


def test_build_takes_labels_characters_and_dictionaries_and_keeps_a_models_order(folder):
    out = folder / "new" / "dict.txt"
    code, told, _ = run(
        "build", out, "--begin", folder / "old.txt", "--from", folder / "labels.txt", "--add", "Ⅰ b", "--mend"
    )
    assert code == 0
    assert lines(out) == ["b", "a", "P", "r", "t", "Ⅻ", "合", "同", "Ⅰ"]
    assert told["added"] == lines(out)[2:]
    assert told["moved"] == 0
    # nothing is written over without a word
    code, _, error = run("build", out, "--add", "x")
    assert code == 1
    assert "--force" in error
    assert run("build", out, "--add", "x", "--force")[0] == 0
    assert lines(out) == ["x"]
    assert run("build", folder / "none.txt")[0] == 1


def test_edit_adds_removes_sorts_and_mends_in_place_or_beside(folder):
    file = folder / "old.txt"
    code, told, _ = run("edit", file, "--add", "ⅫⅠa", "--remove", "b")
    assert code == 0
    assert lines(file) == ["a", "Ⅻ", "Ⅰ"]
    assert (told["added"], told["removed"]) == (["Ⅻ", "Ⅰ"], ["b"])
    assert run("edit", file, "--sort", "--out", folder / "sorted.txt")[0] == 0
    assert lines(folder / "sorted.txt") == ["a", "Ⅰ", "Ⅻ"]
    assert lines(file) == ["a", "Ⅻ", "Ⅰ"]
    assert run("edit", file, "--out", folder / "sorted.txt")[0] == 1


def test_a_models_odd_lines_stay_and_new_ones_are_refused_until_they_are_mended(folder):
    (folder / "model.txt").write_text("a\n\nb\na\n", encoding="utf-8")
    assert run("edit", folder / "model.txt", "--add", "c")[0] == 0
    assert lines(folder / "model.txt") == ["a", "", "b", "a", "c"]
    code, _, error = run("edit", folder / "model.txt", "--add", "\u200b")
    assert code == 1
    assert "--mend" in error
    assert lines(folder / "model.txt") == ["a", "", "b", "a", "c"]
    assert run("edit", folder / "model.txt", "--add", "\u200b", "--mend")[0] == 0
    assert lines(folder / "model.txt") == ["a", "b", "c"]


def test_merge_keeps_the_places_of_the_first_and_reads_any_encoding(folder):
    (folder / "gb.txt").write_bytes("合\na\n同\n".encode("gb18030"))
    out = folder / "merged.txt"
    code, told, error = run("merge", folder / "old.txt", folder / "gb.txt", "--out", out)
    assert code == 0
    assert lines(out) == ["b", "a", "合", "同"]
    assert told["added"] == ["合", "同"]
    assert "gb18030" in error


def test_compare_and_check_tell_and_check_answers_by_its_exit_code(folder):
    (folder / "new.txt").write_text("a\nb\nⅠ\n", encoding="utf-8")
    code, told, _ = run("compare", folder / "old.txt", folder / "new.txt")
    assert (code, told) == (0, {"added": ["Ⅰ"], "removed": [], "moved": 2})
    assert run("check", folder / "new.txt")[0] == 0
    (folder / "bad.txt").write_text("A\n\nA\nΑ\n", encoding="utf-8")
    code, told, _ = run("check", folder / "bad.txt")
    assert code == 1
    assert [problem["kind"] for problem in told["problems"]] == ["empty", "repeated", "look_alike"]
    assert told["faults"] == 2
    assert run("compare", folder / "gone.txt", folder / "new.txt")[0] == 1
