import page_checks
import pytest
from golden_cases import cases, told


@pytest.mark.parametrize("case", cases("page_checks"))
def test_golden(case):
    assert told(page_checks.check(case["in"], "docs/page.md")) == case["problems"], case["why"]
