"""The frame around the text: menu, search, notes; by keyboard, touch and screen reader, at every width."""

import pytest
from browser_states import FRAME, addresses, kinds
from looks import overflow, violations
from waits import until

pytestmark = pytest.mark.browser
MENU, SEARCH = "button[popovertarget=menu]", "[data-open-search]"


def active(page):
    return page.evaluate(
        "document.activeElement.id || document.activeElement.name || document.activeElement.textContent.trim()"
    )


def search(page, words):
    page.keyboard.press("/")
    page.keyboard.type(words, delay=20)
    page.locator(".md-search-result__link").first.wait_for(state="visible")


@pytest.mark.parametrize("path", kinds().values(), ids=kinds())
def test_one_page_of_each_kind_in_every_state(visit, path):
    with visit(path, *FRAME, reduced_motion="reduce") as seen:
        page = seen.page
        for width in (320, 412, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert violations(page) == [], width
            assert overflow(page) <= 0, width
            if width < 1000:
                page.locator(MENU).first.click()
                assert violations(page, "#menu") == [], width
                page.keyboard.press("Escape")
            assert page.locator("#menu").is_visible() == (width > 1000)
            terms = page.locator("article a.term")
            if terms.count():
                terms.first.focus()
                assert page.locator(f"#{terms.first.get_attribute('aria-describedby')}").is_visible()
                assert violations(page, ".term-group") == [], width
                assert overflow(page) <= 0, width
                page.evaluate("document.activeElement.blur()")
        search(page, "bladder")
        for width in (320, 412, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert violations(page, "#search") == [], width
            assert page.evaluate("e => e.scrollWidth - e.clientWidth", page.locator("#search").element_handle()) <= 0
        assert seen.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", kinds().values(), ids=kinds())
def test_the_text_has_the_higher_contrast(visit, path, scheme):
    """WCAG 1.4.6: 7 to 1, and 4.5 to 1 for large text."""
    with visit(path, color_scheme=scheme, width=412, reduced_motion="reduce") as seen:
        only = {"runOnly": ["color-contrast-enhanced"], "rules": {}}
        assert violations(seen.page, "article", **only) == []


@pytest.mark.parametrize("width", [320, 412, 768])
def test_the_menu_is_a_button_by_keyboard(visit, width):
    with visit("safety/side-effects/", width=width) as seen:
        page = seen.page
        button, menu = page.get_by_role("button", name="Menu", exact=True), page.locator("#menu")
        assert not menu.is_visible() and not menu.locator("a").first.is_visible()
        page.keyboard.press("Tab")
        assert active(page) == "Skip to the text"
        # The closed menu is out of the tab order.
        reached = []
        for _ in range(14):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("Boolean(document.activeElement.closest('#menu'))"))
        assert not any(reached)
        button.focus()
        page.keyboard.press("Enter")
        assert menu.is_visible()
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('#menu'))")
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert not menu.is_visible()
        assert active(page) == "Menu"
        box = button.bounding_box()
        assert box["width"] >= 44 and box["height"] >= 44


def test_the_menu_by_touch_and_without_script(visit):
    with visit("safety/side-effects/", width=360, has_touch=True, is_mobile=True, java_script_enabled=False) as seen:
        page = seen.page
        page.get_by_role("button", name="Menu", exact=True).tap()
        assert page.locator("#menu").is_visible()
        page.get_by_role("button", name="Close").tap()
        assert not page.locator("#menu").is_visible()
        page.get_by_role("button", name="Menu", exact=True).tap()
        page.locator("#menu a", has_text="Glossary").tap()
        page.wait_for_url("**/glossary/")


def test_without_script_the_a_to_z_stands_for_the_search(visit):
    with visit("safety/side-effects/", width=360, java_script_enabled=False) as seen:
        page = seen.page
        assert not page.locator(SEARCH).is_visible() and not page.locator("#search").is_visible()
        page.get_by_role("link", name="A to Z").first.click()
        page.wait_for_url("**/a-to-z/")
        assert page.locator("h1").text_content().strip() == "A to Z"


