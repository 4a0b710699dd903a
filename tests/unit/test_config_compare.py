"""Configs compared, their templates found, `-o` read and written, what a project knows filled in."""

import argparse
import shlex

import pytest

from ocrstudio.commands import config as config_command
from ocrstudio.core.config_difference import ABSENT, Difference, differences
from ocrstudio.core.errors import ConfigError
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.config_base import find_base, own_bases, refuse_template
from ocrstudio.formats.config_fill import fill_in
from ocrstudio.formats.config_overrides import command_line, overrides_of, read_line, read_override
from ocrstudio.paths import resources


@pytest.mark.parametrize(
    ("theirs", "mine", "found"),
    [
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, [("a.c", 2, 3)]),
        ({"a": {"b": 1}}, {"a": {"c": 1}}, [("a.c", ABSENT, 1), ("a.b", 1, ABSENT)]),
        ({"a": [1, 2]}, {"a": [1, 2, 3]}, [("a", [1, 2], [1, 2, 3])]),
        ({"t": [{"X": {"p": 1}}, {"Y": None}]}, {"t": [{"X": {"p": 2}}, {"Y": None}]}, [("t.0.X.p", 1, 2)]),
        ({"t": [{"X": 1}]}, {"t": [{"Y": 1}]}, [("t", [{"X": 1}], [{"Y": 1}])]),
        ({"a": True}, {"a": 1}, [("a", True, 1)]),
        ({"a": 1, "b": None}, {"a": 1.0, "b": None}, []),
    ],
)
def test_differences_are_told_key_by_key(theirs, mine, found):
    assert differences(theirs, mine) == [Difference(*one) for one in found]


def test_a_config_knows_its_template_by_name_or_by_network():
    for base in own_bases():
        config = TrainConfig.template(base.name)
        config.set("Global.epoch_num", 99)
        assert find_base(config.plain()).name == base.name
        config.remove("Global.model_name")
        assert find_base(config.plain()).name == base.name
    config.set("Architecture.model_type", "cls")
    assert find_base(config.plain()) is None


NOTED = [
    ("Global.x=1e-3", 0.001, "for text; in the config it becomes 0.001"),
    ("Global.x=None", None, "for a text; in the config it becomes null"),
    ("Global.x=12:30", "12:30", "makes 750 of 12:30"),
    ("Global.x=#note", "#note", "makes null of #note"),
    ("Global.x=a=b", "a=b", "fails on a value with ="),
    ("Train.dataset.transforms.0.X.p=1", 1, "cannot reach into lists"),
    ("Global.character_dict_path=007", "007", "makes 7 of 007"),
]


@pytest.mark.parametrize(("text", "value", "note"), NOTED)
def test_what_paddleocr_would_read_otherwise_is_told(text, value, note):
    override = read_override(text)
    assert override.value == value
    assert note in " ".join(finding.text() for finding in override.notes)


@pytest.mark.parametrize("text", ["a=no", "a=On", "a=5", "a=1.0e-3", "a=[0, 500]", "a=x/y.txt", "a='no'", "a=null"])
def test_what_both_read_alike_needs_no_note(text):
    import yaml

    override = read_override(text)
    assert not override.notes
    assert override.value == yaml.safe_load(text.partition("=")[2])


def test_a_pasted_command_is_taken_apart():
    line = "python3 tools/train.py -c a.yml -o Global.epoch_num=5 Global.note='x y' c.d=[0, 500] -x other=1"
    overrides, notes = read_line(line)
    assert [(one.key, one.value) for one in overrides] == [
        ("Global.epoch_num", 5),
        ("Global.note", "x y"),
        ("c.d", [0, 500]),
    ]
    assert not notes
    overrides, notes = read_line("-o a.b=1 -o c.d=2")
    assert [one.key for one in overrides] == ["c.d"]
    assert "only the last -o" in notes[0].text()
    assert [one.value for one in read_line(r"a=C:\new b={x: 1}")[0]] == [r"C:\new", {"x": 1}]
    with pytest.raises(ConfigError, match="no override"):
        read_line("-o lonely")


def test_overrides_of_the_differences_lead_back_to_the_config():
    template = TrainConfig.template()
    config = template.copy()
    changes = {
        "Global.epoch_num": 3,
        "Global.pretrained_model": "my weights/收据 v1",
        "Global.character_dict_path": "null",
        "Optimizer.lr.learning_rate": 1e-5,
        "Train.dataset.label_file_list": ["a b.txt", "it's.txt"],
        "Train.dataset.transforms.3.RecResizeImg.image_shape": [3, 48, 640],
        "Global.use_gpu": True,
        "Global.note": "no",
    }
    for key, value in changes.items():
        config.set(key, value)
    config.remove("Global.seed")
    overrides, notes = overrides_of(differences(template.plain(), config.plain()))
    assert [note.values["key"] for note in notes] == ["Global.seed"]
    words = shlex.split(command_line("c.yml", overrides))
    assert words[:4] == ["ocrstudio", "train", "c.yml", "-o"]
    for word in words[4:]:
        override = read_override(word)
        template.set(override.key, override.value)
    template.remove("Global.seed")
    assert template.plain() == config.plain()


