"""The pages and states that the browser tests must really visit; the run fails when one was not."""

import re

from sites import ROOT

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
LOOKS = [f"{width} {scheme}" for width in WIDTHS for scheme in SCHEMES]
# States that one page of a kind is put in.
SPECIAL = {
    "safety/side-effects/": ["no script", "print", "320 reflow", "forced colors", "overdue"],
    "basics/how-it-may-work/": ["note by keyboard", "note by touch", "no script note"],
    "safety/at-home-and-by-mail/": ["fact past"],
    "faq/#bladder": ["question"],
    "get-help-now/": ["no script", "print"],
    "five-minutes/": ["one side of A4", "one side of Letter"],
    "": ["menu", "search", "storage"],
}


def addresses() -> list[str]:
    """The addresses of all pages in the nav, and the error page."""
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2].partition("\n\n")[0]
    files = re.findall(r": (\S+)\.md$", config, re.M)
    return [re.sub(r"(^|/)index$", r"\1", name) if name.endswith("index") else f"{name}/" for name in files] + [
        "404.html"
    ]


def expected() -> set[tuple[str, str]]:
    """(address, state) of every visit that the full run must make."""
    looks = {(address, look) for address in addresses() for look in LOOKS}
    return looks | {(address, state) for address, states in SPECIAL.items() for state in states}
