"""A recogniser that answers by the name of the picture; started by tests through the real QProcess.

First argument: a folder for its diary (`diary.txt`: one line for each start, model and picture). A picture whose name
begins with "held" is answered once the file `go on` is there, too.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

DIARY, GO_ON = Path(sys.argv[1]) / "diary.txt", Path(sys.argv[1]) / "go on"


def say(kind: str, **fields: object) -> None:
    sys.stdout.write(json.dumps({"v": 1, "type": kind, **fields}) + "\n")
    sys.stdout.flush()


def note(line: str) -> None:
    with DIARY.open("a", encoding="utf-8", errors="surrogateescape") as file:
        file.write(line + "\n")


def load(model: str) -> None:
    note(f"model {Path(model).name}")
    if "die" in model:
        os._exit(7)
    if "broken" in model:
        say("failed", id=0, what="{file} holds no model.", remedy="Choose another.", values={"file": model})
    else:
        say("model_ready", model=model, name=Path(model).name, characters=18, seconds=0.1)


def answer(number: int, image: str, quads: list | None, wish: str = "") -> None:
    name = Path(image).name
    note(f"read {name}{wish}")
    if name.startswith("crash") and not (name.startswith("crash-once") and DIARY.read_text().count(f"read {name}") > 1):
        sys.stderr.write("MemoryError: out of memory\n")
        sys.stderr.flush()
        os._exit(7)
    begun = time.monotonic()
    while name.startswith("held") and not GO_ON.exists() and time.monotonic() - begun < 60:
        time.sleep(0.01)
    if name.startswith("nomodel"):
        say("failed", id=0, what="No model is loaded.")
        return
    if name.startswith("bad"):
        say(
            "failed",
            id=number,
            what="{file} cannot be opened as a picture.",
            remedy="Save it again.",
            values={"file": name},
        )
        return
    lines = [
        {"points": [[10, 60], [180, 60], [180, 80], [10, 80]], "text": "second line", "score": 0.72},
        {"points": [[10, 10], [110, 10], [110, 30], [10, 30]], "text": "Kapitel Ⅻ", "score": 0.98},
        {"points": [[120, 10], [190, 10], [190, 30], [120, 30]], "text": "7?", "score": 0.31},
    ]
    if name.startswith("empty"):
        lines = []
    if quads:
        lines = [{"points": quad, "text": f"quad of {name}", "score": 0.9} for quad in quads]
    print("a library's stray words", flush=True)
    say("page_read", id=number, image=image, width=200, height=100, lines=lines, seconds=0.01)


def wish_of(request: dict) -> str:
    """What is out of the ordinary about a request."""
    plain = {"mode": ("auto", "page"), "page": (0,), "turn": (0,), "password": ("",)}
    odd = [f"{key} {request[key]}" for key, usual in plain.items() if request[key] not in usual]
    return "".join(f", {one}" for one in odd)


def main() -> None:
    note("start")
    for line in sys.stdin:
        request = json.loads(line)
        if request["type"] == "load_model":
            load(request["model"])
        elif request["type"] == "recognize_page":
            answer(request["id"], request["image"], request["quads"], wish_of(request))


if __name__ == "__main__":
    main()
