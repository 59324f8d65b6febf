"""A real Chromium on the built site, served on a free port of this machine."""

import functools
import http.server
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import browser as finder
import pytest
from playwright.sync_api import Browser, Page, sync_playwright


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments) -> None:
        pass


@pytest.fixture(scope="session")
def address(served: Path) -> Iterator[str]:
    """Where the real site is served."""
    handler = functools.partial(_Quiet, directory=str(served))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or finder.there()
    if not path:
        pytest.skip("no Chromium or Chrome here; `make test` gets one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=finder.ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page in a state, and what happened while it was open."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture
def visit(address, chromium, record_property) -> Callable[..., Visit]:
    """Opens a page, in the states that the test then puts it in, and notes that they were really visited."""

    @contextmanager
    def opened(path: str, *states: str, width: int = 1280, height: int = 900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        found = Visit(context.new_page())
        found.page.on("pageerror", lambda error: found.errors.append(str(error)))
        found.page.on("console", lambda message: message.type == "error" and found.errors.append(message.text))
        found.page.on("request", lambda request: found.requests.append(request.url))
        answer = found.page.goto(address + path)
        assert answer.status == 200, path
        try:
            yield found
            for state in states:  # reached, and nothing in it failed
                record_property("visited", (path, state))
        finally:
            context.close()

    return opened
