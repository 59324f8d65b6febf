"""What readers find: the queries of tests/search.yml in a real browser, and what is heard as a cry for help."""

import pytest
import yaml
from sites import ROOT
from waits import until

pytestmark = pytest.mark.browser
QUERIES = ROOT / "tests/search.yml"
CRISIS = ROOT / "tests/crisis.yml"
# Shares of the queries, of all and of the frozen ones, whose right page is among the first three, and the first.
AMONG_THREE, FIRST = 0.95, 0.80

# Answers come in a worker: the list is emptied before each query, so that the next one's answer is the one read.
ASK = """async queries => {
    const input = document.querySelector("input[data-md-component='search-query']")
    const pages = () => [...document.querySelectorAll(".md-search-result__item")] // its sections stand below its link
    const link = page => page.querySelector(":scope > a.md-search-result__link")
    const until = async (done, most) => {
        for (const start = performance.now(); !done() && performance.now() - start < most; )
            await new Promise(resolve => setTimeout(resolve, 5))
    }
    const type = text => {
        input.value = text
        for (const name of ["input", "keyup"]) input.dispatchEvent(new Event(name, { bubbles: true }))
    }
    const found = []
    for (const query of queries) {
        type("")
        await until(() => !pages().length, 5000)
        type(query)
        await until(() => pages().length, 3000)
        found.push(pages().slice(0, 3).map(page => link(page).href.split(/[?#]/)[0]))
    }
    return found
}"""


def url_of(page):
    address = page.removesuffix(".md") + "/"
    return address.removesuffix("index/") if address.endswith("/index/") or address == "index/" else address


def test_readers_find_what_they_look_for(visit, address):
    asked = {
        part: [(entry["query"], entry["pages"]) for entry in entries]
        for part, entries in yaml.safe_load(QUERIES.read_text(encoding="utf-8")).items()
    }
    queries = [query for part in asked.values() for query, _ in part]
    with visit("", "search queries") as seen:
        page = seen.page
        page.keyboard.press("/")
        page.keyboard.type("bladder", delay=20)
        page.locator(".md-search-result__link").first.wait_for(state="visible")
        answers = dict(zip(queries, page.evaluate(ASK, queries), strict=True))
        assert seen.errors == []
    for name, entries in {"frozen": asked["frozen"], "all": [*asked["frozen"], *asked["more"]]}.items():
        places = {}
        for query, pages in entries:
            right = {address + url_of(page) for page in pages}
            places[query] = next((at for at, href in enumerate(answers[query]) if href in right), None)
        missed = [
            f"{query!r}: {', '.join(href.removeprefix(address) or 'home' for href in answers[query]) or 'nothing'}"
            for query, place in places.items()
            if place != 0
        ]
        three = sum(place is not None for place in places.values()) / len(places)
        first = sum(place == 0 for place in places.values()) / len(places)
        told = f"{name}: {three:.1%} among three, {first:.1%} first; not first:\n" + "\n".join(missed)
        print(told)
        assert three >= AMONG_THREE and first >= FIRST, told


def test_crisis_words_are_heard(visit):
    phrases = yaml.safe_load(CRISIS.read_text(encoding="utf-8"))
    assert min(len(phrases["must"]), len(phrases["must_not"])) >= 40
    with visit("", "crisis words") as seen:
        page = seen.page
        page.keyboard.press("/")
        until(page, "typeof isCrisis === 'function'")
        heard = {text for part in phrases.values() for text in part if page.evaluate("text => isCrisis(text)", text)}
        assert [text for text in phrases["must"] if text not in heard] == []
        assert [text for text in phrases["must_not"] if text in heard] == []


def test_the_help_lines_come_before_any_index(visit):
    with visit("safety/side-effects/", width=360) as seen:
        page = seen.page
        page.route("**/search_index.json", lambda route: None)  # never answered
        page.keyboard.press("/")
        lines = page.locator(".search__crisis")
        page.keyboard.type("skilled dietitian", delay=10)
        until(page, "typeof isCrisis === 'function'")
        assert not lines.is_visible()
        page.locator("[data-md-component=search-query]").fill("")
        page.keyboard.type("i want to die", delay=10)
        lines.get_by_role("link", name="988").wait_for(state="visible")
        result = page.locator(".search__results")
        assert lines.bounding_box()["y"] < result.bounding_box()["y"]
        page.locator("[data-md-component=search-query]").fill("bladder")
        lines.wait_for(state="hidden")
