"""The address of a proxy as people write it; apart from `download`, which loads a quarter of a network library."""

from __future__ import annotations

import urllib.parse

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DownloadError

BAD_PROXY = QT_TRANSLATE_NOOP("Errors", "“{proxy}” is no address of a proxy.")
WRITE_PROXY = QT_TRANSLATE_NOOP("Errors", "Write it as http://host:port, “direct” for none, or leave it empty.")


def check_proxy(proxy: str) -> str:
    """A proxy as `Wish.proxy` has it.

    Raises:
        DownloadError: If it is no address.
    """
    proxy = proxy.strip()
    parts = urllib.parse.urlsplit(proxy)
    try:
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if proxy and proxy != "direct" and not good:
        raise DownloadError(BAD_PROXY, WRITE_PROXY, proxy=proxy)
    return proxy
