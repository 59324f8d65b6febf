from markdown import markdown
from tables import NamedCells

TABLE = """| Effect | How *often* |
| --- | --- |
| Dizzy | 24 of 42 |
"""


def test_cells_are_named():
    html = markdown(TABLE, extensions=["tables", NamedCells()])
    assert '<table class="data-table">' in html
    assert '<th scope="col">How <em>often</em></th>' in html
    assert '<th scope="row">Dizzy</th>' in html
    assert '<td data-label="How often">24 of 42</td>' in html
