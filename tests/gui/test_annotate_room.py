"""Small windows and large letters: nothing is cut off, and the picture keeps its share."""

from __future__ import annotations

import pytest
from annotate_parts import Annotating, make_project
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QFontMetrics
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication

from ocrstudio.ui import shape_icons, theme
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.annotate import actions as specs

WORDS, ICONS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly


@pytest.fixture
def work(qtbot, tmp_path, isolated_home):
    made = Annotating(qtbot, make_project(tmp_path), isolated_home)
    yield made
    made.close()
    theme.apply(QApplication.instance(), "light", 100)


def shown_tools(bar):
    layout = bar.layout()
    return [
        widget
        for number in range(layout.count())
        if (widget := layout.itemAt(number).widget()) is not None and widget.isVisible()
    ]


@pytest.mark.parametrize("width", range(260, 1300, 40))
def test_every_button_of_the_toolbar_has_the_room_it_asks_for(work, width):
    bar = work.page.toolbar
    bar.setFixedWidth(width)
    QApplication.processEvents()
    for widget in shown_tools(bar):
        assert widget.width() >= widget.sizeHint().width(), widget.objectName()
    assert bar.auto_label.isVisible()
    assert bar.review.isVisible()


def test_words_leave_the_toolbar_before_the_tools_of_every_page(work):
    bar = work.page.toolbar
    bar.setFixedWidth(1300)
    QApplication.processEvents()
    assert bar.auto_label.toolButtonStyle() == WORDS
    bar.setFixedWidth(330)
    QApplication.processEvents()
    assert bar.auto_label.toolButtonStyle() == bar.review.toolButtonStyle() == ICONS
    assert bar.auto_label.toolTip()
    assert bar.review.toolTip()
    bar.setFixedWidth(1300)
    QApplication.processEvents()
    assert bar.auto_label.toolButtonStyle() == WORDS


def test_large_letters_fit_into_the_field_of_review_mode(work):
    theme.apply(QApplication.instance(), "light", 150)
    work.page.resize(1000, 620)
    work.page.actions_by_id[specs.REVIEW.id].trigger()
    QApplication.processEvents()
    field = work.page.editor.field
    assert field.height() > QFontMetrics(field.font()).height()
    assert work.page.height() == 620


def test_drawing_tools_have_pictures_that_differ(qapp):
    seen = set()
    for name in shape_icons.OUTLINES:
        image = icon(shape_icons.PREFIX + name).pixmap(18, 18).toImage()
        pixels = bytes(image.constBits().asarray(image.byteCount()))
        assert any(pixels)
        seen.add(pixels)
    assert len(seen) == len(shape_icons.OUTLINES)
    named = {spec.icon for spec in (specs.RECT, specs.QUAD, specs.POLYGON, specs.ROTATED)}
    assert named == {shape_icons.PREFIX + name for name in shape_icons.OUTLINES}


def test_repeated_boxes_stay_in_view_until_they_are_stopped(work):
    bar = work.page.lock_bar
    assert not bar.isVisible()
    work.draw((10, 10), (60, 40))
    work.page.actions_by_id[specs.LOCK.id].trigger()
    assert bar.isVisible()
    assert "1 box" in bar.text
    QTest.mouseClick(bar.stop, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert not work.page.actions_by_id[specs.UNLOCK.id].isEnabled()


def test_filters_widen_a_narrow_panel(work):
    work.page.resize(1000, 700)
    work.page.open_search()
    QApplication.processEvents()
    work.page.search.more.setChecked(True)
    QApplication.processEvents()
    form = work.page.search.form
    assert form.width() >= form.minimumSizeHint().width()
    assert work.page.search.width() >= work.page.search.minimumSizeHint().width()


def test_the_button_that_checks_a_page_shows_its_whole_text(work):
    check = work.page.review.check
    for width in (900, 1200):
        work.page.resize(width, 700)
        QApplication.processEvents()
        assert check.width() >= check.sizeHint().width()


def test_the_picture_keeps_its_room_beside_large_letters(work):
    theme.apply(QApplication.instance(), "light", 150)
    work.page.resize(980, 640)
    QApplication.processEvents()
    assert work.page.minimumSizeHint().width() <= 980
    _, middle, _ = work.page._split.sizes()
    assert middle >= 300


def test_tab_leaves_a_selection_of_all_boxes(work):
    for left in (10, 70):
        work.draw((left, 10), (left + 40, 40))
        work.canvas.setFocus()
    work.page.actions_by_id[specs.SELECT_ALL.id].trigger()
    assert len(work.document.selection) == 2
    work.page.actions_by_id[specs.NEXT_BOX.id].trigger()
    assert work.document.selection == (work.boxes[-1].id,)
    work.page.actions_by_id[specs.NEXT_BOX.id].trigger()
    assert work.document.selection == (work.boxes[-1].id,)
