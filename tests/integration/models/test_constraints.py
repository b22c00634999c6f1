"""The database keeps what the services promise, whoever writes; and no table escapes the walk."""

import uuid
from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from requests_app.models import (
    Applicant,
    Case,
    CoApplicant,
    Delivery,
    Event,
    Fee,
    Guardian,
    IssuingBody,
    Letter,
    Message,
    NumberSeries,
    OfficeSettings,
    RemedySettings,
    StaffRole,
)
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

OURS = [model for model in apps.get_app_config("requests_app").get_models() if model._meta.managed]


# --- The ledger -------------------------------------------------------------------------------------


@pytest.fixture
def event(desk):
    return desk.file("2026-03-02").events.first()


def raw(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


CHANGES = {
    "queryset update": lambda event: Event.objects.filter(pk=event.pk).update(on=date(2026, 1, 1)),
    "queryset delete": lambda event: Event.objects.filter(pk=event.pk).delete(),
    "bulk update": lambda event: Event.objects.bulk_update([event], ["on"]),
    "upsert": lambda event: Event.objects.bulk_create(
        [event], update_conflicts=True, unique_fields=["id"], update_fields=["on"]
    ),
    "raw update": lambda event: raw(
        f"UPDATE requests_app_event SET role = 'head' WHERE id = {event.pk}"  # noqa: S608
    ),
    "raw delete": lambda event: raw(
        f"DELETE FROM requests_app_event WHERE id = {event.pk}"  # noqa: S608
    ),
    "raw delete of all": lambda _event: raw("DELETE FROM requests_app_event"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_event_is_never_changed_in_the_database(event, change):
    before = Event.objects.values().get(pk=event.pk)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(event)

    assert Event.objects.values().get(pk=event.pk) == before


def test_an_event_is_never_changed_by_its_object(event):
    for attempt in (event.save, event.delete):
        with pytest.raises(TypeError, match="never changed or deleted"):
            attempt()


@pytest.mark.postgres
def test_the_ledger_is_never_truncated(event):
    raw("SET CONSTRAINTS ALL IMMEDIATE")  # with checks waiting no table at all is truncated

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        raw("TRUNCATE requests_app_event CASCADE")


# --- Single rows ------------------------------------------------------------------------------------


@pytest.fixture
def case(desk):
    return desk.file("2026-03-02")


def letter(case, **changes):
    given = {
        "case": case,
        "kind": "extension",
        "act": "extend",
        "drafted_at": moment("2026-03-03"),
    }
    return Letter.objects.create(**(given | changes))


def refuses(name, write, *args, **kwargs):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write(*args, **kwargs)
    told = str(error.value)
    # SQLite names the columns of a unique constraint, not the constraint.
    assert name in told or told.startswith("UNIQUE constraint failed"), told


def test_a_case_has_one_live_extension(case):
    first = letter(case)

    for status in ("draft", "pending"):
        refuses("one_live_extension", letter, case, status=status)
    Letter.objects.filter(pk=first.pk).update(status="void")
    assert letter(case).pk


def test_a_letter_number_is_given_once(case):
    signed = {
        "status": "signed",
        "text": {"title": "x"},
        "signed_at": moment("2026-03-03"),
        "number": "金政办公开补〔2026〕7号",
        "act": "ask_correction",
    }
    letter(case, **signed)

    refuses("letter_number_once", letter, case, **signed)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("signed_letter_has_number_and_text", {"status": "signed"}),
        ("signed_letter_has_number_and_text", {"status": "delivered"}),
        (
            "issued_letter_has_a_file",
            {
                "status": "issued",
                "number": "1",
                "text": {"title": "x"},
                "signed_at": moment("2026-03-03"),
            },
        ),
        ("letter_status_known", {"status": "lost"}),
        ("letter_kind_known", {"kind": "love_letter"}),
        ("letter_act_known", {"act": "archive"}),
        ("letter_outcome_known", {"outcome": "perhaps"}),
    ],
)
def test_a_letter_that_says_more_than_it_is_is_refused(case, name, changes):
    with pytest.raises(IntegrityError, match="constraint"), transaction.atomic():
        letter(case, **changes)
    assert name in {each.name for each in Letter._meta.constraints}


def test_a_case_number_is_given_once_a_body(desk, case):
    other = desk.file("2026-03-02")

    refuses("case_number_once", Case.objects.filter(pk=other.pk).update, number=case.number)
    government = IssuingBody.objects.get(code="government")
    Case.objects.filter(pk=other.pk).update(number=case.number, body=government)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("case_status_known", {"status": "lost"}),
        ("case_channel_known", {"channel": "pigeon"}),
        ("case_clock_state_known", {"clock_state": "late"}),
        ("case_closes_after_receipt", {"closed_on": date(2026, 3, 1)}),
        ("case_has_an_applicant", {"applicant_count": 0}),
    ],
)
def test_a_case_that_cannot_be_is_refused(case, name, changes):
    refuses(name, Case.objects.filter(pk=case.pk).update, **changes)


