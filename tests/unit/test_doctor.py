"""The doctor's rules on made-up machines, and its report on this one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from fake_machine import MACHINES, FakeMachine

from ocrstudio.commands import doctor as command
from ocrstudio.core.doctor import check_all, report_lines
from ocrstudio.core.doctor_builds import BUILDS, build_of, choose, numbers, runs_on
from ocrstudio.core.doctor_facts import TEMPLATES, Check, Cudnn, DeviceTest, Facts, Fix, Gpu, worst
from ocrstudio.core.errors import EngineError
from ocrstudio.engine.doctor import environment as environments
from ocrstudio.engine.doctor import gather as gathering
from ocrstudio.engine.doctor import graphics
from ocrstudio.engine.doctor.device import run_device_test
from ocrstudio.engine.doctor.host import Host, parse_cpuinfo
from ocrstudio.engine.doctor.install import run_fix
from ocrstudio.engine.doctor.interpreters import ask_interpreters, find_interpreters

HEALTHY = Facts(
    python=(3, 11, 7),
    executable="/a venv/bin/python",
    packages={
        "pip": "24.0",
        "paddlepaddle": "3.2.2",
        "setuptools": "65.5.0",
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
posix = pytest.mark.skipif(os.name == "nt", reason="needs signals and shell scripts")
CARD = Gpu("NVIDIA RTX", 24.0, 8.6)


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
    assert one.command == '"/a venv/bin/python" -m pip install "paddlepaddle==3.2.2"'
    assert check("paddle", packages={"paddlepaddle": None, "onnx": None}).command.endswith('==3.2.2" "onnx>=1.16"')


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
    one = check("gpu", gpus=(CARD,), driver="550.54", driver_cuda="12.6")
    assert one.status == "warning"
    assert found(one) == "NVIDIA RTX (24 GB, 8.6), driver 550.54, CUDA up to 12.6"
    assert "uninstall -y paddlepaddle &&" in one.command
    assert one.command.endswith('"paddlepaddle-gpu==3.2.2" -i https://www.paddlepaddle.org.cn/packages/stable/cu126/')


def test_paddle_newer_than_the_driver_is_an_error():
    gpu = {"paddlepaddle": None, "paddlepaddle-gpu": "3.2.2"}
    facts = {"packages": gpu, "gpus": (CARD,), "paddle_cuda": "12.6"}
    one = check("cuda", driver="470.1", driver_cuda="11.4", **facts)
    assert one.status == "error"
    assert "12.6" in one.text(one.advice)
    assert "/cu118/" in one.command
    assert check("cuda", driver="560", driver_cuda="12.6", **facts).status == "ok"


def test_a_driver_that_is_new_enough_in_part_only_is_warned_about():
    gpu = {"paddlepaddle": None, "paddlepaddle-gpu": "3.2.2"}
    one = check("cuda", packages=gpu, gpus=(CARD,), paddle_cuda="11.8", driver="470.1", driver_cuda="11.4")
    assert one.status == "warning"
    assert "device test" in one.advice


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
    assert numbers(text)[:2] == (3, 2)


def test_every_line_of_every_machine_fills_its_templates():
    bare = Facts(python=(3, 9, 0))
    broken = replace(
        HEALTHY, gpus=(CARD,), shm_gb=0.01, packages=dict.fromkeys([*HEALTHY.packages, "opencv-python"], "9")
    )
    failed = replace(HEALTHY, device_test=DeviceTest("cpu", problem="signal 4", step="load"))
    for facts in (HEALTHY, bare, broken, failed, *(facts_of(name) for name in NAMES)):
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


def test_doctor_says_one_line_a_check_and_the_fix_below():
    lines = report_lines(check_all(replace(HEALTHY, models=())))
    assert any(line.startswith("ok") and "Python" in line for line in lines)
    place = next(number for number, line in enumerate(lines) if "Models" in line)
    assert lines[place].startswith("error")
    assert "force-reinstall" in lines[place + 3]


def test_build_of_paddle_is_read_without_importing_it():
    assert environments.paddle_build("") == ("", "", ())
    assert environments.paddle_build("cuda_version     = 'False'\ncudnn_version = 'False'\n") == ("", "", ())
    text = "cuda_version     = '11.8'\ncudnn_version = '8.9.1'\ncompiled_cuda_archs     = [61, 86, 120]\n"
    assert environments.paddle_build(text) == ("11.8", "8.9.1", (6.1, 8.6, 12.0))
    assert "paddle" not in sys.modules


# --- other machines, as their own tools print them ------------------------------------------------------------------

NAMES = sorted(place.name for place in MACHINES.iterdir())
INDEX = "https://www.paddlepaddle.org.cn/packages/stable"
# machine, line, status, what the advice or finding says, what the command says
EXPECTED = [
    ("old_driver", "cuda", "error", "newer than the driver can run", ""),
    ("driver_between", "cuda", "error", "the build for CUDA 11.8", f'"paddlepaddle-gpu==3.2.2" -i {INDEX}/cu118/'),
    ("two_wheels", "paddle", "error", "overwrite each other", "uninstall -y paddlepaddle paddlepaddle-gpu && "),
    ("two_wheels", "numpy", "ok", "2.3.5", ""),
    ("no_avx", "cpu", "error", "train on another computer", ""),
    ("windows_unused_card", "gpu", "warning", "CUDA 12.6 fits here", f"-i {INDEX}/cu126/"),
    ("windows_unused_card", "names", "warning", "plain letters", ""),
    ("gpu_build_without_card", "gpu", "error", "the processor's Paddle", '&& "/home/mei/ocr/env/bin/python" -m pip'),
    ("blackwell", "cuda", "error", "no code for the card", f"-i {INDEX}/cu129/"),
    ("pascal", "cuda", "error", "no code for the card", f"-i {INDEX}/cu118/"),
    ("numpy_2_4", "numpy", "warning", "hangs for ever", '"numpy>=1.26,<2.4"'),
    ("opencv_clash", "opencv", "warning", "Qt plugins in cv2/qt/plugins", "install opencv-python-headless"),
    ("openmp_twice", "openmp", "warning", "lib/libiomp5.so, paddle/libs/libiomp5.so", ""),
    ("docker_tiny_shm", "shm", "warning", "--shm-size=8g", ""),
    ("docker_tiny_shm", "names", "warning", "LANG=C.UTF-8", ""),
    ("docker_tiny_shm", "gpu", "warning", "Restart the computer", ""),
    ("windows_without_zlib", "cudnn", "error", "zlibwapi.dll", f"-i {INDEX}/cu118/"),
    ("windows_without_zlib", "numpy", "error", "NumPy 1", '"numpy<2"'),
    ("windows_without_zlib", "toolkit", "ok", "nvcc 11.8.89", ""),
    ("windows_cudnn_older", "cudnn", "warning", "built with a newer one", '"nvidia-cudnn-cu12>=9.9.0,<10"'),
    ("interrupted_pip", "environment", "warning", "pip is missing", "-m ensurepip --upgrade"),
    ("interrupted_pip", "leftovers", "warning", "~addlepaddle, ~umpy-2.4.6.dist-info", "site-packages/~addlepaddle"),
    ("paddle_2_without_toolkit", "toolkit", "error", "CUDA toolkit 11.8", f"-i {INDEX}/cu118/"),
    ("paddle_2_without_toolkit", "cudnn", "error", "Unpack cuDNN 8.6.0", ""),
]


def facts_of(name: str) -> Facts:
    machine = FakeMachine(name)
    return gathering.facts_from(machine.environment(), machine, graphics.cards(machine), graphics.toolkit(machine))


@pytest.mark.parametrize(("name", "line", "status", "said", "command"), EXPECTED)
def test_other_machines_get_the_right_advice(name, line, status, said, command):
    one = next(check for check in check_all(facts_of(name)) if check.id == line)
    text = "\n".join(report_lines([one]))
    assert (one.status, said in text, command in one.command) == (status, True, True), text
    assert status == "ok" or one.advice


@pytest.mark.parametrize("name", NAMES)
def test_other_machines_are_not_blamed_for_more_than_they_have(name):
    expected = {(line, status) for machine, line, status, *_ in EXPECTED if machine == name and status != "ok"}
    told = {(check.id, check.status) for check in check_all(facts_of(name)) if check.status != "ok"}
    incidental = {
        "no_avx": {("memory", "warning")},
        "docker_tiny_shm": {("display", "warning")},
        "interrupted_pip": {("recognition", "error"), ("paddle", "warning")},
    }
    unused = {("gpu", "warning")} if name == "two_wheels" else set()
    assert told - unused == expected | incidental.get(name, set())


# --- the table of builds --------------------------------------------------------------------------------------------


def test_every_line_of_the_table_has_a_source_with_a_date():
    for build in BUILDS:
        assert build.sources, build
        assert all(re.search(r"20\d\d-\d\d", source) for source in build.sources), build
        assert build.lowest < build.highest


def test_the_versions_that_people_set_up_by_hand_are_in_the_table():
    told = [(build.cuda, build.cudnn) for build in BUILDS if build.paddle == "2.5"]
    assert told[:4] == [("10.2", "7.6.5"), ("11.2", "8.2.1"), ("11.6", "8.4.0"), ("11.7", "8.4.1")]
    assert build_of("2.5.2", "11.7").cudnn == "8.4.1"
    assert build_of("9.9", "11.7") is None


@pytest.mark.parametrize(
    ("cards", "driver", "cuda", "chosen"),
    [
        ([8.6], "560.28", "12.6", "12.6"),
        ([8.6], "535.54", "12.2", "11.8"),  # 12.6 is above the driver's
        ([9.0], "550.90", "12.4", "12.6"),  # its one build; the documentation names this driver
        ([9.0], "535.54", "12.2", None),
        ([12.0], "576.02", "12.9", "12.9"),
        ([12.0], "560.28", "12.6", None),  # the driver has to be updated
        ([6.1], "580.10", "13.0", "11.8"),
        ([6.1, 12.0], "580.10", "13.0", None),
        ([5.2], "550.90", "12.4", None),
        ([0.0], "550.90", "12.4", "11.8"),
        ([7.5], "418.87", "10.1", None),
        ([7.5], "", "", None),
    ],
)
def test_the_build_is_chosen_by_card_and_driver(cards, driver, cuda, chosen):
    build = choose(cards, driver, cuda, is_windows=False)
    assert (build.cuda if build else None) == chosen
    assert build is None or runs_on(build, driver, cuda, is_windows=False)


def test_the_same_version_for_another_cuda_is_removed_first():
    gpu = {"paddlepaddle": None, "paddlepaddle-gpu": "3.2.2"}
    old = Gpu("GTX 1080", 8.0, 6.1)
    facts = {"gpus": (old,), "paddle_cuda": "12.9", "driver": "580", "driver_cuda": "13.0"}
    assert check("cuda", packages=gpu, **facts).command.startswith('"/a venv/bin/python" -m pip uninstall -y')
    gpu["paddlepaddle-gpu"] = "3.1.0"
    assert "uninstall" not in check("cuda", packages=gpu, **facts).command


def test_cudnn_of_another_generation_does_not_count():
    gpu = {"paddlepaddle": None, "paddlepaddle-gpu": "3.2.2"}
    facts = {"packages": gpu, "paddle_cuda": "12.6", "paddle_cudnn": "9.5.1", "gpus": (CARD,), "driver_cuda": "12.6"}
    assert check("cudnn", cudnn=(), **facts).status == "error"
    assert check("cudnn", cudnn=(Cudnn("8.9.7", "nvidia-cudnn-cu12", package=True),), **facts).status == "error"
    assert check("cudnn", cudnn=(Cudnn("9.5.1.17", "nvidia-cudnn-cu12", package=True),), **facts).status == "ok"


@pytest.mark.parametrize(("paddle", "numpy", "status"), [("2.4.2", "1.24.1", "error"), ("2.6.2", "1.26.4", "ok")])
def test_old_paddle_needs_an_older_numpy(paddle, numpy, status):
    assert check("numpy", packages={"paddlepaddle": paddle, "numpy": numpy}).status == status


# --- questions to this machine --------------------------------------------------------------------------------------


def test_a_question_that_fails_leaves_the_others(monkeypatch):
    def broken(*_):
        raise OSError("gone")

    for name in ("nvml", "cpu", "memory_gb", "disk_free_gb", "shm_gb", "display", "run", "description"):
        monkeypatch.setattr(Host, name, broken)
    facts = gathering.gather()
    assert facts.python[:2] == sys.version_info[:2]
    assert (facts.cpu_features, facts.memory_gb, facts.gpus) == (None, 0.0, ())


def test_another_environment_is_asked_by_running_it():
    told = environments.environment(Path(sys.executable))
    assert told["packages"]["numpy"]
    assert not environments.is_own(Path(sys.base_prefix) / "python-of-somebody-else")


@posix
def test_something_that_is_no_interpreter_is_told(tmp_path):
    false = tmp_path / "python"
    false.write_text("#!/bin/sh\nexit 3\n")
    false.chmod(0o755)
    with pytest.raises(EngineError, match="exit code 3"):
        environments.environment(false)
    with pytest.raises(EngineError, match=r"does not answer"):
        environments.environment(tmp_path / "nothing")


def test_report_for_an_issue_names_nobody(monkeypatch):
    monkeypatch.setenv("USER", "meiling")
    facts = replace(HEALTHY, executable=f"{Path.home()}/ocr/bin/python", prefix="/home/meiling/ocr", models=())
    text = command.issue_text(facts, check_all(facts))
    assert "meiling" not in text
    assert str(Path.home()) not in text
    assert "Models: no weights" in text
    assert "paddlepaddle 3.2.2" in text


# --- the device test ------------------------------------------------------------------------------------------------


def device_test(source: str) -> DeviceTest:
    return run_device_test(Path(sys.executable), "cpu", lambda: False, lambda _step: None, source)


SAYS = "import json, os\ndef tell(**facts): print('ocrstudio-device ' + json.dumps(facts), flush=True)\n"


@posix
def test_a_device_test_that_dies_is_a_finding_that_names_the_step():
    result = device_test(SAYS + "tell(step='load', seconds=1.0)\ntell(step='product')\nos.kill(os.getpid(), 4)\n")
    assert (result.problem, result.step, result.seconds) == ("signal 4", "product", {"load": 1.0})
    one = check("device", device_test=result)
    assert one.status == "error"
    assert found(one) == "on cpu, failed at the matrix product: signal 4"


def test_a_known_failure_of_the_device_test_brings_its_cure():
    result = device_test(SAYS + "tell(step='load')\nraise RuntimeError('Could not locate zlibwapi.dll')\n")
    one = check("device", device_test=result)
    assert "zlibwapi.dll" in one.text(one.why)
    assert "cu118" in one.text(one.advice)


def test_wrong_results_of_a_device_are_an_error():
    good = DeviceTest("gpu", {"product": 0.1}, {"product": 1e-6})
    assert check("device", device_test=good).status == "ok"
    assert check("device", device_test=replace(good, difference={"product": 0.5})).status == "error"


# --- installing -----------------------------------------------------------------------------------------------------


def python_step(source: str) -> tuple[str, ...]:
    return (sys.executable, "-c", source)


def installed(*steps: tuple[str, ...], stopped=lambda: False):
    said: list[str] = []
    return said, lambda: run_fix(Fix(steps), said.append, lambda _done, _total: None, stopped)


def test_every_command_and_what_it_says_is_told():
    said, run = installed(python_step("print('one')"), python_step("print('two')"))
    assert run().done == 2
    assert [line for line in said if not line.startswith(">")] == ["one", "two"]
    assert said[0].startswith(f'> "{sys.executable}" -c')


def test_a_command_that_fails_ends_the_fix_with_its_reason():
    said, run = installed(python_step("print('ERROR: no good'); raise SystemExit(2)"), python_step("print('two')"))
    with pytest.raises(EngineError, match="no good"):
        run()
    assert "two" not in said


def test_a_missing_network_is_told_apart():
    text = "ERROR: No matching distribution found for paddlepaddle-gpu==3.2.2"
    _, run = installed(python_step(f"print({text!r}); raise SystemExit(1)"))
    with pytest.raises(EngineError, match="mirror"):
        run()


def test_an_installation_is_stopped_with_everything_it_started(tmp_path):
    alive = tmp_path / "alive"
    helper = f"import pathlib, time\nwhile True:\n    pathlib.Path({str(alive)!r}).touch()\n    time.sleep(0.05)"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {helper!r}])"
    _, run = installed(python_step(start), python_step("print('two')"), stopped=alive.exists)
    outcome = run()
    assert (outcome.done, outcome.stopped) == (0, True)
    alive.unlink()
    time.sleep(0.3)
    assert not alive.exists()


@posix
def test_environments_are_found_by_conda_list_and_known_places(tmp_path):
    machine = FakeMachine("no_avx")
    for place in ("conda/envs/ocr/bin/python", ".virtualenvs/中文/bin/python", "old/bin/python"):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).touch()
    (tmp_path / "old" / "pyvenv.cfg").touch()
    machine.read = lambda path: f"{tmp_path}/conda/envs/ocr\n/gone\n" if path.endswith("environments.txt") else ""
    found = {(role, name) for _, role, name in find_interpreters(machine, tmp_path)}
    assert {("conda", "ocr"), ("venv", "中文"), ("venv", "old")} <= found
    assert next(iter(find_interpreters(machine, tmp_path)))[1] == "own"


def test_of_another_environment_only_what_training_needs_is_judged():
    both = {**HEALTHY.packages, "opencv-python": "4.6.0.66", "rapidocr": None}
    checks = check_all(replace(HEALTHY, is_own=False, packages=both, python=(3, 8, 18), models=()))
    assert {one.status for one in checks} == {"ok"}
    assert not {"recognition", "models", "display"} & {one.id for one in checks}


# --- answers that nobody expects ------------------------------------------------------------------------------------

HEADER = "| NVIDIA-SMI 550.1    Driver Version: 550.1    CUDA Version: 12.4 |\n"


@pytest.mark.parametrize(
    ("text", "listed", "expected"),
    [
        ("", "", ((), "", "")),
        ("Failed to initialize NVML: Driver/library version mismatch\n", "", ((), "?", "")),
        ("\x00\ufffd\n" * 3, "garbage", ((), "?", "")),
        (HEADER, "No devices were found\n", ((), "550.1", "12.4")),
        (HEADER.replace("12.4", "N/A"), "NVIDIA A100, 40960, 8.0\n", ((Gpu("NVIDIA A100", 40.0, 8.0),), "550.1", "")),
        (HEADER, "GB10, [N/A], 12.1\n", ((Gpu("GB10", 0.0, 12.1),), "550.1", "12.4")),
        (HEADER, "Unheard Of 1, 2048, [N/A]\n\n", ((Gpu("Unheard Of 1", 2.0, 0.0),), "550.1", "12.4")),
    ],
)
def test_odd_answers_of_the_driver_are_survived(text, listed, expected):
    machine = FakeMachine("no_avx")
    machine.run = lambda *command: listed if "--query" in command[-1] else text if command[0] == "nvidia-smi" else ""
    assert graphics.cards(machine) == expected


@pytest.mark.parametrize("text", ["", "flags", ": : :\n", "model name\t: x\n", "\ufffd" * 100])
def test_odd_lists_of_the_kernel_are_survived(text):
    assert parse_cpuinfo(text)[1] is None


def test_cards_of_old_drivers_are_known_by_their_name():
    machine = FakeMachine("old_driver")
    ((card,), driver, cuda) = graphics.cards(machine)
    assert (card.capability, driver, cuda) == (7.5, "418.87.01", "10.1")


def test_environments_are_looked_at_and_judged(tmp_path):
    dead = tmp_path / "bin" / "python"
    found = [(Path(sys.executable), "own", "mine"), (dead, "checkout", "PaddleOCR"), (dead, "venv", "old")]
    answers = ask_interpreters(found, FakeMachine("no_avx"), lambda _done, _total: None, lambda: False)
    assert [one.role for one in answers] == ["own", "checkout"]
    # that machine has no AVX, whatever is installed here
    assert (answers[0].status, answers[1].status) == ("error", "")
    assert answers[0].version.startswith("3.")
    assert "does not answer" in answers[1].problem


def test_a_setuptools_that_paddle_cannot_use_is_replaced():
    one = check("paddle", packages={"setuptools": "84.2.1"})
    assert one.status == "warning"
    assert one.command.endswith('install "setuptools<81"')
