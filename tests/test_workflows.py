"""The workflows: what other readers of them say, and our own rules. None of them has run on GitHub (README.md)."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from sites import ROOT

FLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMS = [path for path in sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")) if path.name != "config.yml"]
SCRIPTS = [*sorted((ROOT / ".github").glob("*.sh")), ROOT / ".ci/run"]
PROGRAMS = Path(sys.executable).parent  # of this environment, wherever it was copied to
# The actions that may be used, by commit: no other, and nobody else's.
ACTIONS = {
    "actions/checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "actions/setup-python": ("5fda3b95a4ea91299a34e894583c3862153e4b97", "v7.0.0"),
    "actions/upload-artifact": ("bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0"),
    "actions/deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
}
# Every right to write that any job has.
WRITES = {
    ("comment.yml", "comment"): {"pull-requests"},
    ("deploy.yml", "deploy"): {"pages", "id-token"},
    ("weekly.yml", "dates"): {"issues"},
    ("weekly.yml", "links"): {"issues"},
    ("weekly.yml", "advisories"): {"issues"},
}


def read(path: Path) -> dict:
    # YAML 1.1 takes the key `on` for the word true.
    flow = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in flow.items()}


def jobs():
    return [
        pytest.param(path, name, job, id=f"{path.stem}-{name}")
        for path in FLOWS
        for name, job in read(path)["jobs"].items()
    ]


def run(*command):
    return subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True)


def zizmor(*paths):
    return run(
        PROGRAMS / "zizmor", "--offline", "--strict-collection", "--persona", "auditor", "--format", "plain", *paths
    )


def test_there_are_five():
    assert [path.name for path in FLOWS] == ["check.yml", "comment.yml", "deploy.yml", "preview.yml", "weekly.yml"]


def test_zizmor_finds_no_way_in():
    done = zizmor(".github")
    assert done.returncode == 0, done.stdout + done.stderr
    ignored = [
        line for path in FLOWS for line in path.read_text(encoding="utf-8").splitlines() if "zizmor: ignore" in line
    ]
    assert len(ignored) == 2 and all(
        re.search(r"ignore\[[a-z-]+\] \w+", line) for line in ignored
    )  # each with a reason


def test_zizmor_finds_one_that_is_there(tmp_path):
    flow = (ROOT / ".github/workflows/comment.yml").read_text(encoding="utf-8")
    (tmp_path / "flow.yml").write_text(
        flow.replace("run: .github/comment.sh", "run: echo ${{ github.event.workflow_run.head_branch }}")
    )
    done = zizmor(tmp_path / "flow.yml")
    assert done.returncode != 0 and "template-injection" in done.stdout


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.github-workflows", FLOWS),
        ("custom.github-workflows-require-timeout", [path for path in FLOWS if path.name != "deploy.yml"]),
        ("vendor.dependabot", [ROOT / ".github/dependabot.yml"]),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [ROOT / ".github/ISSUE_TEMPLATE/config.yml"]),
    ],
)
def test_they_are_as_github_wants_them(schema, paths):
    done = run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *paths)
    assert done.returncode == 0, done.stdout


def test_the_schema_finds_a_misspelt_key(tmp_path):
    flow = FLOWS[0].read_text(encoding="utf-8").replace("runs-on", "run-on")
    (tmp_path / "flow.yml").write_text(flow, encoding="utf-8")
    done = run(
        sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", tmp_path / "flow.yml"
    )
    assert done.returncode == 1 and "run-on" in done.stdout


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_shell_scripts(path):
    done = run(PROGRAMS / "shellcheck", "--enable", "check-unassigned-uppercase,check-set-e-suppressed", path)
    assert done.returncode == 0, done.stdout
    assert os.access(path, os.X_OK)
    assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in path.read_text(encoding="utf-8")


def test_no_shell_script_is_left_out():
    places = [ROOT / ".ci", ROOT / ".github", ROOT / "tools", ROOT / "tests", *ROOT.glob("*.sh")]
    files = [path for place in places for path in (place.rglob("*") if place.is_dir() else [place]) if path.is_file()]
    shell = {path.relative_to(ROOT).as_posix() for path in files if re.match(rb"#!.*sh\n", path.read_bytes()[:40])}
    assert shell == {path.relative_to(ROOT).as_posix() for path in SCRIPTS}


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_each_action_is_known_and_pinned_by_commit_with_its_version(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if "uses:" not in line:
            continue
        if "./" in line:
            assert "./.github/workflows/check.yml" in line
            continue
        match = re.fullmatch(r"\s+(?:- )?uses: ([\w-]+/[\w-]+)@([0-9a-f]{40}) # (v[\d.]+)", line)
        assert match and ACTIONS[match[1]] == (match[2], match[3]), line


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_no_rights_unless_a_job_asks(path):
    assert read(path)["permissions"] == {}
    assert "pull_request_target" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("path", "name", "job"), jobs())
def test_rights_are_the_least(path, name, job):
    writes = {right for right, level in job["permissions"].items() if level != "read"}
    assert writes == WRITES.get((path.name, name), set())
    assert set(job["permissions"]) - writes <= {"contents"}


@pytest.mark.parametrize(("path", "name", "job"), jobs())
def test_no_secret_beside_a_contributors_code(path, name, job):
    words = yaml.safe_dump(job)
    assert "secrets" not in words
    # `on: pull_request` runs what the pull request brings.
    if "pull_request" in read(path)["on"] or path.name == "deploy.yml":
        assert "github.token" not in words
    else:
        # Only a step that runs gh has the token.
        with_token = [step["run"] for step in job["steps"] if "github.token" in yaml.safe_dump(step)]
        assert all(run.startswith(".github/") for run in with_token)
        assert "github.token" not in yaml.safe_dump(job.get("env", {}))


@pytest.mark.parametrize(("path", "name", "job"), jobs())
def test_a_checkout_leaves_no_token_and_takes_no_other_commit(path, name, job):
    for step in job.get("steps", ()):
        if "actions/checkout@" in step.get("uses", ""):
            assert {**step["with"], "fetch-depth": 2} == {"persist-credentials": False, "fetch-depth": 2}


def test_the_comment_runs_nothing_and_fetches_nothing_of_a_pull_request():
    flow = read(ROOT / ".github/workflows/comment.yml")
    assert flow["on"] == {
        "workflow_run": {"workflows": [read(ROOT / ".github/workflows/preview.yml")["name"]], "types": ["completed"]}
    }
    steps = flow["jobs"]["comment"]["steps"]
    assert [step.get("run") for step in steps] == [None, ".github/comment.sh"]
    script = (ROOT / ".github/comment.sh").read_text(encoding="utf-8")
    assert not re.search(r"gh run|download-artifact|/zip|curl|unzip", script)


def test_check_runs_what_ci_runs_and_keeps_what_was_built_before_the_tests():
    steps = [
        step.get("run") or step["uses"].partition("@")[0]
        for step in read(ROOT / ".github/workflows/check.yml")["jobs"]["check"]["steps"]
    ]
    ci = [line for line in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines() if line.startswith("make ")]
    assert [step for step in steps if step.startswith("make ")] == ci
    assert steps[-4] == "make build" and steps[-3].startswith("tar ") and steps[-3].endswith(" -C site .")
    assert steps[-2:] == ["make test", "actions/upload-artifact"]


def test_only_the_tested_artifact_is_published():
    check, deploy = (read(ROOT / f".github/workflows/{name}.yml") for name in ("check", "deploy"))
    assert deploy["on"] == {"push": {"branches": ["main"]}}
    job = deploy["jobs"]["deploy"]
    assert job["needs"] == "check" and job["if"] == "vars.PAGES == 'on'"
    [step] = job["steps"]
    kept = check["jobs"]["check"]["steps"][-1]["with"]
    assert step["with"]["artifact_name"] == kept["name"] and kept["path"] == "artifact.tar"
    assert deploy["concurrency"] == {"group": "deploy", "cancel-in-progress": False}


def test_a_preview_is_marked_as_one():
    job = read(ROOT / ".github/workflows/preview.yml")["jobs"]["preview"]
    assert job["env"] == {"PREVIEW": "1"}
    assert "SITE_URL" not in yaml.safe_dump(job)
    moved = next(step["run"] for step in job["steps"] if "mv" in step.get("run", ""))
    import offline

    assert f".build/{offline.NAME} preview/offline" in moved


def test_the_make_targets_are_there():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = {name for path in FLOWS for name in re.findall(r"make ([a-z]+)$", path.read_text(encoding="utf-8"), re.M)}
    assert named >= {"build", "test", "dates", "links", "advisories", "audit", "offline"} and named <= targets


def test_dependabot_looks_at_every_lock_file():
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text(encoding="utf-8"))["updates"]
    looked = {
        (entry["package-ecosystem"], place)
        for entry in updates
        for place in entry.get("directories", [entry.get("directory")])
    }
    assert looked == {("uv", "/"), ("uv", "/tests"), ("npm", "/tests/audit"), ("github-actions", "/")}
    for entry in updates:
        assert entry["cooldown"]["default-days"] >= 7
        assert {group.get("applies-to", "version-updates") for group in entry["groups"].values()} == {
            "version-updates",
            "security-updates",
        }


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_each_package_is_exact_and_hashed(name):
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(packages) > 40
    for line in packages:
        assert re.match(r"[a-z0-9._-]+==[\w.]+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+$", line), line[:100]
    assert "--index-url" not in text and "http" not in text.replace("httpx", "")


def test_the_readers_find_what_is_wrong_in_a_script(tmp_path):
    (tmp_path / "wrong.sh").write_text("#!/usr/bin/env bash\nrm -rf $1/*\n", encoding="utf-8")
    assert run(PROGRAMS / "shellcheck", tmp_path / "wrong.sh").returncode == 1
