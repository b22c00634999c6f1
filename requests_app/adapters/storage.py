"""Private files on disk: uploads, identity papers, issued letters.

Here belong writing, reading and deleting below ``settings.PRIVATE_ROOT``, a folder the web server
never serves. Whether an upload may come in is decided by ``scanner``; who may read a file, by the
services. Names are random, so that a path tells nothing and nothing a user typed reaches the disk.

A file is on disk, whole, before its path is returned; a path in a row therefore always has its
file. The other way round, a file whose row was rolled back must go too: see ``kept_on_success``.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import hmac
import io
import logging
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from django.conf import settings

from requests_app.adapters import crypto
from requests_app.domain.errors import Refused

logger = logging.getLogger(__name__)

_PATH: Final = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}\.[a-z0-9]{1,8}(\.sealed)?")
_SUFFIX: Final = re.compile(r"[a-z0-9]{1,8}")
_SEALED: Final = ".sealed"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_BLOCK: Final = 64 * 1024


class StorageError(Exception):
    """A private file could not be written or read; ``sentence`` is for people."""

    sentence = "文件暂时无法保存或读取，请稍后再试。"


class StorageFull(StorageError):
    """No room is left on the disk; nothing was kept."""

    sentence = "服务器存储空间不足，文件没有保存。请稍后再试，或改用邮寄、当面提交。"


class FileMissing(StorageError):
    """A row names a file that is not there."""

    sentence = "文件不存在，请联系系统管理员。"


class FileChanged(StorageError):
    """The file is no longer what was saved: its bytes do not have the recorded SHA-256."""

    sentence = "文件与保存时不一致，已停止使用，请联系系统管理员。"


class BadPath(StorageError):
    """The path was not made by ``save``; nothing outside the private folder is ever opened."""

    sentence = "文件路径不正确。"


class Readable(Protocol):
    """Anything that gives bytes: an upload, an open file, ``io.BytesIO``."""

    def read(self, size: int = ..., /) -> bytes:
        """Return at most ``size`` bytes, empty at the end."""
        ...


@dataclass(frozen=True)
class StoredFile:
    """Where a file lies and what it held: size in bytes and SHA-256 of the content as given."""

    path: str
    size: int
    sha256: str

    @property
    def sealed(self) -> bool:
        """Whether the file is encrypted on disk."""
        return self.path.endswith(_SEALED)


def save(
    content: Readable, *, kind_suffix: str, max_bytes: int, sealed: bool = False
) -> StoredFile:
    """Write ``content`` under a fresh random name and return where.

    ``kind_suffix`` is the ending without a dot, such as ``pdf``. ``sealed`` encrypts the file,
    bound to its path: for identity papers. Refuses more than ``max_bytes`` with a reason, raises
    ``StorageFull`` or ``StorageError``; in every case nothing is left behind.
    """
    if not _SUFFIX.fullmatch(kind_suffix):
        raise ValueError(f"not a file suffix: {kind_suffix!r}")
    name = secrets.token_hex(16)
    path = f"{name[:2]}/{name[2:4]}/{name}.{kind_suffix}{_SEALED if sealed else ''}"
    digest = hashlib.sha256()
    size = 0

    def blocks() -> Iterator[bytes]:
        nonlocal size
        while block := content.read(_BLOCK):
            size += len(block)
            if size > max_bytes:
                raise Refused.because("file_too_large", "文件超过允许的大小。")
            digest.update(block)
            yield block

    if sealed:
        # GCM must see the whole file before any of it may be trusted, and files are small.
        _write(path, iter((crypto.seal_file(b"".join(blocks()), bound_to=path),)))
    else:
        _write(path, blocks())
    return StoredFile(path=path, size=size, sha256=digest.hexdigest())


def open_file(path: str) -> BinaryIO:
    """Open a private file for reading, unsealed; the caller closes it."""
    try:
        # O_NOFOLLOW: a link planted in the folder must not lead out of it.
        descriptor = os.open(_located(path), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        raise FileMissing(path) from None
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from error
    file = os.fdopen(descriptor, "rb")
    if not path.endswith(_SEALED):
        return file
    try:
        with file:
            return io.BytesIO(crypto.open_sealed_file(file.read(), bound_to=path))
    except crypto.Tampered as error:
        raise FileChanged(path) from error
    except crypto.SealError as error:
        raise StorageError(f"{path}: {error}") from error


def read_file(path: str, *, sha256: str) -> bytes:
    """Read a whole file and make sure it is still what was saved; else ``FileChanged``."""
    with open_file(path) as file:
        content = file.read()
    if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), sha256):
        raise FileChanged(path)
    return content


def delete(path: str) -> None:
    """Delete a private file; one that is already gone is fine.

    Call it after the commit: a row that was rolled back would otherwise name nothing.
    """
    try:
        _located(path).unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from error


@contextlib.contextmanager
def kept_on_success() -> Iterator[list[StoredFile]]:
    """Collect the files saved in the block, and delete them when it raises.

    Goes around the transaction, so that a row that never came to be leaves no identity paper::

        with storage.kept_on_success() as saved, transaction.atomic():
            saved.append(storage.save(...))
    """
    saved: list[StoredFile] = []
    try:
        yield saved
    except BaseException:
        for stored in saved:
            try:
                delete(stored.path)
            except StorageError:
                # What made the block fail matters more; but a paper left behind must be known.
                logger.exception("private file left behind", extra={"path": stored.path})
        raise


def problems() -> list[str]:
    """Say in Chinese what is wrong with the private folder, for the check at start."""
    root = _root()
    served = (settings.STATIC_ROOT, *settings.STATICFILES_DIRS)
    found = [
        f"私有文件目录不得放在对外公开的目录 {folder} 之内。"
        for folder in served
        if root.is_relative_to(Path(folder).resolve())
    ]
    if root.exists() and not os.access(root, os.R_OK | os.W_OK | os.X_OK):
        found.append("私有文件目录不可读写。")
    return found


def _root() -> Path:
    return Path(settings.PRIVATE_ROOT).resolve()


def _located(path: str) -> Path:
    if not _PATH.fullmatch(path):
        raise BadPath(path)
    return _root() / path


def _write(path: str, blocks: Iterator[bytes]) -> None:
    """Write beside the final place, force it to disk, then give it its name in one step."""
    target = _located(path)
    part = target.with_name(f".{target.name}.part")
    try:
        # By itself: folders made in passing do not get the mode.
        _root().mkdir(mode=0o700, parents=True, exist_ok=True)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for block in blocks:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        _sync_folders(target.parent)
    except OSError as error:
        _discard(part, target)
        if error.errno in _FULL:
            raise StorageFull(path) from error
        raise StorageError(f"{path}: {error.strerror}") from error
    except BaseException:
        _discard(part, target)
        raise


def _sync_folders(folder: Path) -> None:
    """Force the names to disk too: a file without its folder entry is lost at a power cut."""
    for each in (folder, folder.parent, folder.parent.parent):
        descriptor = os.open(each, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _discard(*paths: Path) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
