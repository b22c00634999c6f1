"""How applicants are named on lists."""

import pytest

from requests_app.models import Applicant
from requests_app.presenters import people


@pytest.mark.parametrize(
    ("kind", "name", "shown"),
    [
        ("person", "陈向前", "陈*前"),
        ("person", "高明", "高*"),
        ("person", "阿依古丽·买买提", "阿******提"),
        ("organisation", "甘肃恒瑞环保有限公司", "甘肃恒瑞**公司"),
        ("organisation", "金昌晨光公司（集团）有限公司", "金昌晨光**公司"),
        ("organisation", "甘肃衡平律师事务所（演示）", "甘肃衡平**务所"),
        ("organisation", "金川区老年协会", "金川区老年*会"),
    ],
)
def test_name_on_a_list_is_masked(kind, name, shown):
    assert people.masked_name(Applicant(kind=kind, name=name)) == shown
