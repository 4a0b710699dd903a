"""Small helpers for PAGE and ALTO: their namespaces differ by version, their elements hardly."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, indent, tostring


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The direct children of those names."""
    return (child for child in element if local(child) in names)


def child(element: Element, name: str) -> Element | None:
    """The first direct child of that name."""
    return next(children(element, name), None)


def below(element: Element, *names: str) -> Iterator[Element]:
    """The descendants of those names in document order."""
    return (one for one in element.iter() if local(one) in names)


def text_of_child(element: Element, name: str) -> str:
    """The text of a direct child; empty if there is none."""
    found = child(element, name)
    return (found.text or "") if found is not None else ""


def to_bytes(root: Element) -> bytes:
    """The document, indented, as UTF-8 with its declaration."""
    indent(root)
    data: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"
