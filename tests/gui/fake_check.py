"""Stands in for `ocrstudio check`: answers at once, as the config's text says in a comment."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

FINE = [sys.executable, str(Path(__file__).resolve())]


def finding(severity: str, what: str, cure: str = "", **values: str) -> dict[str, object]:
    made: dict[str, object] = {"severity": severity, "what": what, "remedy": "", "values": values, "text": what}
    return made | ({"cure": {"title": cure, "command": []}} if cure else {})


def check(name: str, verdict: str, findings: list[dict[str, object]], places: list[list[object]]) -> dict[str, object]:
    fields = {"id": name, "title": name.capitalize(), "verdict": verdict, "rows": len(places)}
    return fields | {"findings": findings, "places": places}


def main() -> None:
    text = Path(sys.argv[sys.argv.index("check") + 2]).read_text("utf-8")
    wanted = re.search(r"# check: (\w+)", text)
    verdict = wanted[1] if wanted else "fine"
    if verdict == "slow":
        time.sleep(60)
    if verdict == "breaks":
        sys.exit(3)
    result: dict[str, object] = {}
    if "--repair" in sys.argv:
        ids = sys.argv[sys.argv.index("--repair") + 1 :]
        settings = {"Global.epoch_num": 77} if "rows" in ids or "all" in ids else {}
        result["repair"] = {"settings": settings, "written": ["/x/train.repaired.txt"], "changed": 2, "left_out": 1}
    severity = {"fail": "fatal", "poor": "warning"}.get(verdict)
    bad = [finding(severity, "{count} rows are bad.", "Mend the rows", count="3")] if severity else []
    places = (
        [
            ["/x/train.txt", number, f"row {number}", str(Path(__file__).with_name(f"{number}.png"))]
            for number in (2, 3, 5)
        ]
        if severity
        else []
    )
    timed = [finding("note", "About {time}.", time="7 min" if "--time" in sys.argv else "1 h 5 min")]
    result["checks"] = [
        check("rows", verdict if severity else "fine", bad, places),
        check("time", "fine", timed, []),
        check("unseen", "open", [], []),
    ]
    result["fails"] = verdict == "fail"
    print(json.dumps({"v": 1, "type": "stage", "name": "check", "done": 1, "total": 2}))
    print(json.dumps({"v": 1, "type": "done", "result": result}))


if __name__ == "__main__":
    main()
