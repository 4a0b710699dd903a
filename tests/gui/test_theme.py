"""Palettes that can be read, a style sheet without unknown names, icons that follow the theme."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from PyQt5.QtCore import QSize
from PyQt5.QtGui import QColor, QIcon
from PyQt5.QtWidgets import QAction, QComboBox, QLabel, QPushButton, QWidget

from ocrstudio.paths import resources
from ocrstudio.services.settings import Settings
from ocrstudio.ui import desktop_look, theme
from ocrstudio.ui.actions import ActionSpec, make_action
from ocrstudio.ui.icons import icon

THEMES = pytest.mark.parametrize("used", theme.PALETTES.values(), ids=list(theme.PALETTES))
LEAST_TEXT = {"light": 4.5, "dark": 4.5, "contrast": 7.0}  # WCAG 2.2, 1.4.3 and 1.4.6
LEAST_OTHER = 3.0  # WCAG 2.2, 1.4.11


def luminance(color: str) -> float:
    """Relative luminance after WCAG 2."""
    parts = [QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF()]
    red, green, blue = (value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", theme.PALETTES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("text", "window"),
        ("text", "panel"),
        ("text", "sunken"),
        ("text", "accent_soft"),
        ("muted", "panel"),
        ("muted", "window"),
        ("accent", "panel"),
        ("accent_text", "accent"),
        ("good", "panel"),
        ("warn", "panel"),
        ("bad", "panel"),
        ("text", "bad_soft"),
        ("text", "warn_soft"),
        ("text", "good_soft"),
        ("text", "hover"),
        ("muted", "hover"),
        ("muted", "accent_soft"),
        ("accent", "window"),
        ("accent", "sunken"),
        ("accent", "accent_soft"),
        ("accent", "hover"),
        ("accent_text", "accent_hover"),
        ("good", "window"),
        ("warn", "window"),
        ("bad", "window"),
        ("good", "good_soft"),
        ("warn", "warn_soft"),
        ("bad", "bad_soft"),
    ],
)
def test_text_stands_out_from_its_ground(name, text, ground):
    used = theme.PALETTES[name]
    assert contrast(getattr(used, text), getattr(used, ground)) >= LEAST_TEXT[name]


@THEMES
def test_curves_and_page_states_stand_out_from_their_ground(used):
    for color in (*used.series, *used.states.values()):
        assert contrast(color, used.panel) >= LEAST_OTHER, color


@THEMES
def test_fields_and_the_mark_of_the_focus_stand_out(used):
    assert contrast(used.outline, used.panel) >= LEAST_OTHER
    assert contrast(used.outline, used.window) >= LEAST_OTHER
    assert contrast(used.accent, used.panel) >= LEAST_OTHER


@THEMES
def test_style_sheet_has_all_its_names_filled_in(used):
    sheet = theme.style_sheet(used, 10)
    assert not re.search(r"@\w", sheet)
    for picture in re.findall(r"url\(([^)]*)\)", sheet):
        assert (resources() / "icons" / picture.rpartition("/")[2]).is_file(), picture


def test_style_sheet_with_an_unknown_name_is_refused(monkeypatch, tmp_path):
    (tmp_path / "qss").mkdir()
    (tmp_path / "qss" / "studio.qss").write_text("QLabel { color: @nothing; }")
    monkeypatch.setattr(theme, "resources", lambda: tmp_path)
    with pytest.raises(KeyError):
        theme.style_sheet(theme.LIGHT, 10)


def test_both_themes_define_the_same_things():
    for field in fields(theme.Colors):
        one, other = getattr(theme.LIGHT, field.name), getattr(theme.DARK, field.name)
        assert type(one) is type(other)
        if hasattr(one, "keys"):
            assert one.keys() == other.keys()
    assert len(theme.LIGHT.series) == len(theme.DARK.series)


def test_desktop_decides_when_the_user_does_not(qapp, monkeypatch):
    monkeypatch.setattr(theme._LOOK, "desktop", theme.Desktop(is_dark=True))
    monkeypatch.setattr(theme._LOOK, "desktop_points", 10.0)
    assert theme.apply(qapp, "system") is theme.DARK
    assert theme.apply(qapp, "light") is theme.LIGHT
    assert theme.follow(theme.Desktop(is_dark=True, is_contrast=True))
    assert theme.apply(qapp, "system") is theme.CONTRAST
    assert theme.follow(theme.Desktop())
    assert not theme.follow(theme.Desktop())
    assert theme.apply(qapp, "system") is theme.LIGHT


def test_desktop_that_changes_its_mind_is_followed_unless_the_user_chose(qapp, monkeypatch, tmp_path):
    monkeypatch.setattr(theme._LOOK, "desktop", theme.Desktop())
    monkeypatch.setattr(desktop_look, "_has_session_bus", lambda: False)
    settings = Settings(tmp_path / "settings.ini")
    look = desktop_look.DesktopLook(qapp, settings)
    theme.apply(qapp, "system")
    look.take_setting(desktop_look.APPEARANCE, "color-scheme", 1)
    assert theme.colors() is theme.DARK
    look.take_setting(desktop_look.APPEARANCE, "contrast", 1)
    assert theme.colors() is theme.CONTRAST
    look.take_setting("org.gnome.desktop.interface", "color-scheme", 0)
    look.take_setting(desktop_look.APPEARANCE, "accent-color", (0.1, 0.2, 0.3))
    assert theme.colors() is theme.CONTRAST
    settings.theme = "light"
    theme.apply(qapp, "light")
    look.take_setting(desktop_look.APPEARANCE, "contrast", 0)
    assert theme.colors() is theme.LIGHT
    assert theme.desktop() == theme.Desktop(is_dark=True)
    look.deleteLater()


def test_mark_changes_the_look_of_a_shown_widget(qtbot, qapp):
    theme.apply(qapp, "light")
    label = QLabel("a")
    qtbot.addWidget(label)
    label.show()
    theme.mark(label, "bad")
    assert label.palette().windowText().color().name() == theme.LIGHT.bad


def strongest(picture: QIcon, state: QIcon.State = QIcon.State.Off, mode: QIcon.Mode = QIcon.Mode.Normal) -> QColor:
    image = picture.pixmap(QSize(32, 32), mode, state).toImage()
    colors = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(colors, key=QColor.alpha)


def test_icon_takes_its_colour_from_the_theme_in_use(qapp):
    made = icon("fa5s.square", "text", "accent")
    theme.apply(qapp, "light")
    assert strongest(made).name() == theme.LIGHT.text
    assert strongest(made, QIcon.State.On).name() == theme.LIGHT.accent
    theme.apply(qapp, "dark")
    assert strongest(made).name() == theme.DARK.text
    assert strongest(made, mode=QIcon.Mode.Disabled).alpha() < 150
    on_accent = strongest(icon("fa5s.square", "accent_text"), mode=QIcon.Mode.Disabled)
    muted = QColor(theme.DARK.muted)
    assert abs(on_accent.red() - muted.red()) < 8, "what cannot be pressed has no accent behind its icon"
    theme.apply(qapp, "light")


def test_action_is_made_from_its_spec(qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    done = []
    spec = ActionSpec("openIt", "&Open it…", "fa5s.folder", "Ctrl+Y; Ctrl+Shift+Z", "file")
    action = make_action(spec, owner, lambda: done.append(True))
    assert owner.findChild(QAction, "openIt") is action
    assert [key.toString() for key in action.shortcuts()] == ["Ctrl+Y", "Ctrl+Shift+Z"]
    assert action.toolTip() == "Open it (Ctrl+Y, Ctrl+Shift+Z)"
    action.trigger()
    assert done == [True]


def test_shortcuts_may_hold_the_plus_key():
    assert [key.toString() for key in ActionSpec("a", "a", shortcut="Ctrl++; Ctrl+=").key_sequences()] == [
        "Ctrl++",
        "Ctrl+=",
    ]


def test_icons_of_buttons_grow_and_shrink_with_the_text(qtbot, qapp):
    window, early, late = QWidget(), QPushButton(), QPushButton()
    qtbot.addWidget(window)
    early.setParent(window)
    early.setIconSize(QSize(24, 16))
    theme.apply(qapp, "light", 150)
    assert early.iconSize() == QSize(36, 24)
    late.setIconSize(QSize(10, 10))
    late.setParent(window)
    theme.scale_icons(window)
    theme.scale_icons(window)
    assert late.iconSize() == QSize(15, 15)
    theme.apply(qapp, "light", 100)
    assert (early.iconSize(), late.iconSize()) == (QSize(24, 16), QSize(10, 10))


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_list_that_drops_down_shows_its_last_row_whole(qtbot, qapp):
    theme.apply(qapp, "light")
    field = QComboBox()
    qtbot.addWidget(field)
    field.addItems(["Auto", "English", "简体中文"])
    field.show()
    field.showPopup()
    rows = field.view()
    qtbot.waitUntil(rows.isVisible)
    last = rows.visualRect(field.model().index(2, 0))
    assert rows.viewport().rect().contains(last)
    assert rows.verticalScrollBar().maximum() == 0
    field.hidePopup()
