"""The flight check: every planted fault is found with its right count, and what is good gets no complaint."""

from __future__ import annotations

import dataclasses

import pytest
from broken_dataset import copied, make_scene, plant_everything

from ocrstudio.core.checks import CHECKS
from ocrstudio.formats.checkout_config import Machine
from ocrstudio.formats.checkout_python import Interpreter
from ocrstudio.formats.flight_check import flight_check
from ocrstudio.formats.preflight_machine import Situation
from ocrstudio.formats.run_folder import BUILTIN, PADDLEOCR

GB = 1 << 30


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    make_scene(folder)
    return folder


@pytest.fixture
def scene(good, tmp_path):
    return copied(good, tmp_path / "scene")


def situation(scene, **changes):
    """A machine on which everything is in order."""
    interpreter = Interpreter(scene.folder / "python", "3.11.7", "3.2.2", gpu_build=False, numpy="2.0")
    known = frozenset((scene.data / "dict.txt").read_text("utf-8").split()) | {" "}
    machine = Machine(cpus=2, shared_memory=16 * GB)
    usual = Situation(machine, 16 * GB, "3.2.2", gpu_build=False, interpreter=interpreter, known=known)
    return dataclasses.replace(usual, **changes)


def check(scene, engine=PADDLEOCR, cache=None, **changes):
    return flight_check(
        scene.config,
        engine,
        situation(scene, **changes),
        checkout=scene.checkout if engine == PADDLEOCR else None,
        save_dir=scene.folder / "runs",
        cache=cache,
    )


def verdicts(found):
    return {result.check.id: result.verdict for result in found.results}


def complaints(found):
    return {one.check.id: [f.text() for f in one.findings] for one in found.results if one.verdict in ("fail", "poor")}


def test_there_are_more_than_thirty_checks_with_names_of_their_own():
    assert len(CHECKS) >= 30
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def test_a_good_dataset_gets_no_complaint(scene):
    found = check(scene)
    assert complaints(found) == {"amount": complaints(found).get("amount")}
    scene.config.set("Global.freeze", "backbone")
    assert complaints(check(scene, BUILTIN)) == {}


def test_every_planted_fault_is_found_with_its_count(scene):
    expected = plant_everything(scene)
    found = check(scene)
    counted = {one.check.id: one.count for one in found.results if one.check.id in expected}
    assert counted == expected
    assert all(verdict != "fine" for name, verdict in verdicts(found).items() if name in expected)
