"""The project store: PPOCRLabel's files in and out, line by line."""

import ast
import contextlib
import json
import os
from dataclasses import replace

import pytest
from small_projects import box, labelled, line, make_folder

from ocrstudio.core.errors import GeometryError, ProjectError
from ocrstudio.core.page import Box, PageState
from ocrstudio.formats.store import LabelFileChanged, ProjectStore


def texts(store, key):
    return [one.text for one in store.page(key).boxes]


def test_looking_at_a_folder_writes_nothing(tmp_path):
    folder = make_folder(tmp_path, label=line("pages/p1.png", "a"))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    store = ProjectStore.open(folder)
    for key in store.keys:
        store.page(key)
    store.save()
    store.close()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_missing_folder_and_one_without_images_are_named_with_a_remedy(tmp_path):
    with pytest.raises(ProjectError, match=r"There is no folder .*nowhere"):
        ProjectStore.open(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ProjectError, match="empty holds no images"):
        ProjectStore.open(tmp_path / "empty")


def test_states_come_from_ppocrlabels_files(tmp_path):
    folder = make_folder(
        tmp_path,
        names=("c.png", "e.png", "a.png", "n.png", "z.png"),
        label=line("pages/c.png", "x") + line("pages/e.png", "y", "z"),
        cache=line("pages/a.png", "auto") + line("pages/z.png", "deleted by hand") + line("pages/c.png", "old"),
        states="pages/c.png\t1\npages/z.png\t1\n",
    )
    store = ProjectStore.open(folder)
    assert {key: store.state(key).value for key in store.keys} == {
        "pages/a.png": "auto",
        "pages/c.png": "checked",
        "pages/e.png": "edited",
        "pages/n.png": "new",
        "pages/z.png": "checked",
    }
    assert [store.box_count(key) for key in store.keys] == [1, 1, 2, 0, 0]
    assert texts(store, "pages/c.png") == ["x"]
    assert texts(store, "pages/z.png") == [], "boxes deleted from a checked page must not come back"
    assert store.page("pages/c.png").boxes[0].touched
    assert not store.page("pages/a.png").boxes[0].touched
    assert store.problems == []


def test_states_decide_which_file_a_page_goes_to(tmp_path):
    folder = make_folder(tmp_path, names=("a.png", "c.png", "e.png", "n.png", "r.png", "z.png"))
    store = ProjectStore.open(folder)
    for name, state in (("a", "auto"), ("c", "checked"), ("e", "edited"), ("r", "rejected")):
        store.put(replace(store.page(f"pages/{name}.png"), boxes=(box(name),), state=PageState(state)))
    store.put(replace(store.page("pages/z.png"), state=PageState.CHECKED))
    store.save()
    store.close()
    assert (folder / "Label.txt").read_text() == line("pages/c.png", "c") + line("pages/e.png", "e")
    cache = line("pages/a.png", "a") + line("pages/e.png", "e") + line("pages/r.png", "r")
    assert (folder / "Cache.cach").read_text() == cache
    assert (folder / "fileState.txt").read_text() == "pages/c.png\t1\npages/z.png\t1\n"
    again = ProjectStore.open(folder)
    assert [again.state(key).value for key in again.keys] == ["auto", "checked", "edited", "new", "rejected", "checked"]


def test_the_files_look_as_if_ppocrlabel_had_written_them(tmp_path):
    folder = make_folder(tmp_path, names=("i 0.png",), folder="页")
    store = ProjectStore.open(folder)
    drawn = Box(((19.9, 10.9), (50, 10), (50, 40), (19, 40), (10, 20)), "Ⅻ", touched=True, extra={"key_cls": "None"})
    store.put(replace(store.page("页/i 0.png"), boxes=(drawn,), state=PageState.CHECKED))
    store.save()
    store.close()
    assert (folder / "Label.txt").read_bytes().decode() == (
        '页/i 0.png\t[{"transcription": "Ⅻ", "points": [[19, 10], [50, 10], [50, 40], [19, 40], [10, 20]], '
        '"difficult": false, "key_cls": "None"}]\n'
    )
    assert (folder / "fileState.txt").read_bytes().decode() == "页/i 0.png\t1\n"


