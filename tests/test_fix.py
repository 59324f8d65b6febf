import re
import subprocess
import unicodedata

import fix
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import ROOT

from guidekit import blocks
from guidekit.data import load_yaml
from guidekit.schema import load_schemas

SCHEMAS = load_schemas(ROOT / "data/schema/pages")
PAGE = """---
title: A title
description: A sentence that is long enough for a result page.
kind: safety
reviewed: 2026-11-22
review_every: 12 months
clinical_review: none
help_box: true
aliases: [one, two]
---
Words.

## A heading { #heading }

- an item
"""
DATED = """# yaml-language-server: $schema=schema/files/dated.json
# Sorted by id.
facts:
- id: apple
  fact: "A fact: quoted"

# about the bear
- id: bear # kept
  fact: 'Another'
- id: cat
  fact: The third
# the end
"""


def mend(text, path="docs/x.md"):
    after, done = fix.mended(text, path, SCHEMAS)
    assert fix.mended(after, path, SCHEMAS) == (after, [fix.ALONE] if done == [fix.ALONE] else [])
    return after, done


@pytest.mark.parametrize(
    ("path", "wrong", "right", "done"),
    [
        ("docs/x.md", PAGE, PAGE, []),
        ("docs/x.md", "\ufeff" + PAGE, PAGE, ["a mark at the start of the file"]),
        ("docs/x.md", PAGE.replace("\n", "\r\n"), PAGE, ["line ends"]),
        ("docs/x.md", PAGE.replace("Words.", "Words. \t"), PAGE, ["blanks at line ends"]),
        ("docs/x.md", PAGE.replace("Words.", "Words.   "), PAGE, ["blanks at line ends"]),  # a blank line follows
        ("docs/x.md", PAGE.replace("item\n", "item\n\n \n"), PAGE, ["blanks at line ends", "the end of the file"]),
        ("docs/x.md", PAGE[:-1], PAGE, ["the end of the file"]),
        ("docs/x.md", "", "", []),
        ("docs/x.md", "Cafe\u0301.\n", "Café.\n", ["letters made of two characters"]),
        # Blanks that keep a figure and its unit together are meant; those that hide a mark are not.
        ("docs/x.md", "10\u00a0mg and 5\u202fmg\n", "10\u00a0mg and 5\u202fmg\n", []),
        ("docs/x.md", "Note:\u00a0words\n", "Note:\u00a0words\n", []),
        *(
            ("docs/x.md", wrong, right, ["tabs and hard blanks at the start of lines"])
            for wrong, right in (
                ("##\u00a0A heading\n", "## A heading\n"),
                ("-\u00a0an item\n", "- an item\n"),
                ('!!! note "N"\n\n\tText.\n', '!!! note "N"\n\n    Text.\n'),
                ('!!! note "N"\n\n\u00a0\u00a0\u00a0 Text.\n', '!!! note "N"\n\n    Text.\n'),
                (PAGE.replace("kind: ", "kind:\u00a0"), PAGE),
                (PAGE.replace("[one, two]", "\n\t- one"), PAGE.replace("[one, two]", "\n  - one")),
            )
        ),
        # Code stays as it is.
        ("docs/x.md", "```\n\ta  \n-\u00a0b\n```\n", "```\n\ta  \n-\u00a0b\n```\n", []),
        (
            "data/x.yml",
            "z: 1\na:\u00a0b \n",
            "z: 1\na: b\n",
            ["tabs and hard blanks at the start of lines", "blanks at line ends"],
        ),
        ("data/x.json", '{\n\t"a": "b\u00a0c"\n}', '{\n\t"a": "b\u00a0c"\n}\n', ["the end of the file"]),
        ("mkdocs.yml", "a: !ENV [X, '']  \n", "a: !ENV [X, '']\n", ["blanks at line ends"]),
    ],
)
def test_what_has_one_right_form_is_mended(path, wrong, right, done):
    if "\n\t- one" in wrong:  # the key then ends its line
        wrong, right = wrong.replace("aliases: \n", "aliases:\n"), right.replace("aliases: \n", "aliases:\n")
    assert mend(wrong, path) == (right, done)


def test_two_blanks_that_break_a_line_are_told_and_stay():
    text = "One  \ntwo.\n\n## Three { #three }  \nFour.\n\n| a |  \n| - |\n"
    assert mend(text)[0] == "One  \ntwo.\n\n## Three { #three }\nFour.\n\n| a |\n| - |\n"
    assert [str(problem) for problem in fix.told(text, "docs/x.md")][:1] == [
        "docs/x.md:1: two blanks at the end of the line, which break it for readers. "
        "To mend: delete them, or begin a new paragraph."
    ]


def test_long_lines_are_told_and_never_split():
    text = (
        PAGE.replace("[one, two]", f"[{'x' * 500}]")
        + f"\n{'Long words. ' * 40}\n| {'x' * 500} |\n```\n{'y' * 500}\n```\n"
    )
    after, _ = mend(text)
    assert after.count("\n") == text.count("\n")
    assert [str(problem) for problem in fix.told(after, "docs/x.md")] == [
        "docs/x.md:17: a line of 479 characters. To mend: put each sentence on a line of its own."
    ]
    assert fix.told(text, "data/x.yml") == []


