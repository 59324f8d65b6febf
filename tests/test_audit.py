"""The audit's pure parts, on small examples of what the checkers answer."""

import json

import pytest
from audit import findings, machine
from audit.findings import Finding
from gzip_server import packed, serving, target

SITE = "file:///somewhere/site/"
VNU = {
    "messages": [
        {
            "type": "error",
            "url": "file:/somewhere/site/faq/index.html",
            "extract": "<p>\n<a id=fn-7>",
            "message": "Duplicate ID “fn-7”.",
        },
        {"type": "info", "subType": "warning", "url": "file:/somewhere/site/404.html", "message": "Consider this."},
        {"type": "non-document-error", "url": "file:/somewhere/site/index.html", "message": "Could not be read."},
    ]
}


def test_errors_of_the_html_checker_are_findings_and_its_warnings_are_not():
    one, two = findings.html_errors(VNU, SITE)
    assert one == Finding("Nu HTML checker", "/faq/", "Duplicate ID “…”.", "Duplicate ID “fn-7”. Near: <p> <a id=fn-7>")
    assert (two.page, two.what) == ("/", "Could not be read.")
    assert str(two) == "/: Nu HTML checker: Could not be read."


def test_an_answer_without_messages_is_no_clean_site():
    with pytest.raises(KeyError):
        findings.html_errors({}, SITE)


@pytest.mark.parametrize(
    ("file", "page"), [("index.html", "/"), ("404.html", "/404.html"), ("a%20b/index.html", "/a b/"), ("", "/")]
)
def test_addresses_of_pages(file, page):
    assert findings.address(f"file:/somewhere/site/{file}", SITE) == page


def report(performance=1.0, **others) -> dict:
    audits = {
        "lcp": {"id": "lcp", "title": "Largest paint", "score": 0.5, "scoreDisplayMode": "numeric", "displayValue": "4 s", "details": {"items": [{"node": {"snippet": "<p\n class=x>"}}, {"url": "x"}]}},
        "fcp": {"id": "fcp", "title": "First paint", "score": 1, "scoreDisplayMode": "numeric"},
        "off": {"id": "off", "title": "Does not apply", "score": None, "scoreDisplayMode": "notApplicable"},
        "told": {"id": "told", "title": "Weighs nothing", "score": 0, "scoreDisplayMode": "binary"},
    }  # fmt: skip
    weights = {"lcp": 25, "fcp": 10, "off": 3, "told": 0}
    references = [{"id": name, "weight": weight} for name, weight in weights.items()]
    categories = {name: {"score": 1, "auditRefs": []} for name in findings.CATEGORIES}
    categories["performance"] = {"score": performance, "auditRefs": references}
    return {"categories": categories, "audits": audits, **others}


def test_scores_are_of_100():
    assert findings.scores(report(0.97)) == {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}
    assert set(findings.scores({}).values()) == {None}


def test_what_keeps_a_category_below_100_is_told_and_nothing_of_one_that_has_it():
    assert findings.shortfalls(report(), "/faq/") == []
    assert findings.shortfalls(report(0.97), "/faq/") == [
        Finding("Lighthouse", "/faq/", "lcp", "performance 97 of 100: lcp: Largest paint; 4 s; <p class=x>")
    ]
    assert findings.shortfalls(report(0.97), "/faq/", ["seo"]) == []


def test_a_category_without_a_score_and_a_run_that_failed_are_findings():
    bare = report()
    bare["categories"]["seo"]["score"] = None
    assert findings.shortfalls(bare, "/") == [Finding("Lighthouse", "/", "seo", "seo no score")]
    failed = report(runtimeError={"code": "NO_FCP", "message": "nothing was painted"})
    assert findings.shortfalls(failed, "/") == [
        Finding("Lighthouse", "/", "NO_FCP", "it could not run: nothing was painted")
    ]


def test_the_best_of_some_runs():
    runs = [{**dict.fromkeys(findings.CATEGORIES, 100), "performance": score} for score in (98, None, 99)]
    assert findings.best(runs)["performance"] == 99
    assert findings.best([]) == dict.fromkeys(findings.CATEGORIES)


def test_findings_in_short_the_most_frequent_rule_first():
    found = [Finding("c", "/b/", "often", ""), Finding("c", "/a/", "often", ""), Finding("c", "/a/", "once", "")]
    assert findings.in_short(found) == ["2 x on 2 pages, c: often; first /a/", "1 x on 1 pages, c: once; first /a/"]


def test_the_heaviest_page_of_each_kind():
    pages = [("faq", "faq/a/", 10), ("faq", "faq/b/", 20), ("about", "about/", 5)]
    assert findings.heaviest(pages) == {"about": "about/", "faq": "faq/b/"}


@pytest.mark.parametrize(("words", "found"), [("v22.19.0\n", (22, 19)), ("v8.1", (8, 1)), ("", (0, 0))])
def test_versions_of_node(words, found):
    assert machine.version(words) == found


def test_without_npm_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    there, missing = machine.checkers(tmp_path)
    assert there == machine.Checkers()
    assert missing == ["Neither the HTML checker nor Lighthouse ran: npm is missing."]


def test_without_java_and_with_an_old_node_a_sentence_each(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "fetch", lambda folder: "")
    monkeypatch.setattr(machine.shutil, "which", lambda name: name)
    monkeypatch.setattr(machine, "_prints", lambda *command: "v20.1.0" if command[0] == "node" else None)
    there, missing = machine.checkers(tmp_path)
    assert (there.java, there.node) == (None, None)
    assert [words.partition(":")[0] for words in missing] == ["The HTML checker did not run", "Lighthouse did not run"]


def test_the_lock_holds_a_hash_of_each_package_and_names_no_registry():
    locked = json.loads((machine.HERE / "package-lock.json").read_text(encoding="utf-8"))
    asked = json.loads((machine.HERE / "package.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in locked["packages"].items() if name}
    assert all(
        package["integrity"].startswith("sha512-") and "resolved" not in package for package in packages.values()
    )
    for name, version in {**asked["dependencies"], **asked["optionalDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_the_server_packs_text_and_leads_into_folders_and_nowhere_else(tmp_path):
    from urllib.request import Request, urlopen

    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    (site / "a/index.html").write_text("words " * 100)
    (tmp_path / "secret").write_text("not served")
    assert target(site, "/a") == (None, "/a/")
    assert target(site, "/../secret") == (None, "") == target(site, "/none")
    with serving(site) as served:
        with urlopen(Request(f"{served.url}a/", headers={"Accept-Encoding": "gzip"})) as answer:
            body = answer.read()
            assert answer.headers["Content-Encoding"] == "gzip"
        file = (site / "a/index.html").resolve()
        assert body == packed(file, file.stat().st_mtime_ns)
        with urlopen(f"{served.url}a") as answer:
            assert answer.read() == b"words " * 100
    assert served.log == [("/a/", 200, len(body)), ("/a", 301, 0), ("/a/", 200, 600)]
