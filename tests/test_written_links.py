"""The links that MkDocs does not look at."""

import pytest
import written_links
from golden_cases import cases, told

TARGETS = ["", "index.html", "safety/side-effects/", "assets/logo.svg", "safety/page/"]


@pytest.mark.parametrize("case", cases("raw_links"))
def test_golden_raw_links(case):
    assert told(written_links.check(case["in"], "docs/safety/page.md", "safety/page/", TARGETS)) == case["problems"], (
        case["why"]
    )


def test_an_address_that_cannot_be_read_is_told_and_breaks_nothing(tiny):
    built = tiny({"index.md": "See [an example](https://[bad) and <a href='https://[worse'>that</a>."})
    assert built.problems == [
        "docs/index.md:9: the address 'https://[bad' cannot be read. To mend: copy it again from the browser.",
        "docs/index.md:9: the address 'https://[worse' cannot be read. To mend: copy it again from the browser.",
    ]


def test_links_say_where_they_lead():
    text = "Read [here](a.md), [this page](a.md#x) or `[here](a.md)`.\nNot ![here](a.svg), [here at home](a.md) or [Side effects](a.md).\n"
    assert [str(problem) for problem in written_links.check(text, "docs/page.md", "page/", ["a/", "a.svg"])] == [
        "docs/page.md:1: the words 'here' do not say where the link leads. To mend: name what is there, as in [side effects](../safety/side-effects.md).",
        "docs/page.md:1: the words 'this page' do not say where the link leads. To mend: name what is there, as in [side effects](../safety/side-effects.md).",
    ]
