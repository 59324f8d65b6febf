"""What people fill in, on paper or in the page: `[ ]` is a box to tick, `____` a line, `( )` in a table a choice.

The boxes and circles are real form controls without a form: nothing is stored, and nothing can be sent.
"""

from __future__ import annotations

import re
from html import escape, unescape

ITEM = re.compile(r"<li>(?P<open>\s*(?:<p>)?)(?P<box>\[ \] )?(?P<text>(?:(?!</?li|</p|<ul|<ol).)*)", re.S)
ROW = re.compile(r"<tr[^>]*>(?:(?!</tr>).)*<td[^>]*>\( \)</td>(?:(?!</tr>).)*</tr>", re.S)
LINE = re.compile(r"(?P<words>.*?)\s*_{4,}\s*", re.S)


def controls(html: str) -> str:
    """A page's HTML with boxes, choices and lines in the place of their marks."""
    html = ITEM.sub(_item, html)
    rows = iter(range(1, html.count("( )") + 1))
    return ROW.sub(lambda match: _choices(match[0], next(rows)), html)


def _item(match: re.Match[str]) -> str:
    text = match["text"]
    if line := LINE.fullmatch(text):
        text = f'<span class="line"><span>{line["words"]}</span><span class="write"></span></span>'
    if match["box"]:
        box = f'<label><input type="checkbox"> <span>{text}</span></label>'
        return f'<li class="tick">{match["open"]}{box}'
    return f"<li>{match['open']}{text}"


def _choices(row: str, number: int) -> str:
    # Every control says what is chosen for what: on a phone the headings of the table are not beside it.
    head = re.search(r"<th[^>]*>(.*?)</th>", row, re.S)
    topic = " ".join(unescape(re.sub(r"<sup\b.*?</sup>|<[^>]+>", "", head[1], flags=re.S)).split()) if head else ""

    def choice(match: re.Match[str]) -> str:
        label = unescape(match["label"])
        name = escape(f"{topic}: {label}")
        control = f'<input type="radio" name="choice-{number}" value="{escape(label)}" aria-label="{name}"'
        return f'{match["open"]}<label class="choice">{control}></label></td>'

    return re.sub(r'(?P<open><td data-label="(?P<label>[^"]*)"[^>]*>)\( \)</td>', choice, row)


def on_page_content(html, *, page, config, files, **kwargs):
    return controls(html)
