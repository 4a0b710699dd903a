"""Lines of a requirements file, as far as they say which version of a package is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_LINE = re.compile(r"\s*(?P<name>[A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?P<rest>[^#]*)")
_CONDITION = re.compile(r"(?P<sign>===|==|~=|!=|>=|<=|>|<)\s*(?P<version>[\w.*+!-]+)")
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class Requirement:
    """One package.

    Attributes:
        name: As pip compares names: small letters, one dash for every run of dashes, dots and underscores.
        text: What to ask pip for, without a comment.
        conditions: (sign, version) pairs, all to be met.
    """

    name: str
    text: str
    conditions: tuple[tuple[str, str], ...]

    def is_met_by(self, version: str) -> bool:
        """Whether an installed version will do. Compares numbers only; what it cannot judge counts as met."""
        return all(_holds(version, sign, wanted) for sign, wanted in self.conditions)


def parse_requirements(text: str) -> list[Requirement]:
    """The packages of a requirements file; options, addresses and lines for other systems are left out."""
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        match = _LINE.match(line)
        # ";" begins a condition on the system, "@" an address: pip decides about those
        if match is None or "@" in match["rest"] or ";" in match["rest"]:
            continue
        conditions = tuple((one["sign"], one["version"]) for one in _CONDITION.finditer(match["rest"]))
        name = re.sub(r"[-_.]+", "-", match["name"]).lower()
        found.append(Requirement(name, line.partition("#")[0].strip(), conditions))
    return found


def unmet(requirements: Iterable[Requirement], packages: Mapping[str, str]) -> list[tuple[Requirement, str]]:
    """Those that an environment does not meet, each with the version that is there, "" for none.

    Args:
        requirements: What is wanted.
        packages: Name as pip compares it to version.
    """
    return [
        (one, packages.get(one.name, ""))
        for one in requirements
        if one.name not in packages or not one.is_met_by(packages[one.name])
    ]


def _holds(version: str, sign: str, wanted: str) -> bool:
    ours, theirs = _numbers(version), _numbers(wanted)
    if not ours or not theirs or sign == "===":
        return True
    if wanted.endswith(".*"):
        same = ours[: len(theirs)] == theirs
        return same if sign == "==" else not same
    length = max(len(ours), len(theirs))
    left, right = (numbers + (0,) * (length - len(numbers)) for numbers in (ours, theirs))
    if sign == "~=":
        return left >= right and ours[: len(theirs) - 1] == theirs[:-1]
    return {
        "==": left == right,
        "!=": left != right,
        ">=": left >= right,
        "<=": left <= right,
        ">": left > right,
        "<": left < right,
    }[sign]


def _numbers(version: str) -> tuple[int, ...]:
    release = re.split(r"[^\d.]", version, maxsplit=1)[0]
    return tuple(int(part) for part in _NUMBERS.findall(release))