def test_lines_nobody_touched_stay_byte_identical(tmp_path):
    odd = (
        b'pages/p1.png\t[{"points":[[1.5,2],[3,4],[5,6]],"transcription":"\\u2167",  "own": {"a": 1}}]\r\n'
        b"\r\n"
        b"no tab at all\r\n"
        b"pages/gone.png\t[]\r\n"
        b'other\\p3.png\t[{"transcription": "z", "points": [[1,2],[3,4],[5,6]]}]'
    )
    folder = make_folder(tmp_path, label=odd, states=b"pages/p1.png\t0\r\nother/p3.png\t1")
    store = ProjectStore.open(folder)
    store.put(replace(store.page("pages/p2.png"), boxes=(box("new"),), state=PageState.CHECKED))
    store.save()
    store.close()
    assert (folder / "Label.txt").read_bytes() == odd + b"\r\n" + line("pages/p2.png", "new", end="\r\n").encode()
    assert (folder / "fileState.txt").read_bytes() == b"pages/p1.png\t0\r\nother/p3.png\t1\r\npages/p2.png\t1\r\n"
    assert not (folder / ".ocrstudio" / "rejected_lines.txt").exists()


def test_a_changed_line_stays_in_its_place(tmp_path):
    folder = make_folder(
        tmp_path, label=line("pages/p3.png", "c") + line("pages/p1.png", "a") + line("pages/p2.png", "b")
    )
    store = ProjectStore.open(folder)
    page = store.page("pages/p1.png")
    store.put(replace(page, boxes=(replace(page.boxes[0], text="A"),)))
    store.save()
    expected = line("pages/p3.png", "c") + line("pages/p1.png", "A") + line("pages/p2.png", "b")
    assert (folder / "Label.txt").read_text() == expected
    store.put(replace(store.page("pages/p1.png"), boxes=()))
    store.put(replace(store.page("pages/p2.png"), boxes=(box("B"),)))
    store.save()
    assert (folder / "Label.txt").read_text() == line("pages/p3.png", "c") + line("pages/p2.png", "B")
    store.close()
    assert ProjectStore.open(folder).state("pages/p1.png") is PageState.EDITED


def test_scores_and_touched_marks_survive_until_somebody_else_changes_the_line(tmp_path):
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    boxes = (box("a", score=0.5, touched=False), box("b"), box("c", score=0.123456789, touched=False))
    store.put(replace(store.page("pages/p1.png"), boxes=boxes, state=PageState.AUTO))
    store.save()
    store.close()
    marks = [(one.score, one.touched) for one in ProjectStore.open(folder).page("pages/p1.png").boxes]
    assert marks == [(0.5, False), (None, True), (0.12346, False)]
    (folder / "Cache.cach").write_text(line("pages/p1.png", "a", "b", "x"))
    marks = [(one.score, one.touched) for one in ProjectStore.open(folder).page("pages/p1.png").boxes]
    assert marks == [(None, False)] * 3


@pytest.mark.parametrize(
    "content", [b"junk\n", b'{"v":1,"page":"pages/p1.png","state":"odd","labels":"","boxes":1}\n', b"\xff"]
)
def test_a_broken_scores_file_costs_only_the_scores(tmp_path, content):
    folder = make_folder(tmp_path, label=line("pages/p1.png", "a"))
    (folder / ".ocrstudio").mkdir()
    (folder / ".ocrstudio" / "scores.jsonl").write_bytes(content)
    assert texts(ProjectStore.open(folder), "pages/p1.png") == ["a"]


