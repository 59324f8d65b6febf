"""Tries every link to another site, once a week: `outside.py SITE`, from the project's root.

What is surely gone is told: 404, 410 or a host that does not exist, in two tries with a pause between. The rest says
nothing of the page: publishers refuse programs (403, 429), and hosts have bad days. Slowly, as a guest: one request a
second to a host, and no further one in this round when it asks for fewer (429).
"""

from __future__ import annotations

import os
import re
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests
from selectolax.lexbor import LexborHTMLParser

sys.path.insert(0, str(Path(__file__).parent.parent / "hooks"))
from guidekit.problems import Problem

PAUSE = 1.0  # seconds between two requests to one host
BETWEEN = 60.0  # seconds between the two tries
HOSTS = 4  # at the same time
TIMEOUT = (15, 30)  # seconds: to connect, and without a byte
NO_HOST, SILENT, LEFT = "its host does not exist", "no answer", "not asked: its host wants fewer requests"
GONE = {"404", "410", NO_HOST}
CUT_OFF = "No other site can be reached from here, so nothing is known. To mend: type it again with a network."
ADDRESS = re.compile(r"https?://[^\s'\"<>)\]}]+")
# What the build turns into an address, in data/sources.yml (as guidekit/csl.py does).
IDENTIFIER = re.compile(r"^\s+(DOI|PMID|PMCID): ['\"]?([^\s'\"]+)", re.M)
MADE_OF = {
    "DOI": "https://doi.org/{}",
    "PMID": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "PMCID": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
}


@dataclass(frozen=True)
class Answer:
    """words: the status as text, or NO_HOST, SILENT, LEFT; host: which one gave it, after redirects."""

    words: str
    host: str


def written(root: Path) -> dict[str, tuple[str, int]]:
    """Address, without its fragment -> (file, line) where it stands first, in what editors write."""
    places: dict[str, tuple[str, int]] = {}
    files = [*sorted(root.glob("docs/**/*.md")), *sorted(root.glob("data/*.yml")), *sorted(root.glob("overrides/**/*"))]
    for path in files:
        if not path.is_file():
            continue
        text, name = path.read_text(encoding="utf-8", errors="replace"), path.relative_to(root).as_posix()
        found = [(match.start(), match[0].rstrip(".,;:")) for match in ADDRESS.finditer(text)]
        found += [(match.start(1), MADE_OF[match[1]].format(match[2])) for match in IDENTIFIER.finditer(text)]
        for at, url in found:
            places.setdefault(url.partition("#")[0], (name, text.count("\n", 0, at) + 1))
    return places


def links(root: Path, site: Path, own: Iterable[str] = ()) -> dict[str, tuple[str, int]]:
    """Address -> (file, line), for the links of the built pages and all addresses in data/.

    own: beginnings of addresses that are ours, and not tried.
    """
    places = written(root)
    wanted = {url: place for url, place in places.items() if place[0].startswith("data/")}
    for path in sorted(site.rglob("*.html")):
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        for link in page.css("a[href]"):
            url = (link.attributes.get("href") or "").partition("#")[0]
            if url.startswith(("http://", "https://")):
                wanted.setdefault(url, places.get(url, (path.relative_to(root).as_posix(), 1)))
    mine = tuple(beginning for beginning in own if beginning)
    return {url: place for url, place in wanted.items() if not url.startswith(mine)} if mine else wanted


def exists(host: str) -> bool:
    """Whether the name stands for any address; True as well when that cannot be said at the moment."""
    try:
        socket.getaddrinfo(host, None)
    except socket.gaierror as error:
        return error.errno not in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
    except UnicodeError:  # a name that no host can have
        return False
    return True


def ask(url: str) -> Answer:
    """Ask for the page, follow where it leads, and read none of it."""
    try:
        headers = {"User-Agent": f"ketamine-infusion-guide link check {requests.utils.default_user_agent()}"}
        with requests.get(url, headers=headers, timeout=TIMEOUT, stream=True) as response:
            return Answer(str(response.status_code), urlsplit(response.url).hostname or "")
    except requests.exceptions.ProxyError:  # the way out is closed, not the host
        return Answer(SILENT, "")
    except requests.ConnectionError as error:
        host = urlsplit(str(error.request.url if error.request else url)).hostname or ""
        return Answer(SILENT if exists(host) else NO_HOST, host)
    except (requests.RequestException, ValueError):
        return Answer(SILENT, "")


