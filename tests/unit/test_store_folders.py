"""Projects whose images lie in folders: each folder has PPOCRLabel's files of its own."""

from dataclasses import replace

import pytest
from small_projects import box, labelled, line, make_folder, png

from ocrstudio.core.page import PageState
from ocrstudio.formats.store import LabelFileChanged, ProjectStore


@pytest.fixture
def folder(tmp_path):
    """Two pages in the project's own folder, one in `a`, two in `a/b 图`."""
    root = make_folder(tmp_path, names=("p1.png", "p2.png"), label=line("pages/p1.png", "root"))
    (root / "a").mkdir()
    (root / "a" / "p1.png").write_bytes(png())
    (root / "a" / "Label.txt").write_text(line("a/p1.png", "in a"), "utf-8")
    (root / "a" / "fileState.txt").write_text("a/p1.png\t1\n")
    inner = root / "a" / "b 图"
    inner.mkdir()
    (inner / "p2.png").write_bytes(png())
    (inner / "p10.png").write_bytes(png())
    (inner / "Cache.cach").write_text(line("b 图/p10.png", "automatic"), "utf-8")
    return root


DEEP = "pages/a/b 图/p10.png"


def texts(store, key):
    return [one.text for one in store.page(key).boxes]


def edit(store, key, *words, state=PageState.EDITED, **values):
    store.put(replace(store.page(key), boxes=tuple(box(word) for word in words), state=state, **values))


def test_pages_of_all_folders_are_listed_the_projects_own_first(folder):
    store = ProjectStore.open(folder)
    keys = ["pages/p1.png", "pages/p2.png", "pages/a/p1.png", "pages/a/b 图/p2.png", DEEP]
    assert store.keys == keys
    assert store.folders == ["", "a", "a/b 图"]
    assert store.page(DEEP).file == "a/b 图/p10.png"
    assert store.image_path(DEEP) == folder / "a" / "b 图" / "p10.png"
    assert [store.state(key) for key in keys[1:]] == [
        PageState.NEW,
        PageState.CHECKED,
        PageState.NEW,
        PageState.AUTO,
    ]
    assert [texts(store, key) for key in keys] == [["root"], [], ["in a"], [], ["automatic"]]
    assert store.checked_order() == ["pages/a/p1.png"]


def test_hidden_folders_links_and_output_are_no_folders_of_pages(folder):
    for name in (".hidden", "crop_img", "tableRec_excel_output"):
        (folder / name).mkdir()
        (folder / name / "x.png").write_bytes(png())
    (folder / "link").symlink_to(folder / "a", target_is_directory=True)
    (folder / "a" / "loop").symlink_to(folder, target_is_directory=True)
    assert len(ProjectStore.open(folder).keys) == 5


def test_each_folder_gets_files_that_ppocrlabel_reads_there(folder):
    store = ProjectStore.open(folder)
    edit(store, DEEP, "checked", state=PageState.CHECKED)
    edit(store, "pages/p2.png", "root too", state=PageState.CHECKED)
    store.save()
    store.close()
    inner = folder / "a" / "b 图"
    assert (inner / "Label.txt").read_text("utf-8") == line("b 图/p10.png", "checked")
    assert (inner / "fileState.txt").read_text("utf-8") == "b 图/p10.png\t1\n"
    assert (folder / "Label.txt").read_text() == line("pages/p1.png", "root") + line("pages/p2.png", "root too")
    assert (folder / "a" / "Label.txt").read_text() == line("a/p1.png", "in a")
    assert not (folder / "a" / ".ocrstudio").exists()
    alone = ProjectStore.open(inner)
    assert texts(alone, "b 图/p10.png") == ["checked"]
    assert alone.state("b 图/p10.png") is PageState.CHECKED


def test_a_project_that_lies_in_folders_only_opens(tmp_path):
    root = tmp_path / "many"
    (root / "one").mkdir(parents=True)
    (root / "one" / "p.png").write_bytes(png())
    assert ProjectStore.open(root).keys == ["many/one/p.png"]


def test_a_renamed_inner_folder_keeps_its_labels_and_its_unsaved_edits(folder):
    store = ProjectStore.open(folder)
    edit(store, DEEP, "unsaved", note="look")
    store.close()
    (folder / "a" / "b 图").rename(folder / "renamed")
    again = ProjectStore.open(folder)
    assert texts(again, "pages/renamed/p10.png") == ["unsaved"]
    assert again.note("pages/renamed/p10.png") == "look"
    again.save()
    assert (folder / "renamed" / "Label.txt").read_text("utf-8") == line("renamed/p10.png", "unsaved")


@pytest.mark.parametrize("saved", [True, False], ids=["saved", "only in the journal"])
def test_work_on_a_folder_that_is_gone_does_not_go_to_a_file_of_that_name_elsewhere(folder, saved):
    (folder / "b").mkdir()
    (folder / "b" / "p10.png").write_bytes(png())
    store = ProjectStore.open(folder)
    edit(store, DEEP, "of the folder that goes", note="its note")
    if saved:
        store.save()
    store.close()
    (folder / "a" / "b 图").rename(folder.parent / "away")
    again = ProjectStore.open(folder)
    assert (texts(again, "pages/b/p10.png"), again.note("pages/b/p10.png")) == ([], "")


def test_notes_stay_known_when_all_lines_of_a_renamed_folder_have_its_new_name(folder):
    store = ProjectStore.open(folder)
    store.put(replace(store.page("pages/a/b 图/p2.png"), note="of a page without boxes"))
    store.save()
    store.close()
    (folder / "a" / "b 图").rename(folder / "renamed")
    again = ProjectStore.open(folder)
    edit(again, "pages/renamed/p10.png", "gets the new name")
    again.save()
    again.close()
    assert ProjectStore.open(folder).note("pages/renamed/p2.png") == "of a page without boxes"


