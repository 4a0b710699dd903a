"""Every command of the page: enabled exactly when it can do something, and what it then does; palette, keys, notes."""

import json

import pytest
from annotate_parts import Annotating, label_line, make_project
from PyQt5.QtCore import QFile, QMimeData, QPoint, Qt
from PyQt5.QtGui import QDropEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QMessageBox, QPushButton

from ocrstudio.core.page import PageState
from ocrstudio.formats.rotate import LossyRotation
from ocrstudio.services.page_turner import TurnReport
from ocrstudio.services.removed_images import RemovedImage, move_to_trash, set_aside
from ocrstudio.ui.pages.annotate import actions as specs
from ocrstudio.ui.pages.annotate.commands import BACKGROUND_MENU, BOX_MENU, LINE_MENU
from ocrstudio.ui.pages.annotate.palette_rows import describe, matches, parse_rows, with_recent, written
from ocrstudio.ui.pages.annotate.toolbar import TOOLS


@pytest.fixture
def work(qtbot, tmp_path, isolated_home):
    QApplication.clipboard().clear()
    label = label_line("pages/p1.png", "one", "two", "three")
    made = Annotating(qtbot, make_project(tmp_path, label=label), isolated_home)
    yield made
    made.close()


def on(work):
    return {name for name, action in work.page.actions_by_id.items() if action.isEnabled()}


def texts(work):
    return [box.text for box in work.boxes]


def select(work, *rows):
    work.document.select([work.boxes[row].id for row in rows])


def do(work, action_id):
    action = work.page.actions_by_id[action_id]
    assert action.isEnabled(), action_id
    action.trigger()


# --- when commands can do something ----------------------------------------------------------------------------------


def test_every_command_is_connected_or_a_tool(work):
    tools = {specs.SELECT.id, specs.RECT.id, specs.QUAD.id, specs.POLYGON.id, specs.ROTATED.id, specs.LINK.id}
    for spec in specs.ACTIONS:
        action = work.page.actions_by_id[spec.id]
        assert spec.id in tools or action.receivers(action.triggered) > 0, spec.id


def test_menus_and_toolbar_name_commands_that_exist():
    named = {*BOX_MENU, *BACKGROUND_MENU, *LINE_MENU, *(name for name, _ in TOOLS)} - {""}
    assert named <= {spec.id for spec in specs.ACTIONS}


def test_without_a_project_hardly_anything_can_be_done(qtbot, isolated_home):
    work = Annotating(qtbot, None, isolated_home)
    work.page.commands.update()
    assert on(work) <= {
        specs.CHOOSE_MODEL.id,
        specs.READ_NEW.id,
        specs.SHOW_TEXTS.id,
        specs.SHOW_NUMBERS.id,
        specs.SHOW_LINKS.id,
    }
    work.close()


def test_commands_follow_the_selection(work):
    one_or_more = {"deleteBoxes", "duplicateBoxes", "copyBoxes", "expandBoxes", "lockBoxes", "markUnreadable"}
    assert not one_or_more & on(work)
    assert "splitBox" not in on(work)
    select(work, 0)
    assert one_or_more | {"splitBox", "vertex4", "moveLineDown"} <= on(work)
    assert not {"mergeBoxes", "moveLineUp", "unlinkBoxes", "pasteBoxes", "unlockBoxes"} & on(work)
    select(work, 1, 2)
    assert {"mergeBoxes", "moveLineUp"} <= on(work)
    assert not {"splitBox", "moveLineDown", "vertex1"} & on(work)


def test_commands_follow_the_page_and_its_state(work, qtbot):
    assert "previousPage" not in on(work)
    assert {"nextPage", "checkPage", "rejectPage"} <= on(work)
    do(work, "checkPage")
    assert work.session.current_key == "pages/p1.png"
    assert not {"checkPage"} & on(work)
    do(work, "uncheckPage")
    assert work.document.page.state is PageState.EDITED
    with qtbot.waitSignal(work.session.page_opened):
        do(work, "rejectPage")
    assert work.session.store.state("pages/p1.png") is PageState.REJECTED
    assert {"previousPage", "copyFromPrevious"} <= on(work)
    assert not {"selectAllBoxes", "sortBoxes", "editText", "rereadPage"} & on(work)


# --- boxes -----------------------------------------------------------------------------------------------------------


