import re

import a_to_z
import pytest
from a_to_z import Entry

from guidekit import lookup, terms
from guidekit.lookup import Lookup, Place

RISKS = "---\ntitle: Long-term risks\nkind: safety\naliases: [{}]\n---\n## Bladder {{ #bladder }}\n"
SAFE = "---\ntitle: Is it safe?\nkind: faq\n---\n## Can it harm my liver? { #liver }\n\n## Is it an opioid? { #opioid }\n\n## Next { #next }\n"
GLOSSARY = """---
title: Glossary
kind: glossary
---
## A { #letter-a }

### Anemia { #anemia }

Also: anaemia, thin blood

Anemia is too few red cells.

### mTOR { #mtor }

mTOR is a protein.
"""
KNOWN = Lookup(
    [
        Place("safety/long-term-risks.md", "bladder", ("Bladder", "Urine"), ("pee",)),
        Place("faq/safe.md", "liver", ("Liver",), ()),
    ],
    {"dependence": ["dependance"]},
)


def pages(aliases="cystitis"):
    sources = {"safety/long-term-risks.md": RISKS.format(aliases), "faq/safe.md": SAFE}
    titles = {"safety/long-term-risks.md": "The long-term risks", "faq/safe.md": "Is it safe?"}
    return [lookup.page(path, titles[path], source) for path, source in sources.items()]


def made(aliases="cystitis"):
    found = a_to_z.entries(pages(aliases), terms.load(GLOSSARY), KNOWN)
    return a_to_z.lines(found, "a-to-z.md")


def test_pages_words_questions_and_terms_stand_under_their_letters():
    assert made() == {
        "A": ["- [Anemia](glossary.md#anemia) (glossary)"],
        "B": ["- [Bladder](safety/long-term-risks.md#bladder) (The long-term risks)"],
        "C": ["- [Cystitis](safety/long-term-risks.md) (The long-term risks)"],
        "I": ["- [Is it safe?](faq/safe.md)"],
        "L": [
            "- [Liver](faq/safe.md#liver) (Can it harm my liver?)",
            "- [The long-term risks](safety/long-term-risks.md)",
        ],
        "M": ["- [mTOR](glossary.md#mtor) (glossary)"],
        "T": ["- [Thin blood](glossary.md#anemia) (Anemia, glossary)"],
        "U": ["- [Urine](safety/long-term-risks.md#bladder) (The long-term risks)"],
    }


@pytest.mark.parametrize(
    ("aliases", "kept"),
    [
        ("cystitis, cystitus", ["cystitis"]),  # the second is a spelling of the first
        ("risk, long term", []),  # the title in other words
        ("bladder", []),  # listed already, with a better place
        ("dependance", []),  # known to be wrong
        ("ketamine dependence, years of use, how bad is it", []),  # what people type
        ("one two three four", []),
        ("dependence, withdrawal", ["dependence", "withdrawal"]),
    ],
)
def test_aliases_worth_listing(aliases, kept):
    assert a_to_z.worth_listing(pages(aliases)[0], KNOWN) == kept


def test_names_for_one_place_share_a_line_unless_its_own_name_is_there():
    found = [Entry("drowsy", "a.md", "A page"), Entry("dizzy", "a.md", "A page"), Entry("day", "b.md", "B")]
    assert a_to_z.lines(found, "faq/index.md") == {"D": ["- [Day](../b.md) (B)", "- [Dizzy, Drowsy](../a.md) (A page)"]}
    assert a_to_z.lines([Entry("Diary", "c.md"), Entry("day book", "c.md", "Diary")], "x.md") == {
        "D": ["- [Diary](c.md)"]
    }


def test_articles_and_marks_do_not_count_in_the_order():
    found = [Entry("The zebra", "z.md"), Entry("(S)-ketamine", "s.md"), Entry("988", "h.md"), Entry("a yard", "y.md")]
    assert list(a_to_z.lines(found, "x.md")) == ["0 to 9", "S", "Y", "Z"]


def test_questions_without_a_word_are_not_lost():
    rest = a_to_z.unlisted(pages(), KNOWN)
    assert rest == [Entry("Is it an opioid?", "faq/safe.md#opioid")]
    text = a_to_z.page_of(made(), rest, "a-to-z.md")
    assert text.startswith('<nav class="letters" aria-label="Letters">\n<a href="#a">A</a>\n')
    assert text.endswith("## More questions { #more-questions }\n\n- [Is it an opioid?](faq/safe.md#opioid)")
    assert "## A { #a }\n\n- [Anemia]" in text


def test_in_a_build(tiny):
    index = (
        "---\ntitle: A to Z\nkind: index\n"
        "description: Every page, question and glossary word of this guide under its letter.\n---\n"
        f"Choose a letter.\n\n{a_to_z.MARKER}\n"
    )
    about = "---\ntitle: Privacy\nkind: index\ndescription: What this site does not keep about its readers at all.\n---\nText.\n"
    built = tiny(
        {
            "index.md": "Hello.",
            "about/privacy.md": about,
            "glossary.md": GLOSSARY.replace(
                "kind: glossary", "kind: index\ndescription: What the words of this guide mean, in plain words."
            ),
            "a-to-z.md": index,
        }
    )
    assert built.ok, built.problems
    page = built.page("a-to-z")
    assert '<a href="../about/privacy/">Privacy</a>' in page and '<a href="../glossary/#anemia">Anemia</a>' in page
    assert "review-line" not in page and 'class="term"' not in page
    ids = set(re.findall(r'\bid="?([\w-]+)', page))
    assert set(re.findall(r'<a href="?#([\w-]+)"?>\w<', page)) <= ids


def test_a_name_without_words_breaks_nothing():
    assert a_to_z.lines([Entry(" ", "a.md", "A")], "a-to-z.md") == {"0 to 9": ["- [ ](a.md) (A)"]}
