"""Choices survive a restart, and a file that somebody broke never stops the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt5.QtCore import QByteArray

from ocrstudio import paths
from ocrstudio.services.settings import Settings, WindowState


@pytest.fixture
def path(qapp, tmp_path):
    return tmp_path / "a folder Ⅻ" / "settings.ini"


def test_fresh_settings_have_the_defaults_and_write_nothing(path):
    settings = Settings(path)
    assert (settings.language, settings.theme, settings.font_percent) == ("system", "system", 100)
    assert settings.recent_projects == []
    assert settings.problems == []
    assert not path.exists()


def test_choices_survive_a_restart(path):
    settings = Settings(path)
    settings.language, settings.theme, settings.font_percent = "zh_CN", "dark", 150
    settings.add_recent_project(Path("/one, two/图"))
    again = Settings(path)
    assert (again.language, again.theme, again.font_percent) == ("zh_CN", "dark", 150)
    assert again.recent_projects == ["/one, two/图"]
    assert again.problems == []


def test_file_holds_only_what_differs_from_the_defaults(path):
    settings = Settings(path)
    settings.theme = "dark"
    settings.theme = "system"
    settings.font_percent = 120
    text = path.read_text()
    assert "font_percent" in text
    assert "theme" not in text


def test_change_is_told_once_by_its_key(path):
    settings = Settings(path)
    heard = []
    settings.changed.connect(heard.append)
    settings.theme = "dark"
    settings.theme = "dark"
    assert heard == ["theme"]


def test_value_out_of_range_is_clamped_or_refused(path):
    settings = Settings(path)
    settings.font_percent = 1000
    assert settings.font_percent == 200
    with pytest.raises(ValueError, match="purple"):
        settings.theme = "purple"
    assert settings.theme == "system"


def test_recent_projects_are_newest_first_without_doubles_and_at_most_ten(path):
    settings = Settings(path)
    for number in [*range(12), 5]:
        settings.add_recent_project(Path(f"/project{number}"))
    assert len(settings.recent_projects) == 10
    assert settings.recent_projects[:2] == ["/project5", "/project11"]
    settings.forget_recent_project(Path("/project5"))
    assert settings.recent_projects[0] == "/project11"


def test_wrong_value_gives_the_default_and_a_message_naming_it(path):
    path.parent.mkdir()
    path.write_text("[General]\ntheme=purple\nfont_percent=big\nrecent_projects=oops\nlanguage=en\n")
    settings = Settings(path)
    assert (settings.theme, settings.font_percent, settings.recent_projects) == ("system", 100, [])
    assert settings.language == "en"
    told = " ".join(map(str, settings.problems))
    assert "theme" in told
    assert "purple" in told
    assert str(path) in told
    assert len(settings.problems) == 3


def test_unknown_setting_is_named_and_kept(path):
    path.parent.mkdir()
    path.write_text("[General]\ncolour=red\n")
    settings = Settings(path)
    assert "colour" in str(settings.problems[0])
    settings.theme = "dark"
    assert "colour=red" in path.read_text()


@pytest.mark.parametrize("content", [b"\x00\xff\xfe not a settings file\n\x01", b"just words, no settings\n"])
def test_broken_file_gives_defaults_a_message_and_is_kept_aside(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    settings = Settings(path)
    assert (settings.theme, settings.font_percent) == ("system", 100)
    assert "could not be read" in str(settings.problems[0])
    assert path.with_suffix(".broken.ini").read_bytes() == content
    settings.theme = "dark"
    assert Settings(path).theme == "dark"


def test_default_path_is_in_the_users_own_folder(qapp, isolated_home):
    settings = Settings()
    settings.theme = "light"
    assert settings.path == paths.user_config() / "settings.ini"
    assert isolated_home in settings.path.parents
    assert settings.path.is_file()


def test_window_state_is_kept_apart(path):
    WindowState(path.with_name("window.ini")).put("geometry", QByteArray(b"\x00\x01abc"))
    assert bytes(WindowState(path.with_name("window.ini")).get("geometry")) == b"\x00\x01abc"
    assert WindowState(path.with_name("window.ini")).get("splitter").isEmpty()
    assert not path.exists()


def test_file_that_cannot_be_written_is_told_once_and_the_choice_holds(qapp, tmp_path):
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "settings.ini")
    heard = []
    settings.problem_found.connect(heard.append)
    settings.theme, settings.font_percent = "dark", 150
    assert (settings.theme, settings.font_percent) == ("dark", 150)
    assert len(heard) == 1
    assert "could not be written" in str(heard[0])
    assert settings.problems == heard


def test_choices_of_labelling_survive_a_restart(path):
    settings = Settings(path)
    settings.key_classes, settings.kie_mode, settings.read_new_boxes = ["日期", "a, b", "日期"], True, False
    settings.low_confidence, settings.dictionary, settings.palette_rows = 0.25, "/字典.txt", ["Roman: ⅠⅡ"]
    again = Settings(path)
    assert (again.key_classes, again.kie_mode, again.read_new_boxes) == (["日期", "a, b"], True, False)
    assert (again.low_confidence, again.dictionary, again.palette_rows) == (0.25, "/字典.txt", ["Roman: ⅠⅡ"])
    assert again.problems == []
