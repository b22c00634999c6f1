"""What must never leave the office in a message."""

import pytest

from requests_app.adapters import outgoing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("您的证件号码为11010519491231002X，请核对。", True),
        ("11010519491231002x", True),
        ("11010519491231002X 440524188001010014", True),
        ("您的申请2026-0184已收到。", False),
        ("11010519491231002", False),  # cut off
        ("110105194912310021", False),  # check digit wrong
        ("110105194913310028", False),  # no such month
        ("缴款码620300202609000012345678", False),  # longer
        ("110105********002X", False),  # masked
        ("A11010519491231002X", False),  # part of another code
        ("", False),
    ],
)
def test_identity_number_found_in_text(text, expected):
    assert outgoing.holds_identity_number(text) is expected
