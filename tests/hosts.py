"""Real hosts on free ports of this machine: nginx and Caddy with the files of hooks/hosting.py, and Python's server.

Each runs in the foreground of a process of its own, with no more rights than the tests, and is stopped at the end.
"""

import http.client
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import hosting
import nginx as finder

PATIENCE = 20.0  # seconds for a server to answer for the first time
NGINX = """daemon off;
master_process off;  # one process, which keeps the rights of the tests
pid {folder}/nginx.pid;
error_log stderr warn;
{modules}
events {{}}
http {{
    include {types};
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    include {folder}/guide.conf;
}}
"""
CADDY = "{\n\tadmin off\n\tauto_https off\n}\n"  # what it keeps goes to HOME, a folder of the test


@dataclass(frozen=True)
class Host:
    """name: nginx, caddy or http.server; port: of 127.0.0.1; path: under which the site stands; brotli: hands out .br.

    named: whether it sets the headers of hosting.py and has the page for wrong addresses.
    """

    name: str
    port: int
    path: str = "/"
    brotli: bool = False
    named: bool = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"


@dataclass(frozen=True)
class Answer:
    """status: as sent; headers: name in small letters -> value; body: as sent, packed or not."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(host: Host, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request for exactly this path, followed nowhere. headers: with _ for -. Raises OSError without an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=20)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        got = connection.getresponse()
        return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
    finally:
        connection.close()


def nginx_there() -> str | None:
    """The path of an nginx for the tests."""
    return finder.there()


def caddy_there() -> str | None:
    """The path of a Caddy, which the tests use where it is installed."""
    return shutil.which("caddy")


@contextmanager
def nginx(site: Path, path: str = "/", program: str | None = None) -> Iterator[Host]:
    """nginx with the text of hosting.nginx() for `site` under `path`.

    Raises RuntimeError with what nginx said when it does not start, or warned of its settings.
    """
    program = program or nginx_there() or "nginx"
    built = finder.settings(program)
    module = finder.brotli(built)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def command(port: int) -> list[str]:
            text = hosting.nginx(str(site), path=path, listen=f"127.0.0.1:{port}", brotli=module is not None)
            (folder / "guide.conf").write_text(text, encoding="utf-8")
            # What nginx shows where no location is set, as after an installation.
            (folder / "html").mkdir(exist_ok=True)
            (folder / "html/index.html").write_text("Welcome to nginx!", encoding="utf-8")
            modules = f"load_module {module};" if module else ""
            (folder / "nginx.conf").write_text(
                NGINX.format(folder=folder, modules=modules, types=finder.types(built)), encoding="utf-8"
            )
            return [program, "-p", f"{folder}/", "-c", str(folder / "nginx.conf"), "-e", "stderr"]

        with _running(command, folder, bad="[warn]") as port:
            yield Host("nginx", port, path, brotli=module is not None)


@contextmanager
def caddy(site: Path, program: str | None = None) -> Iterator[Host]:
    """Caddy with the text of hosting.caddy() for `site`, without a certificate. Raises RuntimeError like nginx()."""
    program = program or caddy_there() or "caddy"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def command(port: int) -> list[str]:
            text = CADDY + hosting.caddy(str(site), site=f"http://127.0.0.1:{port}")
            (folder / "Caddyfile").write_text(text, encoding="utf-8")
            return [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]

        with _running(command, folder) as port:
            yield Host("caddy", port, brotli=True)


@contextmanager
def plain(site: Path) -> Iterator[Host]:
    """`python -m http.server`: no headers of ours, no page for wrong addresses."""
    with tempfile.TemporaryDirectory() as name:

        def command(port: int) -> list[str]:
            return [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(site)]

        with _running(command, Path(name)) as port:
            yield Host("http.server", port, named=False)


@contextmanager
def _running(command: Callable[[int], list[str]], folder: Path, bad: str | None = None) -> Iterator[int]:
    """The port on which the server of `command` answers.

    Raises RuntimeError with what the server said when it does not answer, or said `bad` at its start.
    """
    log = folder / "said.txt"
    for last in (False, False, True):  # another program may take a free port first
        port = free_port()
        with log.open("wb") as said:
            environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder)}
            server = subprocess.Popen(command(port), stdout=said, stderr=said, cwd=folder, env=environment)
        try:
            if _answers(server, port):
                if bad and bad in log.read_text(errors="replace"):
                    raise RuntimeError(f"{command(port)[0]} warns: {log.read_text(errors='replace')}")
                yield port
                return
            if last:
                raise RuntimeError(f"{command(port)[0]} does not answer: {log.read_text(errors='replace')}")
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _answers(server: subprocess.Popen, port: int) -> bool:
    start = time.monotonic()
    while server.poll() is None and time.monotonic() - start < PATIENCE:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                time.sleep(0.05)
                return server.poll() is None  # else another program answered
        except OSError:
            time.sleep(0.05)
    return False


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
