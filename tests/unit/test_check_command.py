"""`ocrstudio check`: exit codes, the JSON object, overrides and repairs."""

from __future__ import annotations

import json
import re

import pytest
from broken_dataset import make_good
from command_line import command_line

from ocrstudio.formats.config import TrainConfig


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data Ⅻ")
    return make_good(folder / "set")


@pytest.fixture
def config(made, tmp_path):
    # the brought-along weights are another test's
    config = TrainConfig.template("ppocrv4_mobile_rec")
    config.use_dataset(made)
    config.set("Global.pretrained_model", "bundled")
    config.save(tmp_path / "rec.yml")
    return tmp_path / "rec.yml"


def run(*arguments):
    return command_line("check", *arguments)


def test_a_run_that_would_go_well_exits_with_0(config):
    done = run(config, "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == int(answer["fails"])
    failing = [one["id"] for one in answer["checks"] if one["verdict"] == "fail"]
    # a computer without Paddle cannot train, and is told so
    assert set(failing) <= {"paddle"}
    assert sum(answer["counts"].values()) == len(answer["checks"]) >= 30


def test_a_run_that_would_fail_exits_with_1_and_says_where(config):
    done = run(config, "-o", "Train.dataset.label_file_list=[/nope/list.txt]")
    assert done.returncode == 1
    assert "WILL FAIL lists" in done.stdout
    assert "the list /nope/list.txt cannot be read" in done.stdout.replace("\\", "/")
    assert re.search(r"\d+ checks: [12] would fail, \d+ would be poor, \d+ fine, \d+ not seen$", done.stdout.strip())


def test_a_repair_writes_a_config_beside_the_one_it_was_asked_about(config):
    before = config.read_text("utf-8")
    done = run(config, "--json", "-o", "Global.use_space_char=false", "--repair", "spaces")
    assert done.returncode == 0, done.stderr
    repaired = json.loads(done.stdout)["repair"]
    written = config.with_name("rec.repaired.yml")
    assert config.read_text("utf-8") == before
    assert repaired["settings"] == {"Global.use_space_char": True}
    assert repaired["written"] == [str(written)]
    assert TrainConfig.load(written).get("Global.use_space_char") is True


def test_an_unknown_check_and_a_missing_config_are_named(config, tmp_path):
    done = run(config, "--repair", "everything")
    assert (done.returncode, "There is no check everything." in done.stderr) == (1, True)
    done = run(tmp_path / "no.yml")
    assert (done.returncode, "no.yml could not be read" in done.stderr) == (1, True)
