"""The contracts of pyproject.toml hold, also for imports hidden inside functions."""

import subprocess
import sys


def test_imports_keep_their_direction():
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"

    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout
