import re

import new
import pytest
from sites import ROOT, build_site

from guidekit.data import load_yaml
from guidekit.schema import load_schemas

SCHEMAS = load_schemas(ROOT / "data/schema/pages")
TITLES = {"Side effects": "docs/safety/side-effects.md"}
NAV = """# a comment
nav:
  - Home: index.md
  - Safety: # another
      - Side effects: safety/side-effects.md
      - 'Risks: years': safety/long-term.md # kept
  - Questions:
      - All: faq/index.md

theme:
  - Trap: safety/trap.md
"""


def test_every_kind_can_be_begun_or_is_answered_in_words():
    assert new.KINDS.keys() | new.ONLY_ONE.keys() == SCHEMAS.keys() - {"common"}
    for kind in new.ONLY_ONE:
        answer = new.refused(kind, "A title", TITLES, [], SCHEMAS)
        assert answer.startswith(f"There is one page of kind {kind}. To mend: ")
        named = re.search(r"(?:docs|data)/[\w/.-]+\.(?:md|yml)", answer)
        assert named and (ROOT / named[0]).exists()


def test_the_entry_stands_last_in_its_part_and_all_else_stays():
    entry = "      - 'Bladder: more': safety/bladder-more.md\n"
    wanted = NAV.replace("# kept\n", f"# kept\n{entry}")
    assert new.in_nav(NAV, "safety", "Bladder: more", "safety/bladder-more.md") == wanted
    assert new.in_nav(NAV.partition("\ntheme")[0], "faq", "Why?", "faq/why.md").endswith(
        "faq/index.md\n      - Why?: faq/why.md\n"
    )
    assert new.in_nav(NAV, "access", "Cost", "access/cost.md") is None
    assert new.in_nav("theme: x\n", "safety", "Cost", "safety/cost.md") is None


@pytest.mark.parametrize(
    ("title", "name"),
    [("Ketamine for OCD: 1 year", "ketamine-for-ocd-1-year"), ("Ménière's", "menieres"), ("日本", ""), ("?!", "")],
)
def test_the_file_is_named_after_the_title(title, name):
    assert new.slug(title) == name


@pytest.mark.parametrize(
    ("kind", "title", "says"),
    [
        ("", "A title", "Say which page: make new KIND=condition"),
        ("condition", "", "Say which page: make new KIND=condition"),
        ("conditon", "A title", "'conditon' is no kind of page. To mend: write KIND=condition."),
        ("zebra", "A title", "'zebra' is no kind of page. To mend: write one of condition, treatment, "),
        ("common", "A title", "'common' is no kind of page."),
        ("safety", "SIDE effects", "The title 'SIDE effects' is that of docs/safety/side-effects.md already."),
        (
            "safety",
            "Long-term  risks!",
            "docs/safety/long-term-risks.md is there already. To mend: give the page another",
        ),
        ("safety", "Index", "docs/safety/index.md would stand for its whole folder. To mend: give"),
        ("safety", "?!?", "The title '?!?' cannot be used. To mend: write the page's heading in plain words"),
        ("safety", "A *bold* one", "The title 'A *bold* one' cannot be used."),
        ("safety", "No", "The title 'No' cannot be used."),
        ("safety", "x" * 71, f"The title '{'x' * 71}' cannot be used."),
    ],
)
def test_what_cannot_be_is_refused_in_words(kind, title, says):
    told = new.refused(kind, title, TITLES, ["safety/long-term-risks.md"], SCHEMAS)
    assert told.startswith(says)
    assert told.endswith(".") and "\n" not in told


def test_titles_that_yaml_would_misread():
    for title in ("Yes", "2026", "Side effects: a list", "- One", "#1 question", "100% sure?", "@home & away"):
        assert new.refused("faq", title, {}, [], SCHEMAS) == ""
        head = load_yaml(new.page("faq", title, "2026-11-28").split("---\n")[1], "x")
        assert head.value["title"] == title and not head.problems


TEXT = {
    "description": "What is known about ketamine infusions for tinnitus, and what is not.",
    "aliases": "[ringing in the ears]",
}


def fill(text: str) -> str:
    """The page as an editor who does what the comments say would leave it."""
    for key, value in TEXT.items():
        text = re.sub(rf"^{key}:.*$", f"{key}: {value}", text, flags=re.M)
    text = re.sub(r"[ ]+# write:.*$", "", text, flags=re.M)
    text = text.replace('"How sure we are"', '"How sure we are: no studies found"')
    count = iter(range(100))
    return re.sub(r"<!-- write:.*?-->", lambda _: f"- We looked, and found nothing for part {next(count)}.", text)


@pytest.mark.slow
def test_a_new_page_of_each_kind_is_told_as_unwritten_and_as_nothing_else(copy, capsys):
    for kind in new.KINDS:
        assert new.main({"KIND": kind, "TITLE": f"A  page of the kind {kind}"}, copy) == 0
    printed = capsys.readouterr().out
    told = build_site(copy).problems
    assert len(told) == len(re.findall(r"^  line \d+: ", printed, re.M))
    for kind, known in new.KINDS.items():
        path = f"docs/{known.folder}/a-page-of-the-kind-{kind}.md"
        mine = [line for line in told if line.startswith(f"{path}:")]
        source = (copy / path).read_text(encoding="utf-8").split("\n")
        assert [int(line.split(":")[1]) for line in mine] == [n for n, s in enumerate(source, 1) if "write: " in s]
        assert len(mine) == len(known.parts) + 3 + known.helps
        assert all(" is still to be " in line for line in mine)
        assert f"{path} is begun, and the menu in mkdocs.yml leads to it." in printed
        if kind != "condition":
            menu = (copy / "mkdocs.yml").read_text(encoding="utf-8")
            (copy / "mkdocs.yml").write_text(re.sub(rf"^.*a-page-of-the-kind-{kind}\.md\n", "", menu, flags=re.M))
            (copy / path).unlink()
    path = copy / "docs/conditions/a-page-of-the-kind-condition.md"
    path.write_text(fill(path.read_text(encoding="utf-8")), encoding="utf-8")
    built = build_site(copy)
    assert built.ok, built.problems
    assert "part 0" in built.page("conditions/a-page-of-the-kind-condition")
    # The one title twice, from the folder of the project as `make` runs it: nothing is written.
    before = (copy / "mkdocs.yml").read_bytes()
    assert new.main({"KIND": "safety", "TITLE": "A page of the kind condition"}, copy) == 1
    assert (copy / "mkdocs.yml").read_bytes() == before
    assert not (copy / "docs/safety/a-page-of-the-kind-condition.md").exists()
