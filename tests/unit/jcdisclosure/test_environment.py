import pytest
from django.core.exceptions import ImproperlyConfigured

from jcdisclosure.environment import Environment


def test_text_falls_back_to_its_default_when_empty():
    env = Environment({"JC_A": "  ", "JC_B": " here "})

    assert env.text("JC_A", says="", default="there") == "there"
    assert env.text("JC_B", says="", default="there") == "here"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("1", True), ("true", True), ("ON", True), ("0", False), ("no", False), ("", True)],
)
def test_flag_reads_yes_and_no(raw, expected):
    assert Environment({"JC_A": raw}).flag("JC_A", says="", default=True) is expected


def test_flag_refuses_anything_else():
    with pytest.raises(ImproperlyConfigured, match="JC_A is 'maybe'; write 1 or 0."):
        Environment({"JC_A": "maybe"}).flag("JC_A", says="", default=False)


def test_choice_refuses_a_word_outside_its_set():
    with pytest.raises(
        ImproperlyConfigured, match="JC_A is 'prod'; it must be one of: test, production."
    ):
        Environment({"JC_A": "prod"}).choice(
            "JC_A", says="", default="test", among=["test", "production"]
        )


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [("ten", "JC_A is 'ten'; write a whole number."), ("-1", "JC_A is -1; it must be at least 0.")],
)
def test_integer_refuses_what_is_no_count(raw, complaint):
    with pytest.raises(ImproperlyConfigured, match=complaint):
        Environment({"JC_A": raw}).integer("JC_A", says="", default=1)


def test_integer_reads_a_number_or_its_default():
    env = Environment({"JC_A": "465"})

    assert env.integer("JC_A", says="", default=25) == 465
    assert env.integer("JC_B", says="", default=25) == 25


def test_listing_splits_at_commas():
    env = Environment({"JC_A": "a.cn, b.cn,"})

    assert env.listing("JC_A", says="") == ["a.cn", "b.cn"]
    assert env.listing("JC_B", says="", default=["c.cn"]) == ["c.cn"]


def test_folder_becomes_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert (
        Environment({"JC_A": "data"}).folder("JC_A", says="", default=tmp_path, sample="")
        == tmp_path / "data"
    )


def test_secret_is_read_from_its_file(tmp_path):
    file = tmp_path / "key"
    file.write_text("opens\n")

    assert Environment({"JC_A_FILE": str(file)}).secret("JC_A", says="") == "opens"


def test_secret_is_read_from_the_folder_it_is_kept_in(tmp_path):
    (tmp_path / "JC_A").write_text("opens\n")

    assert Environment({}).secret("JC_A", says="", kept_in=tmp_path) == "opens"
    assert Environment({"JC_A": "wins"}).secret("JC_A", says="", kept_in=tmp_path) == "wins"
    assert Environment({}).secret("JC_B", says="", kept_in=tmp_path) == ""


def test_secret_given_twice_is_refused(tmp_path):
    env = Environment({"JC_A": "one", "JC_A_FILE": str(tmp_path / "two")})

    with pytest.raises(ImproperlyConfigured, match="Both JC_A and JC_A_FILE are set; keep one."):
        env.secret("JC_A", says="")


def test_secret_file_that_cannot_be_read_is_refused(tmp_path):
    env = Environment({"JC_A_FILE": str(tmp_path / "nothing")})

    with pytest.raises(ImproperlyConfigured, match="JC_A_FILE cannot be read: "):
        env.secret("JC_A", says="")


def test_unknown_names_with_our_prefix_are_refused():
    env = Environment({"JC_A": "1", "JC_AA": "1", "PATH": "/bin"})
    env.flag("JC_A", says="", default=True)

    with pytest.raises(ImproperlyConfigured, match="Nothing reads JC_AA; see .env.example."):
        env.refuse_unknown(prefix="JC_")
