"""The file for a helper: all that explains a run, no secret, nothing private unless asked for."""

import json
import zipfile

import pytest
from command_line import command_line

from ocrstudio.core.errors import ProjectError
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import RunFolder
from ocrstudio.formats.support_zip import PICTURE, collect, write_report

TEXT = "王小明的病历"
SECRETS = [
    "hunter22",
    "tok3n-from-env",
    "li.wei@example.com",
    "zhangsan",
    "GPU-Box-7",
    TEXT,
    "my private note",
    "AcmeCorp",
]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A failed run in a project, with a secret in every place that one may get into."""
    monkeypatch.setenv("HF_TOKEN", "tok3n-from-env")
    monkeypatch.setenv("USER", "zhangsan")
    monkeypatch.setattr("platform.node", lambda: "GPU-Box-7")
    project = tmp_path / "AcmeCorp scans"
    images = project / "images"
    images.mkdir(parents=True)
    (images / "1.png").write_bytes(b"\x89PNG picture of a person")
    (project / "train.txt").write_text(f"images/1.png\t{TEXT}\nimages/none.png\tx\n", encoding="utf-8")
    config = TrainConfig.template()
    config.set("Train.dataset.data_dir", str(project))
    config.set("Train.dataset.label_file_list", [str(project / "train.txt")])
    config.set("Global.pretrained_model", "https://zhangsan:hunter22@nexus.example.com/w.pdparams")
    made = RunFolder.create(project / ".ocrstudio" / "runs", "x", config, note="my private note")
    log = [
        f"[2026/11/22 07:07:27] ppocr ERROR: When parsing line images/1.png\t{TEXT}",
        f'  File "{project}/a.py", line 1, in zhangsan',
        "tok3n-from-env at GPU-Box-7, mail li.wei@example.com, password: hunter22",
        "OddError: never seen at /home/zhangsan/x",
    ]
    made.log_path.write_text("\n".join(log), encoding="utf-8")
    records = [{"kind": "train", "step": number, "loss": 1.0} for number in range(9)]
    records.append({"kind": "eval", "step": 9, "acc": 0.0, "wrong": [TEXT]})
    told = f'The label line "images/1.png\t{TEXT}" is not used. {{x}} at /home/zhangsan'
    values = {"sample": f'images/1.png\t"{TEXT}"'}
    records.append(
        {"kind": "end", "outcome": "failed", "message": told, "what": 'label line "{sample}"', "values": values}
    )
    made.metrics_path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))
    return made


def contents(path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_the_report_holds_what_explains_a_failure_and_no_secret(run, tmp_path):
    out = tmp_path / "report.zip"
    installed = {"checks": [{"id": "python", "found": "zhangsan@GPU-Box-7"}]}
    write_report(collect(run, installed=installed), out)
    files = contents(out)
    assert list(files) == ["report.txt", "train.log", "config.yml", "manifest.json", "metrics.jsonl", "doctor.json"]
    found = {secret: name for name, text in files.items() for secret in SECRETS if secret in text}
    assert found == {}
    assert "OddError: never seen" in files["train.log"]
    assert "OddError: never seen" in files["report.txt"]
    assert "<project>/a.py" in files["train.log"]
    assert '"loss": 1.0' in files["metrics.jsonl"]
    assert "epoch_num" in files["config.yml"]


def test_labels_and_pictures_go_along_only_if_asked_for(run):
    assert not [entry for entry in collect(run) if entry.name.startswith(("labels", "pictures"))]
    entries = {entry.name: entry for entry in collect(run, labels=True, pictures=True)}
    assert TEXT in entries["labels/1-train.txt"].text
    assert entries["pictures/01.png"].data == b"\x89PNG picture of a person"
    assert (entries["pictures/01.png"].what, entries["pictures/01.png"].text) == (PICTURE, "")
    assert TEXT not in entries["train.log"].text


@pytest.mark.parametrize("broken", ["manifest.json", "config.yml", "metrics.jsonl", "train.log"])
def test_a_broken_run_is_reported_all_the_same(run, broken):
    (run.path / broken).write_bytes(b"\0\xff{[" * 1000)
    names = [entry.name for entry in collect(run, labels=True, pictures=True)]
    assert names[0] == "report.txt"
    (run.path / broken).unlink()
    assert collect(run)[0].name == "report.txt"


def test_a_long_log_gives_its_end(run):
    run.log_path.write_text(("x" * 99 + "\n") * 10_000 + "the end\n")
    log = next(entry for entry in collect(run) if entry.name == "train.log")
    assert len(log.data) < 500_000
    assert log.text.endswith("the end\n")


def test_a_report_that_cannot_be_written_keeps_the_old_one(run, tmp_path):
    with pytest.raises(ProjectError, match="nowhere"):
        write_report(collect(run), tmp_path / "nowhere" / "r.zip")


def test_the_command_says_what_goes_in_and_writes_it(run, tmp_path):
    out = tmp_path / "for help.zip"
    done = command_line("runs", "report", run.path, "--out", out, "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert [entry["name"] for entry in result["entries"]] == list(contents(out))
    assert "packages" in contents(out)["doctor.json"]
    assert not [text for text in SECRETS if text in done.stdout]
