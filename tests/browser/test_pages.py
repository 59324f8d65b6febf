"""Every page at three widths in both schemes, and some states that only a browser has."""

import datetime
import re

import pytest
from browser_states import SCHEMES, WIDTHS, addresses
from looks import overflow, violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", addresses())
def test_page(visit, address, path, scheme):
    looks = [f"{width} {scheme}" for width in WIDTHS]
    with visit(path, *looks, width=WIDTHS[0], color_scheme=scheme, reduced_motion="reduce") as seen:
        page = seen.page
        page.wait_for_load_state("networkidle")
        for width in WIDTHS:  # one visit, made wider: a load for each would take most of the run
            page.set_viewport_size({"width": width, "height": 900})
            # The rules see the same page at every width but for its menu: test_frame.py looks at a page of each kind.
            if width == 412:
                assert violations(page) == []
            assert overflow(page) <= 0
            assert page.locator("h1").count() == 1 and page.locator("h1").is_visible()
            strip = page.locator(".help-strip")
            assert strip.is_visible() and strip.locator("a[href='tel:988']").is_visible()
            dark = page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(251, 248, 242)"
            assert dark == (scheme == "dark")
        assert seen.errors == []
        assert [url for url in seen.requests if not url.startswith((address, "data:"))] == []
        if path != "404.html":
            # Lines of 60 to 75 characters, at the widest.
            paragraph = page.locator(".guide > p:not(.review-line)").first
            characters = page.evaluate(
                """p => {
                    const probe = document.createElement("span")
                    probe.textContent = "The quick brown fox jumps over the lazy dog and looks for the door."
                    p.append(probe)
                    const perCharacter = probe.getBoundingClientRect().width / probe.textContent.length
                    probe.remove()
                    return p.getBoundingClientRect().width / perCharacter
                }""",
                paragraph.element_handle(),
            )
            assert 55 <= characters <= 80, characters


@pytest.mark.parametrize("path", ["safety/side-effects/", "get-help-now/"])
def test_without_script(visit, path):
    with visit(path, "no script", width=360, java_script_enabled=False) as seen:
        page = seen.page
        assert page.locator(".help-strip").is_visible()
        assert page.locator("h1").is_visible() and page.locator("article p").last.is_visible()
        assert page.locator("article a[href^='tel:']").first.is_visible()
        if path.startswith("safety"):
            assert page.locator(".footnote li").count() > 10
            # Rows are cards, and each cell says what it is.
            label = page.locator("td[data-label]").first
            assert label.is_visible() and label.get_attribute("data-label")


@pytest.mark.parametrize("path", ["safety/side-effects/", "get-help-now/"])
def test_print(visit, path):
    with visit(path, "print") as seen:
        page = seen.page
        page.emulate_media(media="print")
        assert page.locator(".help-strip").is_visible()
        assert page.locator(".review-line").first.is_visible()
        for chrome in (".site-head", ".menu", ".on-page", ".near", ".turn", ".back"):
            assert not page.locator(chrome).first.is_visible(), chrome
        assert len(page.pdf(format="A4")) > 10_000
        if path.startswith("safety"):
            # The address of a link stands behind it, on paper that no finger can tap.
            link = page.locator("article p > a[href='../who-should-not/']").first
            shown = page.evaluate("e => getComputedStyle(e, '::after').content", link.element_handle())
            assert "/safety/who-should-not/" in shown
            assert page.locator(".footnote").is_visible()
            assert page.locator("thead").first.is_visible()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_short_version_prints_on_one_side(visit, paper):
    with visit("five-minutes/", f"one side of {paper}") as seen:
        pdf = seen.page.pdf(format=paper)
        assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1


def test_reflow_at_320_pixels(visit):
    with visit("safety/side-effects/", "320 reflow", width=320) as seen:
        assert overflow(seen.page) <= 0
        assert violations(seen.page) == []


def test_forced_colors(visit):
    with visit("safety/side-effects/", "forced colors", forced_colors="active") as seen:
        box = seen.page.locator(".admonition").first
        assert seen.page.evaluate("e => getComputedStyle(e).borderTopWidth", box.element_handle()) != "0px"


def test_an_overdue_page_says_so_by_the_readers_clock(visit):
    with visit("safety/side-effects/", "overdue") as seen:
        page = seen.page
        overdue = page.locator(".review-line [data-overdue]")
        assert not overdue.is_visible()
        day_after = datetime.date.fromisoformat(overdue.get_attribute("data-overdue")) + datetime.timedelta(days=1)
        page.clock.set_fixed_time(datetime.datetime(day_after.year, day_after.month, day_after.day, 12))
        page.reload()
        assert overdue.is_visible()
        assert "This check is overdue" in overdue.text_content()


def test_a_fact_that_ended_says_so_by_the_readers_clock(visit):
    with visit("safety/at-home-and-by-mail/", "fact past") as seen:
        page = seen.page
        marks = page.locator("p > strong[data-overdue='2026-12-31'], li > strong[data-overdue='2026-12-31']")
        for day, shown in ((datetime.datetime(2026, 12, 31, 12), False), (datetime.datetime(2027, 1, 1, 12), True)):
            page.clock.set_fixed_time(day)
            page.reload()
            assert marks.count() >= 2
            assert {marks.nth(number).is_visible() for number in range(marks.count())} == {shown}
        assert "True until December 31, 2026; ask what holds now" in marks.first.text_content()
        assert violations(page) == []


def test_an_old_address_of_a_question_leads_to_its_answer(visit):
    with visit("faq/#bladder", "question") as seen:
        seen.page.locator("#bladder").click()
        seen.page.wait_for_url("**/faq/is-it-safe/#bladder")
        assert seen.page.locator("h2#bladder").is_visible()


def test_note_by_keyboard(visit):
    with visit("basics/how-it-may-work/", "note by keyboard") as seen:
        page = seen.page
        term = page.locator("a.term").first
        note = page.locator(f"#{term.get_attribute('aria-describedby')}")
        assert not note.is_visible()
        term.focus()
        assert note.is_visible()
        assert violations(page) == []
        page.keyboard.press("Escape")
        assert not note.is_visible()
        assert page.evaluate("document.activeElement.matches('a.term')")


def test_note_by_touch(visit):
    options = {"width": 360, "has_touch": True, "is_mobile": True}
    with visit("basics/how-it-may-work/", "note by touch", **options) as seen:
        page = seen.page
        term = page.locator("a.term").first
        note = page.locator(f"#{term.get_attribute('aria-describedby')}")
        term.scroll_into_view_if_needed()
        before = page.url
        term.tap()
        assert note.is_visible() and page.url == before
        box = note.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
        page.locator("h1").tap()
        assert not note.is_visible()
        term.tap()
        term.tap()
        page.wait_for_url("**/glossary/#*")


def test_note_without_script_is_a_link(visit):
    with visit("basics/how-it-may-work/", "no script note", java_script_enabled=False) as seen:
        seen.page.locator("a.term").first.click()
        assert "/glossary/#" in seen.page.url


def test_nothing_is_stored(visit):
    with visit("", "storage") as seen:
        page = seen.page
        page.wait_for_load_state("networkidle")
        page.keyboard.press("/")
        page.keyboard.type("bladder", delay=20)
        page.locator(".md-search-result__link").first.wait_for(state="visible")
        page.goto(page.url + "safety/side-effects/")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
