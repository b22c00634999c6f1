"""Private files: whole or not at all, sealed where they must be, never outside their folder."""

import errno
import hashlib
import io
import os
import stat

import pytest

from requests_app.adapters import storage
from requests_app.domain.errors import Refused

MEGABYTE = 1024 * 1024
PAPER = b"\xff\xd8 a scanned identity paper " * 5000


@pytest.fixture(autouse=True)
def private_root(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"
    return settings.PRIVATE_ROOT


def everything(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def save(content=PAPER, *, sealed=False, max_bytes=MEGABYTE):
    return storage.save(io.BytesIO(content), kind_suffix="jpg", max_bytes=max_bytes, sealed=sealed)


@pytest.mark.parametrize("sealed", [False, True])
def test_file_saved_is_read_back(sealed):
    stored = save(sealed=sealed)

    assert (stored.size, stored.sha256) == (len(PAPER), hashlib.sha256(PAPER).hexdigest())
    assert stored.sealed is sealed
    with storage.open_file(stored.path) as file:
        assert file.read() == PAPER


def test_file_saved_has_a_random_name_in_shards(private_root):
    first, second = save(), save()

    assert first.path != second.path
    assert first.path[:6] == f"{first.path[6:8]}/{first.path[8:10]}/"
    assert everything(private_root) == sorted(
        [private_root / first.path, private_root / second.path]
    )


def test_file_saved_is_readable_by_its_owner_only(private_root):
    path = private_root / save().path

    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent, private_root)]

    assert modes == [0o600, 0o700, 0o700]


def test_file_sealed_does_not_show_its_content(private_root):
    stored = save(sealed=True)

    on_disk = (private_root / stored.path).read_bytes()

    assert stored.path.endswith(".jpg.sealed")
    assert b"identity paper" not in on_disk
    assert len(on_disk) == len(PAPER) + 36  # header 8, nonce 12, tag 16


@pytest.mark.parametrize("sealed", [False, True])
def test_file_of_exactly_the_limit_is_kept_and_one_byte_more_refused(private_root, sealed):
    kept = save(b"x" * 1000, sealed=sealed, max_bytes=1000)

    with pytest.raises(Refused) as caught:
        save(b"x" * 1001, sealed=sealed, max_bytes=1000)

    assert caught.value.codes == ("file_too_large",)
    assert everything(private_root) == [private_root / kept.path]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_disk_full_while_writing_leaves_nothing(private_root, monkeypatch, code):
    def full(descriptor):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(storage.StorageFull) as caught:
        save()

    assert caught.value.sentence.startswith("服务器存储空间不足，文件没有保存。")
    assert everything(private_root) == []


def test_disk_failing_leaves_nothing(private_root, monkeypatch):
    def broken(descriptor):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)

    with pytest.raises(storage.StorageError, match="Input/output error"):
        save()

    assert everything(private_root) == []


def test_private_folder_that_cannot_be_made_is_a_clean_error(private_root):
    private_root.write_text("a file where the folder should be")

    with pytest.raises(storage.StorageError):
        save()


def test_upload_breaking_off_leaves_nothing(private_root):
    class BreaksOff(io.BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise KeyboardInterrupt
            return super().read(size)

    with pytest.raises(KeyboardInterrupt):
        storage.save(BreaksOff(PAPER), kind_suffix="jpg", max_bytes=MEGABYTE)

    assert everything(private_root) == []


@pytest.mark.parametrize("suffix", ["", "../x", "J PG", "toolongsuffix", "jpg/.."])
def test_suffix_that_is_none_is_a_mistake(suffix):
    with pytest.raises(ValueError, match="not a file suffix"):
        storage.save(io.BytesIO(b"x"), kind_suffix=suffix, max_bytes=10)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../../secret.txt",
        "ab/cd/../../../secret.txt",
        f"ab/cd/{'0' * 32}.jpg\n",
        f"ab/cd/{'0' * 32}.jpg/../x",
        f"ab\\cd\\{'0' * 32}.jpg",
        f"ab/cd/{'0' * 32}.jpg\x00.txt",
    ],
)
@pytest.mark.parametrize("act", [storage.open_file, storage.delete])
def test_path_not_made_by_save_is_refused(act, path, private_root):
    private_root.mkdir()
    (private_root.parent / "secret.txt").write_text("secret")

    with pytest.raises(storage.BadPath):
        act(path)

    assert (private_root.parent / "secret.txt").read_text() == "secret"


