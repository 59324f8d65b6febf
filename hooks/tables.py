"""Makes each table readable on a phone, by screen reader and without script.

The first column names its row; every other cell carries its column's heading, which guide.css shows when a row
becomes a card on a narrow screen. It stays a table to screen readers: browsers no longer take that away with CSS.
"""

from __future__ import annotations

from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


def name_cells(table: ElementTree.Element) -> None:
    """Give the cells of one table, as Python-Markdown makes it, their scopes (HTML) and labels, in place."""
    table.set("class", "data-table")
    labels = []
    for group in table:
        for row in group:
            for column, cell in enumerate(row):
                if group.tag == "thead":
                    cell.set("scope", "col")
                    labels.append(" ".join("".join(cell.itertext()).split()))
                elif column == 0:
                    cell.tag = "th"
                    cell.set("scope", "row")
                else:
                    cell.set("data-label", labels[column] if column < len(labels) else "")


class _Namer(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        for table in root.iter("table"):
            name_cells(table)


class NamedCells(Extension):
    """A Python-Markdown extension that names the cells of every table."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the step: Python-Markdown's own name and contract."""
        # After inline Markdown (20), so that headings are plain text, and after footnotes (50).
        md.treeprocessors.register(_Namer(), "tables", 4)


_extension = NamedCells()


def on_config(config, **kwargs):
    if _extension not in config.markdown_extensions:
        config.markdown_extensions.append(_extension)