def test_boxes_are_copied_to_another_page(work, qtbot):
    select(work, 0, 2)
    do(work, "copyBoxes")
    with qtbot.waitSignal(work.session.page_opened):
        do(work, "nextPage")
    do(work, "pasteBoxes")
    assert texts(work) == ["one", "three"]
    work.document.undo()
    do(work, "copyFromPrevious")
    assert len(work.boxes) == 3


def test_boxes_are_duplicated_merged_and_turned(work):
    select(work, 0)
    do(work, "duplicateBoxes")
    assert len(work.boxes) == 4
    do(work, "deleteBoxes")
    select(work, 0, 1)
    do(work, "mergeBoxes")
    assert len(work.boxes) == 2
    before = work.boxes[0].points
    do(work, "rotateBoxRight")
    assert work.boxes[0].points != before


def test_locked_boxes_repeat_until_they_are_unlocked(work, qtbot):
    select(work, 0)
    do(work, "lockBoxes")
    with qtbot.waitSignal(work.session.page_opened):
        do(work, "nextPage")
    assert len(work.boxes) == 1
    do(work, "unlockBoxes")
    assert "unlockBoxes" not in on(work)


def test_boxes_are_hidden_and_shown(work):
    do(work, "hideBoxes")
    assert work.canvas.hidden_count == 3
    assert "hideBoxes" not in on(work)
    do(work, "showBoxes")
    assert "showBoxes" not in on(work)


def test_texts_and_numbers_take_turns_above_the_boxes(work):
    do(work, "showTexts")
    do(work, "showNumbers")
    assert not work.page.actions_by_id["showTexts"].isChecked()
    do(work, "showTexts")
    assert not work.page.actions_by_id["showNumbers"].isChecked()


# --- order -----------------------------------------------------------------------------------------------------------


def test_lines_move_by_keys_and_the_list_keeps_its_selection(work):
    select(work, 2)
    do(work, "moveLineUp")
    assert texts(work) == ["one", "three", "two"]
    chosen = [index.row() for index in work.page.lines.selectionModel().selectedIndexes()]
    assert chosen == [1]
    do(work, "moveLineDown")
    assert texts(work) == ["one", "two", "three"]


def test_rows_dragged_elsewhere_change_the_order_as_one_step(work):
    lines = work.page.lines
    select(work, 0, 1)
    place = lines.visualRect(lines.lines.index(2)).bottomLeft() + QPoint(20, -2)
    assert lines.drop_row(place) == 3
    event = QDropEvent(place, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    event.source = lambda: lines
    lines.dropEvent(event)
    assert texts(work) == ["three", "one", "two"]
    assert event.dropAction() == Qt.DropAction.IgnoreAction
    work.document.undo()
    assert texts(work) == ["one", "two", "three"]


# --- palette ---------------------------------------------------------------------------------------------------------


def test_the_palette_types_at_the_cursor_by_mouse_and_by_keyboard(work, qtbot):
    select(work, 0)
    do(work, "characterPalette")
    grid, field = work.page.palette_panel.grid, work.page.editor.field
    qtbot.waitUntil(grid.hasFocus)
    field.setText("A-B")
    field.setCursorPosition(2)
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.area_of("Ⅳ").center())
    assert field.text() == "A-ⅣB"
    assert field.hasFocus()
    grid.setFocus()
    assert grid.characters[0] == "Ⅳ"  # used last
    work.key(Qt.Key.Key_Right, widget=grid)
    work.key(Qt.Key.Key_Return, widget=grid)
    assert field.text() == "A-ⅣⅠB"
    work.key(Qt.Key.Key_Escape, widget=grid)
    assert field.hasFocus()
    work.key(Qt.Key.Key_Return, widget=field)
    assert texts(work)[0] == "A-ⅣⅠB"
    assert work.settings.recent_characters == "ⅠⅣ"


def test_arrow_keys_walk_through_the_rows_of_the_palette(work, qtbot):
    select(work, 0)
    do(work, "characterPalette")
    grid = work.page.palette_panel.grid
    qtbot.waitUntil(grid.hasFocus)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left):
        work.key(key, widget=grid)
    work.key(Qt.Key.Key_Space, widget=grid)
    assert work.settings.recent_characters == "Ⅰ"


def test_characters_are_found_by_name_and_code_point(work):
    palette = work.page.palette_panel
    palette.filter.setText("numeral twelve")
    assert palette.grid.characters == ["Ⅻ", "ⅻ"]
    palette.filter.setText("u+2103")
    assert palette.grid.characters == ["℃"]
    palette.filter.setText("no such thing")
    assert palette.grid.characters == []


