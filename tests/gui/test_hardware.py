"""The computer's load: of a training's processes alone, with and without graphics cards, only while it is wanted."""

import subprocess
import sys
import time

import pytest

from ocrstudio.core.run_curves import CurveKey
from ocrstudio.formats.run_state import ProcessId, RunStatus, write_status
from ocrstudio.services import hardware
from ocrstudio.services.hardware import Gpu, HardwareSample, HardwareWatch, Sampler
from ocrstudio.ui.pages.train import hardware as module
from ocrstudio.ui.pages.train.hardware import HardwareStrip

WAIT_MS = 10000
GIB = 1024**3
# a training that has started a loader, which does the work
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "print(1, flush=True)\\nwhile True: sum(range(1000))"])
sys.stdin.read()
child.kill()
"""


class FakeSampler:
    def __init__(self, alive=False):
        self.alive, self.folders = alive, []

    def sample(self, folder):
        self.folders.append(folder)
        run = {"run_cpu": 0.5, "run_memory": GIB} if self.alive else {}
        return HardwareSample(time.time(), 0.75, 4 * GIB, 16 * GIB, **run)


@pytest.fixture
def training(tmp_path):
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    parent.stdout.readline()
    write_status(tmp_path, RunStatus(process=ProcessId.of(parent.pid)))
    yield tmp_path
    parent.communicate(timeout=20)


@pytest.fixture
def make_strip(qtbot):
    # kept until the end: a plot that is collected while it is painted takes the program with it
    made = []

    def make():
        watch = HardwareWatch(sampler=FakeSampler())
        watch.close()
        strip = HardwareStrip(watch=watch)
        qtbot.addWidget(strip)
        strip.resize(900, 300)
        strip.show()
        made.append(strip)
        return strip

    yield make
    made.clear()


def test_a_training_is_measured_with_all_that_it_has_started(training, monkeypatch):
    monkeypatch.setattr(hardware, "FAMILY_S", 0)
    sampler = Sampler(gpus=tuple)
    first = sampler.sample(training)
    second = sampler.sample(training)
    while not second.run_cpu:
        time.sleep(0.1)
        second = sampler.sample(training)
    assert first.run_memory > 5_000_000
    assert len(sampler._family) == 2
    assert second.run_cpu <= 1
    assert 0 < second.memory < second.memory_total
    write_status(training, RunStatus(process=ProcessId.of(1), is_over=True))
    assert sampler.sample(training).run_cpu is None
    assert sampler.sample(None).run_memory is None


def test_without_a_driver_there_is_no_graphics_card_and_nobody_asks_all_the_time(monkeypatch):
    asked = []

    def no_driver():
        asked.append(1)
        raise OSError("libnvidia-ml.so.1: cannot open shared object file")

    import pynvml

    monkeypatch.setattr(pynvml, "nvmlInit", no_driver)
    sampler = Sampler()
    assert [sampler.sample(None).gpus for _ in range(3)] == [(), (), ()]
    assert len(asked) == 1


def test_samples_come_while_somebody_looks_or_a_training_is_alive(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(hardware, "INTERVAL_MS", 20)
    sampler = FakeSampler()
    watch = HardwareWatch(sampler=sampler)
    qtbot.wait(60)
    assert sampler.folders == []
    watch.look_at(True)
    qtbot.waitUntil(lambda: len(sampler.folders) > 2, timeout=WAIT_MS)
    watch.look_at(False)
    assert not watch._timer.isActive()
    sampler.alive = True
    watch.watch(tmp_path)
    qtbot.waitUntil(lambda: sampler.folders.count(tmp_path) > 2, timeout=WAIT_MS)
    sampler.alive = False
    qtbot.waitUntil(lambda: not watch._timer.isActive(), timeout=WAIT_MS)
    watch.close()


def test_numbers_and_curves_tell_the_training_from_the_rest(make_strip, monkeypatch):
    strip = make_strip()
    cards = (Gpu("RTX", 0.95, 3 * GIB, 24 * GIB, 61), Gpu("Old", 0.0, GIB, 2 * GIB))
    for second in range(4):
        strip._on_sampled(HardwareSample(1000.0 + second, 0.5, 4 * GIB, 16 * GIB, 0.25, GIB, cards))
    assert strip._cpu.value.text() == "50 %"
    assert strip._cpu.detail.text() == "training 25 %"
    assert strip._memory.value.text() == "4.0 / 16 GB"
    assert [number.title.text() for number in strip._gpus] == ["RTX", "Old"]
    assert [number.detail.text() for number in strip._gpus] == ["3.0 / 24 GB · 61 °C", "1.0 / 2 GB"]
    assert strip.plots["load"].readout == "processor 50 · training 25 · GPU 0 95 · GPU 1 0"
    assert strip.plots["memory_gb"].readout == "computer 4 · training 1 · GPU 0 3 · GPU 1 1"
    assert len(strip.plots["load"].canvas.points(CurveKey("train", "gpu1"))[0]) == 4
    strip._on_sampled(HardwareSample(1005.0, 0.5, 4 * GIB, 16 * GIB))
    assert strip._no_gpu.isVisible()
    assert not strip._gpus[0].isVisible()
    lonely = make_strip()
    lonely._on_sampled(HardwareSample(1000.0, 0.5, 4 * GIB, 16 * GIB))
    assert lonely.plots["load"].readout == "processor 50"
    monkeypatch.setattr(module, "KEPT_S", 3)
    monkeypatch.setattr(module, "SHOWN_MIN", 0.1)
    strip._on_sampled(HardwareSample(1008.0, 0.5, 4 * GIB, 16 * GIB))
    assert strip.history.tables["train"].steps.tolist() == [2, 3, 5, 8]
    assert strip.history.series("train", "gpu1")[0] == [2, 3]
