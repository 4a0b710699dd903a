"""The doctor's rules on made-up machines, and its report on this one."""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import Namespace
from dataclasses import replace
from types import SimpleNamespace

import pytest

from ocrstudio.commands import doctor as command
from ocrstudio.core.doctor import TEMPLATES, Check, Facts, Gpu, check_all, version_tuple, worst

HEALTHY = Facts(
    python=(3, 11, 7),
    executable="/a venv/bin/python",
    packages={
        "paddlepaddle": "3.2.2",
        "onnx": "1.17.0",
        "onnxruntime": "1.20.1",
        "rapidocr": "3.10.0",
        "numpy": "2.3.5",
        "opencv-python-headless": "4.10.0",
    },
    models=("PP-OCRv6_det_small", "PP-OCRv6_rec_small"),
    disk_free_gb=50.0,
    shm_gb=8.0,
    memory_gb=16.0,
    display=":0",
)
CARD = Gpu("NVIDIA RTX", 24.0)


def check(check_id: str, **changes) -> Check:
    packages = {**HEALTHY.packages, **changes.pop("packages", {})}
    facts = replace(HEALTHY, packages=packages, **changes)
    return next(one for one in check_all(facts) if one.id == check_id)


def found(one: Check) -> str:
    return one.text(one.found)


def test_healthy_machine_has_only_green_lines():
    checks = check_all(HEALTHY)
    assert {one.status for one in checks} == {"ok"}
    assert worst(checks) == "ok"
    assert len({one.id for one in checks}) == len(checks)


@pytest.mark.parametrize(
    ("version", "bits", "status"),
    [((3, 9, 18), 64, "error"), ((3, 10, 0), 64, "ok"), ((3, 13, 1), 64, "ok"), ((3, 14, 0), 64, "error")],
)
def test_python_from_3_10_to_3_13(version, bits, status):
    assert check("python", python=version, bits=bits).status == status


def test_32_bit_python_is_refused():
    assert check("python", bits=32).status == "error"


def test_missing_paddle_is_a_warning_with_the_command_that_installs_it():
    one = check("paddle", packages={"paddlepaddle": None})
    assert one.status == "warning"
    assert one.command == '"/a venv/bin/python" -m pip install "paddlepaddle==3.2.2" "onnx>=1.16"'


def test_both_paddle_wheels_at_once_is_an_error():
    one = check("paddle", packages={"paddlepaddle-gpu": "2.6.2"})
    assert one.status == "error"
    assert "3.2.2" in found(one)
    assert "2.6.2" in found(one)
    assert "uninstall -y paddlepaddle paddlepaddle-gpu" in one.command


def test_cuda_build_of_paddle_is_told():
    packages = {"paddlepaddle": None, "paddlepaddle-gpu": "2.6.2"}
    one = check("paddle", packages=packages, paddle_cuda="11.8")
    assert (one.status, found(one)) == ("ok", "2.6.2, built for CUDA 11.8")
    assert found(check("paddle")) == "3.2.2, for the processor only"


def test_paddle_3_3_is_warned_about():
    assert check("paddle", packages={"paddlepaddle": "3.3.1"}).status == "warning"


def test_training_without_onnx_is_warned_about():
    one = check("paddle", packages={"onnx": None})
    assert (one.status, one.command) == ("warning", '"/a venv/bin/python" -m pip install "onnx>=1.16"')


def test_no_card_is_fine_for_a_cpu_paddle_and_an_error_for_a_gpu_one():
    assert check("gpu").status == "ok"
    assert check("gpu", paddle_cuda="11.8").status == "error"


def test_unused_card_is_a_warning_with_both_steps():
    one = check("gpu", gpus=(CARD,), driver="550.54", driver_cuda="12.4")
    assert one.status == "warning"
    assert found(one) == "NVIDIA RTX (24 GB), driver 550.54, CUDA up to 12.4"
    assert "uninstall -y paddlepaddle &&" in one.command
    assert "paddlepaddle-gpu>=2.6.2" in one.command


def test_paddle_newer_than_the_driver_is_an_error():
    one = check("gpu", gpus=(CARD,), driver="470.1", driver_cuda="11.4", paddle_cuda="11.8")
    assert one.status == "error"
    assert "11.8" in one.text(one.advice)
    assert check("gpu", gpus=(CARD,), driver="550", driver_cuda="12.4", paddle_cuda="11.8").status == "ok"


