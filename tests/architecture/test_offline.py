"""Nothing in the program reaches the network, at run time or from a file that it shows."""

from __future__ import annotations

import ast
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NETWORK = set(
    """
    aiohttp asyncio.streams ftplib http.client http.server httpcore httpx huggingface_hub imaplib poplib requests
    smtplib socket socketserver ssl telnetlib tiktoken.load urllib.request urllib3 websockets xmlrpc
    PySide6.QtNetwork PySide6.QtWebEngineCore
    """.split()
)
# What a browser or Qt would fetch by itself: a source, a style sheet, an import. A link to click on is none.
FETCHED = re.compile(
    r"""(?:\b(?:src|srcset|poster|data-src)\s*=\s*["']?|<link\b[^>]*\bhref\s*=\s*["']?|url\(\s*["']?|@import\s+["'])"""
    r"""(?:https?:)?//""",
    re.IGNORECASE,
)
TEXT = {
    ".css",
    ".htm",
    ".html",
    ".j2",
    ".js",
    ".json",
    ".md",
    ".py",
    ".qss",
    ".svg",
    ".txt",
    ".ui",
    ".xml",
    ".yaml",
    ".yml",
}


def imported_names(source: str) -> Iterator[str]:
    """Every module and every name out of a module that the source imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_network(name: str) -> bool:
    return any(name == banned or name.startswith(banned + ".") for banned in NETWORK)


def test_no_module_imports_a_network_library() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "salespractice").rglob("*.py"))
        for name in imported_names(path.read_text(encoding="utf-8"))
        if is_network(name)
    ]
    assert not found


@pytest.mark.parametrize(
    "source", ["import urllib.request", "from urllib import request", "def f():\n    import socket"]
)
def test_every_way_to_import_a_network_library_is_noticed(source: str) -> None:
    assert any(map(is_network, imported_names(source)))


def test_a_name_that_only_looks_like_one_is_let_through() -> None:
    assert not any(map(is_network, imported_names("import urllib.parse\nfrom salespractice import socket_free")))


def test_no_shipped_file_fetches_from_an_address() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for folder in ("salespractice", "scenarios", "assets")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in TEXT and path.is_file()
        for match in FETCHED.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found


@pytest.mark.parametrize(
    ("text", "fetches"),
    [
        ('<script src="https://example.org/a.js">', True),
        ('<link rel="stylesheet" href="//example.org/a.css">', True),
        ("background: url(http://example.org/a.png)", True),
        ('<a href="https://example.org/">', False),
        ('<svg xmlns="http://www.w3.org/2000/svg">', False),
        ('<audio src="01.flac">', False),
    ],
)
def test_what_a_browser_would_fetch(text: str, fetches: bool) -> None:
    assert bool(FETCHED.search(text)) is fetches


def test_the_tests_themselves_cannot_reach_another_machine() -> None:
    with pytest.raises(AssertionError, match="offline"):
        socket.getaddrinfo("example.org", 80)
    with socket.socket() as connection, pytest.raises(AssertionError, match="offline"):
        connection.connect(("192.0.2.1", 80))
