"""Puts the hand-made pictures of docs/assets/diagrams/ into the page, where Markdown shows one as an image of its own.

Inside the page they follow its colors, light, dark, printed and forced, and cost no request. Their words stand in their
own title and desc; a file that holds anything but drawing is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path
from xml.etree import ElementTree

from guidekit import problems
from guidekit.allowed import SVG_ATTRIBUTES, SVG_ELEMENTS
from guidekit.problems import Problem

FOLDER = "docs/assets/diagrams"
SVG = "{http://www.w3.org/2000/svg}"
IMAGE = re.compile(r'<p><img alt="[^"]*" src="[^"]*assets/diagrams/(?P<name>[\w-]+)\.svg"[^>]*></p>')


def check(text: str, name: str) -> list[Problem]:
    """Problems of the picture `name` (its file's name without ending). Standard: SVG 2, the drawing elements only."""
    path = f"{FOLDER}/{name}.svg"
    # Declarations could hold entities that stand for gigabytes.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return [Problem(path, 1, "this picture declares a document type", "delete everything before <svg")]
    # A browser reads these otherwise than an XML parser does, alone or inside of a page.
    for odd in re.finditer(r"<\?(?!xml version=\"1\.0\"( encoding=\"(?i:utf-8)\")?\?>)|<!(?!--)|\\", text):
        line = text.count("\n", 0, odd.start()) + 1
        return [Problem(path, line, f"'{text[odd.start() :][:10]}' may not stand in a picture", "delete it")]
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        what = f"this picture is not well-formed XML ({error.msg.partition(':')[0]})"
        return [Problem(path, error.position[0], what, "close each element, and quote each attribute")]
    found = []
    for part in ("title", "desc"):
        if not (root.findtext(SVG + part) or "").strip():
            what = f"this picture has no <{part}>"
            found.append(Problem(path, 1, what, f"say in words what it shows, as in <{part} id='{name}-{part}'>"))
    for element in root.iter():
        tag = element.tag.removeprefix(SVG)
        if tag not in SVG_ELEMENTS:
            found.append(_problem(text, path, f"<{tag}", f"<{tag}> may not stand in a picture", "draw it with shapes"))
        for key, value in element.attrib.items():
            attribute = key.rpartition("}")[2]
            if attribute not in SVG_ATTRIBUTES and not attribute.startswith("aria-"):
                what = f"the attribute '{attribute}' may not stand in a picture"
                found.append(
                    _problem(text, path, f"{attribute}=", what, "delete it; colors are attributes, as in fill=")
                )
            elif (attribute == "href" and not value.startswith(f"#{name}-")) or (
                "url(" in value and f"url(#{name}-" not in value
            ):
                found.append(_problem(text, path, value, f"'{value}' leads out of the picture", "draw it here"))
            elif attribute == "id" and not value.startswith(f"{name}-"):
                mend = f"write '{name}-{value}', so that no other id of the page is the same"
                found.append(_problem(text, path, f'id="{value}"', f"the id '{value}' is not this picture's own", mend))
    return found


def place(html: str, pictures: Mapping[str, str]) -> str:
    """The page's HTML with each picture in it, under its title. pictures: name -> SVG."""

    def put(match: re.Match[str]) -> str:
        svg = pictures.get(match["name"])
        if svg is None:
            return match[0]
        title = re.search(r"<title[^>]*>(.*?)</title>", svg, re.S)
        caption = escape(unescape(title[1].strip()), quote=False) if title else ""
        return f'<figure class="figure diagram"><figcaption>{caption}</figcaption>{svg}</figure>'

    return IMAGE.sub(put, html)


def compact(svg: str) -> str:
    """An SVG without comments, declaration and the space between its elements."""
    svg = re.sub(r"<\?xml.*?\?>|<!--.*?-->", "", svg, flags=re.S)
    return re.sub(r">\s+<", "><", svg).strip()


def _problem(text: str, path: str, near: str, what: str, mend: str) -> Problem:
    at = text.find(near)
    return Problem(path, text.count("\n", 0, max(at, 0)) + 1, what, mend)


_pictures: dict[str, str] = {}


def on_config(config, **kwargs):
    _pictures.clear()
    for path in sorted((Path(config.docs_dir) / "assets/diagrams").glob("*.svg")):
        text = path.read_text(encoding="utf-8", errors="replace")
        problems.add(found := check(text, path.stem))
        if not found:
            _pictures[path.stem] = compact(text)


def on_files(files, *, config, **kwargs):
    # What is wrong is not copied either: opened by itself it would run.
    for file in [f for f in files if f.src_uri.startswith(FOLDER.removeprefix("docs/"))]:
        if file.name not in _pictures:
            files.remove(file)


def on_page_content(html, *, page, config, files, **kwargs):
    return place(html, _pictures)
