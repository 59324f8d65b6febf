import json

import references
import yaml
from pybtex.database import parse_string
from sites import ROOT

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


def test_by_topic():
    text = references.by_topic(TWO)
    assert text.index("## Depression { #topic-depression }") < text.index("## Safety { #topic-safety }")
    assert "- US Food and Drug Administration. A \\*warning\\*." in text


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
    listed = references.by_topic(ITEMS)
    assert listed.count("\n- ") == len(ITEMS)
