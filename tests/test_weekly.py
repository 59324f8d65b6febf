"""The scripts that write issues and comments, with a stand-in for `gh` that writes down what it is asked."""

import os
import stat
import subprocess

import pytest
import yaml
from sites import ROOT

GH = """#!/bin/sh
echo "$@" >> "$ASKED"
case "$*" in
  "issue list"*) printf '%s' "$OPEN" ;;
  *pulls?state=open*) printf '%s' "$PULLS" ;;
  *comments?per_page*) printf '%s' "$COMMENTS" ;;
  *)
    while [ $# -gt 0 ]; do
      [ "$1" = --body-file ] && cat "$2" >> "$ASKED"
      [ "$1" = --field ] && cat "${2#body=@}" >> "$ASKED"
      shift
    done ;;
esac
"""
MAKE = """#!/bin/sh
[ "$1" = dates ] || exit 9
[ -z "$GH_TOKEN" ] || echo "the command was handed the token"
echo "$SAYS"
exit "$CODE"
"""
FOUND = "data/dated.yml:55: us-telehealth-rule: it held until December 31, 2026. To mend: read it again."
TITLE = "Facts are due"


@pytest.fixture
def job(tmp_path):
    for name, text in (("gh", GH), ("make", MAKE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).chmod(stat.S_IRWXU)

    def run(*command, **environment):
        asked = tmp_path / "asked"
        asked.write_text("", encoding="utf-8")
        path = f"{tmp_path}:{os.environ['PATH']}"
        env = {**os.environ, "PATH": path, "ASKED": str(asked), "GH_TOKEN": "a token", "OPEN": "", **environment}
        done = subprocess.run(["bash", *command], env=env, capture_output=True, text=True)
        return done.returncode, asked.read_text(encoding="utf-8"), done.stdout

    return run


@pytest.fixture
def weekly(job):
    def run(code, number="", says=FOUND):
        script = ROOT / ".github/one-issue.sh"
        return job(script, TITLE, "make", "dates", CODE=str(code), OPEN=number, SAYS=says)

    return run


def test_nothing_found_opens_nothing(weekly):
    code, asked, said = weekly(0)
    assert code == 0 and [line.split()[1] for line in asked.splitlines()] == ["list"]
    assert FOUND in said and "token" not in said


def test_the_first_time_an_issue_is_opened(weekly):
    code, asked, said = weekly(2)
    assert code == 1 and FOUND in said
    assert f"issue create --title {TITLE}" in asked
    assert asked.endswith(f"The weekly job (`make dates`) says:\n\n```\n{FOUND}\n```\n")


def test_while_it_is_open_it_is_written_to(weekly):
    code, asked, _ = weekly(2, "12")
    assert code == 1 and "issue edit 12" in asked and FOUND in asked and "issue create" not in asked


def test_when_nothing_is_found_any_more_it_is_closed(weekly):
    code, asked, _ = weekly(0, "12")
    assert code == 0 and "issue close 12 --comment The weekly job (`make dates`) finds nothing any more." in asked


def test_a_command_that_breaks_is_told_by_its_last_lines(weekly):
    _, asked, _ = weekly(2, says="\n".join(f"line {number}" for number in range(30)))
    assert "```\nline 10\n" in asked and "line 9\n" not in asked


def test_an_issue_is_never_longer_than_github_takes(weekly):
    code, asked, _ = weekly(2, says="\n".join([f"To mend: {'x' * 900}"] * 130))
    assert code == 1 and 50_000 < len(asked) < 65_536


COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def comment(job):
    def run(result="success", pulls="7", comments="", sha=COMMIT):
        environment = {
            "GITHUB_REPOSITORY": "owner/guide",
            "SHA": sha,
            "RESULT": result,
            "RUN": "https://example.org/runs/5",
        }
        return job(ROOT / ".github/comment.sh", PULLS=pulls, COMMENTS=comments, **environment)

    return run


def test_the_first_preview_gets_a_comment(comment):
    code, asked, _ = comment()
    assert code == 0
    assert "--method POST repos/owner/guide/issues/7/comments" in asked
    body = asked.partition("<!-- preview -->\n")[2]
    assert body.startswith("**The preview of this change is built.** (Commit 0123456789ab.)\n")
    assert "(https://example.org/runs/5#artifacts)" in body and "Open `offline/index.html`" in body
    assert body.endswith("not medical information.\n")


def test_later_ones_are_written_into_the_first(comment):
    code, asked, _ = comment(comments="31\n32\n")
    assert code == 0
    assert "--method PATCH repos/owner/guide/issues/comments/31 " in asked
    assert "POST" not in asked and "comments/32" not in asked


def test_a_build_that_failed_says_so_and_offers_nothing(comment):
    _, asked, _ = comment("failure")
    assert "**The preview of this change could not be built.** (Commit 0123456789ab.)" in asked
    assert "log of [this run](https://example.org/runs/5)" in asked and "offline" not in asked
    assert "not medical information" in asked


def test_the_pull_request_is_found_by_the_commit_and_the_comment_by_marker_and_writer(comment):
    _, asked, _ = comment()
    assert f'select(.head.sha == "{COMMIT}")' in asked
    assert 'select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- preview -->")))' in asked


def test_a_commit_that_is_no_longer_the_newest_gets_none(comment):
    code, asked, said = comment(pulls="")
    assert code == 0 and "comments" not in asked and "No open pull request ends with" in said


def test_what_is_no_commit_asks_nothing(comment):
    code, asked, said = comment(sha='" or true or "')
    assert code == 1 and asked == "" and "SHA is no commit" in said


def test_two_pull_requests_of_one_commit_get_one_each(comment):
    _, asked, _ = comment(pulls="7\n8")
    assert asked.count("--method POST") == 2


def test_the_workflow_runs_the_scripts():
    jobs = yaml.safe_load((ROOT / ".github/workflows/weekly.yml").read_text(encoding="utf-8"))["jobs"]
    last = {name: job["steps"][-1]["run"] for name, job in jobs.items()}
    assert last.pop("audit") == "make audit" and last.pop("exit-check") == "make exit-check"
    assert {name: run.rpartition(" ")[2] for name, run in last.items()} == {name: name for name in last}
    assert set(last) == {"dates", "links", "advisories"}
    titles = [run.split('"')[1] for run in last.values()]
    assert len(set(titles)) == 3 and all(run.startswith(".github/one-issue.sh ") for run in last.values())
