"""What people fill in, on paper or in the page: `[ ]` is a box to tick, `____` a line, `( )` in a table a choice.

The boxes and circles are real form controls without a form: nothing is stored, and nothing can be sent.
"""

from __future__ import annotations

import re
from html import escape, unescape

BOX = re.compile(r"<li>(?P<open>\s*(?:<p>)?)\[ \] (?P<text>(?:(?!</?li|</p|<ul|<ol).)*)", re.S)
ROW = re.compile(r"<tr[^>]*>(?:(?!</tr>).)*<td[^>]*>\( \)</td>(?:(?!</tr>).)*</tr>", re.S)
LINE = re.compile(r"_{4,}(?![\w])")


def controls(html: str) -> str:
    """A page's HTML with boxes, choices and lines in the place of their marks."""
    html = BOX.sub(
        r'<li class="tick">\g<open><label><input type="checkbox" autocomplete="off"> <span>\g<text></span></label>',
        html,
    )
    rows = iter(range(1, html.count("( )") + 1))
    html = ROW.sub(lambda match: _choices(match[0], next(rows)), html)
    return LINE.sub('<span class="write"></span>', html)


def _choices(row: str, number: int) -> str:
    # Every control says what is chosen for what: on a phone the headings of the table are not beside it.
    head = re.search(r"<th[^>]*>(.*?)</th>", row, re.S)
    topic = " ".join(unescape(re.sub(r"<sup\b.*?</sup>|<[^>]+>", "", head[1], flags=re.S)).split()) if head else ""

    def choice(match: re.Match[str]) -> str:
        label = unescape(match["label"])
        name = escape(f"{topic}: {label}")
        control = f'<input type="radio" name="choice-{number}" value="{escape(label)}" aria-label="{name}"'
        return f'{match["open"]}<label class="choice">{control} autocomplete="off"></label></td>'

    return re.sub(r'(?P<open><td data-label="(?P<label>[^"]*)"[^>]*>)\( \)</td>', choice, row)


def on_page_content(html, *, page, config, files, **kwargs):
    return controls(html)
