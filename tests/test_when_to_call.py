import when_to_call
from golden_cases import told
from sites import ROOT

from guidekit.data import load_yaml, read_yaml
from guidekit.schema import load_schemas

SCHEMAS = load_schemas(ROOT / "data/schema")
REAL = (ROOT / when_to_call.FILE).read_text(encoding="utf-8")


def load(text, sources=()):
    return when_to_call.load(load_yaml(text, when_to_call.FILE), SCHEMAS, sources)


def test_the_lists_become_two_boxes_with_links_from_the_page():
    groups, found = load(REAL)
    assert found == []
    text = when_to_call.section(groups, "safety/side-effects.md")
    assert text.startswith(
        '## When to call { #when-to-call }\n\n!!! warning when-to-call "Call an ambulance if"\n\n    Call your'
    )
    assert "](../get-help-now.md)" in text and "](get-help-now.md)" not in text
    assert text.index("Call an ambulance") < text.index("Call the clinic")
    assert "[^kerrgaffney2025]" in text


def test_mistakes_are_told():
    assert load(REAL.replace("sources: [mcinnes2022]", "sources: [mcinnes2021]"), ["mcinnes2022"])[1][0].what
    lines = told(load(REAL.replace("mcinnes2022", "mcinnes2021"), ["mcinnes2022", "bhatt2021"])[1])
    assert any(
        "clinic, sign 1: 'mcinnes2021' is not in data/sources.yml. To mend: write 'mcinnes2022'" in x for x in lines
    )
    [line] = told(load(REAL.replace("box: note", "box: notes"))[1])
    assert line.endswith("the key 'clinic.box' is 'notes'. To mend: write 'note'.")
    groups, found = load("ambulance: [")
    assert groups == {} and found
    assert when_to_call.section(groups, "safety/x.md") == ""


def test_a_page_keeps_no_list_of_its_own():
    page = '---\nkind: safety\n---\nText.\n\n!!! warning "Call an ambulance if"\n\n    - it hurts\n'
    assert told(when_to_call.check(page, "docs/a.md", "safety")) == [
        "docs/a.md:6: this page has a list of its own: '!!! warning \"Call an ambulance if'. To mend: delete it: "
        "the build puts the lists of data/when-to-call.yml on every page of kind safety."
    ]
    assert when_to_call.check(page, "docs/a.md", "about") == []
    for own in ("**Call the clinic the same day if:**", "## Call 911 if", "Call the clinic or your doctor if:"):
        assert when_to_call.check(f"{own}\n\n- it hurts\n", "docs/a.md", "treatment")
    assert when_to_call.check("Call the clinic to book.\n", "docs/a.md", "treatment") == []


def test_the_real_file_names_known_sources():
    sources = read_yaml(ROOT / "data/sources.yml", "data/sources.yml").value["references"]
    assert told(load(REAL, [source["id"] for source in sources])[1]) == []
