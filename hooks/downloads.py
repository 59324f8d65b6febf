"""Lists the files that a release adds (tools/release.py) where <!-- hooks/downloads.py --> stands.

One that is not there is "not in this build". DOWNLOADS in the environment names the folder that holds them; they go to
the site's downloads/ as they are.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from mkdocs.structure.files import File

from guidekit.markdown_text import relative

MARKER = "<!-- hooks/downloads.py -->"
# File: what readers see. In the order of the page.
OFFERED = {
    "ketamine-infusion-guide.pdf": "The whole guide as one PDF, with contents, glossary and sources",
    "ketamine-infusion-guide-offline.zip": "The whole site and its search to read offline: unpack it, open index.html",
    "SHA256SUMS": "The sums of the two files above",
}


def listing(there: Mapping[str, bytes], page: str) -> str:
    """The Markdown of the list. there: file name -> its content; page: where the list stands, from docs/."""
    lines = []
    for name, what in OFFERED.items():
        if name not in there:
            lines.append(f"- **{what}:** not in this build.")
            continue
        size = f"{len(there[name]) / 1e6:.1f} MB" if len(there[name]) > 1e5 else f"{len(there[name])} bytes"
        lines.append(f"- **{what}:** [{name}]({relative(f'downloads/{name}', page)}), {size}.")
        if name != "SHA256SUMS":
            # Not as code: the rules for that would weigh on every page.
            lines.append(f"  SHA-256: {hashlib.sha256(there[name]).hexdigest()}")
    return "\n".join(lines)


_there: dict[str, bytes] = {}


def on_config(config, **kwargs):
    folder = os.environ.get("DOWNLOADS", "")
    _there.clear()
    for name in OFFERED if folder else ():
        if (Path(folder) / name).is_file():
            _there[name] = (Path(folder) / name).read_bytes()


def on_files(files, *, config, **kwargs):
    for name, content in _there.items():
        files.append(File.generated(config, f"downloads/{name}", content=content))
    return files


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    if MARKER in markdown:
        return markdown.replace(MARKER, listing(_there, page.file.src_uri))