def test_keys_at_the_head_stand_in_the_order_of_their_schema():
    moved = PAGE.replace("title: A title\n", "").replace("---\nWords", "# why\ntitle: A title\n# the end\n---\nWords")
    moved = moved.replace("kind: safety\n", "").replace("aliases: [", "mine: 1\nkind: safety\naliases:\n  [")
    after, done = mend(moved)
    assert done == ["the order of the keys at the head"]
    assert list(load_yaml(after.split("---\n")[1], "").value) == [
        *("title", "description", "kind", "reviewed", "review_every", "clinical_review", "help_box", "aliases", "mine")
    ]
    assert "---\n# why\ntitle: A title\n" in after and "aliases:\n  [one, two]\n" in after
    assert sorted(after.split("\n")) == sorted(moved.split("\n"))


@pytest.mark.parametrize("head", ["title: [", "{title: A, kind: safety}", "kind: zebra\ntitle: A", "- a"])
def test_a_head_that_cannot_be_put_in_order_stays(head):
    text = f"---\n{head}\n---\nWords.\n"
    assert mend(text) == (text, [])


def test_entries_are_sorted_as_lines_with_their_comments():
    listed = blocks.split(DATED, load_yaml(DATED, ""), "facts")
    apple, bear, cat = (block.text for block in listed.blocks)
    assert (listed.before, listed.after) == (DATED.partition("- id: apple")[0], "# the end\n")
    assert bear.startswith("# about the bear\n") and apple.endswith("\n\n")
    wrong = listed.before + cat + bear + apple + listed.after
    after, done = mend(wrong, "data/dated.yml")
    assert (after.replace("\n\n", "\n"), done) == (DATED.replace("\n\n", "\n"), ["the order of the entries"])
    assert mend(wrong, "data/claims.yml") == (wrong, [])  # its claims have an order of their own


@pytest.mark.parametrize(
    "text",
    [
        "facts: []\n",
        "facts: [{id: b}, {id: a}]\n",
        "facts:\n- id: b\n- [a]\n",
        "facts:\n- fact: b\n- id: a\n",
        "facts:\n-\n  id: b\n-\n  id: a\n",
        "facts: [\n",
        "- id: b\n- id: a\n",
    ],
)
def test_a_list_that_is_not_of_entries_on_lines_stays(text):
    assert mend(text, "data/dated.yml") == (text, [])


def test_a_list_that_is_followed_by_another_key():
    text = "facts:\n- id: b\n- id: a\n\n# what follows\nmore: 1\n"
    after, _ = mend(text, "data/dated.yml")
    assert after == "facts:\n- id: a\n- id: b\n\n# what follows\nmore: 1\n"


def test_what_would_change_content_is_left_alone_and_told(tmp_path, capsys):
    text = "a: |\n  code \n  more\n"
    assert mend(text, "data/x.yml") == (text, [fix.ALONE])
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x.yml").write_text(text, encoding="utf-8")
    (tmp_path / "data/y.yml").write_bytes(b"a: b \n")
    (tmp_path / "data/z.yml").write_bytes(b"a: caf\xe9\n")
    assert fix.main(tmp_path) == 1
    assert capsys.readouterr().out.splitlines() == [
        "data/x.yml: left alone, because to mend it would change what it says.",
        "data/y.yml: mended blanks at line ends.",
        "data/z.yml:1: this file is not UTF-8 (byte 0xe9). To mend: save the file with the encoding UTF-8.",
    ]
    assert (tmp_path / "data/x.yml").read_text() == text and (tmp_path / "data/y.yml").read_bytes() == b"a: b\n"


def test_on_the_real_files_there_is_nothing_to_do(copy, capsys):
    for name in ("README.md", ".github/HOSTING.md"):
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_bytes((ROOT / name).read_bytes())
    before = {path: path.read_bytes() for path in fix._files(copy)}
    assert len(before) > 90
    assert fix.main(copy) == 0
    assert capsys.readouterr().out == ""
    assert {path: path.read_bytes() for path in fix._files(copy)} == before


def test_a_real_page_that_was_spoilt_comes_back(copy, capsys):
    path = copy / "docs/safety/side-effects.md"
    right = path.read_bytes()
    spoilt = re.sub(rb"(?m)^(aliases: .*\n)((?:.*\n)*?)---\n", rb"\2---\n", right, count=1)
    aliases = re.search(rb"(?m)^aliases: .*\n", right)[0]
    spoilt = spoilt.replace(b"---\n", b"---\n" + aliases, 1).replace(b".\n", b". \r\n").rstrip(b"\n")
    path.write_bytes(spoilt)
    assert fix.main(copy) == 0
    assert path.read_bytes() == right
    assert capsys.readouterr().out == (
        "docs/safety/side-effects.md: mended line ends, blanks at line ends, the order of the keys at the head.\n"
    )


def test_editorconfig_says_the_same():
    rules = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    for rule in ("charset = utf-8", "end_of_line = lf", "insert_final_newline = true", "indent_style = tab"):
        assert rule in rules
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True).stdout.split("\0")
    assert len(files) > 200
    for name in filter(None, files):
        raw = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in raw:
            assert b"\r" not in raw and not re.search(rb"[ \t]\n", raw) and raw.endswith((b"\n", b"")), name
            raw.decode("utf-8")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:-#|`'\"[]{} \t\r\n\u00a0\u0301\ufeffé!."), max_size=120), st.booleans())
def test_words_never_change(text, page):
    path = "docs/x.md" if page else "data/x.yml"
    after, _ = mend(text, path)
    words = unicodedata.normalize("NFC", text.lstrip("\ufeff")).split()
    assert unicodedata.normalize("NFC", after.lstrip("\ufeff")).split() == words
