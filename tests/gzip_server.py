"""Serves a folder on a free port of this machine as a good static host would: text packed with gzip -9."""

import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    "css": "text/css",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "js": "text/javascript",
    "json": "application/json",
    "mjs": "text/javascript",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "woff2": "font/woff2",
    "xml": "application/xml",
}
# What gains by packing; the others are packed already.
TEXT = {"css", "html", "ico", "js", "json", "map", "mjs", "svg", "txt", "wasm", "webmanifest", "xml"}


@dataclass
class Served:
    """url: where the folder is, with a slash at its end; log: what was sent, (path, status, bytes of the body)."""

    url: str
    log: list[tuple[str, int, int]] = field(default_factory=list)


def target(folder: Path, address: str) -> tuple[Path | None, str]:
    """(the file for a requested address, where to redirect to instead or ""). The file is None where there is none."""
    path = unquote(urlsplit(address).path)
    file = (folder / path.lstrip("/")).resolve()
    if not file.is_relative_to(folder.resolve()):
        return None, ""
    if file.is_dir():
        if not path.endswith("/"):
            return None, f"{path}/"
        file /= "index.html"
    return (file, "") if file.is_file() else (None, "")


@cache
def packed(file: Path, changed_ns: int) -> bytes:
    """The file, gzip -9, the same bytes each time; changed_ns: when it was written, so that a change is seen."""
    return gzip.compress(file.read_bytes(), 9, mtime=0)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve `folder` on 127.0.0.1 while the block runs."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            file, elsewhere = target(folder, self.path)
            if elsewhere:
                self.answer(301, b"", {"Location": elsewhere})
                return
            status = 200 if file else 404
            file = file or folder / "404.html"
            if not file.is_file():
                self.answer(404, b"not found", {"Content-Type": "text/plain"})
                return
            kind = file.suffix[1:]
            headers = {"Content-Type": TYPES.get(kind, "application/octet-stream"), "Cache-Control": "max-age=600"}
            if kind in TEXT and "gzip" in self.headers.get("Accept-Encoding", ""):
                headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
                self.answer(status, packed(file, file.stat().st_mtime_ns), headers)
            else:
                self.answer(status, file.read_bytes(), headers)

        do_HEAD = do_GET

        def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(body))}).items():
                self.send_header(name, value)
            served.log.append((urlsplit(self.path).path, status, len(body)))  # before whoever asked can go on
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a browser that is closed breaks its connections off

    with Server(("127.0.0.1", 0), Handler) as server:
        served = Served(f"http://127.0.0.1:{server.server_port}/")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield served
        finally:
            server.shutdown()
