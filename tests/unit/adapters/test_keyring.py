import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from requests_app.adapters import keyring

ONE = base64.b64encode(bytes(range(32))).decode()
TWO = base64.b64encode(bytes(range(32, 64))).decode()
SIGNING = "k3J-fast9_Zqw7Lm2Xc8Vb5Nn1Ga6Sd4Fh0Pj+Yt=Ru!Ei?Oo#Wz"


def test_numbered_keys_are_read():
    assert keyring.parse_numbered_keys(f"1:{ONE}, 2:{TWO}", name="K") == {
        1: bytes(range(32)),
        2: bytes(range(32, 64)),
    }


def test_no_keys_are_no_keys():
    assert keyring.parse_numbered_keys("", name="K") == {}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (ONE, "K must look like 1:base64,2:base64."),
        (f"0:{ONE}", "K must look like 1:base64,2:base64."),
        (f"1:{ONE},1:{TWO}", "K gives key 1 twice."),
        ("1:not base64", r"K \(1\) is not base64."),
        ("1:AAAA", r"K \(1\) must be 32 bytes, base64; got 3."),
    ],
)
def test_numbered_keys_are_refused(text, complaint):
    with pytest.raises(ImproperlyConfigured, match=complaint):
        keyring.parse_numbered_keys(text, name="K")


def test_good_secrets_have_no_weakness():
    keys = {1: bytes(range(32))}

    assert keyring.weaknesses(signing=SIGNING, sealing=keys, indexing=bytes(range(32, 64))) == []


def test_every_weakness_is_named():
    same = bytes(32)

    assert keyring.weaknesses(signing="", sealing={}, indexing=b"") == [
        "JC_SECRET_KEY is missing or weak: give 50 random characters.",
        "JC_SEAL_KEYS is missing: identity numbers could not be sealed.",
        "JC_INDEX_KEY is missing: identity numbers could not be found again.",
    ]
    assert keyring.weaknesses(signing=SIGNING, sealing={1: same}, indexing=same) == [
        "JC_SEAL_KEYS holds a key that is not random.",
        "JC_INDEX_KEY holds a key that is not random.",
        "JC_INDEX_KEY repeats a key of JC_SEAL_KEYS: use one key for one purpose.",
    ]


def test_missing_secrets_are_made_for_the_owner_only(tmp_path):
    folder = tmp_path / "secrets"

    made = keyring.make_missing(folder)

    assert made == ["JC_SECRET_KEY", "JC_SEAL_KEYS", "JC_INDEX_KEY"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [(folder / name).stat().st_mode & 0o777 for name in made] == [0o600] * 3
    assert (
        keyring.weaknesses(
            signing=(folder / "JC_SECRET_KEY").read_text().strip(),
            sealing=keyring.parse_numbered_keys((folder / "JC_SEAL_KEYS").read_text(), name="K"),
            indexing=keyring.parse_key((folder / "JC_INDEX_KEY").read_text().strip(), name="K"),
        )
        == []
    )


def test_secrets_that_are_there_stay(tmp_path):
    (tmp_path / "JC_SEAL_KEYS").write_text("1:kept")

    assert keyring.make_missing(tmp_path) == ["JC_SECRET_KEY", "JC_INDEX_KEY"]
    assert (tmp_path / "JC_SEAL_KEYS").read_text() == "1:kept"
