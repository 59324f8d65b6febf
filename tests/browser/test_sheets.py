"""The kept rules show every page, in every state, as all rules would: nothing that styles.py leaves out is missed."""

from pathlib import Path

import material
import pytest
import styles
import tinycss2
from browser_states import kinds
from sites import ROOT
from waits import until

pytestmark = pytest.mark.browser
# What the theme's script makes and sets for its own search, which the dialog stands in for, is left aside.
LOOKS = """() => document.body.removeAttribute("data-md-scrolllock") || [...document.querySelectorAll("body, body *:not([id^='__'], [for^='__'])")].flatMap(e => ["", "::before", "::after"].map(part => {
    const style = getComputedStyle(e, part)
    if (part && style.content === "none") return []
    return [e.tagName + " " + e.className + part, ...PROPERTIES.map(name => style.getPropertyValue(name))]
}))"""
PROPERTIES = [
    "display",
    "position",
    "top",
    "left",
    "color",
    "background-color",
    "font-size",
    "font-weight",
    "font-style",
    "font-family",
    "line-height",
    "margin-top",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "padding-top",
    "padding-left",
    "padding-bottom",
    "border-top-width",
    "border-left-width",
    "border-top-color",
    "text-align",
    "text-decoration-line",
    "visibility",
    "opacity",
    "width",
    "content",
    "fill",
    "stroke",
    "stroke-width",
    "list-style-type",
    "break-inside",
    "break-before",
    "white-space",
    "overflow-x",
    "flex-wrap",
    "grid-template-columns",
    "column-gap",
    "row-gap",
]


def whole():
    """All rules: the theme's, less what gives way to our own, and all of ours."""
    theme = next((Path(material.__file__).parent / "templates").glob(styles.THEME))
    rules = styles._rules(theme.read_text(encoding="utf-8"))
    kept = styles.keep(rules, lambda one: not styles.OURS.search(tinycss2.serialize(one)))
    return kept + (ROOT / "docs/assets/guide.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["home", "condition", "safety", "treatment", "decision", "sheet", "glossary", "index"])
def test_no_rule_is_missed(visit, kind):
    with visit(kinds()[kind], reduced_motion="reduce", width=412, bypass_csp=True) as seen:
        page = seen.page
        page.keyboard.press("/")
        page.keyboard.type("bladder", delay=20)
        page.locator(".md-search-result__link").first.wait_for(state="visible")
        until(page, "document.querySelector('link[href*=rest]')?.sheet")
        page.keyboard.press("Escape")
        page.evaluate(
            f"""() => {{
                window.PROPERTIES = {PROPERTIES}
                window.dispatchEvent(new Event("beforeprint"))
                // A copy of the results, which the theme does not add to or hide meanwhile.
                const found = document.querySelector(".md-search-result")
                found.replaceWith(found.cloneNode(true))
                document.querySelector(".md-search-result__list").hidden = false
                document.querySelectorAll(".term-group").forEach(group => group.classList.add("is-open"))
                document.querySelectorAll("[data-overdue]").forEach(mark => (mark.hidden = false))
            }}"""
        )

        def looks():
            found = {}
            for width, media in ((412, "screen"), (1280, "screen"), (680, "print")):
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(media=media)
                found[width] = page.evaluate(LOOKS)
            page.emulate_media(media="screen")
            page.set_viewport_size({"width": 412, "height": 800})
            page.evaluate("document.getElementById('search').showModal()")
            page.locator("#menu").evaluate("menu => menu.showPopover?.()")
            found["open"] = page.evaluate(LOOKS)
            page.locator("#menu").evaluate("menu => menu.hidePopover?.()")
            page.evaluate("document.getElementById('search').close()")
            return found

        kept = looks()
        page.add_style_tag(content=whole())
        every = looks()
        for state in kept:
            other = [
                (before[0], name, one, two)
                for before, after in zip(kept[state], every[state], strict=True)
                if before != after
                for name, one, two in zip(PROPERTIES, before[1:], after[1:], strict=True)
                if one != two
            ]
            assert other[:5] == [], state
