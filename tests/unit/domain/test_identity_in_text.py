"""A resident's number that somebody wrote into a text is masked; other numbers stay."""

import pytest

from requests_app.domain.identity import conceal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("身份证629999199003078512.jpg", "身份证629999********8512.jpg"),
        ("我是62999919881111242X，要清单", "我是629999********242X，要清单"),
        ("62999919881111242x", "629999********242x"),
        ("邮件号1234567890123", "邮件号1234567890123"),
        ("629999199013078512", "629999199013078512"),
        ("16299991990030785129", "16299991990030785129"),
        ("", ""),
    ],
)
def test_only_numbers_of_residents_are_masked(text, shown):
    assert conceal(text) == shown
