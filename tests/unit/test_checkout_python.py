"""The interpreter of a checkout: found, run, and what it lacks."""

import json
import os
import sys
import time
from pathlib import Path

import pytest
from checkout_trees import make_checkout

from ocrstudio.core.errors import ProjectError
from ocrstudio.formats.checkout import find_checkout
from ocrstudio.formats.checkout_python import (
    Interpreter,
    candidates,
    check_python,
    interpreter_in,
    needed_packages,
)

PYTHON = Path("/env/bin/python")
GOOD = Interpreter(PYTHON, version="3.11.7", paddle="3.2.2", numpy="2.3.5")


@pytest.fixture
def old(tmp_path):
    return find_checkout(make_checkout(tmp_path / "2.8"))


@pytest.fixture
def new(tmp_path):
    return find_checkout(make_checkout(tmp_path / "PaddleOCR-3.2.0", "3"))


@pytest.fixture
def script(tmp_path):
    """Makes an executable that says what it is told to."""
    if os.name == "nt":
        pytest.skip("a shell script stands in for Python")

    def make(text, name="python"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
        return path

    return make


def said(**facts):
    return f"echo 'noise ocrstudio-answer {json.dumps(facts)}'"


def texts(interpreter, *arguments):
    return [f"{problem.severity}: {problem.text()}" for problem in interpreter.problems(*arguments)]


def test_the_packages_of_a_checkout_are_those_it_names(old, new):
    assert needed_packages(old) == {"numpy": "numpy", "opencv-python": "cv2", "shapely": "shapely"}
    for checkout, other in ((old, "albumentations"), (new, "imgaug")):
        (checkout.path / "requirements.txt").unlink()
        assert {"numpy", "pyyaml", "lmdb", "rapidfuzz"} <= needed_packages(checkout).keys()
        assert other not in needed_packages(checkout)


def test_a_good_interpreter_has_no_problems(old, new):
    assert GOOD.problems(new, "det") == []
    assert Interpreter(PYTHON, version="3.11.7", paddle="2.6.2", numpy="1.26.4").problems(old, "rec") == []


def test_what_is_missing_is_named_with_the_command_that_installs_it(new, old):
    bare = Interpreter(Path("/my env/python"), version="3.11.7", missing=("shapely", "pyyaml"))
    assert texts(bare, new) == [
        'fatal: /my env/python has no PaddlePaddle. Install it: "/my env/python" -m pip install paddlepaddle==3.2.2 '
        '"numpy<2.4".',
        "fatal: /my env/python lacks packages that PaddleOCR needs: shapely, pyyaml. "
        'Install it: "/my env/python" -m pip install shapely pyyaml.',
    ]
    assert 'paddlepaddle==2.6.2 "numpy<2".' in texts(bare, old)[0]


def test_the_versions_that_hang_or_fail_are_told(old, new):
    def versions(**changes):
        return Interpreter(**{**vars(GOOD), **changes})

    hangs = versions(numpy="2.4.6")
    assert "With NumPy 2.4.6 of /env/bin/python, detection training of PaddleOCR hangs" in texts(hangs, new, "det")[0]
    assert '/env/bin/python -m pip install "numpy<2.4".' in texts(hangs, new, "det")[0]
    assert texts(hangs, new, "rec") == texts(hangs, old, "det") == []
    assert texts(versions(paddle="3.3.1"), new, "det")[0].startswith("warning: Detection models exported with")
    cv2 = versions(paddle="2.6.2", numpy="2.4.6", cv2_error="ImportError: numpy.core.multiarray failed to import")
    assert texts(cv2, old)[0].startswith("fatal: NumPy 2.4.6 of /env/bin/python is too new for PaddleOCR 2. Install")
    broken = versions(cv2_error="ImportError: libGL.so.1: cannot open shared object file")
    assert "OpenCV of /env/bin/python cannot be loaded (ImportError: libGL.so.1" in texts(broken, new)[0]
    broken = versions(paddle="", paddle_error="ImportError: libcudnn.so.9: cannot open")
    assert "PaddlePaddle of /env/bin/python cannot be loaded (ImportError: libcudnn" in texts(broken, new)[0]


def test_a_gpu_that_is_asked_for_must_be_there(new):
    gpu = Interpreter(**{**vars(GOOD), "gpu_build": True, "gpus": 1})
    assert gpu.problems(new, "rec", True) == []
    assert "has PaddlePaddle for the CPU only. Set Global.use_gpu to false" in texts(GOOD, new, "rec", True)[0]
    none = Interpreter(**{**vars(gpu), "gpus": 0})
    assert "Paddle of /env/bin/python sees none." in texts(none, new, "rec", True)[0]


def test_a_real_interpreter_answers(script, new):
    """Without its packages, as loading Paddle takes seconds."""
    answer = check_python(script(f'exec "{sys.executable}" -S "$@"'), new)
    assert answer.version == ".".join(str(part) for part in sys.version_info[:3])
    assert answer.missing == ("numpy", "opencv-python", "shapely")
    assert (answer.failure, answer.numpy, answer.paddle, answer.paddle_error) == ("", "", "", "")


def test_answers_are_read_from_among_other_output(script, new):
    python = script(
        said(version="3.9.1", missing=["shapely"])
        + "\necho 'ocrstudio-answer {broken'\n"
        + said(numpy="1.26.4", broken={"cv2": ""})
        + "\n"
        + said(paddle="3.0.0", paddle_error="", gpu_build=True, gpus=2)
    )
    assert check_python(python, new) == Interpreter(
        python, "3.9.1", "3.0.0", gpu_build=True, gpus=2, numpy="1.26.4", missing=("shapely",)
    )


def test_an_interpreter_that_dies_or_hangs_while_it_loads_paddle_says_what_it_said_before(script, new):
    dies = check_python(script(said(version="3.9.1", missing=[]) + "\nkill -SEGV $$"), new)
    assert (dies.version, dies.paddle, dies.paddle_error) == ("3.9.1", "", "exit code -11")
    started = time.monotonic()
    hangs = check_python(script(said(version="3.9.1", missing=[]) + "\nexec sleep 60"), new, timeout=1.5)
    assert time.monotonic() - started < 20
    assert hangs.paddle_error == "no answer in time"
    stopped = check_python(script("exec sleep 60"), new, cancelled=lambda: True)
    assert not stopped.version
    assert time.monotonic() - started < 30
    assert "PaddlePaddle of" in texts(hangs, new)[0]


def test_what_is_no_interpreter_is_refused(script, new, tmp_path):
    assert "cannot be run as Python (exit code 3)" in texts(check_python(script("exit 3"), new), new)[0]
    slow = check_python(script("exec sleep 60"), new, timeout=0.3)
    assert "gave no answer within 0.3 seconds" in texts(slow, new)[0]
    text = tmp_path / "text"
    text.write_text("hello")
    assert "cannot be run as Python (Permission denied)" in texts(check_python(text, new), new)[0]
    with pytest.raises(ProjectError, match="There is no Python at"):
        check_python(tmp_path / "nowhere", new)


def test_an_environments_folder_stands_for_its_interpreter(script, tmp_path):
    python = script("exit 0", "env/bin/python")
    assert interpreter_in(tmp_path / "env") == python
    assert interpreter_in(python) == python


def test_candidates_are_those_inside_the_checkout_then_others_then_ours(script, new, tmp_path):
    other = script("exit 0", "other/python")
    assert candidates(new, [other, tmp_path / "gone", other]) == [other, Path(sys.executable).absolute()]
    inside = new.path / ".venv" / "bin" / "python"
    inside.parent.mkdir(parents=True)
    inside.symlink_to(sys.executable)
    assert candidates(new)[0] == inside
