"""The text to copy, and where it can be sent."""

import subprocess
from urllib.parse import parse_qs, urlsplit

import corrections
import yaml
from sites import ROOT

REPOSITORY = "https://example.org/org/guide"


def test_the_version_is_gits_own_id_of_the_file():
    path = ROOT / "docs/index.md"
    done = subprocess.run(["git", "hash-object", "--no-filters", path], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.startswith(corrections.blob(path.read_bytes())) and done.returncode == 0


def test_the_text_names_page_section_and_version():
    text = corrections.report("Side effects", "/safety/side-effects/", "2026-11-23 0123456789ab").text
    assert text.splitlines() == [
        "Page: Side effects (/safety/side-effects/)",
        "Section (the heading above it):",
        "Version: 2026-11-23 0123456789ab",
        "What it says (copy the sentence):",
        "What is right, and where you read it:",
    ]


def test_a_letter_holds_the_text_and_a_form_what_is_known():
    made = corrections.report('Is it "safe" & sound?', "https://e.org/a/", "v", REPOSITORY, "mailto:a@example.org")
    letter = parse_qs(urlsplit(made.letter).query)
    assert made.letter.startswith("mailto:a@example.org?subject=Wrong%3A%20Is%20it%20%22safe%22%20%26%20sound%3F&body=")
    assert letter["body"][0].replace("\r\n", "\n") == made.text
    form = parse_qs(urlsplit(made.form).query)
    assert form.pop("template") == [corrections.WRONG_FACT]
    fields = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / corrections.WRONG_FACT).read_text(encoding="utf-8"))
    assert set(form) - {"title"} <= {field.get("id") for field in fields["body"]}
    assert form["page"] == ["https://e.org/a/"]
    # A web address cannot be filled in: the reader pastes the text there.
    assert (
        corrections.report("T", "/", "v", contact="https://example.org/contact").letter == "https://example.org/contact"
    )


def test_on_the_page(tiny, monkeypatch):
    pages = {"index.md": "Words.\n"}
    assert "Something wrong" not in tiny(pages).page("")
    monkeypatch.setenv("REPO_URL", REPOSITORY)
    html = tiny(pages).page("")
    assert "Something wrong on this page?" in html and f'href="{REPOSITORY}/edit/main/docs/index.md" rel="edit"' in html
    assert (
        f"{REPOSITORY}/issues/new?template=wrong-fact.yml&amp;title=Wrong%3A%20Page%20number%200&amp;page=%2F&amp;"
        in html
    )
    assert "no other published contact" in html
    assert "(/)<br>Section (the heading above it):<br>Version: 2026-11-23 " in html
    monkeypatch.setenv("CONTACT", "a@example.org")
    html = tiny(pages).page("")
    assert 'href="mailto:a@example.org?subject=' in html and "no other published contact" not in html
