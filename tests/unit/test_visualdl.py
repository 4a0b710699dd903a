"""VisualDL's record files, written here byte by byte as its protocol says."""

import random
import struct

import pytest

from ocrstudio.core.errors import FormatError
from ocrstudio.formats.old_run import open_old_run
from ocrstudio.formats.visualdl import read_visualdl, record_files


def varint(number):
    out = bytearray()
    number &= 2**64 - 1
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def text(number, data):
    return varint(number << 3 | 2) + varint(len(data)) + data


def value(tag, step, scalar=None, *, milliseconds=1_700_000_000_000, extra=b""):
    content = varint(1 << 3) + varint(step) + text(2, tag.encode()) + varint(3 << 3) + varint(milliseconds) + extra
    if scalar is not None:
        content += varint(4 << 3 | 5) + struct.pack("<f", scalar)
    record = text(1, content)
    return struct.pack("<Q", len(record)) + record


def training():
    data = value("meta_data_tag", 0, extra=text(10, b"name"))
    for step in (10, 20):
        data += value("TRAIN/loss", step, 80 / step) + value("TRAIN/avg_reader_cost", step, 0.5)
        data += value("EVAL/acc", step, step / 40) + value("EVAL/best_acc", step, step / 40)
        data += value("picture", step, extra=text(5, text(4, b"PNG" * 100)))
    return data + value("other/thing", 20, 3.0)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "vdl").mkdir()
    (tmp_path / "vdl" / "vdlrecords.1700000000.log").write_bytes(training())
    return tmp_path


def test_the_scalars_become_curves(folder):
    history = read_visualdl(record_files(folder))
    assert history.series("train", "loss") == ([10, 20], [8, 4])
    assert history.series("train", "reader_cost") == ([10, 20], [0.5, 0.5])
    assert history.series("train", "other_thing") == ([20], [3])
    assert history.series("eval", "acc") == ([10, 20], [0.25, 0.5])
    assert history.names("eval") == ["acc"]
    assert history.best["step"] == 20
    assert history.tables["train"].times[0] == 1_700_000_000


def test_a_run_that_went_on_has_a_second_file(folder):
    (folder / "vdl" / "vdlrecords.1700009999.log").write_bytes(
        value("TRAIN/loss", 20, 3.0) + value("TRAIN/loss", 30, 2.0)
    )
    old = open_old_run(folder)
    assert old.history.series("train", "loss") == ([10, 20, 30], [8, 3, 2])


def test_a_file_cut_anywhere_or_broken_gives_what_comes_before(tmp_path):
    data, path = training(), tmp_path / "vdlrecords.1.log"
    chance = random.Random(0)
    for length in range(0, len(data), 7):
        path.write_bytes(data[:length])
        try:
            assert len(read_visualdl([path]).series("train", "loss")[0]) <= 2
        except FormatError:
            assert length < 200
    for _ in range(200):
        broken = bytearray(data)
        for _ in range(5):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        path.write_bytes(broken)
        try:
            read_visualdl([path])
        except FormatError:
            continue


def test_files_without_scalars_are_named(tmp_path):
    path = tmp_path / "vdlrecords.1.log"
    path.write_bytes(b"\xff" * 100)
    with pytest.raises(FormatError, match=r"vdlrecords\.1\.log holds no curves"):
        open_old_run(path)
