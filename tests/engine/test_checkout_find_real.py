"""The two real checkouts: every template, the interpreter's answer, a training with nothing but the config."""

import subprocess
import sys
import time

import pytest

sys.path.insert(0, __file__.rsplit("engine", 1)[0] + "unit")
from checkout_trees import make_dataset
from checkouts import each_checkout

from ocrstudio.core.errors import ConfigError
from ocrstudio.engine.checkout.commands import train_command
from ocrstudio.formats.checkout import TOOLS, find_checkout
from ocrstudio.formats.checkout_config import Machine, Wishes, prepare, steps_per_epoch
from ocrstudio.formats.checkout_python import check_python
from ocrstudio.formats.checkout_templates import find_template, list_templates
from ocrstudio.formats.log_records import LogRecords
from ocrstudio.formats.preflight import preflight
from ocrstudio.formats.run_folder import PADDLEOCR, Engine, RunFolder

__all__ = ["each_checkout"]
# The hand-made workflow's two, and one for each generation and task.
NAMES = (
    "ch_PP-OCRv3_det_student",
    "ch_PP-OCRv3_rec_distillation",
    "ch_PP-OCRv3_rec",
    "ch_PP-OCRv4_det_student",
    "ch_PP-OCRv4_det_teacher",
    "ch_PP-OCRv4_rec",
    "ch_PP-OCRv4_rec_hgnet",
    "PP-OCRv5_mobile_det",
    "PP-OCRv5_server_det",
    "PP-OCRv5_mobile_rec",
    "PP-OCRv5_server_rec",
)
# It uses an alias that it does not define; PaddleOCR cannot read it either.
BROKEN = "ch_PP-OCRv4_rec_distill"


def test_it_is_found_with_all_its_tools_and_listed_at_once(each_checkout):
    checkout = find_checkout(each_checkout.path / "ppocr" / "data")
    assert checkout.path == each_checkout.path.resolve()
    assert checkout.major == {"2026": 3, "2024": 2}[each_checkout.year]
    assert checkout.tools == TOOLS
    started = time.process_time()
    templates = list(list_templates(checkout))
    assert time.process_time() - started < 2
    assert len(templates) > 80
    assert {one.task for one in templates} == {"rec", "det"}


def test_its_interpreter_can_train_both_tasks(each_checkout):
    checkout = find_checkout(each_checkout.path)
    answer = check_python(each_checkout.python, checkout)
    assert answer.paddle
    for task in ("rec", "det"):
        assert [problem.text() for problem in answer.problems(checkout, task) if problem.is_fatal] == []


def test_the_configs_that_matter_are_ready_and_pass_the_preflight(each_checkout, tmp_path):
    checkout = find_checkout(each_checkout.path)
    dataset = make_dataset(tmp_path / "data", lines=40, pages=6)
    ready = []
    for name in NAMES:
        try:
            template = find_template(checkout, name)
        except ConfigError:
            assert "v5" in name
            assert each_checkout.year == "2024"
            continue
        config = prepare(template.load(), checkout, dataset, Machine(cpus=2), Wishes(epochs=2))
        assert preflight(config, PADDLEOCR, checkout=checkout, save_dir=tmp_path / "run") == []
        assert not str(config.get("Global.pretrained_model") or "").startswith("http")
        ready.append(template.task)
    assert len(ready) == {"2026": 11, "2024": 7}[each_checkout.year]


@pytest.mark.slow
def test_every_config_can_be_made_ready(each_checkout, tmp_path):
    checkout = find_checkout(each_checkout.path)
    dataset = make_dataset(tmp_path / "data")
    for template in list_templates(checkout):
        if template.path.stem != BROKEN:
            prepare(template.load(), checkout, dataset, Machine(cpus=2), Wishes(epochs=2))


@pytest.mark.slow
def test_the_workflows_detector_trains_with_the_config_alone(each_checkout, tmp_path):
    checkout = find_checkout(each_checkout.path)
    dataset = make_dataset(tmp_path / "data 图", pages=4)
    template = find_template(checkout, "ch_PP-OCRv3_det_student")
    wishes = Wishes(epochs=1, batch_size=2, image_shape=(160, 160))
    config = prepare(template.load(), checkout, dataset, Machine(cpus=2), wishes)
    engine = Engine(PADDLEOCR, checkout.path, each_checkout.python)
    run = RunFolder.create(tmp_path / "runs = all", "student", config, engine=engine)
    command = train_command(engine, run)
    done = subprocess.run(
        command.argv, cwd=command.cwd, env=dict(command.env), capture_output=True, encoding="utf-8", timeout=200
    )
    assert done.returncode == 0, done.stderr[-2000:]
    reader = LogRecords()
    records = [record for line in done.stdout.splitlines() for record in reader.feed(line)]
    assert reader.steps_per_epoch == steps_per_epoch(config, 4) == 2
    assert [record["step"] for record in records if record["kind"] == "train"] == [1, 2]
    assert [record["step"] for record in records if record["kind"] == "eval"] == [2]
    assert (run.path / "latest.pdparams").is_file()
    assert (run.path / "best_accuracy.pdparams").is_file()
