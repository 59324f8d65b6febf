"""Follows every address of a served site as a browser would: what pages load, where they lead, which anchors they name.

Pure parsing first (page, sheet, index, sitemap -> addresses), then one walk over a host of tests/hosts.py.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

from hosts import Answer, Host, ask
from selectolax.lexbor import LexborHTMLParser, LexborNode

# A link element of any other kind makes a browser fetch something, or at least ask for the other host's address.
QUIET = {"canonical", "alternate", "author", "license", "next", "prev", "help", "search", "bookmark"}
# What an attribute makes the browser load, and what the scripts of docs/assets/ read from the search dialog.
LOADING = ("src", "poster", "data", "background", "data-script", "data-worker", "data-late", "data-style")
# What the theme's worker is told to fetch, from data-base.
INDEX = "search/search_index.json"
CSS_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")
# Ending: what its answer may be called.
TYPES = {
    "": {"text/html"},
    ".html": {"text/html"},
    ".css": {"text/css"},
    ".js": {"text/javascript", "application/javascript"},
    ".json": {"application/json"},
    ".svg": {"image/svg+xml"},
    ".png": {"image/png"},
    ".xml": {"text/xml", "application/xml"},
    ".bib": {"text/plain", "text/x-bibtex", "application/x-bibtex", "application/octet-stream"},
    ".pdf": {"application/pdf"},
    ".zip": {"application/zip"},
}
# What stands in the site for hosts, search engines and those who check a copy, and is in no page.
UNLINKED = re.compile(
    r"(_headers|version\.json|SHA256SUMS\.txt|robots\.txt|sitemap\.xml|404\.html|\.well-known/.*)(\.gz|\.br)?|.*\.(gz|br)"
)


@dataclass
class Found:
    """What a file names, as written: loads: what a browser fetches for it; leads: where a reader gets; ids: of its parts."""

    loads: set[str] = field(default_factory=set)
    leads: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)


def in_css(text: str) -> set[str]:
    """The addresses that a style sheet, or a style attribute, loads."""
    return {(one or two).strip() for one, two in CSS_URL.findall(text)}


def in_page(text: str) -> Found:
    """What a page of HTML, or an SVG, names."""
    found = Found()
    for node in LexborHTMLParser(text).css("*"):
        said = {name: value or "" for name, value in node.attributes.items()}
        found.ids |= {said["id"]} if said.get("id") else set()
        found.loads |= {said[name] for name in LOADING if said.get(name)}
        found.loads |= {part.split()[0] for part in said.get("srcset", "").split(",") if part.strip()}
        found.loads |= in_css(said.get("style", "")) | (in_css(node.text()) if node.tag == "style" else set())
        if "data-worker" in said and "data-base" in said:
            found.loads.add(f"{said['data-base'].rstrip('/')}/{INDEX}")
        _hrefs(node, said, found)
    return found


def _hrefs(node: LexborNode, said: dict[str, str], found: Found) -> None:
    href = said.get("href", said.get("xlink:href"))
    if node.tag == "meta" and said.get("http-equiv", "").lower() == "refresh":
        found.leads.add(said.get("content", "").partition("=")[2].strip("\"' "))
    quiet = node.tag == "base" or (node.tag == "link" and set(said.get("rel", "").lower().split()) <= QUIET)
    if href is None or quiet:
        return
    # Of the others link, and in an SVG use and image, make the browser fetch it.
    (found.leads if node.tag in ("a", "area") else found.loads).add(href)


def in_index(text: str) -> set[str]:
    """Where the results of the search lead, from the site's root."""
    return {entry["location"] for entry in json.loads(text)["docs"]}


def in_sitemap(text: str, site_url: str) -> set[str]:
    """The addresses in a sitemap, from the site's root where they begin with `site_url`, else as they are."""
    places = ElementTree.fromstring(text).iterfind(".//{*}loc")
    return {(place.text or "").removeprefix(site_url) for place in places}


