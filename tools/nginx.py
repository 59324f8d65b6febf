"""Finds an nginx for the tests, or gets one; prints its path.

The tests start it themselves, on a free port, without root and without the system's settings. As root a package of
Debian also starts one on port 80, as it does for everybody who installs it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import programs
from programs import Which, Works

# Debian keeps it out of the path of those who are not root.
PLACES = ("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx", "/usr/local/bin/nginx")
MANAGERS = {
    "apt-get": ["apt-get install -y nginx-light", "apt-get update -q"],
    "dnf": ["dnf install -y nginx"],
    "apk": ["apk add nginx"],
    "pacman": ["pacman -S --noconfirm nginx"],
    "zypper": ["zypper --non-interactive install nginx"],
    "brew": ["brew install nginx"],
}
# Hands out the files that end in .br; the tests use it where it is.
BROTLI = {
    "apt-get": "apt-get install -y libnginx-mod-http-brotli-static",
    "dnf": "dnf install -y nginx-mod-brotli",
    "apk": "apk add nginx-mod-http-brotli",
}


def settings(path: str) -> str:
    """How the nginx at `path` was built, as `nginx -V` says it; "" where it does not start."""
    try:
        return subprocess.run([path, "-V"], capture_output=True, text=True, timeout=30).stderr
    except (OSError, subprocess.TimeoutExpired):
        return ""


def packs(path: str) -> bool:
    """Whether it starts and can hand out the packed copies."""
    return "http_gzip_static_module" in settings(path)


def there(which: Which = shutil.which, places: Iterable[str] = PLACES, works: Works = packs) -> str | None:
    """The path of an nginx on this machine; NGINX in the environment comes first."""
    return programs.first([os.environ.get("NGINX"), which("nginx"), *(p for p in places if os.path.exists(p))], works)


def brotli(built: str) -> str | None:
    """The module that hands out .br files, by what `nginx -V` says: its file, "" where it is built in, None without.

    Raises nothing: an nginx that says nothing has none.
    """
    if re.search(r"--add-module=\S*brotli", built):
        return ""
    folder = re.search(r"--modules-path=(\S+)", built)
    file = Path(folder[1], "ngx_http_brotli_static_module.so") if folder else None
    return str(file) if file and file.is_file() else None


def types(built: str) -> str | None:
    """The file mime.types that comes with the nginx of which `nginx -V` says `built`; None where there is none."""
    found = re.search(r"--conf-path=(/\S+)", built)
    file = Path(found[1]).with_name("mime.types") if found else None
    return str(file) if file and file.is_file() else None


def command(which: Which = shutil.which) -> str:
    """The one command that a person without root can type to get nginx on this machine."""
    return programs.command(MANAGERS, "install nginx from nginx.org", which)


def get() -> str | None:
    """As root install nginx with the system's package manager; its path, or None."""
    programs.say("Getting nginx for the tests (once) ...")
    if path := programs.install(MANAGERS, there):
        for name, line in BROTLI.items():
            if shutil.which(name):
                programs.run(line.split())
                break
    return path


def main() -> int:
    """Print nginx's path; returns 1 after saying what to type when there is none to be had."""
    path = there() or get()
    print(path or f"The tests need nginx and it could not be installed. To mend, type: {command()}")
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
