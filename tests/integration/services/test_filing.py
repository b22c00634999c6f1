"""Filing online: every field that cannot stand, papers, numbers, the same form sent twice."""

import uuid
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from requests_app.adapters import crypto
from requests_app.domain.application import FormWanted, WayWanted
from requests_app.domain.identity import IdKind
from requests_app.domain.papers import PaperKind
from requests_app.models import Applicant, Attachment, Case, Letter, NumberSeries
from requests_app.services import filing
from tests import factories
from tests.factories import application, organisation, paper, person, private_files, refused
from tests.offices import moment

pytestmark = pytest.mark.django_db

AT = moment("2026-03-02")


def test_a_filed_application_is_numbered_dated_and_confirmed(desk):
    filed = filing.file_online(application(), at=AT)
    case = Case.objects.select_related("applicant", "body").get(pk=filed.case.pk)

    assert (case.number, case.received_on, case.due_on, case.status, case.channel) == (
        "2026-0001",
        date(2026, 3, 2),
        date(2026, 3, 30),
        "received",
        "online",
    )
    assert (case.body.code, case.clerk, case.arrived_at, filed.repeated) == (
        "office",
        None,
        AT,
        False,
    )
    crypto.check_query_code(filed.query_code, stored=case.query_code_hash)
    assert case.letters.get().number == "金政办公开受〔2026〕1号"
    assert case.messages.get().key == f"received:{case.pk}"
    event = case.events.first()
    assert event.data == {"channel": "online", "act": "file", "arrived_on": "2026-03-02"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"applicant": person(name=" ")}, "name"),
        ({"applicant": person(name="陈\u202e向前")}, "name"),
        ({"applicant": person(name="陈" * 121)}, "name"),
        ({"applicant": person(identity_kind=None)}, "identity_kind"),
        ({"applicant": person(identity_kind=IdKind.CREDIT_CODE)}, "identity_kind"),
        ({"applicant": person(identity_number="")}, "identity_number"),
        ({"applicant": person(identity_number="629999199003078513")}, "identity_number"),
        ({"applicant": person(phone="", email="", address="")}, "phone"),
        ({"applicant": person(email="chen@")}, "email"),
        ({"applicant": person(email="chen@example.com\nBcc: all@example.com")}, "email"),
        ({"applicant": person(phone="1" * 41)}, "phone"),
        ({"applicant": person(postcode="7371000000000")}, "postcode"),
        ({"applicant": organisation(representative="")}, "representative"),
        ({"applicant": organisation(contact_person=" ")}, "contact_person"),
        ({"description": "  "}, "description"),
        ({"description": "清" * 20_001}, "description"),
        ({"document_name": "清" * 201}, "document_name"),
        ({"form_wanted": FormWanted.PAPER, "way_wanted": WayWanted.ONLINE}, "way_wanted"),
        (
            {
                "applicant": person(email=""),
                "form_wanted": FormWanted.ELECTRONIC,
                "way_wanted": WayWanted.EMAIL,
            },
            "email",
        ),
        ({"applicant": person(address=""), **factories.BY_POST}, "address"),
        ({"body_code": "nowhere"}, "body_code"),
        ({"files": ()}, "identity_paper"),
        ({"agent": factories.agent()}, "agent_paper"),
        (
            {
                "agent": factories.agent(name=""),
                "files": (paper(), paper(PaperKind.AUTHORISATION, "委托书.jpg")),
            },
            "agent_name",
        ),
        (
            {
                "agent": factories.agent(identity_number="1"),
                "files": (paper(), paper(PaperKind.AUTHORISATION, "委托书.jpg")),
            },
            "agent_identity_number",
        ),
        ({"files": (paper(content=b""),)}, "files"),
        ({"files": (paper(content=b"MZ\x90\x00 a program"),)}, "files"),
        ({"files": (paper(name="身份证.jpg", content=b"%PDF-1.4 no picture"),)}, "files"),
        ({"files": (paper(content=factories.picture() + b"\0" * 20 * 1024 * 1024),)}, "files"),
        ({"files": tuple(paper() for _ in range(21))}, "files"),
    ],
)
def test_a_field_that_cannot_stand_is_named_and_nothing_is_kept(desk, changes, field):
    before = private_files()

    codes = refused(filing.file_online, application(**changes), at=AT)

    assert set(codes) == {field}
    assert (Case.objects.count(), Applicant.objects.count(), Letter.objects.count()) == (0, 0, 0)
    assert NumberSeries.objects.filter(last__gt=0).count() == 0
    assert private_files() == before


def test_all_faults_are_named_at_once(desk):
    empty = application(person(name="", identity_kind=None), description="", files=())

    assert refused(filing.file_online, empty, at=AT) == (
        "name",
        "identity_kind",
        "description",
        "identity_paper",
    )


def test_one_bad_file_keeps_none_of_the_good_ones(desk):
    before = private_files()

    files = (paper(), paper(PaperKind.OTHER, "说明.exe", b"MZ\x90\x00"))
    assert refused(filing.file_online, application(files=files), at=AT) == ("files",)
    assert private_files() == before


