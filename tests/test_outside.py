"""The weekly look at other sites, against a server of our own that answers what it is asked for."""

import http.server
import socket
import threading
from contextlib import contextmanager

import outside
import pytest
from outside import Answer

NOWHERE = "no-such-host.invalid"


@contextmanager
def answering(sequence=()):
    """(address, what was asked): /NUMBER is answered with that status; /0 with those of `sequence`, in turn."""
    asked, turns = [], list(sequence)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            name = self.path.strip("/")
            status = turns.pop(0) if name == "0" else int(name)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/404")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def names(monkeypatch):
    """One host does not exist, whatever the machine's network says of it; and no proxy stands before our own."""
    real = socket.getaddrinfo

    def getaddrinfo(host, *arguments, **named):
        if host == NOWHERE:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(host, *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def project(tmp_path):
    def make(pages: str, data: str = "") -> None:
        for name, text in (
            ("docs/page.md", pages),
            ("data/sources.yml", data),
            ("site/index.html", "<p>Home.</p>"),
            ("site/page/index.html", "".join(f'<a href="{url}">x</a>' for url in pages.split())),
        ):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return make


def run(root):
    slept = []
    return outside.main("site", root, pause=1, between=60, sleep=slept.append), slept


def test_only_what_is_surely_gone_is_told_with_its_line(project, capsys):
    with answering([404, 200]) as (host, asked):
        links = [f"{host}/{name}" for name in ("200", "403", "404#part", "410", "302", "0", "429", "500")]
        code, _ = run(project("\n".join([*links, f"http://{NOWHERE}/a"])))
        lines = capsys.readouterr().out.splitlines()
    mend = "To mend: find where the page has moved to, link to a kept copy, or rest the sentence on another source."
    assert lines[1:] == [
        f"docs/page.md:3: {host}/404 is gone (the answer is 404). {mend}",
        f"docs/page.md:4: {host}/410 is gone (the answer is 410). {mend}",
        f"docs/page.md:5: {host}/302 is gone (the answer is 404). {mend}",
        f"docs/page.md:9: http://{NOWHERE}/a is gone (its host does not exist). {mend}",
        "Answers: 200 2 x, 403 1 x, 404 2 x, 410 1 x, 429 1 x, its host does not exist 1 x, not asked: its host wants fewer requests 1 x.",
        "4 of 9 are gone.",
    ]
    assert code == 1
    assert asked.count("/0") == 2 and "/500" not in asked  # two tries; none after 429


def test_where_nothing_is_gone_one_round_is_enough(project, capsys):
    with answering() as (host, asked):
        assert run(project(f"{host}/200\n{host}/403")) == (0, [1])
        # The first is the look whether there is a network.
        assert asked == ["/200", "/200", "/403"]
    assert "None is surely gone." in capsys.readouterr().out


def test_between_two_tries_there_is_a_pause_and_one_good_answer_is_enough(project):
    with answering([403, 404, 200]) as (host, _):  # the first is the look whether there is a network
        assert run(project(f"{host}/0")) == (0, [60])


def test_a_machine_that_is_cut_off_calls_nothing_gone(project, capsys):
    assert run(project(f"http://{NOWHERE}/a\nhttp://{NOWHERE}/b")) == (1, [])
    assert capsys.readouterr().out.splitlines()[1:] == [outside.CUT_OFF]
    assert not outside.cut_off([])


def test_without_a_site_the_command_is_told(tmp_path, capsys):
    assert outside.main("site", tmp_path) == 1
    assert capsys.readouterr().out == "site/ holds no site. To mend, type: make build\n"


def test_what_the_build_writes_is_found_where_editors_write_it(project):
    data = """references:
- id: a
  DOI: 10.1000/a
  PMID: '1'
  PMCID: PMC2
  custom:
    read_at: https://example.org/read?a=1
"""
    pages = "https://doi.org/10.1000/a https://pubmed.ncbi.nlm.nih.gov/1/ https://pmc.ncbi.nlm.nih.gov/articles/PMC2/"
    root = project(pages, data)
    (root / "docs/page.md").write_text("See <https://example.net/x>.\n", encoding="utf-8")
    (root / "site/page/index.html").write_text(
        "".join(
            f'<a href="{url}">x</a>'
            for url in [*pages.split(), "https://example.net/x#y", "../", "https://made.example/"]
        )
    )
    assert outside.links(root, root / "site", ["https://own.example/", ""]) == {
        "https://doi.org/10.1000/a": ("data/sources.yml", 3),
        "https://pubmed.ncbi.nlm.nih.gov/1/": ("data/sources.yml", 4),
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC2/": ("data/sources.yml", 5),
        "https://example.org/read?a=1": ("data/sources.yml", 7),
        "https://example.net/x": ("docs/page.md", 1),
        "https://made.example/": ("site/page/index.html", 1),
    }
    assert "https://made.example/" not in outside.links(root, root / "site", ["https://made.example/"])


def test_a_429_of_another_host_stops_nothing():
    answers = {"https://a.example/1": Answer("429", "b.example"), "https://a.example/2": Answer("200", "a.example")}
    assert outside.one_round(answers, asking=answers.__getitem__, sleep=lambda seconds: None) == answers


def test_a_network_that_fails_for_a_moment_makes_no_host_vanish(monkeypatch):
    def getaddrinfo(*arguments, **named):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    assert not outside.exists(NOWHERE)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert outside.exists(NOWHERE)
    assert outside.ask("http://example.invalid/").words == outside.SILENT
