from guidekit.markdown_text import footnotes, headings, mask, split_front_matter

TEXT = """---
title: x
---
# Not masked

```python
# in code
```

<!-- # in a comment
# still -->
Text with `# code`.

## How *long* it [lasts](x.md) { #how-long }

Under
-----
"""


def test_mask_keeps_lines_and_offsets():
    masked = mask(TEXT)
    assert len(masked) == len(TEXT)
    assert masked.count("\n") == TEXT.count("\n")
    assert "in code" not in masked and "in a comment" not in masked and "# code" not in masked


def test_what_is_not_closed_is_text_as_python_markdown_has_it():
    assert "x" in mask("```\nx\n") and "x" in mask("<!-- x\n")
    assert "x" in mask("``` a ``` b\nx\n```\n")


def test_inline_code_ends_with_its_paragraph():
    assert "claim" in mask("A stray ` here.\n\nA claim.\n\nAnother ` there.\n")
    assert "code" not in mask("Some `code\nover lines` here.\n")


def test_headings():
    _, body = split_front_matter(TEXT)
    found = [(h.line, h.level, h.text, h.id, h.explicit) for h in headings(mask(body))]
    assert found == [
        (4, 1, "Not masked", "not-masked", False),
        (14, 2, "How long it lasts", "how-long", True),
        (16, 2, "Under", "under", False),
    ]


def test_front_matter_is_blanked_in_place():
    yaml_text, body = split_front_matter(TEXT)
    assert yaml_text == "title: x\n"
    assert body.split("\n")[3] == "# Not masked"
    assert split_front_matter("Text.\n---\n") == (None, "Text.\n---\n")


def test_footnotes():
    assert footnotes("A.[^a] B.[^b] `[^c]`\n\n[^b]: Note.[^a]\n") == ({"a": 1, "b": 1}, {"b": 3})