def test_the_palette_offers_what_the_model_does_not_know(work):
    work.page.palette_panel.show_unknown(["鿿", "Ⅺ"])
    assert work.page.palette_panel.grid.characters[:2] == ["鿿", "Ⅺ"]


def test_own_rows_replace_the_usual_ones(work):
    palette = work.page.palette_panel
    work.settings.palette_rows = ["Money: € £ ¥", "：；"]
    assert palette.grid.characters == ["€", "£", "¥", "：", "；"]
    work.settings.palette_rows = []
    assert "Ⅻ" in palette.grid.characters


def test_rows_of_the_palette_as_people_write_them():
    rows = parse_rows(["Units: ℃ ℉℃", "", "a:", ":;", "no colon"])
    assert [(row.name, "".join(row.characters)) for row in rows] == [("Units", "℃℉"), ("", ":;"), ("", "nocl")]
    assert parse_rows(written(rows)) == rows
    assert with_recent("abc", "b") == ("b", "a", "c")
    assert describe("Ⅳ") == "U+2163 ROMAN NUMERAL FOUR"
    assert matches("Ⅳ", "xⅣ")
    assert not matches("Ⅳ", "arrow")


# --- keys and values -------------------------------------------------------------------------------------------------


def test_number_keys_on_the_canvas_give_a_class_in_kie_mode_only(work):
    work.settings.key_classes = ["title", "total"]
    select(work, 0)
    work.key(Qt.Key.Key_2)
    assert work.boxes[0].key_class == ""
    do(work, "kieMode")
    work.canvas.setFocus()
    work.key(Qt.Key.Key_2)
    work.key(Qt.Key.Key_9)
    assert work.boxes[0].key_class == "total"
    assert work.settings.kie_mode
    assert work.page.editor.facts.key_class.text == "total"


def test_a_new_class_is_typed_once_and_offered_from_then_on(work):
    select(work, 1)
    do(work, "keyClass")
    field = work.page.kie.combo.lineEdit()
    assert field.hasFocus()
    field.selectAll()
    work.type("date")
    work.key(Qt.Key.Key_Return, widget=field)
    assert work.boxes[1].key_class == "date"
    assert work.settings.key_classes == ["date"]
    assert work.page.kie.combo.findData("date") == 1
    assert work.canvas.hasFocus()


def test_links_are_named_and_removed(work):
    do(work, "kieMode")
    work.document.link(work.boxes[0].id, work.boxes[1].id)
    select(work, 1)
    assert "one" in work.page.kie._links.text()
    do(work, "unlinkBoxes")
    assert work.page.kie._links.text() == "No links"


# --- notes -----------------------------------------------------------------------------------------------------------


def test_a_note_is_written_and_stays_with_its_page(work, qtbot):
    note = work.page.note
    assert not note.isVisible()
    do(work, "pageNote")
    work.type("torn at the left")
    with qtbot.waitSignal(work.session.page_opened):
        work.session.next_page()
    assert work.session.store.page("pages/p1.png").note == "torn at the left"
    work.canvas.setFocus()
    assert not note.isVisible()
    with qtbot.waitSignal(work.session.page_opened):
        work.session.previous_page()
    assert note.line.text() == "torn at the left"
    assert note.isVisible()


def test_escape_drops_what_was_typed_into_a_note(work):
    do(work, "pageNote")
    work.type("oops")
    work.key(Qt.Key.Key_Escape, widget=work.page.note.line)
    assert work.document.page.note == ""
    assert work.canvas.hasFocus()


# --- images ----------------------------------------------------------------------------------------------------------


def answer(work, name, number=0):
    box = work.page.findChild(QMessageBox, name)
    QTest.mouseClick(box.findChild(QPushButton, f"answer{number}"), Qt.MouseButton.LeftButton)


@pytest.fixture
def trash(tmp_path, monkeypatch):
    """A trash of our own; what it is asked to take."""
    place = tmp_path / "Trash" / "files"
    place.mkdir(parents=True)

    def move(name):
        target = place / name.rpartition("/")[2]
        return QFile.rename(name, str(target)), str(target)

    monkeypatch.setattr("ocrstudio.services.removed_images.QFile.moveToTrash", staticmethod(move))
    return place