def test_an_idempotency_key_makes_one_case(desk, case):
    other = desk.file("2026-03-02")

    refuses(
        "idempotency_key",
        Case.objects.filter(pk=other.pk).update,
        idempotency_key=case.idempotency_key,
    )


def test_an_applicant_can_be_reached(case):
    everyone = Applicant.objects.filter(pk=case.applicant_id)

    refuses("applicant_can_be_reached", everyone.update, phone="", email="", address="")
    everyone.update(phone="", email="")


def test_those_who_apply_together_stand_in_order_behind_the_first(case):
    def another(**changes):
        given = {
            "case": case, "position": 2, "kind": "person", "name": "李四", "seal_binding": uuid.uuid4(),
        }  # fmt: skip
        return CoApplicant.objects.create(**(given | changes))

    another()
    refuses("co_applicant_place_once", another)
    refuses("co_applicant_comes_second", another, position=1)
    refuses("co_applicant_kind_known", another, position=3, kind="crowd")
    refuses("co_applicant_identity_kind_known", another, position=3, identity_kind="library_card")
    refuses("co_applicant_organisation_type_known", another, position=3, organisation_type="club")


def test_a_guardian_has_a_known_relation_and_paper(case):
    def guardian(**changes):
        given = {
            "name": "王五", "relation": "mother", "identity_kind": "resident_card",
            "seal_binding": uuid.uuid4(), "consented_at": moment("2026-03-02"),
        }  # fmt: skip
        return Guardian.objects.create(**(given | changes))

    guardian()
    refuses("guardian_relation_known", guardian, relation="neighbour")
    refuses("guardian_identity_kind_known", guardian, identity_kind="library_card")
    refuses("consented_at", guardian, consented_at=None)


def test_pictures_stay_legible(desk):
    refuses("settings_images_stay_legible", OfficeSettings.objects.update, max_image_side=600)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("fee_by_item_or_by_page", {"mode": "page", "pages": 40, "items": 1, "items_before": 0}),
        ("fee_by_item_or_by_page", {"mode": "item", "items": 40}),
        ("fee_is_more_than_nothing", {"mode": "page", "pages": 30, "amount_fen": 0}),
    ],
)
def test_a_fee_that_cannot_be_is_refused(case, name, changes):
    given = {"case": case, "amount_fen": 10_000, "created_at": moment("2026-03-03")}

    refuses(name, Fee.objects.create, **(given | changes))


def test_a_delivery_has_proof_and_order_and_the_post_a_number(desk, case):
    answer = desk.answer(case, "2026-03-10")
    delivery = Delivery.objects.filter(letter=answer)

    refuses(
        "delivered_after_dispatch",
        delivery.update,
        delivered_on=date(2026, 3, 9),
        delivered_proof="x",
    )
    refuses("delivery_and_proof_together", delivery.update, delivered_on=date(2026, 3, 11))
    refuses("delivery_and_proof_together", delivery.update, delivered_proof="x")
    refuses("post_has_a_number", delivery.update, way="ems")
    refuses("delivery_way_known", delivery.update, way="courier")


def test_an_event_has_its_place_and_is_voided_once(event):
    def another(**changes):
        given = {
            "case": event.case, "seq": 50, "entry": "noted", "on": event.on,
            "recorded_at": event.recorded_at, "role": "clerk",
        }  # fmt: skip
        return Event.objects.create(**(given | changes))

    refuses("event_place_once", another, seq=event.seq)
    refuses("event_entry_known", another, entry="forgotten")
    refuses("only_a_void_voids", another, voids=1)
    refuses("only_a_void_voids", another, entry="voided")
    another(entry="voided", voids=1)
    refuses("event_voided_once", another, seq=51, entry="voided", voids=1)


def test_what_there_is_one_of_is_one(desk):
    body = IssuingBody.objects.get(code="office")
    day = RemedySettings.objects.filter(body=body).first().effective_from

    refuses(
        "one_default_issuing_body",
        IssuingBody.objects.filter(code="government").update,
        is_default=True,
    )
    refuses(
        "remedies_once_a_day",
        RemedySettings.objects.create,
        body=body,
        effective_from=day,
        court="x",
    )
    NumberSeries.objects.create(body=body, series="case", year=2026)
    refuses(
        "one_counter_per_series_and_year",
        NumberSeries.objects.create,
        body=body,
        series="case",
        year=2026,
    )
    first = OfficeSettings.objects.first()
    first.pk = None
    refuses("effective_from", first.save)
    refuses("staff_role_once", StaffRole.objects.create, user_id=desk.clerk.staff_id, role="clerk")
    refuses(
        "staff_role_known", StaffRole.objects.create, user_id=desk.clerk.staff_id, role="system"
    )


