"""The health watch: each sign at its limits, by numbers that can be checked by hand, and none in real good runs."""

import math
import random
import time
from pathlib import Path

import pytest

from ocrstudio.core import health_words
from ocrstudio.core.health import Expected, HealthWatch, Words
from ocrstudio.core.run_history import RunHistory
from ocrstudio.formats.log_records import LogRecords

LOGS = Path(__file__).resolve().parents[3] / "shared" / "spec" / "paddleocr_logs" / "train"
START = {"kind": "start", "time": 0.0, "task": "rec", "epochs": 10, "steps_per_epoch": 100, "device": "gpu:0"}
T0 = 1_000_000.0


def history(losses, *, evals=(), start=START, end=None, notices=(), **columns) -> RunHistory:
    """A run with one row a second; columns are lists as long as the losses, or one value for all rows."""
    made = RunHistory([start] if start else [])
    for number, loss in enumerate(losses):
        row = {"kind": "train", "time": T0 + number, "step": number + 1, "epoch": number // 100 + 1, "loss": loss}
        row |= {name: value[number] if isinstance(value, list) else value for name, value in columns.items()}
        made.add(row)
    for record in (*evals, *notices):
        made.add(record)
    if end:
        made.add({"kind": "end", "time": T0, "outcome": end})
    return made


def evaluation(step, **measures):
    return {"kind": "eval", "time": T0, "step": step, "epoch": step // 100, **measures}


def evaluations(name, *values, every=50, first=50):
    return [evaluation(first + number * every, **{name: value}) for number, value in enumerate(values)]


def signs(made, **more):
    return {sign.id: sign for sign in HealthWatch().look(made, **more)}


def states(made, **more):
    return {name: sign.state for name, sign in signs(made, **more).items()}


def line(first, last, count):
    return [first + (last - first) * number / (count - 1) for number in range(count)]


def test_nothing_is_said_of_nothing():
    assert HealthWatch().look(RunHistory()) == []
    assert states(history([])) == {"early": "good"}
    assert states(history([9.0] * 19)) == {"early": "good"}


@pytest.mark.parametrize("loss", [math.nan, math.inf, -math.inf, None, "nanxxx"])
def test_a_loss_that_is_no_number_is_bad_and_the_only_word_about_learning(loss):
    made = history([*line(9, 1, 50), loss])
    assert states(made) == {"nan": "bad"}
    assert signs(made)["nan"].values == {"step": 51}
    made.add({"kind": "train", "time": T0, "step": 52, "loss": 1.0})
    assert "nan" not in signs(made)


@pytest.mark.parametrize(
    ("silent", "cost", "state"),
    [
        (60, 0.1, None),
        (61, 0.1, "warn"),
        (180, 0.1, "warn"),
        (181, 0.1, "bad"),
        (180, 9.0, None),
        (181, 9.0, "warn"),
        (540, 9.0, "warn"),
        (541, 9.0, "bad"),
    ],
)
def test_a_run_is_stalled_after_many_times_the_length_of_a_step(silent, cost, state):
    made = history([9.0] * 30, batch_cost=cost)
    assert states(made, now=T0 + 29 + silent).get("stalled") == state
    # a line of the log is a sign of life, and nobody waits for a run that is over
    assert "stalled" not in signs(made, now=T0 + 29 + silent, heard=T0 + 29 + silent)
    assert "stalled" not in signs(made)
    assert "stalled" not in signs(history([9.0] * 30, batch_cost=cost, end="failed"), now=T0 + 29 + silent)


def test_the_first_step_may_take_minutes():
    assert states(history([]), now=T0 + 300, heard=T0) == {"early": "good"}
    assert states(history([]), now=T0 + 301, heard=T0)["no_first_step"] == "warn"
    assert states(RunHistory(), now=T0 + 301, heard=T0) == {"no_first_step": "warn"}
    assert states(RunHistory(), now=T0 + 301) == {}


@pytest.mark.parametrize(
    ("last", "state"),
    [(2.9, None), (3.1, "warn"), (5.9, "warn"), (6.1, "bad")],
)
def test_the_loss_diverges_when_two_blocks_are_far_above_the_lowest(last, state):
    losses = [10.0] * 20 + [2.0] * 20 + [last] * 40
    assert states(history(losses)).get("diverging") == state
    # one block may be chance
    assert "diverging" not in signs(history(losses[:60]))


def test_a_small_loss_may_double():
    assert "diverging" not in signs(history([140.0] * 20 + [0.2] * 20 + [0.9] * 40))


def test_noise_is_no_rise():
    chance = random.Random(1)
    for _ in range(10):
        losses = [chance.expovariate(1.0) + 0.1 for _ in range(2000)]
        assert "diverging" not in signs(history(losses))
        risen = [5 * value for value in losses[:400]]
        assert any("diverging" in signs(history(losses + risen[:rows])) for rows in range(40, 401, 40))


def test_flat_means_neither_loss_nor_similarity_moves_and_nothing_is_right():
    losses = [100.0] * 120
    flat = {"acc": 0.0, "norm_edit_dis": 0.05}
    assert states(history(losses, **flat))["flat"] == "warn"
    assert states(history([100.0] * 300, **flat))["flat"] == "bad"
    assert "flat" not in signs(history(losses[:99], **flat))
    assert "flat" not in signs(history(line(100, 95, 120), **flat))
    assert "flat" not in signs(history(losses, acc=0.01, norm_edit_dis=0.05))
    rising = history(losses, acc=0.0, norm_edit_dis=line(0.05, 0.10, 120))
    assert states(rising)["acc_zero_normal"] == "info"
    assert "flat" not in signs(rising)
    assert "1. " in health_words.FLAT_REC.why
    assert "4. " in health_words.FLAT_REC.why


def test_acc_zero_is_normal_while_the_loss_falls():
    made = history(line(140, 60, 100), acc=0.0, norm_edit_dis=line(0.05, 0.4, 100))
    found = signs(made)
    assert found["acc_zero_normal"].state == "info"
    # rows 81 to 100: 0.05 + 0.35 * 89.5 / 99 on average
    assert found["acc_zero_normal"].values == {"similar": "36.6 %"}
    assert found["falling"].values == {"share": 49, "steps": 100}
    assert "acc_zero_normal" not in signs(history(line(140, 60, 100), acc=0.5, norm_edit_dis=0.9))


def test_a_detector_that_finds_nothing_is_flat_only_if_its_loss_is():
    start = {**START, "task": "det"}
    found = evaluations("hmean", 0.0, 0.0, 0.0, every=30, first=30)
    assert states(history([9.0] * 120, start=start, evals=found))["flat"] == "warn"
    falling = states(history(line(9, 5, 120), start=start, evals=found))
    assert (falling.get("flat"), falling["hmean_zero_normal"]) == (None, "info")
    assert "flat" not in signs(history([9.0] * 120, start=start, evals=found[:2]))


def test_overfitting_needs_a_rising_validation_loss_and_a_falling_training_loss():
    losses = line(10, 1, 400)
    rising = evaluations("loss", 5.0, 3.0, 3.2, 3.4, 3.5, every=80, first=80)
    found = signs(history(losses, evals=rising))
    assert (found["overfitting"].state, found["overfitting"].values) == ("warn", {"count": 3, "epoch": 2})
    assert "overfitting" not in signs(history(losses, evals=rising[:4]))
    assert "overfitting" not in signs(history([10.0] * 400, evals=rising))
    low = evaluations("loss", 5.0, 3.0, 3.1, 3.2, 3.29, every=80, first=80)
    assert "overfitting" not in signs(history(losses, evals=low))


def test_evaluations_without_a_better_one_mean_a_plateau_or_overfitting():
    stale = evaluations("acc", 0.5, 0.8, 0.8, 0.7, 0.8, 0.79, 0.8, every=50, first=50)
    assert states(history(line(10, 1, 400), evals=stale))["overfitting"] == "warn"
    assert states(history([1.0] * 400, evals=stale))["plateau"] == "info"
    assert not {"plateau", "overfitting"} & set(signs(history([1.0] * 400, evals=stale[:6])))
    assert "plateau" not in signs(history([1.0] * 400, evals=stale, end="finished"))
    never = evaluations("acc", *[0.0] * 8)
    assert not {"plateau", "overfitting"} & set(signs(history(line(10, 1, 400), evals=never)))
    perfect = evaluations("acc", 0.5, *[1.0] * 8)
    assert states(history(line(10, 1, 400), evals=perfect))["plateau"] == "info"


def test_training_lines_by_heart():
    found = evaluations("acc", 0.4, 0.55, 0.59)
    assert states(history(line(9, 1, 200), acc=0.9, evals=found))["by_heart"] == "warn"
    assert "by_heart" not in signs(history(line(9, 1, 200), acc=0.88, evals=found))
    assert "by_heart" not in signs(history(line(9, 1, 200), acc=0.9, evals=evaluations("acc", 0.4, 0.5, 0.61)))


@pytest.mark.parametrize(
    ("kept", "lines", "state"),
    [
        ((0.95, 0.94), 200, None),
        ((0.95, 0.92), 200, "warn"),
        ((0.95, 0.92), 40, None),  # one line
        ((0.95, 0.97, 0.86), 200, "bad"),
        ((0.95, 0.80, 0.95), 200, None),  # it came back
    ],
)
def test_forgetting_is_measured_from_the_best(kept, lines, state):
    found = [
        evaluation(50 * number, acc=0.1 * number, retention_acc=value, retention_lines=lines)
        for number, value in enumerate(kept, start=1)
    ]
    assert states(history(line(9, 1, 200), evals=found)).get("forgetting") == state


@pytest.mark.parametrize(("reading", "state"), [(0.29, None), (0.31, "info"), (0.5, "info"), (0.51, "warn")])
def test_waiting_for_data(reading, state):
    made = history(line(9, 1, 30), reader_cost=[9.0] * 3 + [reading] * 27, batch_cost=[10.0] * 3 + [1.0] * 27)
    assert states(made).get("data_bound") == state


def test_a_rate_is_judged_by_the_batch_and_only_in_trouble():
    trouble = [10.0] * 20 + [2.0] * 20 + [7.0] * 40
    # 1e-3 for 1024 lines is 1.25e-4 for 128
    found = signs(history(trouble, lr=1.3e-3, samples=128))
    assert found["rate_high"].values == {"rate": "0.0013", "advised": "0.00013", "batch": 128}
    assert "rate_high" not in signs(history(trouble, lr=1.2e-3, samples=128))
    assert "rate_high" not in signs(history(line(9, 1, 80), lr=1.3e-3, samples=128))
    assert states(history([2.0] * 120, lr=6e-6, samples=128, acc=0.5))["rate_low"] == "info"
    assert "rate_low" not in signs(history([2.0] * 120, lr=7e-6, samples=128, acc=0.5))
    builtin = {**START, "indicator": "acc"}
    assert "rate_high" not in signs(history(trouble, start=builtin, lr=1.3e-3, samples=128))
    det = {**START, "task": "det"}
    assert signs(history(trouble, start=det, lr=2e-3, samples=8))["rate_high"].values["advised"] == "0.00013"


def test_a_rate_of_zero_is_told_except_at_the_end():
    assert states(history(line(9, 5, 100), lr=0.0, samples=8))["rate_zero"] == "warn"
    short = {**START, "epochs": 1}
    assert "rate_zero" not in signs(history(line(9, 5, 100), start=short, lr=0.0, samples=8))


def test_evaluations_that_never_come():
    late = Expected(first_evaluation=2000)
    assert states(history([9.0] * 30), expected=late)["never_evaluated"] == "warn"
    assert "never_evaluated" not in signs(history([9.0] * 30), expected=Expected(first_evaluation=1000))
    assert states(history([9.0] * 30, end="finished"))["never_evaluated"] == "warn"
    assert "never_evaluated" not in signs(history([9.0] * 30, end="stopped"))


def test_a_finished_run_without_gain_and_one_with():
    best = [evaluation(0, acc=0.5, best=True), evaluation(100, acc=0.5)]
    assert states(history(line(9, 1, 100), evals=best, end="finished"))["no_gain"] == "warn"
    better = [*best, {**evaluation(200, acc=0.625, best=True), "epoch": 2}]
    found = signs(history(line(9, 1, 100), evals=better, end="finished"))
    assert "no_gain" not in found
    assert found["finished"].text() == "Finished: validation accuracy 62.5 %, reached in epoch 2."


def test_a_processor_in_place_of_the_card_that_was_asked_for():
    cpu = {**START, "device": "Place(cpu)"}
    asked = Expected.of({"Global.use_gpu": True}.get, by_steps_alone=True)
    assert states(history([9.0] * 5, start=cpu), expected=asked)["gpu_unused"] == "warn"
    assert "gpu_unused" not in signs(history([9.0] * 5), expected=asked)
    assert "gpu_unused" not in signs(history([9.0] * 5, start=cpu))


@pytest.mark.parametrize(
    ("rhythm", "first"), [([0, 2000], 2000), ([400, 100], 500), (2000, 2000), (None, 0), ("x", 0), ([1, 2, 3], 0)]
)
def test_what_a_config_expects(rhythm, first):
    assert Expected.of({"Global.eval_batch_step": rhythm}.get, by_steps_alone=True).first_evaluation == first
    assert Expected.of({"Global.eval_batch_step": rhythm}.get, by_steps_alone=False).first_evaluation == 0


def test_a_halved_batch_is_worth_knowing():
    notice = {"kind": "notice", "name": "out_of_memory", "step": 7, "batch_size": 4, "message": ""}
    found = signs(history([9.0] * 30, notices=[notice]))["less_memory"]
    assert (found.state, found.values) == ("info", {"size": 4, "step": 7})


def test_the_most_serious_comes_first_and_every_sentence_fills():
    trouble = [10.0] * 20 + [2.0] * 20 + [7.0] * 40
    found = HealthWatch().look(history(trouble, lr=0.1, samples=8, reader_cost=0.6, batch_cost=1.0))
    assert [sign.state for sign in found] == ["bad", "warn", "warn"]
    for sign in found:
        for template in (sign.words.what, sign.words.why, sign.words.remedy):
            assert "{" not in template.format(**sign.values)
    assert all(
        isinstance(value, Words) for name, value in vars(health_words).items() if name.isupper() and "QT_" not in name
    )


def test_a_watch_follows_a_run_that_grows_or_is_taken_back():
    watch, made = HealthWatch(), history([10.0] * 20 + [2.0] * 20)
    assert "diverging" not in {sign.id for sign in watch.look(made)}
    for number in range(40, 80):
        made.add({"kind": "train", "time": T0, "step": number + 1, "loss": 7.0})
    assert "diverging" in {sign.id for sign in watch.look(made)}
    made.add({"kind": "train", "time": T0, "step": 41, "loss": 2.0})
    assert "diverging" not in {sign.id for sign in watch.look(made)}


@pytest.mark.parametrize("value", ["x", None, True, [], {}, math.nan, 1e308, -1e308, 10**400])
def test_odd_values_break_nothing(value):
    row = {"loss": value, "lr": value, "acc": value, "reader_cost": value, "batch_cost": value, "samples": value}
    made = RunHistory([{**START, "device": value}])
    for number in range(130):
        made.add({"kind": "train", "time": value, "step": number, **row})
        made.add({"kind": "eval", "time": value, "step": number, "acc": value, "loss": value, "retention_acc": value})
    made.add({"kind": "notice", "name": value})
    assert all(sign.text() for sign in HealthWatch().look(made, now=T0, heard=T0))


def test_looking_costs_little_however_long_the_run_is():
    made = RunHistory([START])
    count = 1_000_000
    steps = range(1, count + 1)
    values = [1.0 + 1.0 / number for number in steps]
    columns = {"loss": values, "acc": values, "lr": values}
    made.tables["train"].extend(list(steps), values, [1] * count, columns)
    watch = HealthWatch()
    first, again = [], []
    for spent in (first, again, again, again):
        began = time.process_time()
        watch.look(made, now=T0)
        spent.append(time.process_time() - began)
    assert min(first) < 0.5
    assert min(again) < 0.01


@pytest.mark.skipif(not LOGS.is_dir(), reason="the logs of PaddleOCR's own trainings are not here")
def test_good_runs_of_paddleocr_give_no_alarm():
    for path in sorted(LOGS.glob("20*.log")):
        reader, made = LogRecords(), RunHistory()
        for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
            for record in reader.feed(text):
                made.add(record)
        alarms = [sign.id for sign in HealthWatch().look(made) if sign.state in ("warn", "bad")]
        # on two cores some spend half of a step reading
        assert (path.name, [name for name in alarms if name != "data_bound"]) == (path.name, [])