def test_a_failure_after_the_papers_were_kept_leaves_none_of_them(desk, monkeypatch):
    before = private_files()
    monkeypatch.setattr(filing.messages, "notify", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        filing.file_online(application(), at=AT)

    assert private_files() == before
    assert Case.objects.count() == 0


def test_the_same_form_twice_is_one_case_with_the_same_code(desk):
    given = application(files=(paper(),))
    first = filing.file_online(given, at=AT)
    again = filing.file_online(given, at=moment("2026-03-03"))

    assert (again.case.pk, again.query_code, again.repeated) == (
        first.case.pk,
        first.query_code,
        True,
    )
    assert (Case.objects.count(), Attachment.objects.count()) == (1, 1)


def test_the_loser_of_two_sendings_leaves_no_papers_behind(desk, monkeypatch):
    # What the loser sees: no case when it looks, then a number taken when it writes.
    given = application(files=(paper(),))
    first = filing.file_online(given, at=AT)
    before = private_files()
    truly = filing.already_filed
    looks = iter([None])
    monkeypatch.setattr(filing, "already_filed", lambda given: next(looks, truly(given)))

    again = filing.file_online(
        application(files=(paper(),), idempotency_key=given.idempotency_key), at=AT
    )

    assert (again.case.pk, again.repeated) == (first.case.pk, True)
    assert private_files() == before
    assert NumberSeries.objects.get(series="case").last == 1


def test_a_company_needs_no_identity_number_and_its_code_is_never_refused(desk):
    wrong_check_character = filing.file_online(
        application(organisation(identity_number="91620300MA0000000Y")), at=AT
    ).case
    without = filing.file_online(application(organisation(identity_number="")), at=AT).case

    assert (wrong_check_character.applicant.identity_kind, without.applicant.identity_kind) == (
        "credit_code",
        "",
    )


def test_identity_numbers_stand_nowhere_in_clear(desk):
    agent = factories.agent()
    given = application(agent=agent, files=(paper(), paper(PaperKind.AUTHORISATION, "委托书.jpg")))
    filed = filing.file_online(given, at=AT)
    secrets = (factories.IDENTITY_NUMBER, factories.OTHER_IDENTITY_NUMBER)

    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name.startswith("requests_app")
        ]
        rows = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names from the schema
            rows += [repr(row) for row in cursor.fetchall()]
    everything = "\n".join([*rows, repr(given), repr(given.applicant), repr(agent), repr(filed)])

    assert [each in everything for each in secrets] == [False, False]
    assert filed.query_code not in everything
    assert crypto.format_query_code(filed.query_code) not in everything
    applicant = filed.case.applicant
    assert applicant.identity_masked != factories.IDENTITY_NUMBER
    assert applicant.identity_index == crypto.blind_index(factories.IDENTITY_NUMBER)


def test_identity_papers_are_sealed_on_disk(desk):
    case = filing.file_online(application(files=(paper(),)), at=AT).case
    kept = case.attachments.get()

    assert (kept.kind, kept.name, kept.path.endswith(".sealed")) == ("identity", "身份证.jpg", True)
    assert b"\xff\xd8\xff" not in (Path(settings.PRIVATE_ROOT) / kept.path).read_bytes()


def test_an_application_to_the_government_counts_in_its_own_series(desk):
    to_office = desk.file("2026-03-02")
    to_government = desk.file("2026-03-02", body_code="government")

    assert (to_office.number, to_government.number) == ("2026-0001", "2026-0001")
    assert [case.letters.get().number for case in (to_office, to_government)] == [
        "金政办公开受〔2026〕1号",
        "金政公开受〔2026〕1号",
    ]


def test_missing_settings_of_remedies_do_not_stop_a_filing(desk):
    from requests_app.models import RemedySettings

    RemedySettings.objects.all().delete()

    assert filing.file_online(application(), at=AT).case.number == "2026-0001"


@pytest.mark.parametrize(
    ("filed_on", "due_on"),
    [
        ("2025-09-26", "2025-10-30"),
        ("2025-09-28", "2025-10-31"),
        ("2025-10-03", "2025-11-04"),
        ("2025-10-11", "2025-11-07"),
        ("2025-01-24", "2025-02-27"),
        ("2024-09-13", "2024-10-17"),
        ("2025-12-31", "2026-01-29"),
        ("2026-02-10", "2026-03-16"),
        ("2026-02-14", "2026-03-20"),
        ("2026-02-16", "2026-03-20"),
        ("2026-04-03", "2026-05-07"),
        ("2026-06-18", "2026-07-17"),
        ("2026-07-18", "2026-08-14"),
        ("2026-09-30", "2026-11-03"),
    ],
)
def test_the_stored_due_date_is_the_laws(desk, filed_on, due_on):
    assert factories.due(desk.file(filed_on)) == due_on


def test_the_last_days_of_the_year_are_provisional(desk):
    case = desk.file("2026-12-31")

    assert factories.stored(case)["due_provisional"] is True


@pytest.mark.parametrize(
    ("day", "code"), [("1900-01-02", "office_settings_missing"), ("9999-12-30", "number_year")]
)
def test_a_date_outside_the_calendar_is_refused(desk, day, code):
    given = application(person(identity_kind=IdKind.PASSPORT, identity_number="E12345678"))

    assert refused(filing.file_online, given, at=moment(day)) == (code,)
    assert Case.objects.count() == 0


def test_a_query_code_belongs_to_one_application(desk):
    keys = [uuid.uuid4() for _ in range(3)]
    codes = {filing.file_online(application(idempotency_key=key), at=AT).query_code for key in keys}

    assert len(codes) == 3
