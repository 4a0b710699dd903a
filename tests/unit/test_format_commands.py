"""`ocrstudio split`, `export` and `config` as scripts call them."""

import json
import subprocess
import sys

import pytest
import yaml
from small_projects import labelled, make_folder

from ocrstudio.formats.dataset_folder import read_split


@pytest.fixture
def folder(tmp_path):
    path = make_folder(tmp_path, tuple(f"p{number}.png" for number in range(5)), folder="页 1")
    labelled(path, [[f"Ⅻ {number}"] for number in range(5)])
    return path


def run(*arguments):
    command = [sys.executable, "-m", "ocrstudio", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_a_dry_run_says_what_goes_where_and_writes_nothing(folder):
    before = sorted(folder.rglob("*"))
    done = run("split", folder, "--dry-run", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert {part: counts["pages"] for part, counts in result["parts"].items()} == {"train": 3, "val": 1, "test": 1}
    assert sum(len(keys) for keys in result["pages"].values()) == 5
    assert sorted(folder.rglob("*")) == before


def test_split_writes_where_it_says_and_config_new_uses_it(folder, tmp_path):
    result = json.loads(run("split", folder, "--json", "--seed", "3", "--name", "my/set").stdout)
    dataset = folder / ".ocrstudio" / "datasets" / "my-set"
    assert result["out"] == str(dataset)
    assert read_split(dataset)["seed"] == 3
    config = tmp_path / "c.yml"
    done = run("config", "new", "--dataset", dataset, "--out", config, "-o", "Global.epoch_num=3")
    assert done.returncode == 0, done.stderr
    values = yaml.safe_load(config.read_text(encoding="utf-8"))
    assert values["Global"]["epoch_num"] == 3
    assert values["Train"]["dataset"]["label_file_list"] == [(dataset / "rec" / "train.txt").as_posix()]
    assert values["Global"]["character_dict_path"] == (dataset / "dict.txt").as_posix()


def test_config_set_changes_the_file_and_show_prints_it(tmp_path):
    config = tmp_path / "c.yml"
    run("config", "new", "--out", config)
    done = run("config", "set", config, "Optimizer.lr.learning_rate=1e-3", "Global.use_gpu=true")
    assert done.returncode == 0, done.stderr
    shown = run("config", "show", config)
    assert "learning_rate: 0.001" in shown.stdout
    assert json.loads(run("config", "show", config, "--json").stdout)["config"]["Global"]["use_gpu"] is True


def test_export_writes_ppocrlabels_files(folder):
    done = run("export", folder, "--json")
    assert json.loads(done.stdout)["lines"] == 5
    assert (folder / "rec_gt.txt").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["split", "nowhere"], "nowhere"),
        (["split", "{folder}", "--ratio", "0:1:1"], "6:2:2"),
        (["export", "nowhere"], "nowhere"),
        (["config", "show", "nowhere.yml"], "nowhere.yml"),
        (["config", "new", "--dataset", "nowhere", "--out", "x.yml"], "no dataset"),
        (["config", "new", "--template", "none", "--out", "x.yml"], "ppocrv6_small_rec"),
    ],
)
def test_bad_input_gives_one_clear_line_and_code_1(folder, arguments, words):
    done = run(*[text.format(folder=folder) for text in arguments])
    assert done.returncode == 1
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_wrong_usage_gives_code_2():
    assert run("split").returncode == 2
    assert run("config").returncode == 2
