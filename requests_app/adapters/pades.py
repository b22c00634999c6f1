"""A PAdES signature appended to a finished PDF: the one way every signer of ours writes it.

Whose key signs is the caller's: a key in this process (``signature``), or one that never leaves a seal
service (``seal_service``). A time stamp (RFC 3161) is added where ``settings.TIMESTAMP_AUTHORITY`` names an
authority; one that is due and cannot be had keeps the letter back, as a missing signature does.
"""

import io
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Final

from django.conf import settings

FIELD: Final = "Signature"
DIGEST: Final = "sha256"
TIMESTAMP_SECONDS: Final = 10
# Room for what is written into the file, as hex digits; measured once, not per letter.
_RESERVED: Final = 16_384
_RESERVED_FOR_TIMESTAMP: Final = 24_576


class SignatureFailed(Exception):
    """A letter could not be signed and stays unissued; the sentence is for the desk."""


def append(content: bytes, signer: Any, *, reason: str, at: datetime) -> bytes:
    """Sign invisibly and certify: no later change is allowed at all.

    ``signer`` is a pyHanko signer. Refuses with SignatureFailed; what the signer itself raises as
    that goes through.
    """
    return _apart(lambda: _appended(content, signer, reason=reason, at=at))


def _apart(work: Callable[[], bytes]) -> bytes:
    # pyHanko starts an event loop, which a thread that already runs one refuses.
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(work).result()


def _appended(content: bytes, signer: Any, *, reason: str, at: datetime) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.timestamps import TimestampRequestError

    class PdfSigner(signers.PdfSigner):
        """The time of the signature is the time of the act, not of the machine."""

        def init_signing_session(self, *arguments: Any, **named: Any) -> Any:
            session = super().init_signing_session(*arguments, **named)
            session.system_time = at
            return session

    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        reason=reason,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    timestamper = _timestamper()
    reserved = _RESERVED + (_RESERVED_FOR_TIMESTAMP if timestamper else 0)
    out = io.BytesIO()
    try:
        file = IncrementalPdfFileWriter(io.BytesIO(content))
        PdfSigner(metadata, signer=signer, timestamper=timestamper).sign_pdf(
            file, output=out, bytes_reserved=reserved
        )
    except TimestampRequestError as error:
        raise SignatureFailed("时间戳服务暂时不能使用，文书暂不能签名，稍后自动重试。") from error
    except (PdfError, SigningError) as error:
        raise SignatureFailed("文书签名失败，请联系系统管理员。") from error
    return out.getvalue()


def _timestamper() -> Any:
    """Give the client of the time stamp authority, or None where none is named."""
    authority = settings.TIMESTAMP_AUTHORITY
    if not authority.url:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

    class Checking(HTTPTimeStamper):
        """Believes an answer only when it is a stamp, and one for what was asked."""

        async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
            try:
                token = await super().async_timestamp(message_digest, md_algorithm)
                imprint = token["content"]["encap_content_info"]["content"].parsed[
                    "message_imprint"
                ]
                stamped = imprint["hashed_message"].native
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise TimestampRequestError("The answer is no time stamp.") from error
            if stamped != message_digest:
                raise TimestampRequestError("The stamp is for something else.")
            return token

    account = b64encode(f"{authority.user}:{authority.password}".encode()).decode()
    return Checking(
        authority.url,
        timeout=TIMESTAMP_SECONDS,
        headers={"Authorization": f"Basic {account}"} if authority.user else None,
    )
