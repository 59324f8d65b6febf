import studies
from golden_cases import told
from sites import ROOT

from guidekit.data import load_yaml, read_yaml
from guidekit.schema import load_schemas

SCHEMAS = load_schemas(ROOT / "data/schema")
FILE = """studies:
- id: berman2000
  source: berman2000
  name: The first trial
  year: 2000
  condition: depression
  form: infusion
  people: 7
  comparison: salt water
  masking: double-blind
  when: 3 days
  outcome: score on a depression scale
  result: Scores fell by 14 points, against 0 on salt water.
  direction: favors ketamine
"""


def problems(text):
    return told(studies.load(load_yaml(text, studies.FILE), SCHEMAS, ["berman2000", "zarate2006"])[1])


def test_right():
    assert problems(FILE) == []


def test_wrong():
    assert problems(FILE.replace("source: berman2000", "source: bermann2000")) == [
        "data/studies.yml:2: berman2000: 'bermann2000' is not in data/sources.yml. To mend: write 'berman2000'."
    ]
    [line] = problems(FILE.replace("form: infusion", "form: drip"))
    assert line.startswith("data/studies.yml:7: berman2000: the key 'form' is 'drip'. To mend: ")
    assert "is given twice" in problems(FILE + FILE.removeprefix("studies:\n"))[0]
    assert problems("trials: []\n") == [
        "data/studies.yml:1: this file has no list of studies. To mend: begin it with 'studies:' and a list under it."
    ]


def test_table():
    found, _ = studies.load(load_yaml(FILE, studies.FILE), SCHEMAS, ["berman2000"])
    text = studies.table(found)
    assert "## Depression { #depression }" in text
    assert "| The first trial (2000; infusion; double-blind)[^berman2000] | 7 | salt water | 3 days |" in text
    assert "Scores fell by 14 points, against 0 on salt water. *favors ketamine* |" in text


def test_the_real_file():
    value = read_yaml(ROOT / studies.FILE, studies.FILE).value
    entries = value["studies"]
    assert len(entries) >= 35
    assert [entry["id"] for entry in entries] == sorted(entry["id"] for entry in entries)
    assert {entry["condition"] for entry in entries} <= set(studies.CONDITIONS)
    assert {"favors ketamine", "no clear difference", "favors comparison"} == {entry["direction"] for entry in entries}
