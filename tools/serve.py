"""Serves the site while one edits: says where it is, or that the port is taken and how to choose another."""

from __future__ import annotations

import os
import socket
import sys

HOST = "127.0.0.1"


def taken(port: int) -> bool:
    """Whether something on this machine listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def main(text: str) -> str | None:
    """Serve on the port given as text; returns a sentence when that cannot be done."""
    if not text.isdecimal() or not 1024 <= int(text) <= 65534:
        return f"PORT is '{text}'. To mend: give a number from 1024 to 65534, as in: make serve PORT=8001"
    port = int(text)
    if taken(port):
        return f"Port {port} is taken by another program. To mend: choose another, as in: make serve PORT={port + 1}"
    print(
        f"The site will be at http://{HOST}:{port}/ in a few seconds. It follows your edits. Ctrl+C stops it.",
        flush=True,
    )
    os.execv(sys.executable, [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"{HOST}:{port}"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "8000"))
