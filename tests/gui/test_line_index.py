"""The lines of a project: built beside the window, following every edit."""

from __future__ import annotations

import pytest
from annotate_parts import label_line, make_project

from ocrstudio.core.page import PageState
from ocrstudio.core.search import LineFilter, TextRule, find_lines
from ocrstudio.services.line_index import MANY_PAGES, LineIndex
from ocrstudio.services.project_session import ProjectSession


@pytest.fixture
def project(qtbot, tmp_path):
    """Opens folders one after the other and closes everything at the end."""

    class Project:
        def __init__(self) -> None:
            self.session = ProjectSession()
            self.index = LineIndex(self.session)

        def open(self, folder) -> None:
            with qtbot.waitSignal(self.session.page_opened):
                self.session.open(folder)

        def build(self) -> None:
            if not self.index.is_built:
                with qtbot.waitSignal(self.index.built):
                    self.index.require()

        def texts(self) -> list[tuple[str, ...]]:
            return [page.texts for page in self.index.pages()]

    made = Project()
    yield made
    made.index.close()
    made.session.close()


def test_all_lines_are_known_in_the_order_of_the_pages(project, tmp_path) -> None:
    label = label_line("pages/p2.png", "two", "zwei") + label_line("pages/p1.png", "one")
    project.open(make_project(tmp_path, label=label, states="pages/p1.png\t1\n"))
    project.build()
    assert project.texts() == [("one",), ("two", "zwei"), ()]
    assert [page.state for page in project.index.pages()] == [PageState.CHECKED, PageState.EDITED, PageState.NEW]
    assert project.index.line_count() == 3


def test_index_begins_by_itself_after_a_while(project, qtbot, tmp_path) -> None:
    project.open(make_project(tmp_path, label=label_line("pages/p1.png", "one")))
    with qtbot.waitSignal(project.index.built):
        assert not project.index.is_built


def test_edit_of_the_open_page_is_followed(project, qtbot, tmp_path) -> None:
    project.open(make_project(tmp_path, label=label_line("pages/p1.png", "one", "eins")))
    project.build()
    document = project.session.document
    before_and_after = []
    project.index.lines_replaced.connect(lambda old, new, same: before_and_after.append((old.texts, new.texts, same)))
    with qtbot.waitSignal(project.index.changed) as told:
        document.set_text(document.page.boxes[0].id, "uno")
    assert told.args == [["pages/p1.png"]]
    assert before_and_after == [(("one", "eins"), ("uno", "eins"), {0: 0, 1: 1})]
    document.undo()
    assert project.index.page("pages/p1.png").texts == ("one", "eins")  # asked for before the delay is over


def test_edit_while_the_worker_reads_is_not_overwritten_by_what_it_read(project, qtbot, tmp_path) -> None:
    project.open(make_project(tmp_path, label=label_line("pages/p1.png", "one")))
    document = project.session.document
    project.index.require()
    document.set_text(document.page.boxes[0].id, "newer")
    project.index.refresh()
    with qtbot.waitSignal(project.index.built):
        pass
    assert project.texts()[0] == ("newer",)


def test_many_changed_pages_are_read_by_the_worker(project, qtbot, tmp_path) -> None:
    names = [f"p{number:03}.png" for number in range(MANY_PAGES + 10)]
    folder = make_project(tmp_path, names, label=label_line("pages/p000.png", "one"))
    project.open(folder)
    project.build()
    with qtbot.waitSignal(project.index.changed):
        (folder / "Label.txt").write_text(label_line("pages/p059.png", "late"), encoding="utf-8")
        project.session.merge_from_disk()
    qtbot.waitUntil(lambda: project.texts()[59] == ("late",))
    assert project.texts()[0] == ()


def test_another_project_forgets_the_first(project, qtbot, tmp_path) -> None:
    project.open(make_project(tmp_path, label=label_line("pages/p1.png", "one")))
    project.build()
    (tmp_path / "other").mkdir()
    project.open(make_project(tmp_path / "other", ("q.png",), label=label_line("pages/q.png", "other")))
    project.build()
    assert project.texts() == [("other",)]
    with qtbot.waitSignal(project.index.changed):
        project.session.close()
    assert project.index.pages() == []


def test_line_that_cannot_be_read_is_a_page_without_lines(project, tmp_path) -> None:
    project.open(make_project(tmp_path, label="pages/p1.png\t[{broken]\n" + label_line("pages/p2.png", "two")))
    project.build()
    assert project.texts() == [(), ("two",), ()]


def test_search_finds_lines_of_the_index(project, tmp_path) -> None:
    project.open(make_project(tmp_path, label=label_line("pages/p2.png", "total 12", "12", "x")))
    project.build()
    hits = find_lines(project.index.pages(), LineFilter(TextRule("12")))
    assert [(page.name, row) for page, row in hits] == [("p2.png", 0), ("p2.png", 1)]


def test_key_classes_in_use(project, tmp_path) -> None:
    label = 'pages/p1.png\t[{"transcription": "a", "points": [[0,0],[9,0],[9,9],[0,9]], "key_cls": "name"}]\n'
    project.open(make_project(tmp_path, label=label))
    project.build()
    assert project.index.key_classes() == ["name"]


def test_images_that_come_and_go_are_followed(project, qtbot, tmp_path) -> None:
    label = label_line("pages/p1.png", "one") + label_line("pages/p3.png", "three", "drei")
    folder = make_project(tmp_path, label=label)
    project.open(folder)
    project.build()
    (folder / "p3.png").rename(folder / "p4.png")
    with qtbot.waitSignal(project.session.pages_listed):
        project.session.refresh()
    qtbot.waitUntil(lambda: [page.name for page in project.index.pages()] == ["p1.png", "p2.png", "p4.png"])
    assert project.index.line_count() == 1
