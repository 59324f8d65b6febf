import cite
import pytest
import yaml

ENTRY = {
    "id": "berman2000",
    "type": "rct",
    "authors": ["Berman RM", "Cappiello A"],
    "et_al": True,
    "title": "Antidepressant effects of ketamine in depressed patients",
    "journal": "Biological Psychiatry",
    "year": 2000,
    "volume": 47,
    "pages": "351-",
    "doi": "10.1016/S0006-3223(99)00230-9",
    "pmid": 10686270,
    "url": "https://example.org/paper",
    "findings": ["Seven people completed both test days."],
    "topics": ["history", "depression"],
    "tier": "A",
    "seen_at": ["the abstract, https://example.org/abstract (read there)"],
    "checked": "2026-11-22",
}


@pytest.mark.parametrize(
    ("name", "csl"),
    [
        ("Berman RM", {"family": "Berman", "given": "RM"}),
        ("van de Loo AJAE", {"family": "van de Loo", "given": "AJAE"}),
        ("Zarate CA Jr", {"family": "Zarate", "given": "CA", "suffix": "Jr"}),
        ("Lacerda da Silva UR", {"family": "Lacerda da Silva", "given": "UR"}),
        ("Chang-Lee J-P", {"family": "Chang-Lee", "given": "J-P"}),
        ("US Food and Drug Administration", {"literal": "US Food and Drug Administration"}),
        ("NHS", {"literal": "NHS"}),
        ("Oxford Health NHS", {"literal": "Oxford Health NHS"}),
        ("O'Brien", {"literal": "O'Brien"}),
    ],
)
def test_authors(name, csl):
    assert cite.author(name) == csl


@pytest.mark.parametrize(
    ("kind", "journal", "csl"),
    [
        ("rct", "J", "article-journal"),
        ("systematic-review", "J", "article-journal"),
        ("guideline", "J", "article-journal"),
        ("guideline", None, "report"),
        ("label", None, "document"),
        ("regulator", None, "webpage"),
        ("news", None, "article-newspaper"),
    ],
)
def test_types(kind, journal, csl):
    assert cite.to_csl({**ENTRY, "type": kind, "journal": journal})["type"] == csl


def test_entry():
    assert cite.to_csl(ENTRY) == {
        "id": "berman2000",
        "type": "article-journal",
        "title": "Antidepressant effects of ketamine in depressed patients",
        "author": [{"family": "Berman", "given": "RM"}, {"family": "Cappiello", "given": "A"}],
        "container-title": "Biological Psychiatry",
        "volume": "47",
        "page": "351",
        "issued": {"date-parts": [[2000]]},
        "DOI": "10.1016/S0006-3223(99)00230-9",
        "PMID": "10686270",
        "URL": "https://example.org/paper",
        "custom": {
            "topic": "history",
            "tier": "A",
            "et_al": True,
            "supports": ["Seven people completed both test days."],
            "read_at": "https://example.org/abstract",
            "read_on": "2026-11-22",
        },
    }


def test_adds_in_order_and_refuses_what_it_must(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    listed = [ENTRY, {**ENTRY, "id": "aardvark2001"}, {**ENTRY, "id": "hearsay2003", "tier": "C"}]
    (tmp_path / "list.yaml").write_text(yaml.safe_dump(listed), encoding="utf-8")
    assert cite.main(["list.yaml", "berman2000", "aardvark2001"]) == 0
    file = tmp_path / "data/sources.yml"
    assert [item["id"] for item in yaml.safe_load(file.read_text())["references"]] == ["aardvark2001", "berman2000"]
    before = file.read_bytes()
    assert cite.main(["list.yaml", "berman2000", "hearsay2003", "nobody1999"]) == 1
    assert file.read_bytes() == before
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "berman2000 is in data/sources.yml already",
        "hearsay2003 is of tier C: read the source first",
        "nobody1999 is not in list.yaml",
    ]
    assert cite.main([]) == 1
    assert cite.main(["nowhere.yaml", "x"]) == 1
    assert "nowhere.yaml cannot be read as a list of entries with ids" in capsys.readouterr().out
    (tmp_path / "list.yaml").write_text(yaml.safe_dump([{**ENTRY, "id": "a", "type": "tale"}]), encoding="utf-8")
    assert cite.main(["list.yaml", "a"]) == 1
    assert "a is not complete: 'tale'" in capsys.readouterr().out
