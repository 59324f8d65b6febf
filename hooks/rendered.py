"""While serving, converts only the pages whose Markdown, or what it rests on, has changed since the last build.

MkDocs has no event for this: a page gets a `render` of its own, which puts back what Page.render set last time.
"""

from __future__ import annotations

import contextlib
import copy
import logging
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

SET = ("content", "toc", "_title_from_render", "present_anchor_ids")  # by Page.render of MkDocs 1.6.1


def common(config: MkDocsConfig, files: Files) -> bytes:
    """A digest of all that any page's HTML rests on apart from its own Markdown: settings, files, data/.

    An extension of ours with a state tells it in its repr, as those of hooks/glossary.py and figures.py do.
    """
    digest = blake2b(repr((config.markdown_extensions, config.validation)).encode())
    digest.update(repr(sorted((file.src_uri, file.url, file.inclusion) for file in files)).encode())
    for path in sorted((Path(config.config_file_path).parent / "data").rglob("*")):
        digest.update(repr((str(path), path.read_bytes() if path.is_file() else b"")).encode())
    return digest.digest()


def render(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Do what Page.render does. A page about which MkDocs logs anything is converted each time, to be told again."""
    key = (_common, page.markdown, repr((page.meta, config.mdx_configs)))
    if (kept := _kept.get(page.file.src_uri)) and kept[0] == key:
        vars(page).update(copy.deepcopy(kept[1]))
        page.links_to_anchors = {files.src_uris[name]: anchors for name, anchors in kept[2].items()}
        return
    with _messages() as told:
        Page.render(page, config, files)
    links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
    _kept.pop(page.file.src_uri, None)
    if not told:
        _kept[page.file.src_uri] = key, copy.deepcopy({name: getattr(page, name) for name in SET}), links


@contextlib.contextmanager
def _messages() -> Iterator[list[logging.LogRecord]]:
    told: list[logging.LogRecord] = []
    logger = logging.getLogger(Page.__module__)
    logger.filters.insert(0, lambda record: told.append(record) or True)  # before hooks/links.py takes them out
    try:
        yield told
    finally:
        del logger.filters[0]


def index_once(index: Any, kept: dict[str, tuple[Any, list[Any]]]) -> None:
    """Let the theme's search index take an unchanged page's entries from `kept`: reading them is a third of a build."""
    add = index.add_entry_from_context

    def once(page: Page) -> None:
        key = (page.title, page.content)
        if (known := kept.get(page.url)) and known[0] == key:
            index.entries.extend(known[1])
            return
        before = len(index.entries)
        add(page)
        kept[page.url] = key, index.entries[before:]

    index.add_entry_from_context = once


_serving, _common = False, b""
_indexed: dict[str, tuple[Any, list[Any]]] = {}
_kept: dict[str, tuple[Any, dict[str, Any], dict[str, dict[str, str]]]] = {}


def on_startup(*, command, **kwargs):
    global _serving
    _serving = command == "serve"


def on_pre_build(*, config, **kwargs):
    if _serving and (plugin := config.plugins.get("material/search")):
        index_once(plugin.search_index, _indexed)


@event_priority(-100)  # after glossary.py has read its terms
def on_files(files, *, config, **kwargs):
    global _common
    _common = common(config, files) if _serving else b""


def on_page_markdown(markdown, *, page, config, files, **kwargs):
    if _serving:
        page.render = lambda config, files: render(page, config, files)
