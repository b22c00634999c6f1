"""Who signs letters besides the office's own certificate: a seal service, a time stamp authority."""

from dataclasses import dataclass, field

from jcdisclosure.environment import Environment


@dataclass(frozen=True)
class SealService:
    """A service that keeps the office's key; `ca` is a PEM file, empty for the system's trust."""

    url: str = ""
    key: str = ""
    token: str = field(default="", repr=False)
    ca: str = ""
    seconds: int = 10


@dataclass(frozen=True)
class TimestampAuthority:
    """An authority after RFC 3161; an empty `url` means that nothing is stamped."""

    url: str = ""
    user: str = ""
    password: str = field(default="", repr=False)


def read_seal_service(env: Environment) -> SealService:
    """Read how the seal service is reached."""
    return SealService(
        url=env.text(
            "JC_SEAL_SERVICE_URL",
            sample="https://seal.example.cn/api",
            says="Where JC_SIGNER=requests_app.adapters.seal_service.SealServiceSigner signs.",
        ),
        key=env.text(
            "JC_SEAL_SERVICE_KEY", says="The name of the office's key at the seal service."
        ),
        token=env.secret("JC_SEAL_SERVICE_TOKEN", says="The token for the seal service."),
        ca=env.text(
            "JC_SEAL_SERVICE_CA",
            says="A PEM file the seal service's TLS is trusted by; empty for the system's trust.",
        ),
        seconds=env.integer(
            "JC_SEAL_SERVICE_SECONDS",
            default=10,
            least=1,
            says="How long the seal service may take to answer; then the letter waits.",
        ),
    )


def read_timestamp_authority(env: Environment) -> TimestampAuthority:
    """Read who stamps the time of signatures."""
    return TimestampAuthority(
        url=env.text(
            "JC_TIMESTAMP_URL",
            sample="https://tsa.example.cn/",
            says="A time stamp authority (RFC 3161) for every signature; empty for none.",
        ),
        user=env.text("JC_TIMESTAMP_USER", says="Account at the time stamp authority."),
        password=env.secret("JC_TIMESTAMP_PASSWORD", says="Password at the time stamp authority."),
    )
