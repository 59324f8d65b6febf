import hashlib

import downloads

PAGE = "decide/downloads.md"


def test_what_is_not_there_is_said_to_be_missing():
    lines = downloads.listing({}, PAGE).split("\n")
    assert len(lines) == len(downloads.OFFERED)
    assert all(line.endswith(":** not in this build.") for line in lines)


def test_what_is_there_has_a_size_and_a_sum():
    content = b"%PDF" + b"x" * 2_340_000
    text = downloads.listing({"ketamine-infusion-guide.pdf": content}, PAGE)
    assert "[ketamine-infusion-guide.pdf](../downloads/ketamine-infusion-guide.pdf), 2.3 MB." in text
    assert hashlib.sha256(content).hexdigest() in text


def test_the_files_are_in_the_site(tiny, tmp_path, monkeypatch):
    made = tmp_path / "made"
    made.mkdir()
    (made / "SHA256SUMS").write_bytes(b"abc  x\n")
    (made / "something-else.txt").write_bytes(b"not offered")
    monkeypatch.setenv("DOWNLOADS", str(made))
    built = tiny({"index.md": "# x\n\n<!-- hooks/downloads.py -->".removeprefix("# x\n\n")})
    assert (built.site / "downloads/SHA256SUMS").read_bytes() == b"abc  x\n"
    assert not (built.site / "downloads/something-else.txt").exists()
    html = built.page("")
    assert 'href="downloads/SHA256SUMS"' in html and html.count("not in this build") == 2
    monkeypatch.delenv("DOWNLOADS")
    assert tiny({"index.md": "<!-- hooks/downloads.py -->"}).page("").count("not in this build") == 3
