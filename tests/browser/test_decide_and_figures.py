"""Figures, diagrams and what is filled in, as a browser shows them."""

import re

import pytest
from browser_states import FIGURES, SHEETS
from looks import overflow, violations

pytestmark = pytest.mark.browser
# The contrast of every filled or outlined shape with the ground of its figure (WCAG 2.2, 1.4.11: 3:1 for graphics).
CONTRAST = """() => {
    const luminance = color => {
        const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const ratios = []
    for (const figure of document.querySelectorAll(".figure:not(.diagram)")) {
        const ground = luminance(getComputedStyle(figure).backgroundColor)
        for (const shape of figure.querySelectorAll(".solid, .edge, .hollow, .half, .bar rect, svg > line:first-child")) {
            const style = getComputedStyle(shape)
            const drawn = style.stroke === "none" ? style.fill : style.stroke
            const [low, high] = [luminance(drawn), ground].sort((a, b) => a - b)
            ratios.push((high + 0.05) / (low + 0.05))
        }
    }
    return [ratios.length, Math.min(...ratios)]
}"""


@pytest.mark.parametrize("path", FIGURES)
def test_names_and_roles(visit, path):
    with visit(path, "figure names") as seen:
        page = seen.page
        figures = page.locator("figure.figure")
        assert figures.count() >= 1
        for number in range(figures.count()):
            figure = figures.nth(number)
            caption = figure.locator("figcaption").text_content()
            assert page.get_by_role("figure", name=caption, exact=True).count() >= 1
            # Every picture has a name, or stands beside its words and is hidden.
            for image in figure.locator("svg").all():
                named = image.get_attribute("aria-label") or image.get_attribute("aria-labelledby")
                assert bool(named) != (image.get_attribute("aria-hidden") == "true")
        for image in page.locator("figure.icon-array svg").all():
            assert re.fullmatch(r"\d+ of \d+ drawn people are filled in", image.get_attribute("aria-label"))
        for image in page.locator("figure.diagram svg").all():
            for part in image.get_attribute("aria-labelledby").split():
                assert len(page.locator(f"#{part}").text_content()) > 10


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", FIGURES)
def test_contrast(visit, path, scheme):
    with visit(path, f"figure contrast {scheme}", color_scheme=scheme, reduced_motion="reduce") as seen:
        count, least = seen.page.evaluate(CONTRAST)
        assert (count == 0 and seen.page.locator("figure.diagram").count()) or least >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", FIGURES)
def test_forced_colors(visit, path, scheme):
    state = f"figure forced colors {scheme}"
    with visit(path, state, forced_colors="active", color_scheme=scheme) as seen:
        page = seen.page
        count, least = page.evaluate(CONTRAST)
        assert (count == 0 and page.locator("figure.diagram").count()) or least >= 4.5
        # What is filled and what is not stay apart without any color of ours.
        for image in page.locator("figure.icon-array svg").all():
            drawn = [
                page.evaluate("e => getComputedStyle(e).stroke", shape.element_handle())
                for shape in (image.locator(".solid").first, image.locator(".ground").first)
                if shape.count()
            ]
            assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("path", FIGURES)
def test_at_320_pixels(visit, path):
    with visit(path, "figure 320", width=320) as seen:
        page = seen.page
        assert overflow(page) <= 0
        assert violations(page) == []
        for figure in page.locator("figure.figure").all():
            box = figure.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 320
            for inner in figure.locator("td, th, li, p, figcaption, text").all():
                part = inner.bounding_box()
                assert part["x"] + part["width"] <= box["x"] + box["width"] + 1
                # Words are at least 10 pixels high, in drawings too.
                size = page.evaluate(
                    "e => parseFloat(getComputedStyle(e).fontSize) * (e.ownerSVGElement ? e.getScreenCTM().a : 1)",
                    inner.element_handle(),
                )
                assert size >= 10


def test_a_figure_prints_in_one_piece(visit):
    with visit("safety/side-effects/", "figure print") as seen:
        seen.page.emulate_media(media="print")
        figure = seen.page.locator("figure.dot-range").first
        assert seen.page.evaluate("e => getComputedStyle(e).breakInside", figure.element_handle()) == "avoid"
        assert figure.locator("td").first.is_visible()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("path", SHEETS)
def test_a_sheet_prints_on_two_sides_at_most(visit, path, paper):
    with visit(path, f"two sides of {paper}") as seen:
        pdf = seen.page.pdf(format=paper)
        assert 1 <= len(re.findall(rb"/Type\s*/Page[^s]", pdf)) <= 2


def test_boxes_are_ticked_by_touch_and_keyboard(visit):
    with visit("decide/before-and-after/", "ticks", width=360, has_touch=True) as seen:
        page = seen.page
        box = page.locator(".tick input").first
        page.locator(".tick label span").first.tap()
        assert box.is_checked()
        box.focus()
        page.keyboard.press("Space")
        assert not box.is_checked()
        assert page.locator(".tick input").count() > 20
        assert violations(page) == []


def test_what_matters_is_gathered_and_not_kept(visit):
    with visit("decide/", "values") as seen:
        page = seen.page
        result = page.locator("#values-result")
        assert result.text_content() == ""
        page.get_by_role("radio", name="Keeping my memory: A lot").check()
        page.get_by_role("radio", name="No anesthetic: Some").check()
        assert "Keeping my memory: " in result.text_content() and "No anesthetic" not in result.text_content()
        page.get_by_role("radio", name="No anesthetic: A lot").check()
        assert result.locator("li").count() == 2
        page.get_by_role("radio", name="Keeping my memory: Not much").check()
        page.get_by_role("radio", name="No anesthetic: Not much").check()
        assert result.text_content() == ""
        page.get_by_role("radio", name="No anesthetic: A lot").check()
        before = len(seen.requests)
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.search]") == [
            0,
            0,
            "",
            "",
        ]
        assert len(seen.requests) == before
        page.reload()
        assert page.locator(".choice input:checked").count() == 0
        assert seen.errors == []


def test_what_matters_works_on_paper_and_without_script(visit):
    with visit("decide/", "values no script", width=360, java_script_enabled=False) as seen:
        page = seen.page
        choice = page.get_by_role("radio", name="Few visits: A lot")
        choice.check()
        assert choice.is_checked() and page.locator("form:has(.choice)").count() == 0
        box = page.locator("label.choice").first.bounding_box()
        assert box["width"] >= 44 and box["height"] >= 44
