from pathlib import Path

import release


def test_steps_in_order_and_a_stop_at_the_first_that_fails(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOWNLOADS", "an old one")
    steps, fails = [], []

    def site(target):
        offered = release.os.environ.get("DOWNLOADS", "")
        steps.append(f"site {target} {'with' if offered else 'without'} files")
        return "site" in fails

    def book(arguments):
        steps.append("handbook")
        Path(arguments[1]).write_bytes(b"%PDF")
        return "handbook" in fails

    def copy(where):
        steps.append("offline")
        (Path(where) / f"{release.offline.NAME}.zip").write_bytes(b"PK")
        return "offline" in fails

    monkeypatch.setattr(release.build, "main", site)
    monkeypatch.setattr(release.handbook, "main", book)
    monkeypatch.setattr(release.offline, "main", copy)
    assert release.main() == 0
    assert steps == ["site .build/first without files", "handbook", "offline", "site site with files"]
    made = tmp_path / ".build/downloads"
    assert sorted(path.name for path in made.iterdir()) == sorted(
        [release.HANDBOOK, f"{release.offline.NAME}.zip", release.SUMS]
    )
    steps.clear()
    fails.append("handbook")
    assert release.main()
    assert steps == ["site .build/first without files", "handbook"]


def test_what_a_release_makes_is_what_the_page_offers():
    import downloads

    assert list(downloads.OFFERED) == [release.HANDBOOK, f"{release.offline.NAME}.zip", release.SUMS]
