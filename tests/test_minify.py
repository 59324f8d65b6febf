import minify

PAGE = """<!doctype html>
<html lang="en" class="no-js">
  <head>
    <title>A page</title>
    <style>p { color: red; }</style>
  </head>
  <body>
    <!-- a note -->
    <p>Words <b>stay</b> <i>apart</i>.</p>
    <p>5 &lt; 6 &amp; "more"</p>
    <ul><li><a href="a/?x=1&amp;y=2" class="b">One</a></li> <li>Two</li></ul>
    <pre>two  blanks
      and lines</pre>
    <input type="text" value="">
    <img src="x.svg" alt="">
    <script src="guide.js" defer></script>
  </body>
</html>
"""


def test_smaller_and_still_the_same():
    out = minify.smaller(PAGE)
    assert len(out) < 0.9 * len(PAGE)
    assert out.startswith("<!doctype html>") and "<html class=no-js lang=en><head>" in out
    assert "<b>stay</b> <i>apart</i>." in out and "two  blanks\n      and lines" in out
    assert '5 &lt; 6 & "more"' in out and "a note" not in out
    assert "alt" in out and "type=text" in out and "p { color: red; }" in out


def test_only_html_templates_and_never_while_serving():
    try:
        minify.on_startup(command="build", dirty=False)
        assert len(minify.on_post_page(PAGE, page=None, config=None)) < len(PAGE)
        assert len(minify.on_post_template(PAGE, template_name="404.html", config=None)) < len(PAGE)
        assert minify.on_post_template(PAGE, template_name="sitemap.xml", config=None) == PAGE
        minify.on_startup(command="serve", dirty=False)
        assert minify.on_post_page(PAGE, page=None, config=None) == PAGE
        assert minify.on_post_template(PAGE, template_name="404.html", config=None) == PAGE
    finally:
        minify.on_startup(command="build", dirty=False)
