"""What an evaluation got wrong, written and read back, whatever happened to the file."""

import random
from pathlib import Path

from ocrstudio.formats.wrong import (
    MOST,
    WRONG_FILE,
    WrongLine,
    WrongPage,
    read_wrong,
    write_wrong,
    wrong_lines,
    wrong_pages,
)


def test_lines_come_worst_first_and_right_ones_not_at_all():
    images = [Path(f"{name}.png") for name in "abcd"]
    wrong = wrong_lines(images, [("same", "same"), ("1948-A", "1948 A"), ("Ⅻ", ""), ("", "noise")])
    assert (wrong.measured, wrong.wrong) == (4, 3)
    assert [(item.image.name, item.cer) for item in wrong.items] == [("d.png", 5), ("c.png", 1), ("b.png", 1 / 6)]


def test_pages_without_mistakes_are_left_out():
    box = ((0.0, 0.0), (9.0, 0.0), (9.0, 5.0))
    mistakes = {"right.png": ((), ()), "a.png": ((box,), ()), "b.png": ((box,), (box,))}
    wrong = wrong_pages(7, [WrongPage(Path(name), *boxes) for name, boxes in mistakes.items()])
    assert (wrong.measured, wrong.wrong) == (7, 2)
    assert [item.image.name for item in wrong.items] == ["b.png", "a.png"]


def test_both_kinds_come_back_as_they_were_written(tmp_path):
    image = tmp_path / "图 Ⅻ.png"
    lines = wrong_lines([image] * 300, [("text", "next")] * 300)
    write_wrong(tmp_path, lines)
    assert read_wrong(tmp_path) == lines
    assert len(lines.items) == MOST
    pages = wrong_pages(1, [WrongPage(image, (((0.0, 0.5), (9.0, 0.0), (9.0, 5.0)),), ())])
    write_wrong(tmp_path, pages)
    assert read_wrong(tmp_path) == pages


def test_a_broken_file_gives_what_is_left_of_it(tmp_path):
    assert read_wrong(tmp_path) is None
    write_wrong(tmp_path, wrong_lines([tmp_path / "a.png"] * 20, [("text", "next")] * 20))
    file = tmp_path / WRONG_FILE
    data, chance = file.read_bytes(), random.Random(0)
    odd = b'{"image": "p", "missed": [[1, 2], [[1, "x"]], "no", [[1, 2]]]}'
    file.write_bytes(data[:-30] + b'\n{"image": 7}\n[1]\n' + odd + b"\n")
    found = read_wrong(tmp_path)
    assert isinstance(found.items[0], WrongLine)
    assert found.items[-1] == WrongPage(Path("p"), (((1.0, 2.0),),), ())
    for _ in range(200):
        broken = bytearray(data)
        for _ in range(8):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        file.write_bytes(broken)
        read_wrong(tmp_path)
    file.write_bytes(b"")
    assert read_wrong(tmp_path) is None
