"""One character per line."""

import pytest

from ocrstudio.core.errors import FormatError, ProjectError
from ocrstudio.formats.dictionary import read_any, read_classes, read_dictionary, write_dictionary


def test_what_is_written_comes_back(tmp_path):
    characters = ("a", "Ⅻ", "\u3000", " ", "é", "\u2028", "🛁")
    write_dictionary(tmp_path / "dict.txt", characters)
    assert read_dictionary(tmp_path / "dict.txt") == characters


@pytest.mark.parametrize("data", [b"a\r\nb\r\n", b"\xef\xbb\xbfa\nb", b"a\nb\n", b"a\r\nb"])
def test_line_ends_and_a_byte_order_mark_are_no_characters(tmp_path, data):
    (tmp_path / "d").write_bytes(data)
    assert read_dictionary(tmp_path / "d") == ("a", "b")


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"a\n\nb\n", 2, "is empty"),
        (b"a\nb\na\n", 3, "already in line 1"),
        ("a\n发\n".encode("gbk"), 2, "not UTF-8"),
        (b"a\n\n", 2, "is empty"),
    ],
)
def test_a_line_that_is_no_character_is_named(tmp_path, data, line, words):
    (tmp_path / "d").write_bytes(data)
    with pytest.raises(FormatError, match=words) as caught:
        read_dictionary(tmp_path / "d")
    assert caught.value.values["line"] == line
    assert str(tmp_path / "d") in str(caught.value)


def test_an_empty_and_a_missing_dictionary_are_named(tmp_path):
    (tmp_path / "d").write_bytes(b"")
    for read in (read_dictionary, read_classes, read_any):
        with pytest.raises(FormatError, match="empty dictionary"):
            read(tmp_path / "d")
    with pytest.raises(ProjectError, match="gone"):
        read_dictionary(tmp_path / "gone")


def test_a_models_own_dictionary_keeps_its_empty_and_repeated_lines(tmp_path):
    path = tmp_path / "dict.txt"
    path.write_bytes(b"a\r\n\nb\na\n \n")

    assert read_classes(path) == ("a", "", "b", "a", " ")
