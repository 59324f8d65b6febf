"""The offline copy opens from a disk: pages, pictures and the decision aid work, and nothing is asked of anybody."""

import offline
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("offline")]


def test_it_opens_from_a_disk(unpacked, chromium, record_property):
    assert unpacked.name == offline.NAME
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    errors, requests = [], []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((unpacked / "index.html").as_uri())
    page.locator("#menu").get_by_role("link", name="Safety", exact=True).click()
    page.wait_for_url("**/safety/side-effects.html")
    assert page.locator("figure.dot-range").first.is_visible()
    page.locator(".help-strip a", has_text="Other countries").click()
    page.wait_for_url("**/get-help-now.html")
    page.goto((unpacked / "decide/index.html").as_uri())
    page.get_by_role("radio", name="No anesthetic: A lot").check()
    assert "No anesthetic" in page.locator("#values-result").text_content()
    # No search that cannot find anything.
    assert page.locator("#search, [data-open-search]").count() == 0
    assert page.get_by_role("link", name="A to Z", exact=True).first.is_visible()
    assert errors == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    record_property("visited", ("offline copy", "from a disk"))
    page.close()
