"""Asking for an own record to be put right, from anew and from an opened case."""

import uuid

import pytest

from requests_app.domain.papers import PaperKind
from requests_app.models import Case
from tests.factories import agent, paper
from tests.integration.public.views.conftest import WHO, photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "quick_pdf")]

RECORD = {
    "record_name": "《城镇住房保障对象登记表》（2021年）",
    "wrong_content": "家庭人口数登记为2人，应当是3人",
    "way_wanted": "online",
}


def send(client, *, address="/amend/", who=WHO, key=None, **changes):
    files = {"evidence": photo("户口簿.jpg")}
    if who:
        files["identity_paper"] = photo()
    given = {**(who or {}), **RECORD, "key": str(key or uuid.uuid4()), **files, **changes}
    return client.post(address, {name: value for name, value in given.items() if value is not None})


def said(answer):
    return [line.link for line in answer.context["form"].problems()]


def test_it_becomes_a_case_with_a_receipt_that_names_no_period_of_the_law(client, desk):
    assert client.get("/amend/").status_code == 200

    answer = send(client)

    case = Case.objects.get()
    assert (answer["Location"], case.matter) == ("/receipt/", "amendment")
    receipt = client.get("/receipt/").content.decode()
    assert "已收到您的更正申请" in receipt
    assert "上面的日子是本机关给自己定的" in receipt
    page = client.get(f"/status/{case.pk}/")
    assert page.context["status"].next_date.label == "我们定的答复日"
    assert [row.title for row in page.context["status"].acts] == ["评价", "撤回申请"]


def test_an_empty_form_is_told_everything_it_lacks_at_once(client, desk):
    chosen = {"kind": "person", "identity_kind": "resident_card", "way_wanted": "online"}

    answer = client.post("/amend/", {"key": str(uuid.uuid4()), **chosen})

    assert answer.status_code == 422
    assert {
        "#id_name",
        "#id_identity_number",
        "#id_identity_paper",
        "#id_phone",
        "#id_record_name",
        "#id_wrong_content",
        "#id_evidence",
    } <= set(said(answer))


def test_the_same_form_sent_twice_is_one_case(client, desk):
    key = uuid.uuid4()
    send(client, key=key)
    send(client, key=key)

    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "links"),
    [
        ({"record_name": "  "}, ["#id_record_name"]),
        ({"wrong_content": ""}, ["#id_wrong_content"]),
        ({"wrong_content": "长" * 5001}, ["#id_wrong_content"]),
        ({"evidence": None}, ["#id_evidence"]),
        ({"identity_paper": None}, ["#id_identity_paper"]),
        ({"name": ""}, ["#id_name"]),
        ({"identity_number": "620302199003078513"}, ["#id_identity_number"]),
        ({"phone": ""}, ["#id_phone"]),
        ({"way_wanted": "fax"}, ["#id_way_wanted_0"]),
        ({"way_wanted": "post"}, ["#id_address"]),
        ({"email": "甲"}, ["#id_email"]),
        ({"kind": "alien"}, ["#id_kind_0"]),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_keeps_what_was_typed(client, desk, changes, links):
    answer = send(client, **changes)

    assert (answer.status_code, said(answer)) == (422, links)
    if "wrong_content" not in changes:
        assert RECORD["wrong_content"] in answer.content.decode()
    assert not Case.objects.exists()


GUARDIAN = {
    "guardian_name": "陈向前",
    "guardian_relation": "father",
    "guardian_identity_kind": "resident_card",
    "guardian_identity_number": "629999199003078512",
    "guardian_consent": "on",
}
AGENT = {
    "agent_name": "孙丙",
    "agent_identity_kind": "resident_card",
    "agent_identity_number": "62999919881111242X",
}


def test_a_child_asks_with_a_guardian_and_an_agent_with_an_authority(client, desk):
    child = WHO | {"name": "陈小满", "identity_kind": "passport", "identity_number": "E12345678"}

    send(
        client,
        who=child,
        under_14="on",
        **GUARDIAN,
        guardian_paper=photo("户口簿.jpg"),
        **AGENT,
        agent_paper=photo("委托书.jpg"),
    )

    case = Case.objects.get()
    assert (case.guardian.name, case.agent.name) == ("陈向前", "孙丙")
    assert sorted(case.attachments.values_list("kind", flat=True)) == [
        "application",
        "authorisation",
        "guardianship",
        "identity",
    ]


@pytest.mark.parametrize(
    ("changes", "links"),
    [
        ({"under_14": "on"}, ["#id_guardian_name"]),
        (GUARDIAN | {"under_14": "on"}, ["#id_guardian_paper"]),
        (AGENT, ["#id_agent_paper"]),
        (AGENT | {"agent_identity_number": "629999198811112421"}, ["#id_agent_identity_number", "#id_agent_paper"]),
    ],
)  # fmt: skip
def test_what_guardian_and_agent_lack_is_said_and_their_block_stands_open(
    client, desk, changes, links
):
    who = WHO | {"identity_kind": "passport", "identity_number": "E12345678"}

    answer = send(client, who=who, **changes)

    form = answer.context["form"]
    assert (answer.status_code, said(answer)) == (422, links)
    block = "guardian" if "under_14" in changes else "agent"
    assert getattr(form, f"opens_{block}")
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "'; DROP TABLE x; --", "\u202e反\u200b写"]
)
def test_hostile_words_are_words(client, desk, words):
    answer = send(client, wrong_content=words, record_name="")

    assert answer.status_code == 422
    assert "<script>alert(1)" not in answer.content.decode()


def test_a_key_of_no_form_is_refused(client, desk):
    assert send(client, key="x").status_code == 422


def test_from_an_opened_case_nobody_is_asked_who_they_are(client, desk, citizen):
    case = desk.file("2026-03-02")
    citizen.let_in(case)
    address = f"/status/{case.pk}/amend/"
    assert "identity_number" not in client.get(address).context["form"].fields

    answer = send(client, address=address, who=None)

    assert answer["Location"] == "/receipt/"
    made = Case.objects.latest("pk")
    assert (made.matter, made.applicant.name) == ("amendment", "陈向前")


def test_from_a_case_of_an_agents_who_it_is_is_asked_anew(client, desk, citizen):
    papers = (paper(), paper(PaperKind.AUTHORISATION, "委托书.jpg"))
    case = desk.file("2026-03-02", agent=agent(), files=papers)
    citizen.let_in(case)
    address = f"/status/{case.pk}/amend/"

    assert client.get(address)["Location"] == "/amend/"
    assert send(client, address=address, who=None)["Location"] == "/amend/"
    assert Case.objects.count() == 1
