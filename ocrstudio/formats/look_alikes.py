"""Which pages are the same picture twice: copied, scanned again, saved anew; seen as the flight check sees them."""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core.list_rules import BROKEN_IMAGE
from ocrstudio.core.picture_rules import near_pairs
from ocrstudio.formats.picture_facts import PictureStore, look_same

# Two filled-in forms look alike but say different things; one page twice says the same, but for a slip or two.
_SAME_TEXTS = 0.9
# Pairs that are looked at closely; a folder with more is one picture over and over.
_MOST_PAIRS = 20_000


@dataclass(frozen=True)
class SeenPage:
    """A page to compare: its key, its picture, and the texts that it holds."""

    key: str
    path: Path
    texts: frozenset[str]


def alike_pages(
    pages: Sequence[SeenPage],
    pictures: PictureStore,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[tuple[str, str]]:
    """Pairs of pages that must not be parted; a page without anything to be seen is like no other.

    Identical files are pairs whatever is written on them; those that only look the same must also say the same.

    Args:
        pages: All pages.
        pictures: Looks at the pictures, and remembers them.
        progress: Called with (pictures looked at, pictures in all); may raise to stop.
        cancelled: Asked now and then; when it says so, what was found by then is returned.
    """
    facts = []
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        looked = pool.map(lambda page: None if cancelled() else pictures.look(page.path), pages)
        for number, one in enumerate(looked, start=1):
            if one is None:
                return []
            facts.append(one)
            progress(number, len(pages))
    pictures.save()
    pairs = []
    first_of: dict[int, int] = {}
    for place, one in enumerate(facts):
        if one.is_flat or one.fault:
            continue
        first = first_of.setdefault(one.digest, place)
        if first != place:
            pairs.append((pages[first].key, pages[place].key))
    done: set[tuple[int, int]] = set()
    for bucket in _buckets([page.texts for page in pages]):
        for one_place, other_place in near_pairs([facts[place] for place in bucket]):
            first, second = bucket[one_place], bucket[other_place]
            if (first, second) in done or not _say_the_same(pages[first].texts, pages[second].texts):
                continue
            done.add((first, second))
            if len(done) > _MOST_PAIRS or cancelled():
                return pairs
            if look_same(pages[first].path, pages[second].path):
                pairs.append((pages[first].key, pages[second].key))
    return pairs


def broken_pages(
    pages: Sequence[SeenPage], pictures: PictureStore, cancelled: Callable[[], bool] = lambda: False
) -> frozenset[str]:
    """Keys of the pages whose pictures cannot be read to their end, which `write_split` leaves out.

    Args:
        pages: All pages, whose pictures were looked at before.
        pictures: Remembers them.
        cancelled: Asked now and then; when it says so, what was found by then is returned.
    """
    found = []
    for page in pages:
        if cancelled():
            break
        if pictures.look(page.path).fault == BROKEN_IMAGE.check:
            found.append(page.key)
    return frozenset(found)


def _buckets(texts: Sequence[frozenset[str]]) -> list[list[int]]:
    """Places of pages that may say the same, so that few of ten thousand have to be compared.

    Two sets that share so much have one of their rarest members in common (prefix filtering; Chaudhuri, Ganti and
    Kaushik, "A Primitive Operator for Similarity Joins", 2006). Pages without texts are one bucket.
    """
    count = Counter(text for one in texts for text in one)
    found: dict[str, list[int]] = {}
    for place, one in enumerate(texts):
        rarest = sorted(one, key=lambda text: (count[text], text))
        for text in rarest[: len(one) - math.ceil(_SAME_TEXTS * len(one)) + 1] or [""]:
            found.setdefault(text, []).append(place)
    return [places for places in found.values() if len(places) > 1]


def _say_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME_TEXTS * len(one | other)
