"""What "Something wrong on this page?" holds: a text to copy, with page and version in it, and where it can be sent.

Only where the publisher has set REPO_URL or CONTACT (hooks/settings.py). The version is the day of the page's review
and the id of its file in git, which `git log --find-object=ID` leads to; so a page changes only when its file does.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import quote, urlencode

WRONG_FACT = "wrong-fact.yml"  # .github/ISSUE_TEMPLATE/


@dataclass(frozen=True)
class Report:
    """text: to copy; form: address of an issue form, filled in; letter: address for a letter; each "" where none is."""

    text: str
    form: str
    letter: str


def blob(content: bytes) -> str:
    """The first twelve digits of the id that git gives a file with this content (SHA-1 of its blob object)."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()[:12]


def report(title: str, address: str, version: str, repository: str = "", contact: str = "") -> Report:
    """What the page offers. address: of the page, from the site's root or whole; contact: mailto: or https:, or ""."""
    text = (
        f"Page: {title} ({address})\n"
        "Section (the heading above it):\n"
        f"Version: {version}\n"
        "What it says (copy the sentence):\n"
        "What is right, and where you read it:\n"
    )
    filled = {"template": WRONG_FACT, "title": f"Wrong: {title}", "page": address, "version": version}
    form = f"{repository}/issues/new?{urlencode(filled, quote_via=quote)}" if repository else ""
    letter = contact
    if contact.startswith("mailto:"):
        letter += "?" + urlencode({"subject": f"Wrong: {title}", "body": text.replace("\n", "\r\n")}, quote_via=quote)
    return Report(text, form, letter)


def on_page_context(context, *, page, config, nav, **kwargs):
    repository, contact = config.extra["repository"], config.extra["contact"]
    if repository or contact:
        version = f"{page.meta.get('reviewed', '')} {blob(page.file.content_bytes)}"
        context["report"] = report(
            str(page.meta.get("title", page.title)), page.canonical_url or f"/{page.url}", version, repository, contact
        )
    return context