def test_labels_of_a_renamed_folder_are_found_and_get_the_new_name_when_edited(tmp_path):
    old = line("old name/p1.png", "a") + line("old name/p2.png", "b")
    folder = make_folder(tmp_path, label=old, states="old name/p1.png\t1\n")
    store = ProjectStore.open(folder)
    assert texts(store, "pages/p1.png") == ["a"]
    assert store.state("pages/p1.png") is PageState.CHECKED
    assert "2 lines name another folder (old name)" in str(store.problems[0])
    store.put(replace(store.page("pages/p1.png"), boxes=(box("A"),)))
    store.save()
    assert (folder / "Label.txt").read_text() == line("pages/p1.png", "A") + line("old name/p2.png", "b")
    store.close()


def test_a_whole_path_to_this_very_folder_is_no_other_folder(tmp_path):
    folder = make_folder(tmp_path, label=line("pages/p1.png", "a"))
    (folder / "fileState.txt").write_text(f"{(folder / 'p1.png').as_posix()}\t1\n", encoding="utf-8")
    store = ProjectStore.open(folder)
    assert (store.state("pages/p1.png"), list(store.problems)) == (PageState.CHECKED, [])
    store.close()


def test_a_line_under_the_present_name_beats_one_under_an_older_name(tmp_path):
    folder = make_folder(tmp_path, label=line("pages/p1.png", "right") + line("old/p1.png", "wrong"))
    store = ProjectStore.open(folder)
    assert texts(store, "pages/p1.png") == ["right"]
    assert [problem.line for problem in store.problems] == [2]


def test_of_two_lines_for_a_page_the_last_counts_and_the_first_is_kept_elsewhere_when_edited(tmp_path):
    folder = make_folder(tmp_path, label=line("pages/p1.png", "first") + line("pages/p1.png", "last"))
    store = ProjectStore.open(folder)
    assert texts(store, "pages/p1.png") == ["last"]
    assert store.problems[0].line == 1
    store.put(replace(store.page("pages/p1.png"), boxes=(box("new"),)))
    store.save()
    store.close()
    assert (folder / "Label.txt").read_text() == line("pages/p1.png", "new")
    assert (folder / ".ocrstudio" / "rejected_lines.txt").read_text() == line("pages/p1.png", "first")


def test_a_byte_order_mark_does_not_hide_the_first_page(tmp_path):
    folder = make_folder(tmp_path, label=b"\xef\xbb\xbf" + line("pages/p1.png", "a").encode())
    assert texts(ProjectStore.open(folder), "pages/p1.png") == ["a"]


BROKEN = [
    b'pages/p1.png\t[{"transcription": "a", "points": [[1, 2], [3\n',
    b'pages/p1.png\t[{"transcription": "a"}]\n',
    b"pages/p1.png\t[{\"transcription\": 'a', 'points': [[1, 2], [3, 4], [5, 6]]}]\n",
    b"pages/p1.png\t\n",
    b"pages/p1.png\t[__import__('os').system('touch executed')]\n",
    'pages/p1.png\t[{"transcription": "发票", "points": [[1, 2], [3, 4], [5, 6]]}]\n'.encode("gbk"),
    b"pages/p1.png\t[]\textra\n",
]


@pytest.mark.parametrize("raw", BROKEN)
def test_a_broken_line_is_kept_named_and_moved_aside_only_when_its_page_is_edited(tmp_path, monkeypatch, raw):
    monkeypatch.chdir(tmp_path)
    folder = make_folder(tmp_path, label=raw + line("pages/p2.png", "b").encode())
    store = ProjectStore.open(folder)
    assert store.page("pages/p1.png").boxes == ()
    assert store.page("pages/p1.png").boxes == ()
    assert [(one.file, one.line) for one in store.problems] == [("Label.txt", 1)]
    assert store.box_count("pages/p1.png") == 0
    assert not (tmp_path / "executed").exists()
    store.put(replace(store.page("pages/p2.png"), boxes=(box("B"),)))
    store.save()
    assert (folder / "Label.txt").read_bytes() == raw + line("pages/p2.png", "B").encode()
    store.put(replace(store.page("pages/p1.png"), boxes=(box("typed again"),), state=PageState.CHECKED))
    store.save()
    store.close()
    assert (folder / "Label.txt").read_text() == line("pages/p1.png", "typed again") + line("pages/p2.png", "B")
    assert (folder / ".ocrstudio" / "rejected_lines.txt").read_bytes() == raw
    assert any("moved to rejected_lines.txt" in str(one) for one in store.problems)


