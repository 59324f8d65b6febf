import datetime

import help_lines
from golden_cases import told
from sites import ROOT

from guidekit.data import load_yaml
from guidekit.schema import load_schemas

SCHEMAS = load_schemas(ROOT / "data/schema")
REAL = (ROOT / help_lines.FILE).read_text(encoding="utf-8")


def problems(text):
    return told(help_lines.load(load_yaml(text, help_lines.FILE), SCHEMAS)[1])


def test_the_real_file_is_right():
    assert problems(REAL) == []


def test_a_number_that_no_service_has():
    [line] = problems(
        REAL.replace('number: "1737", tel: "1737"}\n\ncountries', 'number: "1738", tel: "1738"}\n\ncountries')
    )
    assert line.endswith(
        "the strip names 1738, which no service under 'countries:' has. To mend: correct the number, or add the service."
    )


def test_a_number_that_cannot_be_dialed():
    [line] = problems(
        REAL.replace('number: "1737", tel: "1737"}\n\ncountries', 'number: "1737", tel: "17-37"}\n\ncountries')
    )
    assert "the key 'strip.3.tel' is '17-37'" in line


def test_a_number_shown_as_one_and_dialed_as_another():
    assert problems(REAL.replace('number: "116 123", tel: "116123"', 'number: "116 123", tel: "116132"', 1)) == [
        "data/crisis-lines.yml:10: 116 123 is shown, but 116132 is dialed. To mend: give both the same digits."
    ]
    [line] = problems(REAL.replace('do: text, number: "1737", sms: "1737"', 'do: text, number: "1737", sms: "1773"'))
    assert "1737 is shown, but 1773 is dialed" in line


def test_a_public_copy_waits_until_each_service_has_been_called():
    loaded = load_yaml(
        REAL.replace('called: ""', "called: '2026-11-30'").replace("'2026-11-30'", '""', 1), help_lines.FILE
    )
    assert help_lines.load(loaded, SCHEMAS)[1] == []
    [line] = told(help_lines.uncalled(loaded))
    assert line == (
        "data/crisis-lines.yml:24: a public copy may not be built: nobody has called or opened '988 Suicide & Crisis "
        "Lifeline' yet. To mend: call or open it and write the day, as in called: '2026-11-30'; or set PREVIEW=1, for a "
        "copy that search engines leave out."
    )
    assert help_lines.uncalled(load_yaml(REAL.replace('called: ""', "called: '2026-11-30'"), help_lines.FILE)) == []
    [line] = problems(REAL.replace('called: ""', "called: yesterday", 1))
    assert "is 'yesterday'. To mend: write the day on which a person called or opened it" in line


def test_the_numbers_are_read_again():
    loaded = load_yaml(REAL, help_lines.FILE)
    day = datetime.date.fromisoformat(loaded.value["recheck"])
    assert help_lines.past(loaded, day) == []
    [line] = told(help_lines.past(loaded, day + datetime.timedelta(days=1)))
    assert "the help lines were to be read again by" in line


def test_what_cannot_be_trusted_is_not_shown():
    lines, found = help_lines.load(load_yaml("strip: [", help_lines.FILE), SCHEMAS)
    assert lines == {} and found
