from paper import controls

TABLE = (
    '<tr><th scope="row">No &amp; <em>anesthetic</em><sup>1</sup></th>'
    '<td data-label="Why">ECT</td>'
    '<td data-label="Some">( )</td><td data-label="A lot">( )</td></tr>'
)


def test_boxes_have_their_words_as_names():
    html = controls(
        "<ul>\n<li>[ ] Bring a <a href='x'>list</a>.<sup>1</sup></li>\n<li>[ ] Rest</li>\n<li>[x] no</li></ul>"
    )
    assert html == (
        '<ul>\n<li class="tick"><label><input type="checkbox"> '
        "<span>Bring a <a href='x'>list</a>.<sup>1</sup></span></label></li>\n"
        '<li class="tick"><label><input type="checkbox"> <span>Rest</span></label></li>\n'
        "<li>[x] no</li></ul>"
    )


def test_a_box_in_a_loose_list():
    html = controls("<li>\n<p>[ ] Rest</p>\n</li>")
    assert html == ('<li class="tick">\n<p><label><input type="checkbox"> <span>Rest</span></label></p>\n</li>')


def test_choices_of_a_row_belong_together_and_say_what_for():
    html = controls(TABLE + TABLE)
    assert html.count("( )") == 0 and html.count('type="radio"') == 4
    assert html.count('name="choice-1"') == 2 and html.count('name="choice-2"') == 2
    assert 'aria-label="No &amp; anesthetic: A lot"></label></td>' in html
    assert "<form" not in html


def test_lines():
    line = '<span class="line"><span>My <em>goal</em></span><span class="write"></span></span>'
    assert controls("<li>My <em>goal</em> ____</li>") == f"<li>{line}</li>"
    assert controls("<li>[ ] My <em>goal</em> ____</li>").endswith(f"<span>{line}</span></label></li>")
    assert controls("<p>a_b ____ c</p><li>a ____ b</li>") == "<p>a_b ____ c</p><li>a ____ b</li>"


def test_brackets_in_text_are_text():
    assert controls("<p>f( ) and [ ] here</p>") == "<p>f( ) and [ ] here</p>"