def test_words_that_ppocrlabel_alters_stay_as_they_are(tmp_path):
    words = ["true", "false", "null and nullable", "untrue"]
    folder = make_folder(tmp_path, names=("p1.png",))
    labelled(folder, [words])
    assert texts(ProjectStore.open(folder), "pages/p1.png") == words


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such file names")
def test_a_file_name_that_no_line_can_hold_is_left_out_and_named(tmp_path):
    folder = make_folder(tmp_path, names=("a\tb.png", "c\n.png", "good.png", os.fsdecode(b"\xff.png")))
    store = ProjectStore.open(folder)
    assert store.keys == ["pages/good.png"]
    assert len([one for one in store.problems if "Rename the file" in str(one)]) == 3


def test_a_new_page_becomes_edited_or_auto_by_who_made_its_boxes(tmp_path):
    store = ProjectStore.open(make_folder(tmp_path))
    store.put(replace(store.page("pages/p1.png"), boxes=(box("a"),)))
    store.put(replace(store.page("pages/p2.png"), boxes=(box("a", touched=False),)))
    assert store.state("pages/p1.png") is PageState.EDITED
    assert store.page("pages/p2.png").state is PageState.AUTO
    store.close()


def test_a_box_with_a_point_that_is_no_number_is_refused_and_changes_nothing(tmp_path):
    store = ProjectStore.open(make_folder(tmp_path))
    bad = Box(((0, 0), (float("nan"), 0), (1, 1)), "a")
    with pytest.raises(GeometryError, match=r"pages/p1\.png"):
        store.put(replace(store.page("pages/p1.png"), boxes=(bad,)))
    assert store.box_count("pages/p1.png") == 0
    assert not store.dirty
    store.close()


def test_half_a_character_survives_in_the_journal(tmp_path):
    folder = make_folder(tmp_path)
    texts = ("页\ud83d", "\\\ud83d\\", '"\udc00"')
    store = ProjectStore.open(folder)
    store.put(replace(store.page("pages/p1.png"), boxes=tuple(box(text) for text in texts), note="\ud800"))
    store.close()
    store = ProjectStore.open(folder)
    page = store.page("pages/p1.png")
    assert tuple(one.text for one in page.boxes) == texts
    assert page.note == "\ud800"
    store.close()


def test_a_page_of_another_project_is_refused(tmp_path):
    store = ProjectStore.open(make_folder(tmp_path))
    with pytest.raises(KeyError):
        store.put(replace(store.page("pages/p1.png"), key="pages/other.png"))
    with pytest.raises(KeyError):
        store.page("pages/other.png")


def test_box_ids_stay_the_same_between_put_and_page(tmp_path):
    store = ProjectStore.open(make_folder(tmp_path))
    drawn = box("a")
    store.put(replace(store.page("pages/p1.png"), boxes=(drawn,)))
    store.save()
    assert store.page("pages/p1.png").boxes[0].id == drawn.id
    store.close()


def test_a_second_window_may_look_but_not_edit(tmp_path):
    folder = make_folder(tmp_path)
    first = ProjectStore.open(folder)
    first.put(replace(first.page("pages/p1.png"), boxes=(box("a"),)))
    second = ProjectStore.open(folder)
    assert texts(second, "pages/p1.png") == ["a"]
    with pytest.raises(ProjectError, match="another window"):
        second.put(replace(second.page("pages/p2.png"), boxes=(box("b"),)))
    first.save()
    first.close()
    second.put(replace(second.page("pages/p2.png"), boxes=(box("b"),)))
    assert second.box_count("pages/p1.png") == 1
    second.close()


