"""What pages say to machines, held to schema.org's own rules and to what the same pages say to people."""

import datetime
import json
from urllib.parse import urljoin

import minify
import pytest
import structured_data
from selectolax.lexbor import LexborHTMLParser
from sites import build_site, copy_project

pytestmark = pytest.mark.xdist_group("structured_data")
ADDRESS = "https://example.org/guide/"
# Type -> property: the types that schema.org expects of its value, of those that we use. Read in November 2026 at
# schema.org/MedicalWebPage, WebPage, CreativeWork, Thing, MedicalAudience, Audience, MedicalCondition, Person,
# BreadcrumbList, ItemList and ListItem. A MedicalWebPage is a WebPage, a CreativeWork and a Thing.
PAGE = {
    "name": "Text",
    "description": "Text",
    "url": "URL",
    "inLanguage": "Text",
    "isPartOf": "WebSite",
    "license": "URL",
    "lastReviewed": "Date",
    "reviewedBy": "Person",
    "breadcrumb": "BreadcrumbList",
    "audience": "MedicalAudience",
    "about": "MedicalCondition",
}
EXPECTED = {
    "MedicalWebPage": PAGE,
    "WebPage": PAGE,
    "WebSite": {"name": "Text", "url": "URL"},
    "MedicalAudience": {"audienceType": "Text"},
    "MedicalCondition": {"name": "Text"},
    "Person": {"name": "Text", "jobTitle": "Text"},
    "BreadcrumbList": {"itemListElement": ["ListItem"]},
    "ListItem": {"position": "Integer", "name": "Text", "item": "URL"},
}
META = {
    "title": "Ketamine for PTSD",
    "description": "What was found.",
    "kind": "condition",
    "reviewed": datetime.date(2026, 11, 23),
    "clinical_review": "none",
}
SITE = ("Guide", ADDRESS)


def wrong(data: dict, at: str = "") -> list[str]:
    """What in a block breaks the table."""
    known = EXPECTED.get(data.get("@type", ""))
    if known is None:
        return [f"{at}: unknown type {data.get('@type')}"]
    found = []
    for key, value in data.items():
        if key in ("@context", "@type"):
            continue
        kind, values = known.get(key), [value]
        if isinstance(kind, list):
            if not isinstance(value, list) or not value:
                found.append(f"{at}.{key}: no list")
                continue
            kind, values = kind[0], value
        found += [text for one in values for text in _wrong(one, kind, f"{at}.{key}")]
    return found


def _wrong(value, kind, at: str) -> list[str]:
    if kind in EXPECTED:
        right = isinstance(value, dict) and value.get("@type") == kind
        return wrong(value, at) if right else [f"{at}: no {kind}"]
    if kind == "Integer":
        right = type(value) is int
    elif kind == "Date":
        right = value == datetime.date.fromisoformat(value).isoformat()  # ISO 8601
    elif kind == "URL":
        right = value.startswith("https://")
    else:
        right = kind == "Text" and isinstance(value, str) and value.strip()
    return [] if right else [f"{at}: no {kind}"]


def test_the_table_finds_what_is_wrong():
    assert wrong({"@type": "Page"}) == [": unknown type Page"]
    assert wrong({"@type": "WebPage", "author": "x"}) == [".author: no None"]
    assert wrong({"@type": "WebPage", "url": "faq/"}) == [".url: no URL"]
    assert wrong({"@type": "WebPage", "breadcrumb": {"@type": "ListItem"}}) == [".breadcrumb: no BreadcrumbList"]
    assert wrong({"@type": "BreadcrumbList", "itemListElement": []}) == [".itemListElement: no list"]
    assert wrong({"@type": "ListItem", "position": "1"}) == [".position: no Integer"]


def test_no_reviewer_unless_there_is_one():
    data = structured_data.web_page(META, f"{ADDRESS}x/", SITE, condition="PTSD")
    assert wrong(data) == [] and "reviewedBy" not in data and "breadcrumb" not in data
    assert data["lastReviewed"] == "2026-11-23" and data["about"]["name"] == "PTSD"
    clinician = {"name": "A. Name", "role": "Psychiatrist", "date": datetime.date(2026, 10, 1)}
    data = structured_data.web_page(META | {"clinical_review": clinician}, f"{ADDRESS}x/", SITE)
    assert wrong(data) == [] and data["reviewedBy"] == {
        "@type": "Person",
        "name": "A. Name",
        "jobTitle": "Psychiatrist",
    }
    assert data["lastReviewed"] == "2026-10-01"