@pytest.mark.parametrize("width", [320, 1280])
def test_search_by_keyboard(visit, width):
    with visit("safety/side-effects/", width=width) as seen:
        page = seen.page
        asked = len(seen.requests)
        page.locator(SEARCH).focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Search")
        assert dialog.is_visible() and active(page) == "query"
        page.keyboard.type("bladder", delay=20)
        page.locator(".md-search-result__link").first.wait_for(state="visible")
        assert len(seen.requests) > asked
        page.keyboard.press("Tab")  # Close
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.md-search-result__link')")
        assert dialog.is_visible()
        page.keyboard.press("Escape")
        assert not dialog.is_visible()
        assert active(page) == "Search"
        # Letters are no keys of the theme's own (WCAG 2.1.4).
        before = page.url
        for key in "nspf":
            page.keyboard.press(key)
        assert page.url == before and not dialog.is_visible()
        page.keyboard.press("/")
        assert dialog.is_visible()
        page.locator("[data-close-search]").click()
        assert not dialog.is_visible()
        assert seen.errors == []


def test_a_search_without_an_answer_offers_other_ways(visit):
    with visit("") as seen:
        page = seen.page
        page.keyboard.press("/")
        page.keyboard.type("xyzzyxyzzy", delay=20)
        page.get_by_text("Nothing found for these words.").wait_for(state="visible")
        for name in ("questions people ask", "glossary", "A to Z"):
            assert page.locator("#search").get_by_role("link", name=name).is_visible()


def test_the_focus_is_never_hidden(visit):
    with visit("safety/side-effects/", width=412, height=600, reduced_motion="reduce") as seen:
        hidden = seen.page.evaluate(
            """() => [...document.querySelectorAll("a[href], button, summary, [tabindex='0']")]
                .filter(e => e.checkVisibility() && !e.closest("#menu, #search, .skip") && !e.matches(".skip"))
                .filter(e => {
                    e.focus()
                    const box = e.getClientRects()[0]
                    const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
                    return !at || !(e.contains(at) || at.contains(e))
                })
                .map(e => e.outerHTML.slice(0, 120))"""
        )
        assert hidden == []


def test_primary_targets_are_large(visit):
    with visit("get-help-now/", width=360) as seen:
        page = seen.page
        page.locator(MENU).first.click()
        for target in page.locator("#menu a, #menu button").all():
            assert target.bounding_box()["height"] >= 44
        page.keyboard.press("Escape")
        page.locator(SEARCH).click()
        until(page, "document.querySelector('link[href*=rest]')?.sheet")
        for target in page.locator("#search input, #search button").all():
            assert target.bounding_box()["height"] >= 44


def test_wide_text_spacing_cuts_nothing(visit):
    """WCAG 1.4.12."""
    with visit("conditions/treatment-resistant-depression/", width=320, bypass_csp=True) as seen:
        page = seen.page
        page.add_style_tag(
            content="* {line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important}"
            " p {margin-bottom: 2em !important}"
        )
        assert overflow(page) <= 0
        cut = page.evaluate(
            """() => [...document.querySelectorAll("article *, header *, .help-strip *")]
                .filter(e => e.checkVisibility() && getComputedStyle(e).overflow === "hidden" && e.clientHeight > 2)
                .filter(e => e.scrollHeight > e.clientHeight + 1)
                .map(e => e.outerHTML.slice(0, 120))"""
        )
        assert cut == []


def test_nothing_moves_for_those_who_want_no_motion(visit):
    with visit("safety/side-effects/", reduced_motion="reduce") as seen:
        moving = seen.page.evaluate(
            """() => [...document.querySelectorAll("*")].filter(e => {
                const style = getComputedStyle(e)
                return parseFloat(style.transitionDuration) > 0 || parseFloat(style.animationDuration) > 0
                    || style.scrollBehavior === "smooth"
            }).length"""
        )
        assert moving == 0


def test_the_skip_link_leads_to_the_text(visit):
    with visit("safety/side-effects/") as seen:
        page = seen.page
        page.keyboard.press("Tab")
        assert page.locator(".skip").bounding_box()["y"] >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def test_the_contents_are_beside_the_text_or_fold(visit):
    with visit("safety/side-effects/", width=1280) as seen:
        page = seen.page
        link = page.locator(".on-page a").first
        assert link.is_visible() and link.bounding_box()["x"] > page.locator("h1").bounding_box()["x"] + 500
        page.set_viewport_size({"width": 412, "height": 800})
        assert not link.is_visible()
        page.locator(".on-page summary").click()
        assert link.is_visible()


@pytest.mark.parametrize("path", [path for path in addresses() if path not in ("404.html",)])
def test_on_paper_nothing_is_cut(visit, path):
    with visit(path, width=680) as seen:  # A4 and Letter less their margins are about 670 to 700 pixels wide
        page = seen.page
        page.emulate_media(media="print")
        assert overflow(page) <= 0
        assert page.locator("h1").is_visible() and not page.locator(".site-head").is_visible()
