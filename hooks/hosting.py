"""What a host needs to serve the site safely from anywhere: policy, headers, cache rules, robots.txt, security.txt.

One table of headers is written three ways: `_headers` in the site (Netlify, Cloudflare Pages), and for the owner of a
server nginx.conf and Caddyfile in .build/hosting/. The policy stands in each page too, for hosts that set no headers.
Of the theme's files only those go out that a page can ask for. .github/HOSTING.md says how to publish.
"""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.plugins import event_priority

from guidekit.clock import add_months

# Content Security Policy 3. `frame-ancestors` means something in a header only.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "microphone=(), payment=(), usb=()",
}
NO_INDEX = {"X-Robots-Tag": "noindex, nofollow"}
# A name that holds a hash never has another content: it may be kept for a year (RFC 8246). All else is asked for anew.
HASHED = re.compile(r"\.[0-9a-f]{6,8}\.(min\.)?(css|js)$")
ROOT = "/var/www/ketamine-infusion-guide"  # in the files for servers; their owner puts another
YEAR, ANEW = "public, max-age=31536000, immutable", "no-cache"


def all_headers(preview: bool) -> dict[str, str]:
    """The headers of every answer, name -> value; preview: of a copy that search engines leave out."""
    return {**HEADERS, **(NO_INDEX if preview else {})}


def headers_file(files: Iterable[str], preview: bool = False) -> str:
    """The file `_headers` for Netlify and Cloudflare Pages. files: those of the site, from its root.

    Both ask for every file anew by themselves, and would join two values of a header that two rules give.
    """
    rules = [("/*", all_headers(preview))]
    rules += [(f"/{name}", {"Cache-Control": YEAR}) for name in sorted(files) if HASHED.search(name)]
    return "".join(f"{path}\n" + "".join(f"  {k}: {v}\n" for k, v in said.items()) for path, said in rules)


def nginx(root: str, preview: bool = False, path: str = "/", listen: str = "80", brotli: bool = False) -> str:
    """A file for nginx's conf.d: root: where the site lies; path: under which it stands, "/" or "/any/sub/path/".

    brotli: whether nginx has the module brotli_static. Redirects stay relative, so a proxy in front does no harm; a
    folder without a page is no page, like any other wrong address.
    """
    added = "\n".join(f'    add_header {name} "{value}" always;' for name, value in all_headers(preview).items())
    # Without these nginx shows a page of its own at the root of the host.
    beside = f"""    location = {path.rstrip("/")} {{
        return 301 {path};
    }}
    location / {{
        return 404;
    }}
"""
    return f"""# Written by `make build` (hooks/hosting.py).
map $uri $guide_cache {{
    "~{HASHED.pattern}" "{YEAR}";
    default "{ANEW}";
}}
server {{
    listen {listen};
    absolute_redirect off;
    server_tokens off;
    charset utf-8;
    charset_types text/css text/javascript text/plain text/xml application/javascript application/json image/svg+xml;
    gzip_static on;
    gzip_vary on;
    {"" if brotli else "# with the module brotli_static: "}brotli_static on;
{added}
    add_header Cache-Control $guide_cache always;
    location ^~ {path} {{
        alias {root.rstrip("/")}/;
        index index.html;
        error_page 403 404 =404 {path}404.html;
    }}
{beside if path != "/" else ""}}}
"""


def caddy(root: str, preview: bool = False, site: str = "example.org") -> str:
    """A Caddyfile; root: where the site lies; site: its address, for which Caddy gets a certificate by itself."""
    added = "\n".join(f'\t\t{name} "{value}"' for name, value in all_headers(preview).items())
    # At an error Caddy forgets the headers, but not the year of a style sheet that is missing: both are set again.
    return f"""# Written by `make build` (hooks/hosting.py).
(guide) {{
	header {{
{added}
		-Server
	}}
}}
{site} {{
	root * {root}
	import guide
	@hashed path_regexp {HASHED.pattern}
	@others not path_regexp {HASHED.pattern}
	header @hashed Cache-Control "{YEAR}"
	header @others Cache-Control "{ANEW}"
	file_server {{
		precompressed br gzip
	}}
	handle_errors {{
		import guide
		header {{
			Cache-Control "{ANEW}"
			defer
		}}
		rewrite * /404.html
		file_server {{
			precompressed br gzip
		}}
	}}
}}
"""


def robots(site_url: str) -> str:
    """The file robots.txt (RFC 9309). A preview is not kept out here: its pages must be read to be left out."""
    return "User-agent: *\nDisallow:\n" + (f"Sitemap: {site_url}sitemap.xml\n" if site_url else "")


def security_txt(contact: str, reviewed: datetime.date, site_url: str) -> str:
    """The file .well-known/security.txt (RFC 9116). contact: a mailto: or https: address; reviewed: the newest review.

    It expires a year after that, so that the same pages give the same file on any day.
    """
    where = f"Canonical: {site_url}.well-known/security.txt\n" if urlsplit(site_url).path == "/" else ""
    return f"Contact: {contact}\nExpires: {add_months(reviewed, 12)}T00:00:00Z\nPreferred-Languages: en\n{where}"


def unasked(site: Path) -> list[Path]:
    """The pictures of a built site that no page asks for.

    They are those that hooks/diagrams.py draws into pages and, without SITE_URL, the card (hooks/structured_data.py).
    """
    pictures = [path for path in (site / "assets").rglob("*") if path.suffix in (".png", ".svg")]
    pages = "".join(page.read_text(encoding="utf-8") for page in site.rglob("*.html")) if pictures else ""
    return [picture for picture in pictures if picture.name not in pages]


def on_startup(*, command, **kwargs):
    global _serving
    _serving = command == "serve"


def on_config(config, **kwargs):
    _reviewed.clear()


def on_files(files, *, config, **kwargs):
    wanted = set(config.extra["theme_files"].values())
    for file in list(files):
        if file.src_dir in config.theme.dirs and file.src_uri not in wanted:
            files.remove(file)
    return files


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    with contextlib.suppress(ValueError):  # front_matter.py tells it
        _reviewed.append(datetime.date.fromisoformat(str(page.meta.get("reviewed", ""))))


def on_env(env, *, config, **kwargs):
    # `mkdocs serve` puts a script of its own into the page; in a folder no file is of the same origin.
    env.globals["policy"] = "" if _serving or config.extra.get("offline") else POLICY


@event_priority(-50)  # when the style sheets and scripts have their last names
def on_post_build(config, **kwargs):
    site, preview = Path(config.site_dir), bool(config.extra.get("preview"))
    (site / "sitemap.xml.gz").unlink(missing_ok=True)  # it holds the path of this machine
    for picture in unasked(site):
        picture.unlink()
        with contextlib.suppress(OSError):  # other pictures are in it
            picture.parent.rmdir()
    if _serving or config.extra.get("offline"):
        return
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    written = {site / "_headers": headers_file(names, preview), site / "robots.txt": robots(config.site_url)}
    if (contact := config.extra["contact"]) and _reviewed:
        written[site / ".well-known/security.txt"] = security_txt(contact, max(_reviewed), config.site_url)
    for_servers = Path(config.config_file_path).parent / ".build/hosting"
    written[for_servers / "nginx.conf"] = nginx(ROOT, preview)
    written[for_servers / "Caddyfile"] = caddy(ROOT, preview)
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


_serving = False
_reviewed: list[datetime.date] = []