def test_for_whom():
    kinds = {
        kind: structured_data.web_page(META | {"kind": kind}, ADDRESS, SITE) for kind in ("safety", "doctors", "about")
    }
    assert kinds["safety"]["audience"]["audienceType"] == "Patient"
    assert kinds["doctors"]["audience"]["audienceType"] == "Clinician"
    assert kinds["about"]["@type"] == "WebPage" and "audience" not in kinds["about"]


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!-- <script>", "a & b > c", '"\\', "\u2028"])
def test_nothing_gets_out_of_the_block(title):
    text = structured_data.script_text(structured_data.web_page(META | {"title": title}, ADDRESS, SITE))
    page = (
        f'<!doctype html><html><head><script type="application/ld+json">{text}</script></head><body><p>x</body></html>'
    )
    for html in (page, minify.smaller(page)):
        parsed = LexborHTMLParser(html)
        [script] = parsed.css("script")
        assert json.loads(script.text())["name"] == title
        assert parsed.css_first("body").text(strip=True) == "x"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The real site with an address, as it is published: path -> page; and its folder."""
    root = tmp_path_factory.mktemp("structured")
    copy_project(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", ADDRESS)
        patch.setenv("PREVIEW", "1")
        built = build_site(root)
    assert built.ok, built.problems
    found = {path.relative_to(built.site).as_posix(): path for path in built.site.rglob("index.html")}
    return built.site, {name: LexborHTMLParser(path.read_text(encoding="utf-8")) for name, path in found.items()}


def blocks(page: LexborHTMLParser) -> list[dict]:
    return [json.loads(node.text()) for node in page.css('script[type="application/ld+json"]')]


def test_every_page_has_one_right_block(pages):
    _, all_pages = pages
    assert len(all_pages) > 60
    for name, page in all_pages.items():
        [data] = blocks(page)
        assert data["@context"] == "https://schema.org" and wrong(data) == [], name
        assert page.css_first("head > script[type]") is not None
        inline = [node for node in page.css("script") if "src" not in node.attributes]
        assert len(inline) == 1, name


def test_it_says_what_readers_see(pages):
    _, all_pages = pages
    seen = {"path": 0, "condition": 0}
    for name, page in all_pages.items():
        [data] = blocks(page)
        address = ADDRESS + name.removesuffix("index.html")
        assert data["url"] == address == page.css_first("link[rel=canonical]").attributes["href"]
        assert data["name"] == page.css_first("h1").text(strip=True)
        assert data["description"] == page.css_first("meta[name=description]").attributes["content"]
        line = page.css_first(".review-line")
        assert (line is None) == ("lastReviewed" not in data)
        if line is not None:
            assert data["lastReviewed"] == line.css_first("time").attributes["datetime"]
            assert "not reviewed by a clinician" in line.text() and "reviewedBy" not in data
        path = page.css("nav.path li")
        told = data.get("breadcrumb", {}).get("itemListElement", [])
        assert [item["name"] for item in told] == [node.text(strip=True) for node in path], name
        assert [item["position"] for item in told] == list(range(1, len(path) + 1))
        for item, node in zip(told, path, strict=True):
            link = node.css_first("a")
            relative = link.attributes["href"] if link is not None else ""
            assert item["item"] == urljoin(address, relative), name
        seen["path"] += bool(told)
        seen["condition"] += "about" in data
    assert seen["path"] > 50 and seen["condition"] == 7


def test_the_card(pages):
    site, all_pages = pages
    png = (site / "assets/card.png").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and len(png) < 60_000
    size = [int.from_bytes(png[at : at + 4], "big") for at in (16, 20)]
    for name, page in all_pages.items():
        said = {node.attributes["property"]: node.attributes["content"] for node in page.css("meta[property^='og:']")}
        [data] = blocks(page)
        assert (said["og:title"], said["og:description"], said["og:url"]) == (
            data["name"],
            data["description"],
            data["url"],
        )
        assert said["og:image"] == f"{ADDRESS}assets/card.png" and said["og:image:alt"]
        assert [int(said["og:image:width"]), int(said["og:image:height"])] == size == [1200, 630]
        assert said["og:type"] == ("website" if name == "index.html" else "article")
        assert page.css_first("meta[name='twitter:card']").attributes["content"] == "summary_large_image"
    missing = LexborHTMLParser((site / "404.html").read_text(encoding="utf-8"))
    assert blocks(missing) == [] and missing.css("meta[property^='og:']") == []


def test_without_an_address_nothing_is_said(tiny):
    built = tiny({"index.md": "Text."})
    html = built.page("")
    assert "ld+json" not in html and "og:" not in html and not (built.site / "assets/card.png").exists()
