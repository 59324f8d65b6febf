"""Policy, headers and cache rules, and what a build writes for hosts; real servers are the business of test_hosts.py."""

import datetime
import re

import hosting
import pytest

SITE = "https://example.org/"


def directives(policy):
    return {name: set(values) for name, *values in (part.split() for part in policy.split(";"))}


HEADER = directives(hosting.HEADERS["Content-Security-Policy"])

# The rules of Mozilla's HTTP Observatory (mdn-http-observatory, src/grader/charts.js) that a static site can meet:
# name of the best outcome, its points, whether it is met. What hangs on the host's certificate is said in .github/HOSTING.md.
OBSERVATORY = [
    (
        "csp-implemented-with-no-unsafe-default-src-none",
        10,
        HEADER["default-src"] == {"'none'"}
        and HEADER["form-action"] == {"'none'"}
        and not [v for values in HEADER.values() for v in values if v not in ("'none'", "'self'")],
    ),
    ("cookies-not-found", 0, "Set-Cookie" not in hosting.HEADERS),
    ("cross-origin-resource-sharing-not-implemented", 0, "Access-Control-Allow-Origin" not in hosting.HEADERS),
    ("referrer-policy-private", 5, hosting.HEADERS["Referrer-Policy"] == "no-referrer"),
    (
        "hsts-implemented-max-age-at-least-six-months",
        0,
        int(re.search(r"max-age=(\d+)", hosting.HEADERS["Strict-Transport-Security"])[1]) >= 15768000,
    ),
    ("sri-not-implemented-but-all-scripts-loaded-from-secure-origin", 0, HEADER["script-src"] == {"'self'"}),
    ("x-content-type-options-nosniff", 0, hosting.HEADERS["X-Content-Type-Options"] == "nosniff"),
    ("x-frame-options-implemented-via-csp", 5, HEADER["frame-ancestors"] == {"'none'"}),
    (
        "cross-origin-resource-policy-implemented-with-same-origin",
        10,
        hosting.HEADERS["Cross-Origin-Resource-Policy"] == "same-origin",
    ),
]


def test_the_rules_of_the_http_observatory():
    assert [name for name, _, met in OBSERVATORY if not met] == []
    # 100 to begin with; A+ begins at 100. Only SRI of one's own scripts and a preloaded HSTS would add more.
    assert 100 + sum(points for _, points, _ in OBSERVATORY) == 130


def test_the_policy_of_the_page_is_that_of_the_header_without_what_only_a_header_can_say():
    page = directives(hosting.POLICY)
    assert {**page, "frame-ancestors": {"'none'"}} == HEADER
    assert page["script-src"] == page["style-src"] == {"'self'"}


NAMES = ["index.html", "assets/first.c8cc0a1d.css", "assets/guide.160ef0.min.js", "assets/favicon.svg", "a/style.css"]


@pytest.mark.parametrize(
    ("name", "hashed"), [*((name, number in (1, 2)) for number, name in enumerate(NAMES)), ("assets/deed.js", False)]
)
def test_only_a_name_with_a_hash_is_kept_for_a_year(name, hashed):
    assert bool(hosting.HASHED.search(name)) == hashed


def test_the_file_of_headers_gives_no_header_twice_to_one_address():
    text = hosting.headers_file(NAMES)
    rules = re.split(r"\n(?=/)", text.strip())
    assert [rule.splitlines()[0] for rule in rules] == [
        "/*",
        "/assets/first.c8cc0a1d.css",
        "/assets/guide.160ef0.min.js",
    ]
    for name, value in hosting.HEADERS.items():
        assert f"  {name}: {value}\n" in text
    assert "Cache-Control" not in rules[0] and all(hosting.YEAR in rule for rule in rules[1:])
    assert "X-Robots-Tag" not in text
    assert "  X-Robots-Tag: noindex, nofollow\n" in hosting.headers_file(NAMES, preview=True)
    assert max(map(len, text.splitlines())) < 2000  # Cloudflare Pages takes no longer line


def test_robots_names_the_sitemap_only_where_there_is_one():
    assert hosting.robots("") == "User-agent: *\nDisallow:\n"
    assert hosting.robots(SITE).endswith("\nSitemap: https://example.org/sitemap.xml\n")


def test_security_txt_has_what_rfc_9116_asks_for():
    text = hosting.security_txt("mailto:a@example.org", datetime.date(2026, 11, 23), SITE)
    assert text.splitlines() == [
        "Contact: mailto:a@example.org",
        "Expires: 2027-11-23T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: https://example.org/.well-known/security.txt",
    ]
    # Under a path it stands where nobody looks, so it says of no address that it is its own.
    assert "Canonical" not in hosting.security_txt("mailto:a@example.org", datetime.date(2026, 11, 23), f"{SITE}a/")


def test_what_a_build_writes(tiny, tmp_path, monkeypatch):
    page = {"index.md": "![A picture](assets/diagrams/synapse.svg)\n\nWords."}
    built = tiny(page)
    assert built.ok, built.problems
    html = built.page("")
    assert f'<meta http-equiv="Content-Security-Policy" content="{hosting.POLICY}">' in html
    assert html.index("Content-Security-Policy") < html.index("<link") < html.index("<script")
    assert '<meta name="referrer" content="no-referrer">' in html and "Preview of a change" not in html
    assert (built.site / "_headers").read_text().startswith("/*\n")
    assert not (built.site / "sitemap.xml").exists() and not (built.site / ".well-known").exists()
    for name in ("nginx.conf", "Caddyfile"):
        text = (tmp_path / ".build/hosting" / name).read_text()
        assert hosting.HEADERS["Content-Security-Policy"] in text and hosting.ROOT in text
    # Of the theme's 60 files two go out; a picture that is drawn into the page does not go out again as a file.
    files = {path.relative_to(built.site).as_posix() for path in (built.site / "assets").rglob("*") if path.is_file()}
    assert {re.sub(r"\.[0-9a-f]{6,8}", "", name) for name in files} == {
        "assets/404.js",
        "assets/aid.js",
        "assets/favicon.svg",
        "assets/first.css",
        "assets/guide.min.js",
        "assets/javascripts/bundle.min.js",
        "assets/javascripts/workers/search.min.js",
        "assets/rest.css",
        "assets/search.js",
    }
    monkeypatch.setenv("SITE_URL", "https://example.org/guide")
    monkeypatch.setenv("CONTACT", "a@example.org")
    monkeypatch.setenv("PREVIEW", "1")
    built = tiny(page)
    assert built.ok, built.problems
    assert (
        "Contact: mailto:a@example.org\nExpires: 2027-11-23T" in (built.site / ".well-known/security.txt").read_text()
    )
    assert "X-Robots-Tag: noindex" in (built.site / "_headers").read_text()
    html = built.page("")
    assert "Preview of a change, not medical information." in html and 'content="noindex"' in html
    # The day is that of the review, not of the build.
    assert (
        "<loc>https://example.org/guide/</loc><lastmod>2026-11-23</lastmod>" in (built.site / "sitemap.xml").read_text()
    )
    assert not (built.site / "sitemap.xml.gz").exists()
