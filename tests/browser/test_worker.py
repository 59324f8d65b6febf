"""tools/worker.js, on a disk: a worker of a few lines gets all messages in order and answers."""

import offline
import pytest

pytestmark = pytest.mark.browser
PAGE = "<!doctype html><title>x</title><body><script src='../worker.js'></script>"
ECHO = "let count = 0; addEventListener('message', event => postMessage([++count, event.data, self !== parent]))"
ASK = """url => new Promise(resolve => {
    const heard = [], worker = new Worker(url)
    worker.addEventListener("error", () => resolve("error"))
    worker.addEventListener("message", event => heard.push(event.data) === 3 && resolve(heard))
    for (const word of ["a", "b"]) worker.postMessage(word)
    heard.length || setTimeout(() => worker.postMessage({ c: 1 }), 200)
})"""


def test_messages_go_both_ways_from_a_disk(tmp_path, chromium):
    (tmp_path / "worker.js").write_bytes(offline.WORKER.read_bytes())
    folder = tmp_path / "é & 100% #1 &copy; ?"
    folder.mkdir()
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "echo.js").write_text(ECHO, encoding="utf-8")
    page = chromium.new_page()
    page.goto((folder / "index.html").as_uri())
    assert page.evaluate(ASK, "echo.js") == [[1, "a", True], [2, "b", True], [3, {"c": 1}, True]]
    assert page.evaluate(ASK, "nothing.js") == "error"
    assert not page.locator("iframe").first.is_visible()
    # Without it a browser refuses; should one not, tools/worker.js can go.
    (folder / "index.html").write_text("<!doctype html><title>x</title>")
    page.reload()
    refused = page.evaluate("() => { try { new Worker('echo.js') } catch (error) { return error.name } }")
    assert refused == "SecurityError"
    page.close()
