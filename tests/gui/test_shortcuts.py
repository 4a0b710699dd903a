"""Keys: a profile, the user's changes on top, and never two commands on one key."""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections import Counter

import pytest

from ocrstudio.core.errors import StudioError
from ocrstudio.services.settings import Settings
from ocrstudio.services.shortcuts import (
    EVERYWHERE,
    PROFILES,
    Command,
    KeyRefusedError,
    Shortcuts,
    is_reserved,
    portable,
)
from ocrstudio.ui import actions as window_specs
from ocrstudio.ui.actions import commands_of
from ocrstudio.ui.main_window import PAGE_CLASSES

COMMANDS = (
    Command("save", EVERYWHERE, "&Save", ("Ctrl+S",), ("Ctrl+S",)),
    Command("paste", "annotate", "Paste boxes", ("Ctrl+V",), ("Ctrl+Shift+V",)),
    Command("check", "annotate", "Check and next…", ("Space", "Ctrl+Return"), ("Ctrl+V", "End")),
    Command("pastePicture", "test", "Paste a picture", ("Ctrl+V",), ("Ctrl+V",)),
    Command("note", "annotate", "Note"),
)


@pytest.fixture
def settings(qapp, tmp_path):
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def shortcuts(settings):
    made = Shortcuts(settings)
    made.add(COMMANDS)
    return made


def all_commands() -> list[Command]:
    found = commands_of(EVERYWHERE, window_specs.ACTIONS)
    for name in PAGE_CLASSES:
        if importlib.util.find_spec(f"ocrstudio.ui.pages.{name}.actions"):
            module = importlib.import_module(f"ocrstudio.ui.pages.{name}.actions")
            found += commands_of(name, module.ACTIONS)
    return found


@pytest.mark.parametrize("profile", PROFILES)
def test_no_two_commands_that_meet_share_a_key_in_either_profile(profile):
    commands = all_commands()
    for page in PAGE_CLASSES:
        keys = Counter(
            key
            for command in commands
            if command.scope in (EVERYWHERE, page)
            for key in (command.peer if profile == "ppocrlabel" else command.studio)
        )
        assert [key for key, count in keys.items() if count > 1] == [], page


@pytest.mark.parametrize("profile", PROFILES)
def test_every_key_of_a_profile_is_one_that_a_command_can_have(settings, profile):
    settings.key_profile = profile
    shortcuts = Shortcuts(settings)
    shortcuts.add(all_commands())
    for command in shortcuts.commands:
        for key in command.peer if profile == "ppocrlabel" else command.studio:
            assert portable(key) == key
            assert not is_reserved(key), f"{command.id}: {key}"
            assert key in shortcuts.keys(command.id)


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("checkAndNext", "Ctrl+V"),
        ("checkAndNext", "End"),
        ("duplicateBoxes", "Ctrl+C"),
        ("editText", "Ctrl+E"),
        ("toRectangle", "Ctrl+T"),
        ("expandBoxes", "Ctrl+K"),
        ("focusBox", "Ctrl+G"),
        ("sortBoxes", "Ctrl+B"),
        ("keyClass", "Ctrl+X"),
        ("rotatePageLeft", "Ctrl+Alt+L"),
        ("rotatePageRight", "Ctrl+Alt+R"),
        ("hideBoxes", "Ctrl+H"),
        ("showBoxes", "Ctrl+A"),
        ("toolPolygon", "Q"),
        ("toolPolygon", "Home"),
        ("toolRect", "W"),
        ("rereadBoxes", "Ctrl+R"),
        ("rereadPage", "Ctrl+Shift+R"),
        ("showTexts", "Ctrl+Shift+P"),
        ("zoomFit", "Ctrl+F"),
        ("zoomWidth", "Ctrl+Shift+F"),
        ("zoomActual", "Ctrl+="),
        ("chooseModel", "Ctrl+M"),
        ("deleteImage", "Ctrl+Shift+D"),
        ("openFolder", "Ctrl+U"),
        ("save", "Ctrl+S"),
        ("nextPage", "D"),
        ("previousPage", "A"),
    ],
)
def test_ppocrlabels_keys_do_what_they_do_there(settings, command, key):
    settings.key_profile = "ppocrlabel"
    shortcuts = Shortcuts(settings)
    shortcuts.add(all_commands())
    assert key in shortcuts.keys(command)


def test_profile_is_switched_at_once(shortcuts, settings, qtbot):
    assert shortcuts.keys("check") == ("Space", "Ctrl+Return")
    with qtbot.waitSignal(shortcuts.changed):
        settings.key_profile = "ppocrlabel"
    assert shortcuts.keys("check") == ("Ctrl+V", "End")
    assert shortcuts.keys("pastePicture") == ("Ctrl+V",)


