"""A child that does as its first argument says; started by the tests of processes and jobs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time


def message(kind: str, **fields: object) -> str:
    return json.dumps({"v": 1, "type": kind, **fields}, ensure_ascii=False)


def say(kind: str, **fields: object) -> None:
    sys.stdout.write(message(kind, **fields) + "\n")
    sys.stdout.flush()


def raw(data: bytes, to: int = 1) -> None:
    os.write(to, data)


def split_line() -> None:
    data = (message("stage", name="Ⅻ pages", done=1, total=2) + "\n").encode()
    # In the middle of a character of several bytes.
    cut = data.index("Ⅻ".encode()) + 1
    raw(data[:cut])
    time.sleep(0.1)
    raw(data[cut:])


def junk() -> None:
    say("stage", name="a")
    raw(b"stray print\n{not json}\n\xff\xfe broken bytes\n\n")
    say("stage", name="b")


def progress_bar() -> None:
    for percent in (0, 50, 100):
        raw(f"\r{percent}%".encode(), to=2)
        time.sleep(0.05)
    raw(b"\nready\r\n", to=2)


def stubborn() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with helper() as process:
        say("stage", name=str(process.pid))
        time.sleep(60)


def orphan() -> None:
    process = helper()
    say("stage", name=str(process.pid))
    os._exit(3)


def helper() -> subprocess.Popen:
    sleep = [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"]
    return subprocess.Popen(sleep, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def obey() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    say("stage", name="up")
    time.sleep(60)


def job() -> None:
    for done in range(3):
        say("stage", name="write", done=done, total=2)
    say("done", result={"folder": "a b/Ⅻ"})


def job_failed() -> None:
    say("failed", what="{file} holds no images.", remedy="Choose another.", values={"file": "a.txt"}, details="trace")
    sys.exit(1)


def exit_1() -> None:
    raise ValueError("a broken config")


def main() -> None:
    actions = {
        "split-line": split_line,
        "no-newline": lambda: raw(message("done", result={"ok": True}).encode()),
        "junk": junk,
        "progress-bar": progress_bar,
        "exit-1": exit_1,
        "kill-self": lambda: os.kill(os.getpid(), signal.SIGKILL),
        "abort": os.abort,
        "echo": lambda: [say("stage", name=json.loads(line)["model"]) for line in sys.stdin],
        "obey": obey,
        "obey-endlessly": lambda: time.sleep(60),
        "stubborn": stubborn,
        "orphan": orphan,
        "many": lambda: [say("metric", record={"step": step}) for step in range(500)],
        "job": job,
        "job-failed": job_failed,
    }
    actions[sys.argv[1]]()


if __name__ == "__main__":
    main()
