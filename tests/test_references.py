import json

import references
import yaml
from pybtex.database import parse_string
from sites import ROOT

from guidekit import csl

ITEMS = yaml.safe_load((ROOT / "data/sources.yml").read_text(encoding="utf-8"))["references"]
TWO = [
    {
        "id": "berman2000",
        "type": "article-journal",
        "title": "A title",
        "author": [{"family": "Zarate", "given": "CA", "suffix": "Jr"}],
        "container-title": "A journal",
        "page": "351-354",
        "issued": {"date-parts": [[2000]]},
        "DOI": "10.1000/x_y",
        "custom": {"topic": "depression", "tier": "A", "et_al": True, "read_on": "2026-11-22"},
    },
    {
        "id": "fda2023",
        "type": "webpage",
        "title": "A *warning*",
        "author": [{"literal": "US Food and Drug Administration"}],
        "URL": "https://example.org/x",
        "custom": {"topic": "safety", "tier": "B", "read_on": "2026-11-22"},
    },
]


def test_of_topic():
    text = references.of_topic(TWO, "safety")
    assert text.startswith("## Safety { #topic-safety }\n\n- US Food and Drug Administration. A \\*warning\\*.")
    assert "A title" not in text


def test_each_topic_stands_in_one_list():
    mark = "<!-- hooks/references.py: {} -->".format
    good = {"docs/a.md": mark("depression"), "docs/b.md": f"x\n{mark('safety')}\n{mark('how-read')}\n"}
    assert references.check(good, {"depression", "safety"}) == []
    assert references.check({"docs/a.md": mark("how-read")}, {"safety"}) == []
    bad = {"docs/a.md": mark("depression"), "docs/b.md": f"x\n{mark('depression')}\n{mark('pian')}\n"}
    assert [str(problem) for problem in references.check(bad, {"depression", "pain"})] == [
        "docs/b.md:2: the references of 'depression' stand twice. To mend: delete one marker.",
        f"docs/b.md:3: 'pian' is no topic of sources. To mend: write one of these: {', '.join(csl.TOPICS)}.",
        "docs/a.md:1: no page lists the references of 'pain'. To mend: add a line <!-- hooks/references.py: pain -->.",
    ]


def test_how_read():
    text = references.how_read(TWO)
    assert text.startswith(
        "The guide cites 2 sources.\nOf 1 we read the source itself or its abstract.\nThese 1 we saw"
    )
    assert "- US Food and Drug Administration: [A \\*warning\\*](<https://example.org/x>)" in text
    assert "A title" not in text


def test_bibtex_reads_back():
    entries = parse_string(references.bibtex(TWO), "bibtex").entries
    assert [str(person) for person in entries["berman2000"].persons["author"]] == ["Zarate, Jr, C. A.", "others"]
    assert entries["berman2000"].fields["pages"] == "351--354"
    assert entries["fda2023"].type == "misc"


def test_the_real_files_hold_every_source():
    assert {item["id"] for item in json.loads(references.csl_json(ITEMS))} == {item["id"] for item in ITEMS}
    assert set(parse_string(references.bibtex(ITEMS), "bibtex").entries) == {item["id"] for item in ITEMS}
    listed = "".join(references.of_topic(ITEMS, topic) for topic in csl.TOPICS)
    assert listed.count("\n- ") == len(ITEMS)
