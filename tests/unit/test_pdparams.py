"""Checkpoint files are data: whole ones come back as they were written, anything else is refused by name."""

from __future__ import annotations

import io
import pickle
import struct
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest

from ocrstudio.core.errors import ProjectError
from ocrstudio.formats import pdparams
from ocrstudio.formats.pdparams import NAME_TABLE, read_pickle, read_tensors, write_pickle, write_tensors


def tensors() -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)
    return {
        "conv.weight": random.normal(size=(4, 3, 2, 2)).astype(np.float32),
        "fc.weight": np.asfortranarray(random.normal(size=(5, 7)).astype(np.float32)),
        "count": np.array(3, np.int64),
        "none": np.zeros((0, 4), np.float32),
    }


def written(tmp_path: Path, content: object, protocol: int = 4) -> Path:
    path = tmp_path / "file.pdparams"
    path.write_bytes(content if isinstance(content, bytes) else pickle.dumps(content, protocol))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ProjectError) as caught:
        read_pickle(path)
    assert str(path) in str(caught.value)
    assert caught.value.remedy
    return str(caught.value)


def test_tensors_come_back_as_they_were_written(tmp_path):
    path = tmp_path / "a.pdparams"

    write_tensors(path, tensors())
    read = read_tensors(path)

    assert list(read) == list(tensors())
    for name, array in tensors().items():
        assert np.array_equal(read[name], array)
        assert read[name].dtype == array.dtype
        assert read[name].shape == array.shape
        assert read[name].flags.writeable
    assert read_pickle(path)[NAME_TABLE]["fc.weight"] == "fc.weight"
    assert [file.name for file in tmp_path.iterdir()] == ["a.pdparams"]


@pytest.mark.parametrize("protocol", range(6))
def test_every_protocol_of_pickle_is_read(tmp_path, protocol):
    if protocol < 2:
        content = {"best_model_dict": {"acc": 0.5, "best_epoch": 2}, "epoch": 3, "list": [1, (2, None), "x"]}
    else:
        content = {"a": tensors()["fc.weight"], "scalar": np.float64(0.25), NAME_TABLE: OrderedDict(a="linear_0.w_0")}

    read = read_pickle(written(tmp_path, content, protocol))

    assert read.keys() == content.keys()
    if protocol < 2:
        assert read == content
    else:
        assert np.array_equal(read["a"], content["a"])
        assert read["scalar"] == 0.25
        assert read[NAME_TABLE] == {"a": "linear_0.w_0"}


def test_numpys_own_unpickler_reads_ours_under_the_name_that_every_numpy_knows(tmp_path):
    path = tmp_path / "a.pdopt"
    write_pickle(
        path, {"moment": tensors()["fc.weight"], "LR_Scheduler": {"last_lr": np.float64(0.5), "last_epoch": 7}}
    )

    read = pickle.loads(path.read_bytes())  # noqa: S301 - our own file

    assert np.array_equal(read["moment"], tensors()["fc.weight"])
    assert read["LR_Scheduler"] == {"last_lr": 0.5, "last_epoch": 7}
    assert b"numpy._core" not in path.read_bytes()


def test_big_endian_arrays_become_native(tmp_path):
    read = read_pickle(written(tmp_path, {"a": np.arange(5, dtype=">f4")}))

    assert read["a"].tolist() == [0, 1, 2, 3, 4]
    assert read["a"].dtype == np.dtype("<f4").newbyteorder("=")


def test_one_array_under_two_names_is_read_once(tmp_path):
    array = tensors()["fc.weight"]

    read = read_pickle(written(tmp_path, {"a": array, "b": array}))

    assert read["a"] is read["b"]


def test_a_tensor_that_was_saved_with_its_runtime_name_is_its_array(tmp_path):
    path = written(tmp_path, {"a": ("linear_0.w_0", np.ones(3, np.float32))})

    assert read_tensors(path)["a"].tolist() == [1, 1, 1]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_file_cut_off_by_a_kill_is_refused(tmp_path, share):
    path = tmp_path / "latest.pdparams"
    write_tensors(path, tensors())
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])

    refusal(path)