def test_the_same_file_name_in_two_folders_stays_two_pages(folder):
    store = ProjectStore.open(folder)
    edit(store, "pages/a/p1.png", "changed in a")
    store.save()
    store.close()
    again = ProjectStore.open(folder)
    assert texts(again, "pages/p1.png") == ["root"]
    assert texts(again, "pages/a/p1.png") == ["changed in a"]


def test_problems_name_the_file_with_its_folder(folder):
    (folder / "a" / "Label.txt").write_text("a/p1.png\t[broken\na/gone.png\t[]\n")
    problems = [str(problem) for problem in ProjectStore.open(folder).problems]
    assert problems[0].startswith("a/Label.txt, line 1: ")
    assert problems[1] == "a/Label.txt, line 2: There is no image a/gone.png in the folder. " + (
        "Its labels are kept as they are."
    )


def test_a_file_of_an_inner_folder_changed_by_another_program_is_not_overwritten(folder):
    store = ProjectStore.open(folder)
    edit(store, "pages/a/p1.png", "ours")
    (folder / "a" / "Label.txt").write_text(line("a/p1.png", "theirs"))
    with pytest.raises(LabelFileChanged, match=r"a.Label\.txt"):
        store.save()
    assert store.take_over(store.read_again()) == ["pages/a/p1.png"]
    store.save()
    assert (folder / "a" / "Label.txt").read_text() == line("a/p1.png", "ours")
    assert "theirs" in (folder / ".ocrstudio" / "rejected_lines.txt").read_text()


def test_a_folder_with_unsaved_edits_of_its_own_is_told(folder):
    alone = ProjectStore.open(folder / "a")
    edit(alone, "a/p1.png", "unsaved")
    alone.close()
    problems = [str(problem) for problem in ProjectStore.open(folder).problems]
    assert len(problems) == 1
    assert problems[0].startswith("a/.ocrstudio/journal.jsonl: The folder a was edited by itself and not saved.")


def test_a_folder_that_was_a_project_brings_its_scores_and_notes_along(folder):
    alone = ProjectStore.open(folder / "a")
    page = alone.page("a/p1.png")
    alone.put(replace(page, boxes=(box("in a", score=0.25),), note="from a"))
    alone.save()
    alone.close()
    store = ProjectStore.open(folder)
    assert store.note("pages/a/p1.png") == "from a"
    assert store.page("pages/a/p1.png").boxes[0].score == 0.25
    edit(store, "pages/a/p1.png", "changed", note="from the project")
    store.save()
    store.close()
    assert ProjectStore.open(folder).note("pages/a/p1.png") == "from the project"


def test_a_name_with_a_backslash_is_no_page_because_label_files_read_it_as_a_slash(folder):
    (folder / "a\\b.png").write_bytes(png())
    store = ProjectStore.open(folder)
    assert len(store.keys) == 5
    assert "Rename the file" in str(store.problems[0])


def test_a_folder_that_cannot_be_searched_is_named_and_the_others_open(folder, monkeypatch):
    import os

    real = os.scandir

    def refuse(path):
        if str(path).endswith("图"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    store = ProjectStore.open(folder)
    assert len(store.keys) == 3
    assert str(store.problems[0]) == "a/b 图: The folder could not be searched for images: Permission denied."


def test_images_that_appear_and_vanish_are_taken_over_without_loss(folder):
    store = ProjectStore.open(folder)
    edit(store, "pages/p2.png", "kept")
    edit(store, "pages/a/p1.png", "image goes", note="note of what is gone")
    (folder / "a" / "p1.png").rename(folder / "p1.away")
    (folder / "new").mkdir()
    (folder / "new" / "n.png").write_bytes(png())
    (folder / "new" / "Label.txt").write_text(line("new/n.png", "came with labels"))
    assert store.take_over(store.read_again()) == []
    assert "pages/a/p1.png" not in store.keys
    assert texts(store, "pages/new/n.png") == ["came with labels"]
    assert texts(store, "pages/p2.png") == ["kept"]
    store.save()
    (folder / "p1.away").rename(folder / "a" / "p1.png")
    assert store.take_over(store.read_again()) == []
    assert (texts(store, "pages/a/p1.png"), store.note("pages/a/p1.png")) == (["image goes"], "note of what is gone")
    store.save()
    store.close()
    assert "image goes" in (folder / "a" / "Label.txt").read_text()
    assert not (folder / ".ocrstudio" / "rejected_lines.txt").exists()


def test_scores_and_notes_of_an_image_that_is_away_for_a_while_come_back_with_it(folder):
    store = ProjectStore.open(folder)
    edit(store, "pages/a/p1.png", "x", note="mine", state=PageState.CHECKED)
    store.save()
    store.close()
    (folder / "a" / "p1.png").rename(folder / "p1.away")
    without = ProjectStore.open(folder)
    edit(without, "pages/p1.png", "y")
    without.save()
    without.close()
    (folder / "p1.away").rename(folder / "a" / "p1.png")
    again = ProjectStore.open(folder)
    assert (again.note("pages/a/p1.png"), texts(again, "pages/a/p1.png")) == ("mine", ["x"])


def test_labelled_folders_become_one_project(tmp_path):
    first = make_folder(tmp_path, folder="one", names=("p1.png",))
    labelled(first, [["a"]])
    second = make_folder(tmp_path, folder="two", names=("p1.png",))
    labelled(second, [["b"]])
    store = ProjectStore.open(tmp_path)
    assert [texts(store, key) for key in store.keys] == [["a"], ["b"]]
    assert store.problems == []
