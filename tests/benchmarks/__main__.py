"""Runs benchmarks, each in a process of its own with a home of its own."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.annotation import annotation
from tests.benchmarks.dashboard import dashboard
from tests.benchmarks.dataset import dataset
from tests.benchmarks.detection_training import detection_training
from tests.benchmarks.equality import equality
from tests.benchmarks.flight_check import flight_check
from tests.benchmarks.forgetting import forgetting
from tests.benchmarks.graft import graft
from tests.benchmarks.learning import captcha
from tests.benchmarks.measure import Benchmark, Measure, Surroundings
from tests.benchmarks.reading import reading
from tests.benchmarks.recognition import recognition
from tests.benchmarks.safety import safety
from tests.benchmarks.start import start
from tests.benchmarks.startup import startup
from tests.benchmarks.synthesis import synthesis
from tests.benchmarks.training import training

BENCHMARKS: dict[str, Benchmark] = {
    "equality": equality,
    "startup": startup,
    "start": start,
    "annotation": annotation,
    "safety": safety,
    "training": training,
    "captcha": captcha,
    "graft": graft,
    "forgetting": forgetting,
    "detection-training": detection_training,
    "recognition": recognition,
    "reading": reading,
    "dataset": dataset,
    "flight_check": flight_check,
    "synthesis": synthesis,
    "dashboard": dashboard,
}
LIMIT_S = 2400


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="name the benchmarks")
    run = commands.add_parser("run", help="run some of them; exit 1 if a bar is missed")
    run.add_argument("names", nargs="+", choices=sorted(BENCHMARKS), metavar="NAME")
    run.add_argument("--json", action="store_true", help="print one JSON list")
    run.add_argument("--peer", type=Path, metavar="DIR", help="environment whose Python runs the peers, where they can")
    run.add_argument("--long", action="store_true", help="as much as users take, where less proves it, too: minutes")
    run.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser


def _run_here(names: list[str], peer: Path | None, *, long: bool) -> list[Measure]:
    measures = []
    with tempfile.TemporaryDirectory(prefix="ocrstudio-benchmark-") as scratch:
        for name in names:
            folder = Path(scratch) / name
            folder.mkdir()
            measures += BENCHMARKS[name](Surroundings(folder, peer, long))
    return measures


def _run_apart(name: str, peer: Path | None, *, long: bool) -> list[Measure]:
    """Runs one benchmark in a child: what one loads must not slow the next, and nobody's settings count."""
    command = [sys.executable, "-m", "tests.benchmarks", "run", name, "--json", "--here"]
    if peer is not None:
        command += ["--peer", str(peer.resolve())]
    command += ["--long"] if long else []
    with tempfile.TemporaryDirectory(prefix="ocrstudio-home-") as home:
        environment = {**os.environ, "HOME": home, "USERPROFILE": home}
        for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
            environment[variable] = str(Path(home) / variable)
        child = subprocess.run(command, env=environment, capture_output=True, timeout=LIMIT_S, check=False)
    if not child.stdout:
        sys.stderr.write(child.stderr.decode("utf-8", errors="replace"))
        raise SystemExit(f"{name}: ended with code {child.returncode} and without a result")
    fields = Measure.__dataclass_fields__
    # what libraries print comes before
    last = child.stdout.decode("utf-8").strip().splitlines()[-1]
    return [Measure(**{key: value for key, value in record.items() if key in fields}) for record in json.loads(last)]


def main() -> int:
    """Lists or runs; 1 if a bar is missed."""
    options = _parser().parse_args()
    if options.command == "list":
        for name, benchmark in BENCHMARKS.items():
            print(f"{name:<20}{(benchmark.__doc__ or '').splitlines()[0]}")
        return 0
    measures: list[Measure] = []
    if options.here:
        measures = _run_here(options.names, options.peer, long=options.long)
    else:
        for name in options.names:
            found = _run_apart(name, options.peer, long=options.long)
            measures += found
            if not options.json:
                print("\n".join(f"{name:<12} {measure.line()}" for measure in found), flush=True)
    if options.json:
        print(json.dumps([measure.as_dict() for measure in measures]))
    elif any(measure.peer_recorded for measure in measures):
        print("* recorded earlier on a machine of this kind")
    return 0 if all(measure.passed for measure in measures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