def test_driver_without_a_card_is_told_apart_from_no_driver():
    assert "550" in found(check("gpu", driver="550"))


def test_missing_reader_is_an_error_naming_what_is_missing():
    one = check("recognition", packages={"rapidocr": None, "onnxruntime": None})
    assert (one.status, found(one)) == ("error", "missing: rapidocr, onnxruntime")
    assert check("recognition", packages={"onnxruntime": None, "onnxruntime-gpu": "1.18"}).status == "ok"


def test_missing_weights_are_an_error():
    assert check("models", models=()).status == "error"
    assert check("models", models=("PP-OCRv6_det_small",)).status == "error"


def test_opencv_builds_that_fight_are_named():
    one = check("opencv", packages={"opencv-contrib-python": "4.10"})
    assert one.status == "warning"
    assert "opencv-contrib-python 4.10" in found(one)
    assert check("opencv", packages={"opencv-python-headless": None}).status == "error"


@pytest.mark.parametrize(
    ("version", "status"), [("2.3.5", "ok"), ("2.4.0", "warning"), ("1.26.4", "ok"), (None, "error")]
)
def test_numpy_below_2_4(version, status):
    assert check("numpy", packages={"numpy": version}).status == status


@pytest.mark.parametrize(("free", "status"), [(20.0, "ok"), (3.0, "warning"), (0.2, "error")])
def test_disk_space(free, status):
    assert check("disk", disk_free_gb=free).status == status


def test_small_shared_memory_is_warned_about_and_absent_on_other_systems():
    assert check("shm", shm_gb=0.0625).status == "warning"
    assert "shm" not in {one.id for one in check_all(replace(HEALTHY, shm_gb=None))}


def test_little_memory_and_no_display_are_warnings():
    assert check("memory", memory_gb=2.0).status == "warning"
    assert check("display", display="").status == "warning"


@pytest.mark.parametrize("text", ["3.2.2", "3.2.2.post1", "3.2.2rc1"])
def test_version_numbers_are_read_up_to_the_first_word(text):
    assert version_tuple(text)[:2] == (3, 2)


def test_every_line_of_every_machine_fills_its_templates():
    bare = Facts(python=(3, 9, 0))
    broken = replace(
        HEALTHY, gpus=(CARD,), shm_gb=0.01, packages=dict.fromkeys([*HEALTHY.packages, "opencv-python"], "9")
    )
    for facts in (HEALTHY, bare, broken):
        for one in check_all(facts):
            told = one.as_dict()
            assert all("{" not in told[name] for name in TEMPLATES), told
            assert told["found"]
            assert told["wanted"]
            assert one.status == "ok" or told["advice"], f"{one.id} does not say what to do"
            json.dumps(told)


def test_doctor_command_prints_one_object():
    run = subprocess.run([sys.executable, "-m", "ocrstudio", "doctor", "--json"], capture_output=True, check=True)
    told = json.loads(run.stdout)
    checks = {one["id"]: one for one in told["checks"]}
    assert checks["python"]["found"].startswith(f"{sys.version_info.major}.{sys.version_info.minor}")
    assert {"paddle", "gpu", "recognition", "models", "opencv", "disk", "display"} <= set(checks)


def test_doctor_says_one_line_a_check_and_the_fix_below(monkeypatch, tmp_path):
    lines = []
    monkeypatch.setattr(command, "_models", tuple)
    result = command.run(Namespace(project=tmp_path / "not there yet"), SimpleNamespace(line=lines.append))
    assert any(line.startswith("ok") and "Python" in line for line in lines)
    place = next(number for number, line in enumerate(lines) if "Models" in line)
    assert lines[place].startswith("error")
    assert "force-reinstall" in lines[place + 2]
    assert result["status"] == "error"


def test_build_of_paddle_is_read_without_importing_it(monkeypatch, tmp_path):
    (tmp_path / "version").mkdir()
    version = tmp_path / "version" / "__init__.py"
    monkeypatch.setattr(command, "_package_folder", lambda name: tmp_path)
    assert command._paddle_cuda() == ""
    version.write_text("cuda_version     = 'False'\ncudnn_version = 'False'\n")
    assert command._paddle_cuda() == ""
    version.write_text("cuda_version     = '11.8'\ncudnn_version = '8.9.1'\n")
    assert command._paddle_cuda() == "11.8"
    assert "paddle" not in sys.modules
