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
        "data/crisis-lines.yml:7: 116 123 is shown, but 116132 is dialed. To mend: give both the same digits."
    ]
    [line] = problems(REAL.replace('do: text, number: "1737", sms: "1737"', 'do: text, number: "1737", sms: "1773"'))
    assert "1737 is shown, but 1773 is dialed" in line


def test_what_cannot_be_trusted_is_not_shown():
    lines, found = help_lines.load(load_yaml("strip: [", help_lines.FILE), SCHEMAS)
    assert lines == {} and found
