"""`ocrstudio models list|add|fetch|remove|usable|prepare`: models to download, the user's own, and those in use."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.formats.bundle import BUNDLED, ModelInfo, read_card, task_of
from ocrstudio.formats.model_catalogue import (
    FITS,
    FORMS,
    TASKS,
    VERSIONS,
    Catalogue,
    CatalogueModel,
    catalogue,
    read_catalogue,
)
from ocrstudio.formats.model_list import list_models
from ocrstudio.formats.model_store import StoredModel, find_stored, is_begun, remove, stored_models

NOT_ASKED = QT_TRANSLATE_NOOP("Errors", "{name} was not removed: nobody could be asked.")
SAY_YES = QT_TRANSLATE_NOOP("Errors", "Add --yes.")
_USES = {
    "here": "reads here",
    "convert": "reads here once Paddle turned it into ONNX",
    "paddleocr3": "paddleocr 3.x",
    "checkout2": "trains with PaddleOCR 2.x",
    "checkout3": "trains with PaddleOCR 3.x",
    "builtin": "trains here",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="list the models that can be downloaded, and what is here")
    add = actions.add_parser("add", help="import a model: a folder, a .tar or .zip, a .pdparams or an .onnx file")
    fetch = actions.add_parser("fetch", help="download a model; goes on where it was stopped")
    remove = actions.add_parser("remove", help="remove a downloaded or imported model")
    use = actions.add_parser("usable", help="list every model that --model and --detector take by name")
    ready = actions.add_parser("prepare", help="export or convert a model, so that it can be used at once")
    use.add_argument("project", nargs="?", type=Path, help="with its runs and models")
    ready.add_argument("model", help="as for --model of `ocrstudio recognize`")
    listed.add_argument("words", nargs="*", metavar="WORD", help="only those with all these words in their line")
    listed.add_argument("--task", choices=TASKS)
    listed.add_argument("--version", choices=VERSIONS)
    listed.add_argument("--form", choices=FORMS)
    listed.add_argument("--fits", choices=FITS)
    listed.add_argument("--installed", action="store_true", help="only what is on this computer")
    add.add_argument("path", type=Path)
    add.add_argument("--name", default="", help="what to call it (default: the name of the file)")
    add.add_argument("--dict", type=Path, help="characters of a recogniser that comes without them")
    fetch.add_argument("name", help="as `list` shows it")
    fetch.add_argument("--mirror", default="", help="the source to try first")
    fetch.add_argument("--proxy", default="", help="http://host:port, or direct; default: the system's")
    fetch.add_argument("--timeout", type=float, default=20, metavar="SECONDS", help="of silence (default: 20)")
    remove.add_argument("name")
    remove.add_argument("--yes", action="store_true", help="do not ask")
    for action in (listed, fetch):
        action.add_argument("--catalogue", type=Path, metavar="FILE", help="instead of the program's own")
    for action in (listed, add, fetch, remove, use, ready):
        # also after the action, where people look for it; SUPPRESS keeps the value given before it
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Does what `options.action` says.

    Raises:
        StudioError: If there is no such model, or the action fails.
    """
    return _ACTIONS[options.action](options, report)


def _chosen(options: argparse.Namespace) -> Catalogue:
    return read_catalogue(options.catalogue) if options.catalogue is not None else catalogue()