def test_link_planted_in_the_folder_is_not_followed(private_root):
    stored = save()
    secret = private_root.parent / "secret.txt"
    secret.write_text("secret")
    (private_root / stored.path).unlink()
    (private_root / stored.path).symlink_to(secret)

    with pytest.raises(storage.StorageError):
        storage.open_file(stored.path)


def test_file_missing_is_named():
    with pytest.raises(storage.FileMissing):
        storage.open_file(f"ab/cd/{'0' * 32}.pdf")


def test_read_file_unchanged():
    stored = save()

    assert storage.read_file(stored.path, sha256=stored.sha256) == PAPER


def test_read_file_changed_on_disk_is_refused(private_root):
    stored = save()
    (private_root / stored.path).write_bytes(PAPER + b"!")

    with pytest.raises(storage.FileChanged):
        storage.read_file(stored.path, sha256=stored.sha256)


@pytest.mark.parametrize("place", [0, 4, 20, -1])
def test_sealed_file_changed_on_disk_is_refused(private_root, settings, place):
    settings.SEAL_KEYS = {1: b"1" * 32}
    stored = save(sealed=True)
    on_disk = bytearray((private_root / stored.path).read_bytes())
    on_disk[place] ^= 1
    (private_root / stored.path).write_bytes(on_disk)

    with pytest.raises(storage.StorageError):
        storage.open_file(stored.path)


def test_sealed_file_put_in_place_of_another_is_refused(private_root):
    mine, other = save(sealed=True), save(b"another paper", sealed=True)
    (private_root / other.path).replace(private_root / mine.path)

    with pytest.raises(storage.FileChanged):
        storage.open_file(mine.path)


def test_sealed_file_whose_key_was_taken_away_is_named(settings):
    settings.SEAL_KEYS = {1: b"1" * 32}
    stored = save(sealed=True)
    settings.SEAL_KEYS = {2: b"2" * 32}

    with pytest.raises(storage.StorageError, match="sealing key 1 is not configured"):
        storage.open_file(stored.path)


def test_delete_takes_the_file_away_and_may_be_repeated(private_root):
    stored = save()

    storage.delete(stored.path)
    storage.delete(stored.path)

    assert everything(private_root) == []


def test_delete_that_fails_is_named(private_root):
    stored = save()
    (private_root / stored.path).unlink()
    (private_root / stored.path).mkdir()

    with pytest.raises(storage.StorageError):
        storage.delete(stored.path)


def test_kept_on_success_keeps(private_root):
    with storage.kept_on_success() as saved:
        saved.append(save())

    assert everything(private_root) == [private_root / saved[0].path]


def fail_after(spoil):
    with storage.kept_on_success() as saved:
        saved.extend([save(), save(sealed=True)])
        spoil(saved[0])
        raise LookupError


def test_kept_on_success_deletes_when_the_block_fails(private_root):
    earlier = save()

    with pytest.raises(LookupError):
        fail_after(lambda _stored: None)

    assert everything(private_root) == [private_root / earlier.path]


def test_kept_on_success_says_what_it_could_not_delete(private_root, caplog):
    def spoil(stored):
        (private_root / stored.path).unlink()
        (private_root / stored.path).mkdir()

    with pytest.raises(LookupError):
        fail_after(spoil)

    assert [record.message for record in caplog.records] == ["private file left behind"]
    assert everything(private_root) == []


def test_problems_none_for_a_folder_of_its_own():
    assert storage.problems() == []


def test_problems_private_folder_inside_a_served_one(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.PRIVATE_ROOT = tmp_path / "static" / "private"

    assert storage.problems() == [
        f"私有文件目录不得放在对外公开的目录 {tmp_path / 'static'} 之内。"
    ]


def test_problems_private_folder_that_may_not_be_written(private_root, monkeypatch):
    private_root.mkdir()
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)

    assert storage.problems() == ["私有文件目录不可读写。"]