def test_changed_keys_survive_a_restart_and_can_be_reset(shortcuts, settings, tmp_path):
    shortcuts.set_keys("note", ["N", "Ctrl+Shift+N"])
    shortcuts.set_keys("check", [])
    again = Shortcuts(Settings(tmp_path / "settings.ini"))
    again.add(COMMANDS)
    assert again.keys("note") == ("N", "Ctrl+Shift+N")
    assert again.keys("check") == ()
    assert again.is_changed("check")
    again.reset("check")
    assert again.keys("check") == ("Space", "Ctrl+Return")
    assert not again.is_changed("check")
    again.reset_all()
    assert again.keys("note") == ()


def test_keys_as_in_the_profile_are_no_change(shortcuts, settings):
    shortcuts.set_keys("check", ["Ctrl+Return"])
    shortcuts.set_keys("check", ["space", "ctrl+return"])
    assert settings.own_keys == {}


@pytest.mark.parametrize(("command", "key", "owner"), [("note", "Ctrl+V", "paste"), ("paste", "Ctrl+S", "save")])
def test_taken_key_is_refused_naming_who_has_it(shortcuts, command, key, owner):
    before = shortcuts.keys(command)
    with pytest.raises(KeyRefusedError) as caught:
        shortcuts.set_keys(command, [key])
    assert caught.value.other.id == owner
    assert caught.value.other.text.replace("&", "") in str(caught.value)
    assert shortcuts.keys(command) == before


def test_key_of_another_page_is_free_and_one_for_everywhere_is_not(shortcuts):
    shortcuts.set_keys("pastePicture", ["Ctrl+Return"])
    assert shortcuts.keys("pastePicture") == ("Ctrl+Return",)
    with pytest.raises(KeyRefusedError, match="Paste boxes"):
        shortcuts.set_keys("save", ["Ctrl+V"])


@pytest.mark.parametrize(
    "key", ["Alt+F4", "Meta+L", "Esc", "F10", "Alt+F", "Left", "Ctrl+Alt+F2", "Ctrl+Alt+Del", "Ctrl+Space"]
)
def test_keys_of_the_desktop_are_refused(shortcuts, key):
    with pytest.raises(KeyRefusedError, match="desktop"):
        shortcuts.set_keys("note", [key])


@pytest.mark.parametrize("key", ["", "Ctrl", "Ctrl+Nonsense", "Ctrl+K, Ctrl+C", "\x00"])
def test_what_is_no_key_is_refused(shortcuts, key):
    with pytest.raises(KeyRefusedError, match="no key"):
        shortcuts.set_keys("note", [key])
    assert shortcuts.keys("note") == ()


def test_users_key_wins_over_another_profiles_own(shortcuts, settings):
    shortcuts.set_keys("note", ["End"])
    settings.key_profile = "ppocrlabel"
    assert shortcuts.keys("note") == ("End",)
    assert shortcuts.keys("check") == ("Ctrl+V",)


def test_broken_changes_give_the_profiles_keys_and_a_message(settings, tmp_path):
    settings.own_keys = {"note": "Ctrl+S", "paste": "Alt+F4", "check": "no such key", "gone": "F2"}
    shortcuts = Shortcuts(settings)
    shortcuts.add(COMMANDS)
    assert shortcuts.keys("note") == ()
    assert shortcuts.keys("paste") == ("Ctrl+V",)
    assert shortcuts.keys("check") == ("Space", "Ctrl+Return")
    assert len(shortcuts.problems) == 3


@pytest.mark.parametrize("text", ["[1, 2]", "no json", '{"a": 1}', "[" * 100_000])
def test_broken_table_in_the_settings_file_is_told_and_not_used(qapp, tmp_path, text):
    path = tmp_path / "settings.ini"
    path.write_text(f'[General]\nown_keys="{text}"\n', encoding="utf-8")
    settings = Settings(path)
    assert settings.own_keys == {}
    assert "own_keys" in str(settings.problems[0])


def test_keys_go_to_a_file_and_come_back(shortcuts, settings, tmp_path):
    settings.key_profile = "ppocrlabel"
    shortcuts.set_keys("note", ["F12"])
    shortcuts.save(tmp_path / "键 keys.json")
    other = Settings(tmp_path / "other.ini")
    loaded = Shortcuts(other)
    loaded.add(COMMANDS)
    loaded.load(tmp_path / "键 keys.json")
    assert other.key_profile == "ppocrlabel"
    assert loaded.keys("note") == ("F12",)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[]", b"{}", json.dumps({"kind": "ocrstudio keys", "profile": "vim", "keys": {}}).encode()],
)
def test_file_that_holds_no_keys_changes_nothing(shortcuts, settings, tmp_path, content):
    (tmp_path / "keys.json").write_bytes(content)
    with pytest.raises(StudioError, match=r"keys\.json"):
        shortcuts.load(tmp_path / "keys.json")
    assert (settings.key_profile, settings.own_keys) == ("studio", {})


def test_missing_file_of_keys_is_named(shortcuts, tmp_path):
    with pytest.raises(StudioError, match=r"none\.json"):
        shortcuts.load(tmp_path / "none.json")
