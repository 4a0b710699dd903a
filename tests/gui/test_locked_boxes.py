"""Locked boxes come to the pages that follow, as one step, and never where somebody has worked."""

import pytest
from project_parts import label_line, make_project, save_page_image

from ocrstudio.core.page import PageState
from ocrstudio.services.locked_boxes import LockedBoxes
from ocrstudio.services.project_session import ProjectSession

NAMES = ("p1.png", "p2.png", "p3.png", "p4.png")


@pytest.fixture
def session(qtbot, tmp_path):
    label = label_line("pages/p1.png", "one", "two") + label_line("pages/p3.png", "theirs")
    folder = make_project(tmp_path, NAMES, label=label)
    save_page_image(folder / "p4.png", 600, 400)
    made = ProjectSession()
    made.open(folder)
    assert made.wait_until_open()
    show(qtbot, made, "pages/p1.png")
    yield made
    made.close()


@pytest.fixture
def locked(session):
    return LockedBoxes(session)


def show(qtbot, session, key):
    session.open_page(key)
    qtbot.waitUntil(lambda: session.document.page is not None and session.document.page.key == key)


def lock_all(session, locked):
    return locked.lock([box.id for box in session.document.page.boxes])


def test_locked_boxes_come_without_text_to_an_untouched_page_as_one_step(qtbot, session, locked):
    first = session.document.page
    with qtbot.waitSignal(locked.changed):
        assert lock_all(session, locked)
    assert locked.count == 2
    show(qtbot, session, "pages/p2.png")
    page = session.document.page
    assert [box.points for box in page.boxes] == [box.points for box in first.boxes]
    assert [box.text for box in page.boxes] == ["", ""]
    assert page.state is PageState.EDITED
    assert session.document.undo_stack.count() == 1
    session.document.undo()
    assert (session.document.page.boxes, session.document.page.state) == ((), PageState.NEW)


def test_a_page_of_another_size_gets_them_at_the_same_relative_place(qtbot, session, locked):
    lock_all(session, locked)
    show(qtbot, session, "pages/p4.png")
    assert session.document.page.boxes[0].points == ((40, 40), (160, 40), (160, 80), (40, 80))


def test_a_page_with_boxes_gets_none(qtbot, session, locked):
    lock_all(session, locked)
    show(qtbot, session, "pages/p3.png")
    assert [box.text for box in session.document.page.boxes] == ["theirs"]


def test_a_page_that_somebody_marked_gets_none(qtbot, session, locked):
    show(qtbot, session, "pages/p2.png")
    session.document.set_state(PageState.REJECTED)
    show(qtbot, session, "pages/p1.png")
    lock_all(session, locked)
    show(qtbot, session, "pages/p2.png")
    assert session.document.page.boxes == ()


def test_boxes_that_were_taken_back_do_not_come_again(qtbot, session, locked):
    lock_all(session, locked)
    show(qtbot, session, "pages/p2.png")
    session.document.undo()
    show(qtbot, session, "pages/p1.png")
    show(qtbot, session, "pages/p2.png")
    assert session.document.page.boxes == ()


def test_unlocked_boxes_come_no_more(qtbot, session, locked):
    lock_all(session, locked)
    with qtbot.waitSignal(locked.changed):
        locked.unlock_all()
    show(qtbot, session, "pages/p2.png")
    assert (locked.count, session.document.page.boxes) == (0, ())


def test_nothing_is_locked_without_boxes(qtbot, session, locked):
    with qtbot.assertNotEmitted(locked.changed):
        assert not locked.lock(["nobody"])
        locked.unlock_all()
    assert locked.count == 0


def test_links_stay_on_the_page_and_keys_come_along(qtbot, session, locked):
    one, two = (box.id for box in session.document.page.boxes)
    session.document.link(one, two)
    session.document.set_key_class([one], "date")
    lock_all(session, locked)
    show(qtbot, session, "pages/p2.png")
    first, second = session.document.page.boxes
    assert (dict(first.extra), dict(second.extra)) == ({"key_cls": "date"}, {})


def test_closing_the_project_unlocks(session, locked):
    lock_all(session, locked)
    session.close()
    assert locked.count == 0


def test_a_page_without_a_picture_gets_none(qtbot, session, locked):
    (session.folder / "p2.png").write_bytes(b"no picture")
    lock_all(session, locked)
    show(qtbot, session, "pages/p2.png")
    assert session.document.page.boxes == ()