def test_templates_are_never_written_over(tmp_path):
    with pytest.raises(ConfigError, match="is a template"):
        refuse_template(resources() / "config" / "ppocrv6_small_rec.yml")
    (tmp_path / "PaddleOCR" / "tools").mkdir(parents=True)
    (tmp_path / "PaddleOCR" / "tools" / "train.py").touch()
    with pytest.raises(ConfigError, match="is a template"):
        refuse_template(tmp_path / "PaddleOCR" / "configs" / "rec" / "a.yml")
    refuse_template(tmp_path / "configs" / "a.yml")


def dataset(folder, lines):
    (folder / "rec").mkdir(parents=True)
    for part in ("train", "val"):
        (folder / "rec" / f"{part}.txt").write_text("a.png\tx\n" * lines)
    (folder / "dict.txt").write_text("x\n")
    return folder


def test_what_the_project_knows_is_filled_in(tmp_path):
    config = TrainConfig.template()
    config.set("Global.pretrained_model", "https://example.org/weights.pdparams")
    config.set("Global.eval_batch_step", [0, 2000])
    filled = fill_in(config, dataset(tmp_path / "set", 5), tmp_path / "runs")
    changed = {one.key: one.mine for one in differences(config.plain(), filled.plain())}
    assert changed == {
        "Global.pretrained_model": "PP-OCRv6_small_rec",
        "Global.eval_batch_step": [0, 0],
        "Global.save_model_dir": (tmp_path / "runs").as_posix(),
        "Global.character_dict_path": (tmp_path / "set" / "dict.txt").as_posix(),
        "Train.dataset.data_dir": (tmp_path / "set" / "rec").as_posix(),
        "Train.dataset.label_file_list": [(tmp_path / "set" / "rec" / "train.txt").as_posix()],
        "Eval.dataset.data_dir": (tmp_path / "set" / "rec").as_posix(),
        "Eval.dataset.label_file_list": [(tmp_path / "set" / "rec" / "val.txt").as_posix()],
        "Train.loader.batch_size_per_card": 5,
    }
    assert differences(filled.plain(), fill_in(filled, tmp_path / "set", tmp_path / "runs").plain()) == []
    kept = fill_in(config, tmp_path / "set", tmp_path / "runs", own_characters=False)
    assert kept.get("Global.character_dict_path") is None


class Told:
    """A report that keeps what it is told."""

    def __init__(self):
        self.lines, self.warnings = [], []
        self.line, self.warn = self.lines.append, self.warnings.append


def command(*words):
    parser = argparse.ArgumentParser()
    config_command.add_arguments(parser)
    told = Told()
    return config_command.run(parser.parse_args([str(word) for word in words]), told), told


def test_the_commands_write_show_and_compare(tmp_path):
    file = tmp_path / "my config Ⅻ.yml"
    _, told = command("new", "--out", file, "-o", "Global.epoch_num=7", "Optimizer.lr.learning_rate=1e-3")
    assert "takes 1e-3" in told.warnings[0]
    before = file.read_text(encoding="utf-8")
    command("set", file, "Global.seed=3")
    assert file.read_text(encoding="utf-8") == before.replace("seed: 1024", "seed: 3")
    result, told = command("diff", file)
    assert result["against"] == "ppocrv6_small_rec"
    assert {one["key"]: (one["theirs"], one["mine"]) for one in result["differences"]} == {
        "Global.epoch_num": (20, 7),
        "Global.seed": (1024, 3),
        "Optimizer.lr.learning_rate": (0.0005, 0.001),
    }
    assert "Global.epoch_num: 20 -> 7" in told.lines
    _, told = command("diff", file, "--against", "ppocrv4_mobile_rec", "--text")
    assert "-  model_name: PP-OCRv4_mobile_rec" in told.lines
    result, _ = command("show", file, "Global.epoch_num")
    known = result["keys"][0]
    assert (known["value"], known["usual"], known["minimum"], known["unit"]) == (7, 20, 1, "epochs")
    with pytest.raises(ConfigError, match="is a template"):
        command("set", resources() / "config" / "ppocrv6_small_rec.yml", "Global.seed=3")


def test_the_recipe_command_counts_advises_and_writes(tmp_path):
    out = tmp_path / "c.yml"
    result, told = command("recipe", "codes", "--dataset", dataset(tmp_path / "set", 30), "--out", out)
    assert result["samples"] == 30
    assert all(one["why"] and one["source"] for one in result["values"])
    assert TrainConfig.load(out).get("Global.epoch_num") == 8
    assert any("there are no more" in line.lower() or "measured" in line for line in told.lines)
    with pytest.raises(ConfigError, match="not for"):
        command("recipe", "find", out, "--engine", "paddleocr", "--samples", 9)


def test_a_detectors_config_takes_a_dataset_of_pages_alone_and_is_asked_for_by_its_models_name(tmp_path):
    (tmp_path / "set" / "det").mkdir(parents=True)
    for part in ("train", "val"):
        (tmp_path / "set" / "det" / f"{part}.txt").write_text("a.png\t[]\n", encoding="utf-8")
    new = ("new", "--dataset", tmp_path / "set", "--out", tmp_path / "det.yml", "--template")

    result, _ = command(*new, "PP-OCRv4_mobile_det")

    assert result["config"]["Global"]["model_name"] == "PP-OCRv4_mobile_det"
    assert result["config"]["Train"]["dataset"]["label_file_list"] == [str(tmp_path / "set" / "det" / "train.txt")]
    with pytest.raises(ConfigError, match="it has no rec"):
        command(*new, "PP-OCRv4_mobile_rec")