def test_a_sent_message_has_its_moment_and_a_key_is_used_once(case):
    message = case.messages.get()

    refuses(
        "sent_message_has_a_moment", Message.objects.filter(pk=message.pk).update, status="sent"
    )
    message.pk = None
    refuses("key", message.save, force_insert=True)
    Message.objects.create(
        key=str(uuid.uuid4()), channel="sms", to="1", body="x", due_at=moment("2026-03-02")
    )


# --- Every table ------------------------------------------------------------------------------------

#: Moments and people that do not come together, each for its reason.
PAIRLESS = {
    ("Letter", "drafted"),  # what only repeats a fact is drafted by nobody
    ("Letter", "signed"),  # and signed by nobody
    ("Event", "recorded"),  # the applicant and the system are no staff
    ("Attachment", "added"),  # the applicant's own papers
    ("CalendarNotice", "imported"),  # at set-up, by the system
    ("CalendarNotice", "approved"),  # at set-up, by the system
}


def fields(kind):
    return [
        (model, field)
        for model in OURS
        for field in model._meta.local_concrete_fields
        if isinstance(field, kind) and field.model is model
    ]


def test_who_did_it_never_stands_without_when():
    named = {(model.__name__, field.name) for model, field in fields(models.Field)}
    people = {(model, name.removesuffix("_by")) for model, name in named if name.endswith("_by")}

    # A name somebody signs with is text, not a member of staff.
    people -= {
        ("Delivery", "received"),
        ("RemedySettings", "signed_off"),
        ("OfficeSettings", "told"),
        ("RecordsSearch", "searched"),
        ("ArchiveSettings", "approved"),
        # With a required day; the moment stands on the ledger entry.
        ("ArchiveRecord", "archived"),
    }
    assert {each for each in people if (each[0], f"{each[1]}_at") not in named} == set()
    assert {each for each in people if not guarded(*each)} == PAIRLESS


def guarded(model, verb):
    """Tell whether the database keeps ``verb_at`` and ``verb_by`` together, or neither may be empty."""
    model = apps.get_model("requests_app", model)
    at, by = (model._meta.get_field(f"{verb}_{end}") for end in ("at", "by"))
    conditions = [
        str(each.condition)
        for each in model._meta.constraints
        if isinstance(each, models.CheckConstraint)
    ]
    together = any(at.name in each and by.name in each for each in conditions)
    return together or not (at.null or by.null)


def test_every_closed_set_is_guarded_by_the_database():
    unguarded = set()
    for model, field in fields(models.CharField):
        if not field.choices:
            continue
        guards = " ".join(
            str(each.condition)
            for each in model._meta.constraints
            if isinstance(each, models.CheckConstraint)
        )
        if f"'{field.name}__in'" not in guards:
            unguarded.add((model.__name__, field.name))

    assert unguarded == set()


def test_every_choice_that_is_stored_is_one_the_database_takes():
    for model, field in fields(models.CharField):
        for code, label in field.choices or ():
            assert len(code) <= field.max_length, (model, field, code)
            assert label, (model, field, code)


def test_every_text_has_a_length_the_services_can_name():
    assert [field for _, field in fields(models.CharField) if field.max_length is None] == []


def test_nothing_that_matters_is_deleted_with_something_else():
    cascading = {
        (model.__name__, field.name)
        for model, field in fields(models.ForeignKey)
        if field.remote_field.on_delete is models.CASCADE
    }

    assert cascading == {
        ("DraftFile", "draft"),
        ("StaffRole", "user"),
        # A person's own conveniences go with the account.
        ("CaseReading", "staff"),
        ("CaseWatch", "staff"),
        ("SavedFilter", "owner"),
    }


def test_money_is_whole_and_moments_know_their_zone():
    assert fields(models.FloatField) == []
    assert fields(models.DecimalField) == []
    stamps = [
        field.name for _, field in fields(models.DateTimeField) if not field.name.endswith("_at")
    ]
    days = [
        field.name
        for _, field in fields(models.DateField)
        if not isinstance(field, models.DateTimeField)
        and not field.name.endswith(("_on", "_from", "_to"))
        and field.name != "on"
    ]

    assert set(stamps) <= {"at", "last_login", "date_joined"}
    assert days == []
