"""Recognition lists."""

from pathlib import PurePosixPath

import pytest

from ocrstudio.core.errors import FormatError
from ocrstudio.formats.rec_list import format_rec_line, read_rec_list, write_rec_list


def test_what_is_written_comes_back_with_paths_joined_to_the_data_folder(tmp_path):
    write_rec_list(tmp_path / "train.txt", [("train/a 1.png", "Ⅻ = 12"), ("train/发.png", " x")])
    assert (tmp_path / "train.txt").read_bytes() == "train/a 1.png\tⅫ = 12\ntrain/发.png\t x\n".encode()
    samples = read_rec_list(tmp_path / "train.txt", tmp_path / "data")
    assert [(sample.image, sample.text) for sample in samples] == [
        (tmp_path / "data" / "train" / "a 1.png", "Ⅻ = 12"),
        (tmp_path / "data" / "train" / "发.png", " x"),
    ]


def test_line_ends_byte_order_mark_blank_lines_and_a_missing_last_line_end_do_no_harm(tmp_path):
    (tmp_path / "l").write_bytes("\ufeffa.png\tx\r\n\n   \r\nb.png\ty\u2028z\nc.png\t".encode())
    assert [sample.text for sample in read_rec_list(tmp_path / "l", tmp_path)] == ["x", "y\u2028z", ""]
    assert read_rec_list(tmp_path / "l", tmp_path)[0].image.name == "a.png"


def test_an_absolute_path_stays_and_a_json_list_gives_one_sample_each(tmp_path):
    (tmp_path / "l").write_text(f'{tmp_path}/x.png\ta\n["b.png", "c.png"]\tb\n[odd].png\tc\n')
    images = [sample.image for sample in read_rec_list(tmp_path / "l", tmp_path / "data")]
    data = tmp_path / "data"
    assert images == [tmp_path / "x.png", data / "b.png", data / "c.png", data / "[odd].png"]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"a.png\tx\nb.png x\n", 2, "found 0"),
        (b"a.png\tx\ty\n", 1, "found 2"),
        (b"a.png\tx\n\ty\n", 2, "path is missing"),
        ("a.png\tx\n\nb.png\t发票\n".encode("gbk"), 3, "not UTF-8"),
    ],
)
def test_a_line_that_breaks_the_format_is_named(tmp_path, data, line, words):
    (tmp_path / "l").write_bytes(data)
    with pytest.raises(FormatError, match=words) as caught:
        read_rec_list(tmp_path / "l", tmp_path)
    assert caught.value.values["line"] == line
    assert f"{tmp_path / 'l'}, line {line}" in str(caught.value)


@pytest.mark.parametrize(("name", "text"), [("a\tb.png", "x"), ("a.png", "x\ty"), ("a.png", "x\n"), ("a.png", "\r")])
def test_what_would_break_a_list_is_refused(name, text):
    with pytest.raises(FormatError, match="cannot be written"):
        format_rec_line(name, text)


def test_paths_are_written_with_forward_slashes():
    assert format_rec_line(PurePosixPath("train", "a.png"), "x") == "train/a.png\tx\n"
