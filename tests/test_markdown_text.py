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


def test_an_open_fence_or_comment_masks_the_rest():
    assert "x" not in mask("```\nx\n") and "x" not in mask("<!-- x\n")


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
