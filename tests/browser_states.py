"""The pages and states that the browser tests must really visit; the run fails when one was not."""

import re

from sites import ROOT

WIDTHS = (320, 412, 768, 1280)
SCHEMES = ("light", "dark")
LOOKS = [f"{width} {scheme}" for width in WIDTHS for scheme in SCHEMES]
# A page with each kind of figure, and the sheets.
FIGURES = [
    "conditions/treatment-resistant-depression/",
    "conditions/",
    "safety/side-effects/",
    "treatment/the-course/",
    "basics/how-it-may-work/",
]
SHEETS = [f"decide/{name}/" for name in ("questions-for-a-clinic", "before-and-after", "diary", "for-family")]
# States that one page of a kind is put in.
SPECIAL = {
    "safety/side-effects/": ["no script", "print", "320 reflow", "forced colors", "overdue", "figure print"],
    "decide/": ["values", "values no script"],
    "decide/before-and-after/": ["ticks"],
    "offline copy": ["from a disk", "search"],
    "basics/how-it-may-work/": ["note by keyboard", "note by touch", "no script note"],
    "safety/at-home-and-by-mail/": ["fact past"],
    "faq/#bladder": ["question"],
    "get-help-now/": ["no script", "print"],
    "five-minutes/": ["one side of A4", "one side of Letter"],
    "": ["search queries", "crisis words", "storage"],
}
# States of the frame in which one page of each kind is looked at.
FRAME = [f"{state} {width}" for state in ("closed", "menu", "search", "note") for width in (320, 412, 1280)]


def kinds() -> dict[str, str]:
    """The address of one page of each kind, by the kind in its front matter."""
    found: dict[str, str] = {}
    for address in addresses():
        names = (f"{address.rstrip('/') or 'index'}.md", f"{address}index.md")
        for path in [ROOT / "docs" / name for name in names]:
            if path.exists():
                kind = re.search(r"^kind: (\S+)$", path.read_text(encoding="utf-8"), re.M)[1]
                found[kind] = PREFERRED.get(kind, found.get(kind, address))
    return found


# Those with most on them.
PREFERRED = {
    "about": "about/",
    "safety": "safety/side-effects/",
    "condition": "conditions/treatment-resistant-depression/",
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
    schemes = [f"figure {what} {scheme}" for what in ("contrast", "forced colors") for scheme in SCHEMES]
    figures = {(address, state) for address in FIGURES for state in ("figure names", "figure 320", *schemes)}
    sides = {(address, f"two sides of {paper}") for address in SHEETS for paper in ("A4", "Letter")}
    special = {(address, state) for address, states in SPECIAL.items() for state in states}
    frame = {(address, state) for address in kinds().values() for state in FRAME}
    return looks | figures | sides | special | frame
