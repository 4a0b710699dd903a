"""Names beside others."""

from itertools import islice
from pathlib import PurePosixPath

from ocrstudio.formats.free_place import free_place, numbered


def test_numbers_stand_before_the_ending_of_a_file_and_behind_the_name_of_a_folder():
    names = islice(numbered(PurePosixPath("a/b.c.png")), 3)
    assert [str(name) for name in names] == ["a/b.c.png", "a/b.c (2).png", "a/b.c (3).png"]
    names = islice(numbered(PurePosixPath("v1.5"), "-{}", is_folder=True), 2)
    assert [str(name) for name in names] == ["v1.5", "v1.5-2"]


def test_the_first_place_where_nothing_is_is_taken(tmp_path):
    assert free_place(tmp_path / "x.txt") == tmp_path / "x.txt"
    (tmp_path / "x.txt").touch()
    (tmp_path / "x (2).txt").mkdir()
    assert free_place(tmp_path / "x.txt") == tmp_path / "x (3).txt"
