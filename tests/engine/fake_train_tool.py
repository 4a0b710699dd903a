"""Stands for every tool of a checkout (see `fake_trainer`); runs with the plain interpreter."""

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

TOOL = Path(__file__)
PLAN = json.loads(TOOL.with_name("plan.json").read_text())
NEW = PLAN["major"] >= 3
BAR = "\reval model::   0%|          | 0/2 [00:00<?, ?it/s]\reval model:: 100%|#####| 2/2 [00:00<00:00,  2.04it/s]\n"
HANGING_LOADER = """Exception in thread Thread-1 (_thread_loop):
Traceback (most recent call last):
  [Previous line repeated 980 more times]
RecursionError: maximum recursion depth exceeded while calling a Python object
"""


def options():
    """The config's path and the overrides."""
    words = sys.argv[1:]
    config = Path(words[words.index("-c") + 1])
    pairs = words[words.index("-o") + 1 :] if "-o" in words else []
    return config, {key: json.loads(value) for key, value in (pair.split("=", 1) for pair in pairs)}


CONFIG, OVERRIDES = options()
RUN = CONFIG.parent
# opened once, as a log handler does
LOG = (RUN / "train.log").open("a", buffering=1) if NEW and TOOL.stem == "train" else None


def say(text, level="INFO"):
    line = time.strftime("[%Y/%m/%d %H:%M:%S] ") + f"ppocr {level}: {text}"
    print(line, flush=True)
    if LOG is not None:
        LOG.write(line + "\n")


