"""`ocrstudio dict`: dictionaries as files; characters for a recognition model, added without losing the old ones."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.commands import dict_files
from ocrstudio.commands.reporting import Report

if TYPE_CHECKING:
    from ocrstudio.engine.dictionary_surgeon import Surgery
    from ocrstudio.engine.dictionary_surgeon_proof import CheckoutReader

BASE_HELP = "built-in model (PP-OCRv6_small_rec, PP-OCRv4_mobile_rec), bundle folder, run, or PaddleOCR .pdparams file"
# Characters that are printed one by one; --json has all.
SHOWN = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    extend = actions.add_parser("extend", help="write a dictionary with more characters, and weights that fit it")
    extend.add_argument("base", metavar="BASE", help=BASE_HELP)
    extend.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the result")
    extend.add_argument("--chars", default="", help="characters to add, such as ⅧⅫ")
    extend.add_argument(
        "--from", dest="lists", type=Path, action="append", default=[], metavar="LABELS", help="add what labels need"
    )
    extend.add_argument("--dict", type=Path, metavar="FILE", help="the whole new dictionary, instead of additions")
    extend.add_argument(
        "--like", type=_pair, action="append", default=[], metavar="NEW=OLD", help="NEW starts from OLD's weights"
    )
    extend.add_argument("--proof", type=Path, metavar="LIST", help="labelled lines to prove with (default: typeset)")
    extend.add_argument("--checkout", type=Path, metavar="DIR", help="prove a .pdparams with this PaddleOCR")
    extend.add_argument("--python", type=Path, metavar="EXE", help="the checkout's interpreter")
    extend.add_argument("--config", metavar="FILE", help="the .pdparams' config (default: beside it, or by its layers)")
    extend.add_argument("--force", action="store_true", help="write over what is in DIR")
    coverage = actions.add_parser("coverage", help="say which characters of some labels a model knows")
    coverage.add_argument("labels", type=Path, metavar="LABELS", help="a recognition list or Label.txt")
    coverage.add_argument("--base", default="bundled", metavar="BASE", help=f"{BASE_HELP}, or a dictionary")
    dict_files.add_actions(actions)
    for action in (extend, coverage):
        action.add_argument(
            "--base-dict", type=Path, metavar="FILE", help="dictionary that a .pdparams was trained with"
        )
        # also after the action, where people look for it; SUPPRESS keeps the value given before it
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")


def _pair(text: str) -> tuple[str, str]:
    if len(text) != 3 or text[1] != "=":
        raise argparse.ArgumentTypeError("write it as NEW=OLD, one character each, such as Ⅷ=V")
    return text[0], text[2]


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Extends a dictionary with its weights, compares labels with a model, or works on dictionary files.

    Raises:
        StudioError: If something cannot be read, written, or proven.
    """
    if options.action in dict_files.ACTIONS:
        return dict_files.ACTIONS[options.action](options, report)
    from ocrstudio.engine.dictionary_surgeon import coverage, extend, open_base, plan

    if options.action == "coverage":
        from ocrstudio.engine.known import characters_of

        return _tell_coverage(coverage(characters_of(options.base, options.base_dict), options.labels), report)
    base = open_base(options.base, options.base_dict)
    surgery = plan(
        base.charset,
        characters=options.chars,
        lists=options.lists,
        dictionary=options.dict,
        like=dict(options.like),
    )
    if not surgery.needed:
        report.line("Nothing to do: the model already knows all these characters. Try it before training.")
        return {"needed": False, "added": [], "base": str(base.path)}
    reader = _reader(options, list(base.tensors or {}))
    answer = extend(
        base, surgery, options.out, report.stage, proof_list=options.proof, reader=reader, force=options.force
    )
    _tell(answer, surgery, report)
    return {"needed": True, **answer}


def _reader(options: argparse.Namespace, names: list[str]) -> CheckoutReader | None:
    if options.checkout is None:
        return None
    from ocrstudio.engine.dictionary_surgeon_proof import CheckoutReader
    from ocrstudio.formats.checkout import find_checkout
    from ocrstudio.formats.checkout_python import candidates
    from ocrstudio.formats.checkout_templates import find_template

    checkout = find_checkout(options.checkout)
    # the folder may be linked into the environment: the link is the interpreter's place
    python = options.python.absolute() if options.python else candidates(checkout)[0]
    beside = Path(options.base).parent / "config.yml"
    if options.config:
        config = Path(options.config)
    elif beside.is_file():
        config = beside
    else:
        v3 = any(".sar_head." in f".{name}" for name in names)
        several = any(name.startswith("Student.") for name in names)
        stem = f"PP-OCRv{3 if v3 else 4}_mobile_rec" + ("_distillation" if several else "")
        config = find_template(checkout, stem).path
    return CheckoutReader(checkout, python, config)


def _tell(answer: dict[str, Any], surgery: Surgery, report: Report) -> None:
    space = answer["space"]
    report.line(f"copied by character: {answer['copied']}")
    report.line(f"added: {len(surgery.added)}  {' '.join(surgery.added[:SHOWN])}")
    if surgery.removed:
        report.line(f"left out: {len(surgery.removed)}  {' '.join(surgery.removed[:SHOWN])}")
    if space["from"] != space["to"]:
        report.line(f"space: output {space['from']} -> {space['to']}")
    if surgery.warm:
        pairs = list(surgery.warm.items())[:SHOWN]
        report.line("start from a look-alike: " + "  ".join(f"{new} like {old}" for new, old in pairs))
    report.line("layers: " + ", ".join(answer["layers"]))
    if answer["untouched_tensors"] is not None:
        report.line(f"left as they are: {answer['untouched_tensors']} other tensors")
    proof = answer["proof"]
    for row in proof.get("rows", ()):
        report.line(
            f"proof by rows, {row['layer']} ({row['head']}): {row['kept']} of {row['kept'] + row['changed']} old rows "
            f"bit for bit the same; new characters won 0 of {row['features']} times"
        )
    if "lines" in proof:
        report.line(
            f"proof by reading ({proof['reader']}): {proof['unchanged']} of {proof['lines']} lines read as before "
            f"({100 * proof['unchanged_share']:.1f} %)"
        )
    for key, value in answer["config"].items():
        report.line(f"{key}: {str(value).lower() if isinstance(value, bool) else value}")


def _tell_coverage(answer: dict[str, Any], report: Report) -> dict[str, Any]:
    report.line(f"characters: {answer['characters']}; known: {100 * answer['known']:.2f} % of all occurrences")
    for item in answer["unknown"]:
        like = f"  (looks like {item['look_alike']})" if item["look_alike"] else ""
        report.line(f"{item['count']:>6} x  {item['character']}{like}")
    if not answer["unknown"]:
        report.line("The model knows all of them: try it before training.")
    return answer
