"""`./jc test`: the tests on SQLite, then what touches a database on PostgreSQL with Redis.

The second round needs TEST_DATABASE_URL and TEST_REDIS_URL, or the programs of PostgreSQL and
Redis installed, of which it then starts its own; the pages take part in it with --all. A path or
an option of pytest's runs only that, on SQLite. The last line is always pytest's own summary of
the last round.
"""

import contextlib
import os
import subprocess
import sys

from tests import throwaway

STARTS = {"TEST_DATABASE_URL": throwaway.postgresql, "TEST_REDIS_URL": throwaway.redis}
SAYS = {"TEST_DATABASE_URL": "PostgreSQL", "TEST_REDIS_URL": "Redis with a real worker"}
# A second database changes nothing for these. The main job is walked on both.
ONLY_ONCE = ["--ignore=tests/unit", "--ignore=tests/architecture"]
ONLY_ONCE += ["--ignore-glob=tests/e2e/test_[!m]*.py"]
# What only calls the services: on the second database in the long run alone.
PAGES = [f"--ignore=tests/integration/{room}" for room in ("admin", "public", "presenters")]


# One file goes to one process: what is set up for a module is set up once.
ON_EVERY_CORE = ["-n", "auto", "--dist", "loadfile"]


def main(arguments: list[str]) -> int:
    everything = "--all" in arguments
    chosen = [argument for argument in arguments if argument != "--all"]
    long = ["--long"] if everything else []
    if chosen:
        return _pytest([*long, *chosen], {})
    with contextlib.ExitStack() as stack:
        addresses, missing = _services(stack)
        # Said first, so that the last line is pytest's summary.
        for reason in missing:
            _say(f"Skipped in this run: {reason}.")
        if not everything:
            _say("Skipped in this run: the tests marked long (./jc test --all).")
        _say("== Round 1: SQLite, no server")
        status = _pytest([*ON_EVERY_CORE, *long], {})
        if not addresses:
            return status
        _say(f"== Round 2: {' and '.join(SAYS[name] for name in addresses)}")
        # Run also after a failing first round: one call shows everything that is wrong.
        left_out = [*ONLY_ONCE, *([] if everything else PAGES)]
        return _pytest([*ON_EVERY_CORE, *long, *left_out], addresses) or status


def _services(stack: contextlib.ExitStack) -> tuple[dict[str, str], list[str]]:
    addresses, missing = {}, []
    for name, start in STARTS.items():
        try:
            addresses[name] = os.environ.get(name) or stack.enter_context(start())
        except throwaway.Unavailable as reason:
            missing.append(f"{SAYS[name]} ({reason})")
    return addresses, missing


def _pytest(arguments: list[str], addresses: dict[str, str]) -> int:
    # Whatever names settings outside would make Django read them before the tests set theirs.
    left_out = {*SAYS, "DJANGO_SETTINGS_MODULE"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], env={**environment, **addresses}, check=False
    )
    return done.returncode


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
