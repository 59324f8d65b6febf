"""The programs that the tests need: found, installed as root, or told in one sentence."""

import sys

import browser
import nginx
import programs
import pytest

BUILT = (
    "nginx version: nginx/1.22.1\nconfigure arguments: --prefix=/usr/share/nginx --conf-path={folder}/nginx.conf "
    "--modules-path={folder} --with-http_gzip_static_module\n"
)


def test_the_browser_that_is_there_comes_first(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "_playwrights", lambda: "/playwright/chrome")
    assert (
        browser.there(which=lambda name: f"/usr/bin/{name}", places=(), works=lambda path: True)
        == "/usr/bin/chromium-headless-shell"
    )
    assert browser.there(which=lambda name: None, places=(), works=lambda path: True) == "/playwright/chrome"
    broken = browser.there(which=lambda name: f"/usr/bin/{name}", places=(), works=lambda path: path.endswith("chrome"))
    assert broken == "/usr/bin/google-chrome"


def test_without_root_one_command_is_told_and_sudo_is_never_run():
    assert browser.command(which=lambda name: name if name == "apt-get" else None) == "sudo apt-get install -y chromium"
    assert "install Chromium" in browser.command(which=lambda name: None)
    assert nginx.command(which=lambda name: name if name == "dnf" else None) == "sudo dnf install -y nginx"
    assert nginx.command(which=lambda name: name if name == "brew" else None) == "brew install nginx"
    assert "install nginx" in nginx.command(which=lambda name: None)
    lines = [line for managers in (browser.MANAGERS, nginx.MANAGERS) for lines in managers.values() for line in lines]
    assert not [line for line in (*lines, *nginx.BROTLI.values()) if "sudo" in line]


@pytest.fixture
def typed(monkeypatch):
    """The commands that would have been run; this process is root."""
    lines = []
    monkeypatch.setattr(programs, "run", lambda arguments: lines.append(" ".join(arguments)))
    monkeypatch.setattr(programs.os, "geteuid", lambda: 0)
    return lines


MANAGERS = {"dnf": ["dnf c"], "apt-get": ["apt-get a", "apt-get b", "apt-get update"], "brew": ["brew d"]}


def test_as_root_the_systems_manager_goes_on_until_it_is_there(typed):
    def there():
        return "/bin/it" if "apt-get b" in typed else None

    assert programs.install(MANAGERS, there, which=lambda name: name if name == "apt-get" else None) == "/bin/it"
    assert typed == ["apt-get update", "apt-get b"]


def test_what_cannot_be_had_is_none(typed, monkeypatch):
    assert programs.install(MANAGERS, lambda: None, which=lambda name: name if name == "dnf" else None) is None
    assert programs.install(MANAGERS, lambda: None, which=lambda name: name if name == "brew" else None) is None
    assert typed == ["dnf c"]
    monkeypatch.setattr(programs.os, "geteuid", lambda: 1000)
    assert programs.install(MANAGERS, lambda: "/bin/it", which=lambda name: name) is None
    assert typed == ["dnf c"]


def test_an_nginx_that_cannot_hand_out_packed_copies_is_passed_over(monkeypatch):
    monkeypatch.delenv("NGINX", raising=False)
    found = nginx.there(
        which=lambda name: "/poor/nginx", places=(sys.executable,), works=lambda path: "poor" not in path
    )
    assert found == sys.executable
    assert not nginx.packs(sys.executable) and not nginx.packs("/no/such/program")


def test_what_nginx_says_of_itself(tmp_path):
    built = BUILT.format(folder=tmp_path)
    assert nginx.brotli(built) is None and nginx.types(built) is None and nginx.brotli("") is None
    (tmp_path / "ngx_http_brotli_static_module.so").touch()
    (tmp_path / "mime.types").touch()
    assert nginx.brotli(built) == str(tmp_path / "ngx_http_brotli_static_module.so")
    assert nginx.types(built) == str(tmp_path / "mime.types")
    assert nginx.brotli(f"{built} --add-module=/src/ngx_brotli") == ""


@pytest.mark.parametrize(("tool", "name"), [(browser, "browser"), (nginx, "nginx")])
def test_one_path_or_one_sentence_is_printed(tool, name, monkeypatch, capsys):
    monkeypatch.setattr(tool, "there", lambda: "/bin/it")
    assert tool.main() == 0 and capsys.readouterr().out == "/bin/it\n"
    monkeypatch.setattr(tool, "there", lambda: None)
    monkeypatch.setattr(tool, "get", lambda: None)
    assert tool.main() == 1
    said = capsys.readouterr().out
    assert said.count("\n") == 1 and name in said and f"To mend, type: {tool.command()}" in said


def test_after_nginx_its_brotli_module_is_asked_for(typed, monkeypatch):
    monkeypatch.setattr(nginx.programs, "install", lambda managers, there: "/bin/nginx")
    monkeypatch.setattr(nginx.shutil, "which", lambda name: name if name == "apt-get" else None)
    assert nginx.get() == "/bin/nginx"
    assert typed == [nginx.BROTLI["apt-get"]]