def one_round(
    urls: Iterable[str], asking: Callable[[str], Answer] = ask, pause: float = PAUSE, sleep: Callable = time.sleep
) -> dict[str, Answer]:
    """Address -> answer. Some hosts at the same time, each host's pages one after the other."""
    by_host: dict[str, list[str]] = {}
    for url in sorted(urls):
        by_host.setdefault(urlsplit(url).hostname or "", []).append(url)

    def one_host(item: tuple[str, list[str]]) -> Iterator[tuple[str, Answer]]:
        host, pages = item
        last = Answer(NO_HOST, host)
        for url in pages:
            tired = last.words == LEFT or (last.words == "429" and last.host == host)
            if last.words not in {NO_HOST, LEFT} and not tired:  # then a host was asked, and gets its pause
                sleep(pause)
            last = Answer(LEFT, host) if tired else asking(url)
            yield url, last

    with ThreadPoolExecutor(HOSTS) as pool:
        return dict(pair for pairs in pool.map(lambda item: list(one_host(item)), by_host.items()) for pair in pairs)


def cut_off(urls: Iterable[str], asking: Callable[[str], Answer] = ask) -> bool:
    """Whether this machine reaches no other site: none of the ten hosts with the most links gives any answer."""
    first: dict[str, list[str]] = {}
    for url in urls:
        host = urlsplit(url).hostname or ""
        if host[-1:].isalpha():  # a number needs no names to be looked up, and proves nothing
            first.setdefault(host, []).append(url)
    most = sorted(first.values(), key=len, reverse=True)[:10]
    return bool(most) and not any(asking(pages[0]).words.isdigit() for pages in most)


def problems(gone: dict[str, Answer], places: dict[str, tuple[str, int]]) -> list[Problem]:
    """What is told of addresses that are gone, sorted."""
    found = []
    for url, answer in gone.items():
        why = answer.words if answer.words == NO_HOST else f"the answer is {answer.words}"
        mend = "find where the page has moved to, link to a kept copy, or rest the sentence on another source"
        found.append(Problem(*places[url], f"{url} is gone ({why})", mend))
    return sorted(found)


def main(
    site: str, root: Path = Path(), pause: float = PAUSE, between: float = BETWEEN, sleep: Callable = time.sleep
) -> int:
    """Print what is gone; returns 1 when there is any, or when this machine is cut off."""
    places = links(root, root / site, [os.environ.get("SITE_URL", ""), os.environ.get("REPO_URL", "")])
    if not (root / site / "index.html").exists():
        print(f"{site}/ holds no site. To mend, type: make build")
        return 1
    hosts = Counter(urlsplit(url).hostname for url in places)
    most = max(hosts.values(), default=0) * (pause + 1) / 60
    print(f"Trying {len(places)} links on {len(hosts)} hosts, about {most:.0f} minutes or more ...", flush=True)
    if cut_off(places):
        print(CUT_OFF)
        return 1
    first = one_round(places, pause=pause, sleep=sleep)
    suspects = [url for url, answer in first.items() if answer.words in GONE]
    if suspects:
        sleep(between)
    second = one_round(suspects, pause=pause, sleep=sleep)
    gone = {url: answer for url, answer in second.items() if answer.words in GONE}
    if gone and cut_off(places):  # by now; then every host seems not to exist
        print(CUT_OFF)
        return 1
    for problem in problems(gone, places):
        print(problem)
    counted = Counter(answer.words for answer in {**first, **second}.values())
    print("Answers: " + ", ".join(f"{words} {count} x" for words, count in sorted(counted.items())) + ".")
    print(f"{len(gone)} of {len(places)} are gone." if gone else "None is surely gone.")
    return 1 if gone else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
