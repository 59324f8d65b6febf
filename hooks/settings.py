"""The settings that an owner gives, SITE_URL, REPO_URL and CONTACT, empty by default; PREVIEW is read by help_lines.py.

Empty means: no canonical link, no sitemap, no edit or report link, and About says that there is no contact.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from mkdocs.exceptions import ConfigurationError


def check(site_url: str, repo_url: str, contact: str) -> list[str]:
    """What is wrong with the settings, in words; empty when nothing is."""
    wrong = []
    for name, value in (("SITE_URL", site_url), ("REPO_URL", repo_url)):
        try:
            parts = urlsplit(value)
        except ValueError:
            parts = urlsplit("")
        if value and (parts.scheme != "https" or not parts.netloc or parts.query or parts.fragment):
            wrong.append(f"{name} is '{value}'. To mend: give an address that begins with https://, or leave it empty.")
    if contact and not re.fullmatch(r"(mailto:)?[^@\s\"<>]+@[^@\s\"<>]+\.[^@\s\"<>]+|https://[^\s\"<>]+", contact):
        wrong.append(
            f"CONTACT is '{contact}'. To mend: give an e-mail address or an https:// address, or leave it empty."
        )
    return wrong


def contact_link(contact: str) -> str:
    """The address for the contact link: `mailto:` before an e-mail address."""
    return contact if not contact or contact.startswith(("https:", "mailto:")) else f"mailto:{contact}"


def edit_template(repo_url: str) -> str | None:
    """MkDocs' edit_uri_template for a repository at `repo_url`; never `repo_url` itself, which the theme's script
    would call from the reader's browser."""
    return f"{repo_url.rstrip('/')}/edit/main/docs/{{path}}" if repo_url else None


def on_config(config, **kwargs):
    extra = config.extra
    address, repository, contact = (str(extra.get(key) or "") for key in ("address", "repository", "contact"))
    if wrong := check(address, repository, contact):
        raise ConfigurationError("\n".join(wrong))
    # `mkdocs serve` has put its own address there already.
    config.site_url = config.site_url or (f"{address.rstrip('/')}/" if address else "")
    extra["repository"], extra["contact"] = repository.rstrip("/"), contact_link(contact)
    config.edit_uri_template = edit_template(repository)


def on_post_template(output, *, template_name, config, **kwargs):
    # Without an address of its own a site can have no sitemap: the format wants whole addresses.
    return output if config.site_url or not template_name.startswith("sitemap") else ""
