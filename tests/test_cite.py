import datetime
import json
import shutil
from copy import deepcopy

import cite
import exports
import pytest
import yaml
from sites import ROOT, build_site

from guidekit import clock
from guidekit.data import load_yaml
from guidekit.schema import load_schemas

SCHEMAS = load_schemas(ROOT / "data/schema")
# As Zotero writes it, with tabs.
ZOTERO = [
    {
        "id": "http://zotero.org/users/1/items/ABCD2345",
        "type": "article-journal",
        "abstract": "Background ...",
        "container-title": "American Journal of Psychiatry",
        "DOI": "https://doi.org/10.9999/AJP.2013.1",
        "ISSN": "0002-953X",
        "issue": "10",
        "language": "en",
        "note": "PMID: 99999991\nPMCID: PMC9999991",
        "page": "1134–1142",
        "title": "Antidepressant efficacy of <i>ketamine</i>: a trial that does not exist",
        "volume": "170",
        "author": [
            {"family": "Loo", "given": "Colleen K. M.", "non-dropping-particle": "van de"},
            {"family": "Müller", "given": "Jean-Pierre", "suffix": "Jr."},
            {"literal": "The Study Group"},
        ],
        "accessed": {"date-parts": [["2026", 11, 2]]},
        "issued": {"date-parts": [["2013", 10]]},
    }
]
BIB = r"""
@article{muller_trial_2014,
  title = {{K}etamine for {OCD}: a trial that does not exist},
  author = {M{\"u}ller, J. P. and van de Loo, Colleen and {World Health Organization} and others},
  journal = {J. Clin. Psychiatry}, year = 2014, month = jan, volume = 5, number = {2}, pages = {1--9},
  doi = {10.9999/jcp.2014.1}, abstract = {...}, publisher = {Nobody}
}

@misc{noauthor_side_nodate,
  title = {Side effects of a thing},
  url = {https://example.org/side-effects/},
  urldate = {2026-11-01},
}
"""
SAID = {
    "TOPIC": "depression",
    "TIER": "A",
    "SUPPORTS": "64 of 100 people responded after a day. | 28 of 100 did on midazolam.",
    "READ_AT": "https://example.org/abstract",
    "READ_ON": "2026-11-22",
}
EXPECTED = {
    "id": "vandeloo2013",
    "type": "article-journal",
    "title": "Antidepressant efficacy of ketamine: a trial that does not exist",
    "author": [
        {"family": "van de Loo", "given": "CKM"},
        {"family": "Müller", "given": "J-P", "suffix": "Jr"},
        {"literal": "The Study Group"},
    ],
    "container-title": "American Journal of Psychiatry",
    "volume": "170",
    "issue": "10",
    "page": "1134-1142",
    "issued": {"date-parts": [[2013, 10]]},
    "DOI": "10.9999/AJP.2013.1",
    "PMID": "99999991",
    "PMCID": "PMC9999991",
    "custom": {
        "topic": "depression",
        "tier": "A",
        "supports": ["64 of 100 people responded after a day.", "28 of 100 did on midazolam."],
        "read_at": "https://example.org/abstract",
        "read_on": "2026-11-22",
    },
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with the real schemas and two sources, in which it is November 28, 2026."""
    shutil.copytree(ROOT / "data/schema", tmp_path / "data/schema")
    items = [deepcopy(EXPECTED), deepcopy(EXPECTED)]
    for number, (item, key) in enumerate(zip(items, ("abbar2022", "zz"), strict=True), 1):
        item |= {"id": key, "DOI": f"10.1234/{key}", "PMID": str(number)}
        del item["PMCID"]
    text = "# yaml-language-server: $schema=schema/files/sources.json\n# a comment\nreferences:\n"
    text += yaml.safe_dump(items, sort_keys=False, allow_unicode=True).replace("- id: zz", "# about zz\n- id: zz")
    (tmp_path / "data/sources.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(clock, "today", lambda: datetime.date(2026, 11, 28))
    return tmp_path


def run(project, name, content, said=SAID, ask=None):
    (project / name).write_text(
        content if isinstance(content, str) else json.dumps(content, indent="\t"), encoding="utf-8"
    )
    return cite.main({"FILE": str(project / name), **said}, project, ask)


def sources(project):
    return (project / "data/sources.yml").read_text(encoding="utf-8")


def refused(project, capsys, name, content, said=SAID, ask=None):
    """What is told of an export that must be refused, without the names of folders."""
    before = sources(project)
    assert run(project, name, content, said, ask) == 1
    assert sources(project) == before
    *lines, last = capsys.readouterr().out.replace(f"{project}/", "").splitlines()
    assert last == "Nothing was added."
    return lines


def test_an_export_of_zotero_is_added_in_its_place(project, capsys):
    before = sources(project)
    assert run(project, "export.json", ZOTERO) == 0
    after = sources(project)
    entry = yaml.safe_dump([EXPECTED], sort_keys=False, allow_unicode=True, width=110)
    assert after == before.replace("# about zz\n", f"{entry}# about zz\n")
    assert capsys.readouterr().out.splitlines() == [
        "Added to data/sources.yml:",
        "  [^vandeloo2013]  Antidepressant efficacy of ketamine: a trial that does not exist",
        "    left out, because the guide does not use it: ISSN, abstract, accessed, language",
        "Next: write the mark in brackets behind the sentence that the source supports, as it stands above.",
        "Until a page does so, `make check` says that no page cites the source.",
    ]


def test_an_export_as_bibtex_is_added(project, capsys):
    answers = iter(["safety", "B", "It names side effects.", "https://example.org/s", "2026-11-20"] * 2)
    assert run(project, "export.bib", BIB, {}, lambda question: next(answers)) == 0
    added = {item["id"]: item for item in yaml.safe_load(sources(project))["references"]}
    custom = {"topic": "safety", "tier": "B", "supports": ["It names side effects."]}
    custom |= {"read_at": "https://example.org/s", "read_on": "2026-11-20"}
    assert added["muller2014"] == {
        "id": "muller2014",
        "type": "article-journal",
        "title": "Ketamine for OCD: a trial that does not exist",
        "author": [
            {"family": "Müller", "given": "JP"},
            {"family": "van de Loo", "given": "C"},
            {"literal": "World Health Organization"},
        ],
        "container-title": "J. Clin. Psychiatry",
        "volume": "5",
        "issue": "2",
        "page": "1-9",
        "issued": {"date-parts": [[2014, 1]]},
        "DOI": "10.9999/jcp.2014.1",
        "custom": {**custom, "et_al": True},
    }
    assert added["side-effects-of"] == {
        "id": "side-effects-of",
        "type": "webpage",
        "title": "Side effects of a thing",
        "URL": "https://example.org/side-effects/",
        "custom": custom,
    }
    assert list(added) == sorted(added)
    assert "does not use it: publisher, abstract" in capsys.readouterr().out


def test_our_own_bibtex_is_there_already(project, capsys):
    from references import bibtex

    # Our downloads hold what is there: not one of it is added twice.
    items = yaml.safe_load(sources(project))["references"]
    told = refused(project, capsys, "own.bib", bibtex(items), {"TIER": "A"})
    assert [line.split(": ", 1)[1].partition(". To mend")[0] for line in told] == [
        "abbar2022: it is there as 'abbar2022', with the same DOI",
        "zz: it is there as 'zz', with the same DOI",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"DOI": "10.1234/ABBAR2022"}, "ABCD2345: it is there as 'abbar2022', with the same DOI"),
        ({"DOI": "", "URL": "http://dx.doi.org/10.1234/zz"}, "ABCD2345: it is there as 'zz', with the same DOI"),
        ({"note": "PMID: 2"}, "ABCD2345: it is there as 'zz', with the same PMID"),
        ({"id": "zz"}, "zz: an entry with this id is there"),
        ({"type": "song"}, "ABCD2345: the type 'song' is none that is cited here"),
        ({"issued": {"literal": "in press"}}, "ABCD2345: its date cannot be read"),
        ({"title": ""}, "ABCD2345: the key 'title' is missing"),
        ({"DOI": "11.1/x"}, "ABCD2345: the key 'DOI' is '11.1/x'"),
        ({"DOI": "", "note": "", "URL": "http://example.org/x"}, "ABCD2345: the key 'URL' is 'http://example.org/x'"),
        ({"DOI": "", "note": ""}, "ABCD2345: none of the keys DOI, PMID, PMCID, URL is given"),
        ({"DOI": "", "URL": "https://[x"}, "ABCD2345: the key 'URL' is 'https://[x'"),
        ({"custom": {"tier": "C"}}, "ABCD2345: the key 'custom.tier' is 'C'"),
        ({"custom": {"mine": 1}}, "ABCD2345: unknown key 'mine'"),
    ],
)
def test_what_is_there_or_not_right_is_refused(project, capsys, change, told):
    (line,) = refused(project, capsys, "export.json", [{**ZOTERO[0], **change}])
    assert line.startswith(f"export.json:3: {told}. To mend: ")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("export.json", "{", "export.json:1: this is not JSON (Expecting property name enclosed in double quotes)."),
        ("export.json", "[" * 100_000, "export.json:1: this cannot be read (maximum recursion depth exceeded"),
        ("export.json", "[]", "export.json:1: this holds no source."),
        ("export.json", "[1]", "export.json:1: this holds no source."),
        ("export.json", "3", "export.json:1: this holds no source."),
        ("export.bib", "Words.", "export.bib:1: this holds no source."),
        ("export.bib", "\n@article{a,\n title = {b", "export.bib:3: this cannot be read (syntax error in line 3"),
        ("export.bib", "@article{a, title = nothing}", "export.bib:1: this cannot be read (undefined string"),
        (
            "export.bib",
            "@article{a, title = {A}}\n@article{a, title = {B}}",
            "export.bib:1: this cannot be read (repeated",
        ),
        (
            "export.bib",
            "\n@song{a, title = {A title}}",
            "export.bib:2: a: the type '@song' is none that is cited here.",
        ),
        ("export.bib", "@article{a, title = {A title}, year = {soon}}", "export.bib:1: a: its date cannot be read."),
    ],
)
def test_an_export_that_cannot_be_read_is_told(project, capsys, name, content, told):
    (line,) = refused(project, capsys, name, content)
    assert line.startswith(told)


def test_two_entries_of_one_source_in_one_export(project, capsys):
    said = {key: value for key, value in SAID.items() if key not in cite.OF_ONE}
    lines = refused(project, capsys, "export.json", [ZOTERO[0], {**ZOTERO[0], "id": "EFGH"}], said)
    assert lines == [
        "export.json:49: EFGH: it is there as 'vandeloo2013', with the same DOI. "
        "To mend: cite the entry that is there, or leave this one out."
    ]


def test_what_a_person_must_say(project, capsys):
    assert refused(project, capsys, "export.json", ZOTERO, {"TIER": "A", "TOPIC": "ocd"}) == [
        "export.json:3: ABCD2345: SUPPORTS, READ_AT, READ_ON are not given. To mend: type it behind the command, as in "
        'make cite FILE=... SUPPORTS="..." READ_AT="..." READ_ON="...".',
        "  SUPPORTS: a list of the statements and figures that were seen in the source (with ' | ' between several)",
        "  READ_AT: the address at which the source was read",
        "  READ_ON: the day on which the source was read, as in 2026-11-22",
    ]
    lines = refused(project, capsys, "export.json", ZOTERO, {**SAID, "READ_ON": "22.11.2026", "TOPIC": "OCD"})
    assert [line.partition(". To mend:")[0] for line in lines] == [  # a day that cannot be read is not "in the future"
        "export.json:3: ABCD2345: the key 'custom.read_on' is '22.11.2026'",
        "export.json:3: ABCD2345: the key 'custom.topic' is 'OCD'",
    ]
    assert refused(project, capsys, "export.json", ZOTERO, {**SAID, "READ_ON": "2026-11-29"}) == [
        "export.json:3: ABCD2345: the day 2026-11-29 lies in the future. To mend: write the day on which the source was read."
    ]
    (line,) = refused(project, capsys, "export.json", ZOTERO, {**SAID, "TIER": "C"})
    assert line.startswith("export.json:3: ABCD2345: the key 'custom.tier' is 'C'. To mend: write 'A' when ")
    two = [ZOTERO[0], {**ZOTERO[0], "id": "EFGH", "DOI": "10.9999/x", "note": ""}]
    assert refused(project, capsys, "export.json", two) == [
        "export.json:1: SUPPORTS and READ_AT can hold for one source only, and there are 2. To mend: export one source at "
        "a time, or leave them out and answer on the terminal."
    ]


def test_on_a_terminal_it_is_asked_until_it_is_right(project, capsys):
    asked = []
    answers = iter(["zebra", "ocd", "", "2026-11-29", "yesterday", "2026-11-28"])

    def ask(question):
        asked.append(question)
        return next(answers)

    said = {key: value for key, value in SAID.items() if key not in ("TOPIC", "READ_ON")}
    assert run(project, "export.json", ZOTERO, said, ask) == 0
    assert len(asked) == 6 and asked[0].startswith(
        "Antidepressant efficacy of ketamine: a trial that does not exist\n  TOPIC: "
    )
    (entry,) = [item for item in yaml.safe_load(sources(project))["references"] if item["id"] == "vandeloo2013"]
    assert (entry["custom"]["topic"], entry["custom"]["read_on"]) == ("ocd", "2026-11-28")

    def leaves(question):
        raise EOFError

    lines = refused(
        project, capsys, "other.json", [{**ZOTERO[0], "id": "x", "DOI": "10.9999/x", "note": ""}], {}, leaves
    )
    assert any("TOPIC, TIER, SUPPORTS, READ_AT, READ_ON are not given" in line for line in lines)


def test_files_that_are_not_there_or_not_right(project, capsys):
    assert cite.main({}, project) == 1
    assert capsys.readouterr().out.startswith("Say which export: make cite FILE=export.json ")
    assert cite.main({"FILE": "nowhere.json"}, project) == 1
    assert capsys.readouterr().out.startswith("There is no file nowhere.json that can be read. To mend: ")
    (project / "latin.bib").write_bytes(b"@misc{a, title = {caf\xe9}}")
    assert cite.main({"FILE": str(project / "latin.bib")}, project) == 1
    assert "latin.bib:1: this file is not UTF-8 (byte 0xe9). To mend: " in capsys.readouterr().out
    (project / "data/sources.yml").write_text("references: [\n", encoding="utf-8")
    assert run(project, "export.json", ZOTERO) == 1
    assert capsys.readouterr().out.startswith("data/sources.yml:2: this is not valid YAML")


def test_the_first_source_of_all(project):
    (project / "data/sources.yml").write_text("# a comment\nreferences: []\n", encoding="utf-8")
    assert run(project, "export.json", [{**ZOTERO[0], "title": "A title with \\1 in it"}]) == 0
    assert sources(project).startswith("# a comment\nreferences:\n- id: vandeloo2013\n")
    assert load_yaml(sources(project), "").value["references"][0]["title"] == "A title with \\1 in it"


@pytest.mark.parametrize(
    ("item", "taken", "made"),
    [
        ({"author": [{"family": "O'Brien", "given": "B"}]}, [], "obrien"),
        ({"author": [{"family": "Kwaśny", "given": "A"}], "issued": {"date-parts": [[2023]]}}, [], "kwasny2023"),
        (EXPECTED, ["vandeloo2013"], "vandeloo2013-ajp"),
        (EXPECTED, ["vandeloo2013", "vandeloo2013-ajp"], "vandeloo2013-b"),
        (EXPECTED, ["vandeloo2013", "vandeloo2013-ajp", "vandeloo2013-b"], "vandeloo2013-c"),
        ({"author": [{"literal": "World Health Organization"}], "issued": {"date-parts": [[2019]]}}, [], "who2019"),
        ({"author": [{"literal": "NHS England"}]}, [], "nhse"),
        ({"author": [{"literal": "Samaritans"}]}, [], "samaritans"),
        ({"title": "How to report a side effect"}, [], "how-to-report"),
        ({"title": "2020 in numbers"}, [], "in-numbers"),
        ({"title": "日本語の題"}, ["source"], "source-b"),
    ],
)
def test_ids(item, taken, made):
    assert cite.make_id(item, taken) == made


@pytest.mark.parametrize(
    ("name", "csl"),
    [
        ({"family": "Berman", "given": "Robert M."}, {"family": "Berman", "given": "RM"}),
        ({"family": "Berman", "given": "RM"}, {"family": "Berman", "given": "RM"}),
        ({"family": "Hung", "given": "K.-C."}, {"family": "Hung", "given": "K-C"}),
        (
            {"family": "Zarate", "given": "Carlos A.", "suffix": "Jr."},
            {"family": "Zarate", "given": "CA", "suffix": "Jr"},
        ),
        ({"family": "Cochrane"}, {"literal": "Cochrane"}),
        ({"literal": "US  Food and Drug Administration"}, {"literal": "US Food and Drug Administration"}),
    ],
)
def test_authors(name, csl):
    assert exports.author(name) == csl


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.org/a/", "https://EXAMPLE.org/a"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&id=1", "https://example.org/a?id=1"),
    ],
)
def test_addresses_that_lead_to_the_same_place(one, other):
    assert cite.marks({"URL": one}) == cite.marks({"URL": other})
    assert cite.marks({"URL": one}) != cite.marks({"URL": "https://example.org/b"})


def test_every_type_leads_to_one_that_the_schema_has():
    allowed = set(SCHEMAS["source"]["properties"]["type"]["enum"])
    assert set(exports.CSL_TYPES.values()) == allowed
    assert set(exports.BIBTEX_TYPES.values()) <= exports.CSL_TYPES.keys()


@pytest.mark.slow
def test_what_is_added_builds_once_it_is_cited(copy, capsys):
    assert run(copy, "export.json", ZOTERO) == 0
    told = build_site(copy).problems
    assert [line.partition(": ")[2] for line in told] == [
        "no page cites the source 'vandeloo2013'. To mend: cite it on a page, or delete the entry."
    ]
    page = copy / "docs/about/privacy.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("no forms.\n", "no forms.[^vandeloo2013]\n", 1), encoding="utf-8"
    )
    built = build_site(copy)
    assert built.ok, built.problems
    assert "Antidepressant efficacy of ketamine: a trial that does not exist. " in built.page("about/privacy")
