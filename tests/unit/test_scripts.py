"""The scripts of a model's characters."""

from __future__ import annotations

from ocrstudio.core.scripts import scripts


def test_characters_are_counted_by_script_most_first():
    assert scripts("水火山Ⅻé a7٣かカЖ.") == {"han": 3, "latin": 2, "other": 2, "digits": 2, "kana": 2, "cyrillic": 1}
    assert scripts(["", " ", "각", "g̃"]) == {"hangul": 1, "latin": 1}