def test_edits_that_another_window_left_in_the_journal_are_not_lost_when_this_one_saves(tmp_path):
    folder = make_folder(tmp_path)
    early = ProjectStore.open(folder)
    crashed = ProjectStore.open(folder)
    crashed.put(replace(crashed.page("pages/p1.png"), boxes=(box("theirs"),)))
    crashed.close()
    early.put(replace(early.page("pages/p2.png"), boxes=(box("ours"),)))
    early.save()
    early.close()
    assert (folder / "Label.txt").read_text() == line("pages/p1.png", "theirs") + line("pages/p2.png", "ours")


def test_what_only_the_scores_hold_is_not_overwritten_by_a_window_that_opened_earlier(tmp_path):
    folder = make_folder(tmp_path, cache=line("pages/p1.png", "a"))
    early = ProjectStore.open(folder)
    other = ProjectStore.open(folder)
    other.put(replace(other.page("pages/p1.png"), state=PageState.REJECTED))
    other.save()
    other.close()
    assert early.state("pages/p1.png") is PageState.AUTO
    early.put(replace(early.page("pages/p2.png"), boxes=(box("ours"),)))
    assert early.state("pages/p1.png") is PageState.REJECTED
    with contextlib.suppress(LabelFileChanged):
        early.save()
    early.take_over(early.read_again())
    early.save()
    early.close()
    assert ProjectStore.open(folder).state("pages/p1.png") is PageState.REJECTED


def test_the_projects_own_files_hold_no_absolute_path(tmp_path):
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    store.put(replace(store.page("pages/p1.png"), boxes=(box("a"),)))
    store.close()
    for path in (folder / ".ocrstudio").iterdir():
        assert str(tmp_path) not in path.read_text()
    assert json.loads((folder / ".ocrstudio" / "journal.jsonl").read_text())["page"] == "pages/p1.png"


def test_a_project_can_be_moved_and_renamed_with_its_unsaved_edits(tmp_path):
    folder = make_folder(tmp_path)
    store = ProjectStore.open(folder)
    store.put(replace(store.page("pages/p1.png"), boxes=(box("a", score=0.5),)))
    store.save()
    store.put(replace(store.page("pages/p2.png"), boxes=(box("b"),)))
    store.close()
    moved = folder.rename(tmp_path / "新 name")
    again = ProjectStore.open(moved)
    assert texts(again, "新 name/p1.png") == ["a"]
    assert again.page("新 name/p1.png").boxes[0].score == 0.5
    assert texts(again, "新 name/p2.png") == ["b"]


def test_the_order_of_checking_is_that_of_file_state(tmp_path):
    folder = make_folder(tmp_path, states="pages/p3.png\t1\npages/p1.png\t1\n")
    assert ProjectStore.open(folder).checked_order() == ["pages/p3.png", "pages/p1.png"]


def test_what_is_written_passes_through_ppocrlabels_own_reader(tmp_path):
    """PPOCRLabel splits at the tab, replaces JSON's words by Python's and evaluates the rest."""
    words = ["a\tb", "line\nend", 'quote " and \\ slash', "Ⅻ 发票", "\u2028", "{}[]"]
    folder = make_folder(tmp_path, names=("p1.png",))
    labelled(folder, [words])
    text = (folder / "Label.txt").read_text(encoding="utf-8")
    assert text.count("\n") == 1
    key, labels = text.split("\t")
    python = labels.replace("false", "False").replace("true", "True").replace("null", "None")
    boxes = ast.literal_eval(python)
    assert key == "pages/p1.png"
    assert [one["transcription"] for one in boxes] == words
    assert list(boxes[0]) == ["transcription", "points", "difficult"]
    assert boxes[0]["points"] == [[1, 2], [31, 2], [31, 12], [1, 12]]