@dataclass
class Walk:
    """What was met on a host. pages: address -> ids of its parts; files: from the site's root; problems: in words."""

    pages: dict[str, set[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    links: int = 0
    anchors: int = 0
    redirects: int = 0
    outside: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    @property
    def told(self) -> str:
        return (
            f"{len(self.pages)} pages, {len(self.files) - len(self.pages)} other files, {self.links} links, "
            f"{self.anchors} anchors, {len(self.outside)} addresses elsewhere, {self.redirects} redirects"
        )


def walk(host: Host, site_url: str = "") -> Walk:
    """Follow every address from the start page of `host`, and from its sitemap where `site_url` says that it has one."""
    met = Walk()
    asked: set[str] = set()
    named: list[tuple[str, str, str]] = []  # page, address, anchor
    waiting = [host.url] + ([f"{host.url}sitemap.xml"] if site_url else [])
    while waiting:
        address = waiting.pop(0)
        if address in asked:
            continue
        asked.add(address)
        answer, address = _get(host, address, met)
        if answer is None:
            continue
        asked.add(address)
        found, base = _in(answer, address, host, site_url, met)
        for target, loads in [(t, True) for t in sorted(found.loads)] + [(t, False) for t in sorted(found.leads)]:
            if inside := _inside(host, address, urljoin(base, target), loads, met):
                met.links += 1
                whole, anchor = urldefrag(inside)
                waiting.append(whole)
                named += [(address, whole, anchor)] if anchor else []
    for page, whole, anchor in named:
        met.anchors += 1
        ids = met.pages.get(whole, met.pages.get(f"{whole}/"))
        if ids is not None and unquote(anchor) not in ids:
            met.problems.append(f"{_short(host, page)}: no part of {_short(host, whole)} is called #{anchor}")
    return met


def _in(answer: Answer, address: str, host: Host, site_url: str, met: Walk) -> tuple[Found, str]:
    """What the answer names, and the address that this is relative to."""
    path = urlsplit(address).path
    text = answer.body.decode("utf-8") if Path(path).suffix in ("", ".html", ".css", ".svg", ".json", ".xml") else ""
    met.files.add(file_of(host, address))
    if Path(path).suffix == ".css":
        return Found(loads=in_css(text)), address
    if path.endswith(f"/{INDEX}"):
        return Found(leads=in_index(text)), host.url
    if path.endswith("/sitemap.xml"):
        return Found(leads=in_sitemap(text, site_url)), host.url
    if Path(path).suffix in ("", ".html", ".svg"):
        found = in_page(text)
        if Path(path).suffix != ".svg":
            met.pages[address] = found.ids
        return found, address
    return Found(), address


def _inside(host: Host, page: str, target: str, loads: bool, met: Walk) -> str:
    """The address when it is of this site, else "" after noting what is wrong with it."""
    parts = urlsplit(target)
    if parts.scheme not in ("http", "https") or f"{parts.scheme}://{parts.netloc}/" != urljoin(host.url, "/"):
        met.outside.add(target)
        if loads:
            met.problems.append(f"{_short(host, page)}: loads {target}")
        return ""
    if not parts.path.startswith(host.path):
        met.problems.append(f"{_short(host, page)}: {parts.path} leaves the site")
        return ""
    return target


def _get(host: Host, address: str, met: Walk) -> tuple[Answer | None, str]:
    """(the answer when it is right, else None after noting what is wrong, its address after a slash was added)."""
    answer = ask(host, urlsplit(address).path)
    if answer.status in (301, 302, 307, 308):
        met.redirects += 1
        place = answer.headers.get("location", "")
        if place != f"{urlsplit(address).path}/":
            met.problems.append(f"{_short(host, address)}: redirects to {place}")
            return None, address
        address = urljoin(address, place)
        answer = ask(host, place)
    if answer.status != 200:
        met.problems.append(f"{_short(host, address)}: {answer.status}")
        return None, address
    kind = answer.headers.get("content-type", "none").partition(";")[0].strip()
    if kind not in TYPES.get(Path(urlsplit(address).path).suffix, {"none of ours"}):
        met.problems.append(f"{_short(host, address)}: is called {kind}")
    return answer, address


def _short(host: Host, address: str) -> str:
    return address.removeprefix(host.url) or "the start page"


def file_of(host: Host, address: str) -> str:
    """The file of an address, from the site's root."""
    path = unquote(urlsplit(address).path).removeprefix(host.path)
    return f"{path}index.html" if not path or path.endswith("/") else path


def unreached(site: Path, reached: Iterable[str]) -> list[str]:
    """The files of the site that were not reached and are not for hosts, search engines or those who check a copy."""
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return sorted(name for name in names - set(reached) if not UNLINKED.fullmatch(name))


def lost(host: Host, path: str, pages: Iterable[str]) -> tuple[list[str], set[str]]:
    """(what is wrong, the files it loads) with the page for wrong addresses as `host` shows it at `path`.

    pages: the addresses of the site. The page asks for its sheet and its script at several heights: one must be there.
    """
    answer = ask(host, path)
    if answer.status != 404:
        return [f"{path}: {answer.status}"], set()
    tree = LexborHTMLParser(answer.body.decode("utf-8"))
    base = next((node.attributes["data-base"] or "" for node in tree.css("script[data-base]")), "none")
    base = base.rstrip("/") + "/"
    problems, got = [], {}
    here = urljoin(host.url, path)
    for node in tree.css("link[rel=stylesheet], script[src]"):
        target = urljoin(here, node.attributes.get("href") or node.attributes.get("src") or "")
        if target.startswith(host.url) and ask(host, urlsplit(target).path).status == 200:
            got[Path(target).suffix] = file_of(host, target)
    problems += [f"{path}: no {kind} is found" for kind in (".css", ".js") if kind not in got]
    # docs/assets/404.js leads what begins with the base to where the site begins; the browser's test sees it do so.
    led = {node.attributes["href"] or "" for node in tree.css("a[href], link[rel=icon]")}
    for href in sorted(href for href in led if href[:1] != "#" and not urlsplit(href).scheme):
        target = urljoin(host.url, href.removeprefix(base))
        if not href.startswith(base) or (target not in pages and ask(host, urlsplit(target).path).status != 200):
            problems.append(f"{path}: {href} leads nowhere")
    return problems, set(got.values())
