"""`ocrstudio split`, `export` and `config` as scripts call them."""

import gc
import json
import os
import subprocess
import sys

import pytest
import yaml
from command_line import command_line
from small_projects import labelled, make_folder, png

from ocrstudio import cli
from ocrstudio.formats.dataset_folder import read_split


@pytest.fixture
def folder(tmp_path):
    path = make_folder(tmp_path, tuple(f"p{number}.png" for number in range(5)), folder="页 1")
    for number in range(5):
        (path / f"p{number}.png").write_bytes(png(40, 20 + number))
    labelled(path, [[f"Ⅻ {number}"] for number in range(5)])
    return path


def test_a_dry_run_says_what_goes_where_and_writes_nothing(folder):
    before = sorted(folder.rglob("*"))
    done = command_line("split", folder, "--dry-run", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert {part: counts["pages"] for part, counts in result["parts"].items()} == {"train": 3, "val": 1, "test": 1}
    assert sum(len(keys) for keys in result["pages"].values()) == 5
    assert sorted(folder.rglob("*")) == before


def test_split_writes_where_it_says_and_config_new_uses_it(folder, tmp_path):
    result = json.loads(command_line("split", folder, "--json", "--seed", "3", "--name", "my/set").stdout)
    dataset = folder / ".ocrstudio" / "datasets" / "my-set"
    assert result["out"] == str(dataset)
    assert read_split(dataset)["seed"] == 3
    config = tmp_path / "c.yml"
    done = command_line("config", "new", "--dataset", dataset, "--out", config, "-o", "Global.epoch_num=3")
    assert done.returncode == 0, done.stderr
    values = yaml.safe_load(config.read_text(encoding="utf-8"))
    assert values["Global"]["epoch_num"] == 3
    assert values["Train"]["dataset"]["label_file_list"] == [(dataset / "rec" / "train.txt").as_posix()]
    assert values["Global"]["character_dict_path"] == (dataset / "dict.txt").as_posix()


def test_config_set_changes_the_file_and_show_prints_it(tmp_path):
    config = tmp_path / "c.yml"
    command_line("config", "new", "--out", config)
    done = command_line("config", "set", config, "Optimizer.lr.learning_rate=1e-3", "Global.use_gpu=true")
    assert done.returncode == 0, done.stderr
    shown = command_line("config", "show", config)
    assert "learning_rate: 0.001" in shown.stdout
    assert json.loads(command_line("config", "show", config, "--json").stdout)["config"]["Global"]["use_gpu"] is True


def test_export_writes_ppocrlabels_files(folder):
    done = command_line("export", folder, "--json")
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
    done = command_line(*[text.format(folder=folder) for text in arguments])
    assert done.returncode == 1
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_wrong_usage_gives_code_2():
    assert command_line("split").returncode == 2
    assert command_line("config").returncode == 2


def written(folder, tmp_path, form, *more):
    done = command_line("export", folder, "--format", form, "--out", tmp_path / form, "--json", *more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_labels_go_out_and_come_back_in_the_format_that_is_recognised(folder, tmp_path):
    result = written(folder, tmp_path, "pagexml")
    assert (result["pages"], result["boxes"], result["problems"]) == (5, 5, [])
    other = make_folder(tmp_path, tuple(f"p{number}.png" for number in range(4)), folder="other")
    done = command_line("import", tmp_path / "pagexml", "--into", other, "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["format"], len(result["changed"]), result["missing"]) == ("pagexml", 4, ["../页 1/p4.png"])
    assert "p4.png" in done.stderr
    assert "Ⅻ 3" in (other / "Label.txt").read_text(encoding="utf-8")
    assert len((other / "fileState.txt").read_text(encoding="utf-8").splitlines()) == 4


def test_ppocrlabels_folder_has_its_labels_and_its_crops(folder, tmp_path):
    result = written(folder, tmp_path, "ppocrlabel", "--images", "copy")
    assert (result["boxes"], result["lines"]) == (5, 5)
    names = {path.name for path in (tmp_path / "ppocrlabel").iterdir()}
    assert {"Label.txt", "Cache.cach", "fileState.txt", "rec_gt.txt", "crop_img", "p0.png"} <= names
    assert (tmp_path / "ppocrlabel" / "Label.txt").read_text(encoding="utf-8").startswith("ppocrlabel/p0.png\t[{")


def test_import_copies_pictures_when_asked_and_says_what_it_would_do(folder, tmp_path):
    written(folder, tmp_path, "labelme", "--images", "copy")
    other = make_folder(tmp_path, ("p0.png",), folder="other")
    dry = command_line("import", tmp_path / "labelme", "--into", other, "--images", "--dry-run")
    assert "1 pages would be changed, 4 pictures would be copied" in dry.stdout
    assert sorted(path.name for path in other.iterdir()) == ["p0.png"]
    result = json.loads(command_line("import", tmp_path / "labelme", "--into", other, "--images", "--json").stdout)
    assert (len(result["changed"]), result["copied"]) == (5, ["p1.png", "p2.png", "p3.png", "p4.png"])


def test_what_happens_to_labels_that_are_there_is_chosen(folder, tmp_path):
    written(folder, tmp_path, "csv")
    other = make_folder(tmp_path, ("p0.png", "p1.png"), folder="other")
    labelled(other, [["mine"], ["mine"]])
    for existing, texts in {"keep": 2, "untouched": 2, "add": 2}.items():
        json.loads(command_line("import", tmp_path / "csv", "--into", other, "--existing", existing, "--json").stdout)
        assert (other / "Label.txt").read_text(encoding="utf-8").count("mine") == texts
    command_line("import", tmp_path / "csv", "--into", other, "--existing", "replace")
    assert "mine" not in (other / "Label.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "{folder}", "--format", "alto"], "--out"),
        (["export", "{folder}", "--format", "ppocrlabel", "--out", "{folder}"], "another folder"),
        (["import", "nowhere.json", "--into", "{folder}"], "nowhere.json"),
        (["import", __file__, "--into", "{folder}"], "labelme"),
    ],
)
def test_export_and_import_name_what_is_wrong(folder, arguments, words):
    done = command_line(*[text.format(folder=folder) for text in arguments])
    assert done.returncode == 1
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_reading_in_a_format_asks_for_a_place(folder):
    done = command_line("recognize", folder, "--format", "docx")
    assert done.returncode == 2
    assert "--out" in done.stderr.splitlines()[-1]


def test_a_broken_file_is_named_before_the_import_gives_up(folder, tmp_path):
    (tmp_path / "a.json").write_text('{"shapes": [', encoding="utf-8")
    done = command_line("import", tmp_path / "a.json", "--into", folder)
    assert done.returncode == 1
    first, last = done.stderr.splitlines()
    assert "a.json, line 1" in first
    assert "no labels that could be read" in last


@pytest.mark.parametrize(("word", "meant"), [("recognise", "recognize"), ("exprot", "export"), ("Train", "train")])
def test_a_misspelt_subcommand_is_no_folder(word, meant):
    done = command_line(word)
    assert done.returncode == 2
    assert f"did you mean: {meant}" in done.stderr


def test_a_folder_called_like_a_subcommand_is_a_folder(tmp_path, monkeypatch):
    from ocrstudio import cli

    monkeypatch.chdir(tmp_path)
    assert cli._misspelt("trains") == ["train"]
    (tmp_path / "trains").mkdir()
    assert cli._misspelt("trains") == []
    assert cli._misspelt("./trein") == []
    assert cli._misspelt("holiday photos") == []


def test_a_program_without_streams_says_nothing_and_does_not_fail(monkeypatch):
    # as Windows gives none to a program that has a window
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr("ocrstudio.app.has_display", lambda: False)
    collects = gc.isenabled()
    try:
        assert cli.main([]) == 1
    finally:
        if collects:  # otherwise tests of the window came before: see `services.collector`
            gc.enable()
        sys.stdout.close()
        sys.stderr.close()


def test_ctrl_c_while_a_command_is_loaded_shows_no_traceback(monkeypatch, capfd):
    def interrupted(_name):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_command_parser", interrupted)
    assert cli.main(["eval", "run"]) == 130
    assert capfd.readouterr().err == ""


def test_whoever_reads_the_output_may_leave(tmp_path):
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "ocrstudio", "models", "list"]
    ended = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (cli.PIPE_CLOSED, "")
