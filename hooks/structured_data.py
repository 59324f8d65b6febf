"""What a page tells machines about itself, in its head: schema.org as JSON-LD 1.1, and the Open Graph card.

Only where SITE_URL is set: both want whole addresses. Each value stands on the page in words too. No FAQPage: search
engines no longer show one, and it would hold each answer twice. schema.org's `lastReviewed` is the day of the last
review "for accuracy and/or completeness", which is what `reviewed` in the front matter is; `reviewedBy` is said only
of a real clinician, and then the day is theirs, because the two are read together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

CARD = "assets/card.png"  # made from tools/card.svg
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
# Kinds of page with nothing medical in them.
PLAIN = frozenset({"about", "index"})
# Pages of kind `condition` that are about more than one.
SEVERAL = frozenset({"conditions/other-uses.md"})


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """A schema.org BreadcrumbList. trail: (name, whole address) as in the visible path."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def web_page(
    meta: Mapping[str, Any],
    address: str,
    site: tuple[str, str],
    trail: Iterable[tuple[str, str]] = (),
    condition: str = "",
) -> dict[str, Any]:
    """A schema.org MedicalWebPage, or WebPage where the page holds nothing medical.

    meta: its front matter; address: whole; site: its name and address; trail: as for `breadcrumbs`; condition: the
    name of the one that the page is about.
    """
    plain = meta.get("kind") in PLAIN
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WebPage" if plain else "MedicalWebPage",
        "name": str(meta["title"]),
        "description": str(meta["description"]),
        "url": address,
        "inLanguage": "en",
        "isPartOf": {"@type": "WebSite", "name": site[0], "url": site[1]},
        "license": LICENSE,
    }
    if "reviewed" in meta:  # not of a list that the build writes
        data["lastReviewed"] = str(meta["reviewed"])
    if not plain:
        who = "Clinician" if meta.get("kind") == "doctors" else "Patient"
        data["audience"] = {"@type": "MedicalAudience", "audienceType": who}
    if condition:
        data["about"] = {"@type": "MedicalCondition", "name": condition}
    if isinstance(clinician := meta.get("clinical_review"), Mapping):
        data["reviewedBy"] = {"@type": "Person", "name": clinician["name"], "jobTitle": clinician["role"]}
        data["lastReviewed"] = str(clinician["date"])
    if trail := list(trail):
        data["breadcrumb"] = breadcrumbs(trail)
    return data


def script_text(data: Mapping[str, Any]) -> str:
    """The JSON as text that cannot end the script element or begin a comment in it (HTML, "restrictions for contents
    of script elements")."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def on_page_context(context, *, page, config, nav, **kwargs):
    base = config.site_url
    if not base or config.extra.get("offline") or not {"title", "description"} <= set(page.meta):
        return context
    parts = list(reversed(page.ancestors))
    # As in overrides/partials/path.html: home, then each part, which leads to its first page.
    trail = [("Home", base), *((part.title, part.children[0].canonical_url) for part in parts)] if parts else []
    of_one = page.meta.get("kind") == "condition" and page.file.src_uri not in SEVERAL
    data = web_page(page.meta, page.canonical_url, (config.site_name, base), trail, page.title if of_one else "")
    context["structured_data"], context["card"] = script_text(data), base + CARD
    return context
