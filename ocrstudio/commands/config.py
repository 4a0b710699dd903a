"""`ocrstudio config new|show|set|diff|recipe`: write, look at, compare and change training configs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.commands.reporting import Report
from ocrstudio.core.recipes import GOALS

if TYPE_CHECKING:
    from ocrstudio.formats.config import TrainConfig
    from ocrstudio.formats.config_base import Base

Result = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="new|show|set|diff|recipe")
    new = actions.add_parser("new", help="write a config from a template")
    new.add_argument("--template", default=None, help="name of a template (default: the built-in engine's)")
    new.add_argument("--dataset", type=Path, help="dataset folder that `ocrstudio split` wrote")
    new.add_argument("--keep-characters", action="store_true", help="keep the model's, not the dataset's dict.txt")
    new.add_argument("--out", type=Path, required=True, help="file to write")
    new.add_argument("-o", dest="overrides", nargs="+", action="extend", default=[], metavar="KEY=VALUE")
    show = actions.add_parser("show", help="print a config, or what is known of some keys")
    show.add_argument("file", type=Path)
    show.add_argument("keys", nargs="*", metavar="KEY", help="tell the value, the limits and the meaning of these")
    change = actions.add_parser("set", help="change values of a config; nothing else in the file changes")
    change.add_argument("file", type=Path)
    change.add_argument("overrides", nargs="+", metavar="KEY=VALUE")
    compare = actions.add_parser("diff", help="what differs from the template, or from another config")
    compare.add_argument("file", type=Path)
    compare.add_argument("--against", metavar="TEMPLATE|FILE", help="default: the template it came from")
    compare.add_argument("--checkout", type=Path, help="look for the template in a PaddleOCR checkout")
    compare.add_argument("--text", action="store_true", help="lines of text instead of keys")
    advise = actions.add_parser("recipe", help="learning rate, epochs and the rest for a goal, with the reasons")
    advise.add_argument("goal", choices=GOALS)
    advise.add_argument("file", type=Path, nargs="?", help="config to put it into (default: a new one, only shown)")
    advise.add_argument("--samples", type=int, help="lines or pages to learn from (default: those of the lists)")
    advise.add_argument("--cards", type=int, default=0, help="graphics cards (default: 0, the processor)")
    advise.add_argument("--engine", choices=("builtin", "paddleocr"), default="builtin", help="what trains")
    advise.add_argument("--dataset", type=Path, help="dataset folder that `ocrstudio split` wrote")
    advise.add_argument("--out", type=Path, help="file to write (default: nothing is written)")
    for action in (new, show, change, compare, advise):
        # also after the action, where people look for it; SUPPRESS keeps the value given before it
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")


def run(options: argparse.Namespace, report: Report) -> Result:
    """Does what `options.action` says.

    Returns:
        new, show, set: file and config (all of it, plain); show with keys: what is known of them instead. diff: file,
        against, differences, override. recipe: values with their rules, remarks, and the config.

    Raises:
        StudioError: If a file cannot be read or written, or a value does not fit.
    """
    work = {"new": _new, "show": _show, "set": _set, "diff": _diff, "recipe": _recipe}
    return work[options.action](options, report)


def _new(options: argparse.Namespace, report: Report) -> Result:
    from ocrstudio.formats.config import TEMPLATE, TrainConfig

    config = TrainConfig.template(options.template or TEMPLATE)
    if options.dataset:
        _use_dataset(config, options.dataset, own_characters=not options.keep_characters)
    return _written(config, options.overrides, options.out, report)


def _show(options: argparse.Namespace, report: Report) -> Result:
    from ocrstudio.formats.config import TrainConfig

    config = TrainConfig.load(options.file)
    if options.keys:
        return {"file": str(options.file), "keys": [_known(config, key, report) for key in options.keys]}
    report.line(config.to_yaml().rstrip("\n"))
    return {"file": str(options.file), "config": config.plain()}


def _set(options: argparse.Namespace, report: Report) -> Result:
    from ocrstudio.formats.config import TrainConfig

    return _written(TrainConfig.load(options.file), options.overrides, options.file, report)


def _diff(options: argparse.Namespace, report: Report) -> Result:
    from ocrstudio.core.config_difference import ABSENT, differences
    from ocrstudio.formats.config import TrainConfig
    from ocrstudio.formats.config_overrides import command_line, overrides_of
    from ocrstudio.formats.config_yaml import flow

    config = TrainConfig.load(options.file, raw=True)
    base = _base(options, config)
    found = differences(base.plain, config.plain())
    overrides, notes = overrides_of(found)
    report.line(f"compared with {base.name}; values that differ: {len(found)}")
    if options.text:
        import difflib

        texts = base.text.splitlines(), config.to_yaml().splitlines()
        for line in difflib.unified_diff(*texts, base.name, str(options.file), lineterm=""):
            report.line(line)
    else:
        for one in found:
            theirs = "not there" if one.theirs is ABSENT else flow(one.theirs)
            mine = "not there" if one.mine is ABSENT else flow(one.mine)
            report.line(f"{one.key}: {theirs} -> {mine}")
        if overrides:
            report.line(command_line(f"{Path(base.name).stem}.yml", overrides))
    for note in [*notes, *(note for override in overrides for note in override.notes)]:
        report.warn(note.text())
    return {
        "file": str(options.file),
        "against": base.name,
        "differences": [
            {"key": one.key}
            | ({} if one.theirs is ABSENT else {"theirs": one.theirs})
            | ({} if one.mine is ABSENT else {"mine": one.mine})
            for one in found
        ],
        "overrides": [override.text for override in overrides],
    }


def _recipe(options: argparse.Namespace, report: Report) -> Result:
    from ocrstudio.core.recipes import Situation
    from ocrstudio.formats.checkout_config import count_samples
    from ocrstudio.formats.config import TrainConfig
    from ocrstudio.formats.config_recipe import with_recipe
    from ocrstudio.formats.config_yaml import flow

    task = "det" if options.goal == "find" else "rec"
    config = TrainConfig.load(options.file, raw=True) if options.file else TrainConfig.template(f"ppocrv6_small_{task}")
    if options.dataset:
        _use_dataset(config, options.dataset, own_characters=False)
    counted = options.samples is None and (options.dataset or options.file)
    dictionary = options.dataset / "dict.txt" if options.dataset else None
    situation = Situation(
        options.goal,
        count_samples(config, "Train") if counted else options.samples or 0,
        options.cards,
        options.engine,
        dictionary.resolve().as_posix() if dictionary is not None and dictionary.is_file() else None,
    )
    changed, made = with_recipe(config, situation, options.dataset)
    for advice in made.advices:
        report.line(f"{advice.key}: {flow(advice.value)}")
        report.line(f"    {advice.why.format(**advice.values)} ({advice.source})")
    for remark in made.remarks:
        report.line(f"{remark.what.format(**remark.values)} ({remark.source})")
    if options.out:
        _save(changed, options.out, report)
    return {
        "file": str(options.out) if options.out else None,
        "samples": situation.samples,
        "values": [
            {"key": one.key, "value": one.value, "why": one.why.format(**one.values), "source": one.source}
            for one in made.advices
        ],
        "remarks": [{"what": one.what.format(**one.values), "source": one.source} for one in made.remarks],
        "config": changed.plain(),
    }


def _base(options: argparse.Namespace, config: TrainConfig) -> Base:
    """What `--against` and `--checkout` name, or the template that the config came from."""
    from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
    from ocrstudio.formats.config import template_names
    from ocrstudio.formats.config_base import Base, find_base

    checkout = None
    if options.checkout:
        from ocrstudio.formats.checkout import find_checkout

        checkout = find_checkout(options.checkout)
    if options.against and checkout is not None and not Path(options.against).is_file():
        from ocrstudio.formats.checkout_templates import find_template

        template = find_template(checkout, options.against)
        return Base.of(template.name, template.load())
    if options.against:
        known = options.against in template_names()
        return Base.template(options.against) if known else Base.file(Path(options.against))
    found = find_base(config.plain(), checkout)
    if found is None:
        raise ConfigError(
            QT_TRANSLATE_NOOP("Errors", "The template of {file} is not known."),
            QT_TRANSLATE_NOOP("Errors", "Name a template or another config: --against TEMPLATE|FILE."),
            file=options.file,
        )
    return found


def _known(config: TrainConfig, key: str, report: Report) -> Result:
    from ocrstudio.formats.config_field import NO_DEFAULT
    from ocrstudio.formats.config_fields import field_of
    from ocrstudio.formats.config_yaml import flow

    place = config.place_of(key)
    value = config.get(place) if place is not None else None
    field = field_of(key)
    result: Result = {"key": key, "there": place is not None, "value": value}
    report.line(f"{key}: {flow(value) if place is not None else 'not there'}")
    if field is not None and field.meaning:
        usual = {} if field.default is NO_DEFAULT else {"usual": field.default}
        limits = {"minimum": field.minimum, "maximum": field.maximum, "choices": list(field.choices)}
        result |= {"kind": field.kind, "unit": field.unit, "meaning": field.meaning, "source": field.source, **usual}
        result |= {name: limit for name, limit in limits.items() if limit not in (None, [])}
        report.line(f"    {field.meaning} ({field.source})")
    return result


def _written(config: TrainConfig, overrides: list[str], target: Path, report: Report) -> Result:
    from ocrstudio.formats.config_overrides import read_override

    for text in overrides:
        override = read_override(text)
        config.set(override.key, override.value)
        for note in override.notes:
            report.warn(note.text())
    _save(config, target, report)
    return {"file": str(target), "config": config.plain()}


def _save(config: TrainConfig, target: Path, report: Report) -> None:
    from ocrstudio.formats.config_base import refuse_template

    refuse_template(target)
    config.save(target)
    report.line(f"written to {target}")


def _use_dataset(config: TrainConfig, dataset: Path, *, own_characters: bool) -> None:
    from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError

    for needed in (f"{config.task}/train.txt", f"{config.task}/val.txt"):
        if not (dataset / needed).is_file():
            raise ConfigError(
                QT_TRANSLATE_NOOP("Errors", "{folder} is no dataset: it has no {file}."),
                QT_TRANSLATE_NOOP("Errors", "Write one with: ocrstudio split FOLDER."),
                folder=dataset,
                file=needed,
            )
    config.use_dataset(dataset, own_characters=own_characters)
