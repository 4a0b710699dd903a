"""Takes out of a text what a stranger must not read: names of people and machines, paths to them, passwords, keys.

It errs on the side of taking out too much: what is lost makes a report a bit harder to read, what stays cannot be taken
back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

SECRET, MAIL, USER, HOST, ADDRESS, LINE = "<secret>", "<e-mail>", "<user>", "<host>", "<address>", "<label>"
# Shorter ones would be found inside ordinary words and numbers.
_SHORTEST_SECRET, _SHORTEST_USER, _SHORTEST_HOST = 6, 3, 4
# Names that say nothing about anybody and stand in many logs.
_COMMON_NAMES = re.compile(
    "root|users?|admin(?:istrator)?|ubuntu|debian|docker|guest|home|public|default|paddle|python|train|test|data"
    "|localhost|runner|work|nobody",
    re.IGNORECASE,
)
_NAMED = (
    r"(?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key"
    r"|(?<![A-Za-z])(?:pwd|token|credentials?|authorization))"
)
_IN_QUERIES = r"(?:token|key|sign?|signature|secret|passw\w{0,10}|auth\w{0,12}|credential|code)"
_VALUE = r"(?:\"[^\"\n]{0,400}\"|'[^'\n]{0,400}'|[^\s\"',;}<]{1,400})"

# Every repetition is bounded or begins at a fixed word, so that no text takes more than linear time.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # keys of every kind, whole
    (re.compile(r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,40}KEY-----|\Z)", re.DOTALL), SECRET),
    (
        re.compile(
            r"\b(?:gh[pousr]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|hf_\w{16,}|sk-[\w-]{16,}|xox[abprs]-[\w-]{10,}"
            r"|AKIA[0-9A-Z]{12,}|ALTAK\w{10,}|LTAI\w{10,}|AIza[\w-]{30,}|pypi-[\w-]{20,}"
            r"|eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*)"
        ),
        SECRET,
    ),
    # who logs in where
    (re.compile(r"(://)[^/\s@\"'<>]{0,300}@"), rf"\1{SECRET}@"),
    (
        re.compile(r"(?i)\b((?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]{0,40}key)(\"?[ \t]{0,8}[:=][ \t]{0,8}).+"),
        rf"\1\2{SECRET}",
    ),
    (re.compile(r"(?i)\b(bearer|basic)[ \t]{1,8}[\w.~+/=-]{8,}"), rf"\1 {SECRET}"),
    (
        re.compile(rf"(?i)([?&;][\w.%-]{{0,60}}{_IN_QUERIES}[\w.-]{{0,40}}=)[^&;\s\"'<>]+"),
        rf"\1{SECRET}",
    ),
    (
        re.compile(rf"(?i)({_NAMED}(?:[_.-]\w{{1,40}}){{0,3}}[\"']?[ \t]{{0,8}}(?:[:=]|\bis\b)[ \t]{{0,8}}){_VALUE}"),
        rf"\1{SECRET}",
    ),
    (re.compile(rf"(?i)(--?{_NAMED}[ \t]{{1,8}})[^\s<]+"), rf"\1{SECRET}"),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"), MAIL),
    # where people live
    (re.compile(r"((?:^|[^\w.])/(?:home|Users|export/home)/)(?!<)[^/\s\"':;,)]+", re.MULTILINE), rf"\1{USER}"),
    (
        re.compile(
            r"(?i)(\b[a-z]:[\\/]+(?:Users|Documents and Settings)[\\/]+)(?!<)"
            r"(?:[^\\/\"'<>|:\n]{1,80}?(?=[\\/])|[^\\/\s\"':]+)"
        ),
        rf"\1{USER}",
    ),
    (re.compile(r"(?<![\\\w:/])(\\{2}|\\{4})(?![\\?.])[\w.$-]{1,80}(?=\\)"), rf"\1{HOST}"),
    # machines
    (
        re.compile(r"(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.(?:local|lan|corp|internal|intranet|localdomain)\b"),
        HOST,
    ),
    (
        re.compile(r"\b(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})\b"),
        ADDRESS,
    ),
    (re.compile(r"(?<=://)\d{1,3}(?:\.\d{1,3}){3}\b"), ADDRESS),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?=:\d{2,5}\b)"), ADDRESS),
    (re.compile(r"\b(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}\b"), ADDRESS),
)
# Places of a log that quote a label or what was read.
_LABELS = (
    (re.compile(r"(When parsing line ).*"), rf"\1{LINE}"),
    (re.compile(r"(\bresult: ).*"), rf"\1{LINE}"),
    (re.compile(r"(\bPredicts of ).*"), rf"\1{LINE}"),
    (re.compile(r"(\bdata_line[ \t]*[:=][ \t]*).*"), rf"\1{LINE}"),
    # our own messages, also as JSON
    (re.compile(r"((?:label line|while reading) (\\?\")).*\2"), rf"\1{LINE}\2"),
    (re.compile(r"(\"sample\": \")(?:[^\"\\]|\\.)*"), rf"\1{LINE}"),
)


class Scrubber:
    """Takes out secrets.

    Args:
        places: Folders and what stands in their place, such as `{"/data/scans": "<project>"}`.
        secrets: Texts that must not be seen, such as the values of environment variables that hold keys.
        users: Names of users of this machine.
        hosts: Names of this machine.
    """

    def __init__(
        self,
        places: Mapping[str, str] | None = None,
        secrets: Iterable[str] = (),
        users: Iterable[str] = (),
        hosts: Iterable[str] = (),
    ) -> None:
        forms: dict[str, str] = {}
        for place, name in (places or {}).items():
            bare = place.rstrip("/\\")
            if len(bare) > 2:
                forms |= dict.fromkeys((bare, bare.replace("\\", "/"), bare.replace("\\", "\\\\")), name)
        hidden = dict.fromkeys((text for text in secrets if len(text) >= _SHORTEST_SECRET), SECRET)
        self._texts = sorted({**forms, **hidden}.items(), key=lambda item: -len(item[0]))
        self._words = [
            *_words(users, _SHORTEST_USER, USER),
            *_words(hosts, _SHORTEST_HOST, HOST),
        ]

    def text(self, text: str, *, labels: bool = True) -> str:
        """The text without secrets; without quoted labels too if `labels`."""
        for found, name in self._texts:
            text = text.replace(found, name)
        if labels:
            for pattern, replacement in _LABELS:
                text = pattern.sub(replacement, text)
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        for pattern, replacement in self._words:
            text = pattern.sub(replacement, text)
        return text


def _words(names: Iterable[str], shortest: int, replacement: str) -> list[tuple[re.Pattern[str], str]]:
    wanted = {name for name in names if len(name) >= shortest and not _COMMON_NAMES.fullmatch(name)}
    ordered = sorted(wanted, key=lambda name: (-len(name), name))
    return [(re.compile(rf"(?i)(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])"), replacement) for name in ordered]
