"""A case is answered by the outcomes of its own matter alone."""

import pytest

from requests_app.domain.errors import Refused
from requests_app.domain.outcomes import OutcomeCode

pytestmark = pytest.mark.django_db

AMENDED = {
    "record_name": "登记表", "wrong_content": "人口数", "record_finding": "查了原件",
    "corrected_content": "3人", "amended_on": "2026-03-10",
}  # fmt: skip


def test_an_application_for_information_is_not_answered_by_putting_a_record_right(desk):
    case = desk.file("2026-03-02")

    with pytest.raises(Refused) as refused:
        desk.draft_answer(case, "2026-03-10", outcome=OutcomeCode.AMENDED, fields=AMENDED)

    assert [str(reason) for reason in refused.value.reasons] == [
        "这件是“申请公开”，不能按“予以更正”答复。（《政府信息公开条例》第四十一条）"
    ]