def test_a_deleted_image_goes_to_the_trash_and_comes_back_with_its_labels(work, qtbot, trash):
    do(work, "deleteImage")
    answer(work, "deleteImageQuestion")
    qtbot.waitUntil(lambda: "pages/p1.png" not in work.session.keys)
    assert (trash / "p1.png").is_file()
    assert work.session.save()
    assert "three" in (work.session.folder / "Label.txt").read_text("utf-8")
    qtbot.waitUntil(lambda: bool(work.session.store.problems))  # labels without an image: not in place of the offer
    assert work.page.message.is_offering
    qtbot.mouseClick(work.page.findChild(QPushButton, "messageAction"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "pages/p1.png" in work.session.keys)
    assert [box.text for box in work.session.store.page("pages/p1.png").boxes] == ["one", "two", "three"]


def test_keeping_the_image_changes_nothing(work, trash):
    do(work, "deleteImage")
    answer(work, "deleteImageQuestion", 1)
    assert list(trash.iterdir()) == []
    assert (work.session.folder / "p1.png").is_file()


def test_without_a_trash_a_folder_of_the_project_is_offered(work, qtbot, monkeypatch):
    nothing = staticmethod(lambda name: (False, ""))
    monkeypatch.setattr("ocrstudio.services.removed_images.QFile.moveToTrash", nothing)
    do(work, "deleteImage")
    answer(work, "deleteImageQuestion")
    qtbot.waitUntil(lambda: work.page.findChild(QMessageBox, "setAsideQuestion") is not None)
    assert (work.session.folder / "p1.png").is_file()
    answer(work, "setAsideQuestion")
    qtbot.waitUntil(lambda: "pages/p1.png" not in work.session.keys)
    assert (work.session.folder / ".ocrstudio" / "removed" / "p1.png").is_file()


def test_a_name_made_for_a_shell_is_only_a_name(tmp_path, trash):
    file = tmp_path / "$(touch X).jpg"
    file.write_bytes(b"picture")
    removed = move_to_trash(file)
    assert removed == RemovedImage(file, trash / "$(touch X).jpg")
    removed.put_back()
    assert file.read_bytes() == b"picture"
    assert not (tmp_path / "X").exists()


def test_images_set_aside_never_overwrite_each_other(tmp_path):
    kept = []
    for content in (b"1", b"2"):
        (tmp_path / "a.png").write_bytes(content)
        kept.append(set_aside(tmp_path / "a.png", tmp_path).kept)
    assert [path.read_bytes() for path in kept] == [b"1", b"2"]


def test_a_lossy_turn_is_asked_for(work, monkeypatch):
    asked = []
    monkeypatch.setattr(work.session.turner, "turn", lambda keys, turns, **rest: asked.append((keys, turns, rest)))
    do(work, "rotatePageLeft")
    lossy = LossyRotation("{file} would lose a little.", file="p1.png")
    work.session.turner.ended.emit(TurnReport(-1, refused={"pages/p1.png": lossy}))
    answer(work, "lossyRotationQuestion")
    assert asked == [(("pages/p1.png",), -1, {}), (["pages/p1.png"], -1, {"allow_lossy": True})]


# --- reading ---------------------------------------------------------------------------------------------------------


def test_reading_the_page_again_leaves_what_a_person_typed(work):
    work.document.set_text(work.boxes[0].id, "mine")
    work.document.set_text(work.boxes[1].id, "")
    do(work, "rereadPage")
    (_, _, quads) = work.recognizer.asked[0]
    assert len(quads) == 3 - sum(box.touched and box.is_readable for box in work.boxes)
    assert "stay as they are" in work.page.message.text


def test_the_model_is_chosen_by_name(work, tmp_path, qtbot):
    bundle = work.session.folder / ".ocrstudio" / "models" / "mine"
    bundle.mkdir(parents=True)
    (bundle / "card.json").write_text(json.dumps({"name": "mine", "characters": 10}))
    (bundle / "model.onnx").write_bytes(b"x")
    menu = work.page.models
    menu.reload()
    # other installed packages may bring models, too
    by_model = lambda: {action.data(): action for action in menu.actions()}  # noqa: E731
    qtbot.waitUntil(lambda: str(bundle) in by_model())
    by_model()[str(bundle)].trigger()
    assert work.recognizer.model == str(bundle)
    assert by_model()[str(bundle)].text() == "mine"
    work.recognizer.use_model("bundled")
    assert [model for model, action in by_model().items() if action.isChecked()] == ["bundled"]
