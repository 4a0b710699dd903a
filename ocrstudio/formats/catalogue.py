"""The finished texts of a language, for what is written without a window."""

from __future__ import annotations

from defusedxml import ElementTree

from ocrstudio.paths import resources


def translations(language: str, context: str) -> dict[str, str]:
    """English text to translated text.

    Args:
        language: Of a catalogue of this program, such as zh_CN.
        context: Which of its texts.

    Returns:
        What is translated; empty without a catalogue.
    """
    file = resources() / "translations" / f"ocrstudio_{language}.ts"
    if not file.is_file():
        return {}
    for part in ElementTree.parse(file).getroot().iter("context"):
        if part.findtext("name") == context:
            pairs = [(one.findtext("source"), one.findtext("translation")) for one in part.iter("message")]
            return {source: text for source, text in pairs if source and text}
    return {}