def save(name, epoch, step, best, cut=False):
    """In place, moments first, as PaddleOCR does; `cut`: killed in the middle of the weights."""
    import numpy as np  # not needed by most of what is tested

    weights = {"head.fc.weight": np.full((4, 3), step, np.float32), "StructuredToParameterName@@": {}}
    for ending, content in (
        (".pdopt", {"moment": np.zeros(2, np.float32), "LR_Scheduler": {"last_epoch": step}}),
        (".pdparams", weights),
        (".states", {"best_model_dict": best, "epoch": epoch, "global_step": step}),
    ):
        data = pickle.dumps(content, protocol=2 if ending == ".states" else 4)
        with (RUN / f"{name}{ending}").open("wb") as file:
            if cut and ending == ".pdparams":
                file.write(data[: len(data) // 2])
                file.flush()
                os.kill(os.getpid(), signal.SIGKILL)
            file.write(data)


def load(path):
    return pickle.loads(Path(path).read_bytes())  # noqa: S301 - written by this very program


def outlast(is_done):
    """A real epoch takes longer than what is done about the one before."""
    deadline = time.monotonic() + 60
    while not is_done() and time.monotonic() < deadline:
        time.sleep(0.01)


def is_put_back(acc):
    """Whether a better model has taken the place of what was saved as the best."""
    return load(RUN / "best_accuracy.states")["best_model_dict"]["acc"] != acc


def is_copied():
    """Whether there is a copy of the latest save."""
    return any(RUN.glob("backup/latest-*"))


def act(place):
    """What the plan wants to happen here: `after 3` steps, `at start`."""
    for line in PLAN.get("say", {}).get(place, []):
        (sys.stderr if line.startswith("Traceback") else sys.stdout).write(line + "\n")
        sys.stdout.flush()
    if PLAN.get("traceback_at") == place:
        sys.stderr.write(HANGING_LOADER)
        sys.stderr.flush()
        time.sleep(600)
    if PLAN.get("hang_at") == place:
        time.sleep(600)
    if PLAN.get("die_at") == place:
        os.kill(os.getpid(), signal.SIGKILL)
    if PLAN.get("exit_at") == place:
        sys.exit(PLAN.get("code", 0))


def start_workers():
    """Processes that ignore polite signals; one of them leaves the process group."""
    code = "import signal, time\n"
    code += "for number in (signal.SIGTERM, signal.SIGINT): signal.signal(number, signal.SIG_IGN)\n"
    code += "time.sleep(600)\n"
    workers = [
        subprocess.Popen([sys.executable, "-c", code], start_new_session=number == 1)
        for number in range(PLAN.get("workers", 0))
    ]
    if workers:
        (RUN / "workers.txt").write_text("\n".join(str(one.pid) for one in [*workers]) + f"\n{os.getpid()}\n")


def train():
    (RUN / "config.yml").write_text("Global: {written: by PaddleOCR}\n")
    if NEW:
        sys.stdout.write("Skipping import of the encryption module.")
    start_workers()
    steps = PLAN.get("steps", 2)
    accs = PLAN["accs"]
    for line in ("Architecture : ", "    model_type : rec", "Global : ", f"    epoch_num : {len(accs)}"):
        say(line)
    say("    print_batch_step : 2")
    say("Metric : ")
    say("    main_indicator : acc")
    say("train with paddle 3.2.2 and device Place(cpu)")
    if not NEW:
        print("list index out of range", flush=True)
    act("at start")
    say(f"train dataloader has {steps} iters")
    say("valid dataloader has 2 iters")
    best, first = {"acc": 0}, 1
    checkpoint = OVERRIDES.get("Global.checkpoints")
    if checkpoint:
        states = load(f"{checkpoint}.states")
        load(f"{checkpoint}.pdparams")
        best, first = states["best_model_dict"], states["epoch"] + 1
        if NEW:
            best["acc"] = 0.0
        say(f"resume from {checkpoint}")
    else:
        say("train from scratch")
    if PLAN.get("evaluates", True):
        say(f"During the training process, after the 0th iteration, an evaluation is run every {steps} iterations")
    step = 0
    for epoch in range(first, len(accs) + 1):
        for _ in range(steps):
            step += 1
            time.sleep(PLAN.get("pause", 0))
            if step % 2 == 0 or step % steps == 0:
                tail = "" if NEW else ",  "
                say(
                    f"epoch: [{epoch}/{len(accs)}], global_step: {step}, lr: 0.000017, acc: 0.5, CTCLoss: 1.5, "
                    f"loss: 145.2, avg_reader_cost: 0.01584 s, avg_batch_cost: {PLAN.get('cost', 0.01)} s, "
                    f"avg_samples: 8.0, ips: 2.93699 samples/s, eta: 1 day, 0:00:43{tail}"
                )
            act(f"after {step}")
        acc = accs[epoch - 1]
        if PLAN.get("evaluates", True):
            sys.stderr.write(BAR)
            sys.stderr.flush()
            say(f"cur metric, acc: {acc}, norm_edit_dis: 6.25e-07, fps: 16.4")
            if acc >= best["acc"]:
                best.update(acc=acc, best_epoch=epoch)
                save("best_accuracy", epoch, step, best)
                say(f"save best model is to {RUN}/best_accuracy")
                if PLAN.get("put_back") == epoch:
                    outlast(partial(is_put_back, acc))
            say(f"best metric, acc: {best['acc']}, is_float16: False, best_epoch: {epoch}")
        if PLAN.get("cut_epoch") == epoch:
            outlast(is_copied)
        save("latest", epoch, step, best, cut=PLAN.get("cut_epoch") == epoch)
        say(f"save model in {RUN}/latest")
    say(f"best metric, acc: {best['acc']}, is_float16: False")


def export():
    act("at export")
    folder = Path(OVERRIDES["Global.save_inference_dir"])
    folder.mkdir(parents=True)
    weights = load(OVERRIDES["Global.pretrained_model"] + ".pdparams")
    (folder / "inference.pdmodel").write_text("graph")
    (folder / "inference.pdiparams").write_text(str(weights["head.fc.weight"][0, 0]))
    say(f"inference model is saved to {folder}/inference")


def evaluate():
    act("at eval")
    say("metric in ckpt ***************")
    say("acc:0.9")
    say("metric eval ***************")
    say("acc:0.25")
    say("norm_edit_dis:0.5")


{"train": train, "eval": evaluate, "export_model": export}[TOOL.stem]()
