"""Typed readers of environment variables.

Every variable is declared where it is read, with its kind, default and one sentence; the sample
file .env.example is made from these declarations. A value that cannot be understood, a missing
one that is needed, or a misspelt JC_ name stops the start with a sentence that says which.
What the values mean for Django stands in settings.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True)
class Variable:
    """One declared environment variable, as the sample file shows it."""

    name: str
    kind: str
    sample: str
    says: str


class Environment:
    """Environment variables, read by declared name; an empty value counts as not set."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.known: dict[str, Variable] = {}

    def text(self, name: str, *, says: str, default: str = "", sample: str | None = None) -> str:
        """Read a plain text."""
        return self._read(name, kind="text", says=says, sample=sample or default) or default

    def choice(self, name: str, *, says: str, default: str, among: Sequence[str]) -> str:
        """Read one of a closed set of words; refuse any other."""
        raw = self._read(name, kind=" | ".join(among), says=says, sample=default) or default
        if raw not in among:
            raise ImproperlyConfigured(f"{name} is {raw!r}; it must be one of: {', '.join(among)}.")
        return raw

    def flag(self, name: str, *, says: str, default: bool) -> bool:
        """Read yes or no; refuse anything that is neither."""
        raw = self._read(name, kind="1 | 0", says=says, sample="1" if default else "0").lower()
        if not raw:
            return default
        if raw not in YES | NO:
            raise ImproperlyConfigured(f"{name} is {raw!r}; write 1 or 0.")
        return raw in YES

    def integer(self, name: str, *, says: str, default: int, least: int = 0) -> int:
        """Read a whole number not below `least`."""
        raw = self._read(name, kind="whole number", says=says, sample=str(default))
        if not raw:
            return default
        try:
            number = int(raw)
        except ValueError:
            raise ImproperlyConfigured(f"{name} is {raw!r}; write a whole number.") from None
        if number < least:
            raise ImproperlyConfigured(f"{name} is {number}; it must be at least {least}.")
        return number

    def listing(self, name: str, *, says: str, default: Sequence[str] = ()) -> list[str]:
        """Read words separated by commas."""
        raw = self._read(name, kind="comma-separated", says=says, sample=",".join(default))
        return [word.strip() for word in raw.split(",") if word.strip()] or list(default)

    def folder(self, name: str, *, says: str, default: Path, sample: str) -> Path:
        """Read a folder; a relative one is taken from the working directory."""
        raw = self._read(name, kind="folder", says=says, sample=sample)
        return Path(raw).expanduser().resolve() if raw else default

    def secret(self, name: str, *, says: str, kept_in: Path | None = None) -> str:
        """Read a secret from NAME, from the file named by NAME_FILE, or from the folder `kept_in`.

        Naming both NAME and NAME_FILE is refused, because nobody could tell which one holds.
        """
        value = self._read(name, kind="secret", says=says, sample="")
        file = self._read(f"{name}_FILE", kind="file", says=f"A file that holds {name}.", sample="")
        if value and file:
            raise ImproperlyConfigured(f"Both {name} and {name}_FILE are set; keep one.")
        if file:
            try:
                return Path(file).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error
        if not value and kept_in is not None and (kept_in / name).is_file():
            return (kept_in / name).read_text(encoding="utf-8").strip()
        return value

    def refuse_unknown(self, *, prefix: str) -> None:
        """Refuse names with our prefix that nothing reads: almost always a typing mistake."""
        unknown = sorted(n for n in self._values if n.startswith(prefix) and n not in self.known)
        if unknown:
            raise ImproperlyConfigured(f"Nothing reads {', '.join(unknown)}; see .env.example.")

    def _read(self, name: str, *, kind: str, says: str, sample: str) -> str:
        self.known[name] = Variable(name=name, kind=kind, sample=sample, says=says)
        return self._values.get(name, "").strip()
