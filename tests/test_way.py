from way import Matter, matter, neighbors, related


def test_matter():
    text = "---\ntitle: x\n---\nSee [risks](../safety/risks.md#bladder), [it](./b.md) and [a site](https://x.org/y.md).[^k1][^k2]\n"
    assert matter(text, "basics/a.md") == Matter(frozenset({"k1", "k2"}), frozenset({"safety/risks.md", "basics/b.md"}))


def page(*sources, links=()):
    return Matter(frozenset(sources), frozenset(links))


def test_pages_that_cite_the_same_rare_sources_are_related():
    pages = {
        "a.md": page("all", "rare", "own"),
        "b.md": page("all", "rare"),
        "c.md": page("all", "other"),
        "d.md": page("all"),
    }
    assert related(pages)["a.md"] == ["b.md"]
    assert related(pages)["c.md"] == []  # what all cite brings nobody together


def test_links_count_in_both_directions():
    pages = {"a.md": page("x", links={"b.md"}), "b.md": page("y", links={"a.md"}), "c.md": page("z", links={"a.md"})}
    assert related(pages) == {"a.md": ["b.md", "c.md"], "b.md": ["a.md"], "c.md": ["a.md"]}


def test_one_turns_the_pages_of_a_part_and_goes_on_to_the_next_part():
    parts = [(None, ["home"]), ("Basics", ["a", "b"]), (None, ["alone"]), ("Safety", ["c"])]
    assert neighbors(parts) == [
        ("home", None, None),
        ("a", None, "b"),
        ("b", "a", "c"),
        ("alone", None, None),
        ("c", None, None),
    ]