def test_any_damaged_byte_is_refused_or_read_as_data(tmp_path):
    write_tensors(tmp_path / "a", {"a": np.ones(2, np.float32)})
    whole = (tmp_path / "a").read_bytes()
    refused = 0
    for place in range(len(whole)):
        for value in (0, 0x2E, 0x52, 0x62, 0xFF):
            path = written(tmp_path, whole[:place] + bytes([value]) + whole[place + 1 :])
            try:
                read_pickle(path)
            except ProjectError:
                refused += 1
    assert refused > len(whole)


class Hostile:
    def __init__(self, function: object, *arguments: object) -> None:
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


@pytest.mark.parametrize(
    "function", [print, eval, getattr, io.open, np.load, np.frombuffer, pickle.loads], ids=lambda item: item.__name__
)
def test_nothing_is_called(tmp_path, function):
    marker = tmp_path / "made by the file"

    said = refusal(written(tmp_path, {"a": Hostile(function, str(marker))}))

    assert "has no place in it" in said
    assert not marker.exists()


def test_arrays_of_objects_are_refused(tmp_path):
    assert "of type O" in refusal(written(tmp_path, {"a": np.array([{}, []], object)}))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x80\x02}r\xff\xff\xff\x7f.", id="a note with a huge number"),
        pytest.param(b"\x80\x04\x8e" + struct.pack("<Q", 1 << 60) + b"x.", id="bytes longer than the file"),
        pytest.param(b"\x80\x02}q\x00(K\x01" + b"]" * 300 + b"a" * 299 + b"u.", id="deeply nested lists"),
        pytest.param(b"\x80\x02]q\x00h\x00a.", id="a list that contains itself"),
        pytest.param(b"\x80\x02cnumpy\nndarray\n}K\x01K\x02sb.", id="state for a class"),
        pytest.param(b"\x80\x02cnumpy\ndtype\n}K\x01K\x02sb.", id="state for a function"),
        pytest.param(b"\x80\x02cnumpy\nndarray\n)\x81.", id="a new object"),
        pytest.param(b"\x80\x02\x82\x01.", id="an extension"),
        pytest.param(b"\x80\x02X\x01\x00\x00\x00aQ.", id="a persistent object"),
        pytest.param(b"\x80\x02K\x07.", id="a number"),
        pytest.param(b"\x80\x02]q\x00.", id="a list"),
        pytest.param(b"hello", id="text"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_crafted_files_are_refused(tmp_path, data):
    refusal(written(tmp_path, data))


def test_shared_containers_do_not_multiply(tmp_path):
    laughs: list[object] = ["ha"]
    for _ in range(30):
        laughs = [laughs] * 10

    read = read_pickle(written(tmp_path, {"a": laughs}))

    assert read["a"][0] is read["a"][9]


def test_shared_bytes_do_not_multiply(tmp_path):
    raw = bytes(100_000)
    part = (np._core.numeric._frombuffer if hasattr(np, "_core") else np.core.numeric._frombuffer), np.dtype("u1")
    arrays = [Hostile(part[0], raw, part[1], (len(raw),), "C") for _ in range(50)]

    assert "larger than the file" in refusal(written(tmp_path, {"a": arrays}))


def test_too_large_files_are_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(pdparams, "MAX_BYTES", 10)

    assert "larger than" in refusal(written(tmp_path, {"a": "0123456789"}))


def test_a_missing_file_is_named(tmp_path):
    refusal(tmp_path / "absent.pdparams")


def test_a_file_of_states_is_not_taken_for_weights(tmp_path):
    path = tmp_path / "latest.states"
    write_pickle(path, {"epoch": 3})

    with pytest.raises(ProjectError, match="epoch is no array"):
        read_tensors(path)


def test_unknown_things_are_not_written(tmp_path):
    with pytest.raises(TypeError):
        write_pickle(tmp_path / "a", {"a": object()})
    assert not list(tmp_path.iterdir())