def _list(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    here = {model.id: model for model in stored_models()}
    known = _chosen(options).models
    listed = []
    for model in known:
        own = here.get(model.id)
        state = "here" if own else "bundled" if model.package else "begun" if is_begun(model.id) else ""
        listed.append({**_told(model), "state": state, "path": str(own.path) if own else ""})
        if own:
            listed[-1]["bytes"] = own.size_bytes
    ids = {model.id for model in known}
    listed += [_told_own(own) for own in here.values() if own.id not in ids]
    shown = [one for one in listed if _is_wanted(one, options)]
    for one in shown:
        report.line(_line(one))
    if not shown:
        report.line("no model is like that")
    return {"models": shown}


def _told(model: CatalogueModel) -> dict[str, Any]:
    return {
        "id": model.id,
        "form": model.form,
        "task": model.task,
        "version": model.version,
        "characters": model.characters,
        "bytes": model.size_bytes,
        "languages": list(model.languages),
        "fits": list(model.fits),
        "licence": model.licence,
        "sources": {source.mirror: [file.url for file in source.files] for source in model.sources},
    }


def _told_own(own: StoredModel) -> dict[str, Any]:
    """A model of which the catalogue knows nothing."""
    return {
        "id": own.id,
        "form": own.form,
        "task": own.task,
        "version": "",
        "characters": own.characters,
        "bytes": own.size_bytes,
        "languages": [],
        "fits": [],
        "licence": own.licence,
        "sources": {},
        "state": "here",
        "path": str(own.path),
    }


def _is_wanted(one: dict[str, Any], options: argparse.Namespace) -> bool:
    for key in ("task", "version", "form"):
        if getattr(options, key) and one[key] != getattr(options, key):
            return False
    if options.fits and options.fits not in one["fits"]:
        return False
    if options.installed and one["state"] not in ("here", "bundled"):
        return False
    line = _line(one).lower()
    return all(word.lower() in line for word in options.words)


def _line(one: dict[str, Any]) -> str:
    size = f"{one['bytes'] / 1e6:.1f} MB" if one["bytes"] else "-"
    characters = f"{one['characters']} characters" if one["characters"] else ""
    uses = "; ".join(_USES[fit] for fit in one["fits"])
    return f"{one['id']:<42} {one['state']:<8} {size:>9}  {' '.join(one['languages'])}  {characters}  {uses}".rstrip()


def _add(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.formats.model_install import import_model

    report.stage("import")
    return _done(import_model(options.path, _complete, name=options.name, dictionary=options.dict), report)


def _fetch(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.formats.download import Limits, Wish
    from ocrstudio.formats.model_install import Fetch, fetch

    model = _chosen(options).find(options.name)
    report.line(f"{model.id}, licence {model.licence}")
    wish = Wish(
        proxy=options.proxy,
        limits=Limits(timeout_s=options.timeout),
        # kilobytes: the window counts with 32 bits
        progress=lambda done, total: report.stage("download KB", done >> 10, total >> 10),
        failed=lambda error: report.warn(error.text()),
    )
    return _done(fetch(Fetch(model, options.mirror, wish), _complete), report)


def _complete(folder: Path, name: str, origin: str, dictionary: Path | None) -> tuple[str, int]:
    from ocrstudio.engine.onnx_model import complete

    found = complete(folder, name, origin, dictionary)
    return found.task, found.characters


def _done(model: StoredModel, report: Report) -> dict[str, Any]:
    report.line(f"{model.id} is in {model.path}")
    if model.weights is not None:
        report.line(f"a PaddleOCR config names it as Global.pretrained_model: {model.id}")
    return {
        "id": model.id,
        "path": str(model.path),
        "form": model.form,
        "task": model.task,
        "characters": model.characters,
        "licence": model.licence,
    }


def _remove(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    model = find_stored(options.name)
    if not options.yes:
        if report.mode != "text" or not sys.stdin.isatty():
            raise ProjectError(NOT_ASKED, SAY_YES, name=model.id)
        report.line(f"Remove {model.path} ({model.size_bytes / 1e6:.1f} MB)? [y/N]")
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            report.line("nothing was removed")
            return {"removed": ""}
    path = remove(model.id)
    report.line(f"removed {path}")
    return {"removed": str(path)}


def _usable(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    models = [*list_models(options.project), *list_models(options.project, "det")]
    for info in models:
        report.line(f"{'reads' if info.task == 'rec' else 'finds':<8}{info.name:<36}{info.model}")
        if info.problem is not None:
            report.line(f"{'':<8}{info.problem}")
    return {"models": [_entry(info) for info in models]}


def _prepare(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.engine.model_folder import prepared, run_of

    ready = prepared(options.model, report.stage)
    report.line(f"ready: {ready}")
    # what was converted keeps its name: what was made of it lies in a cache
    task = "" if ready == BUNDLED else task_of(read_card(Path(ready)))
    is_run = run_of(Path(options.model))[0] is not None
    return {"model": ready if is_run else options.model, "folder": ready, "task": task}


def _entry(info: ModelInfo) -> dict[str, Any]:
    return {
        "name": info.name,
        "model": info.model,
        "task": info.task,
        "kind": info.kind,
        "characters": info.characters,
        "created": info.created,
        "scores": dict(info.scores),
        "need": info.need,
        "problem": str(info.problem) if info.problem is not None else "",
    }


_ACTIONS: dict[str, Callable[[argparse.Namespace, Report], dict[str, Any]]] = {
    "list": _list,
    "add": _add,
    "fetch": _fetch,
    "remove": _remove,
    "usable": _usable,
    "prepare": _prepare,
}
