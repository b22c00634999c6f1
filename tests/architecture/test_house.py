"""The shape of the project: top-level names, file names, file sizes, locks."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

TOP = {
    *(
        "manage.py",
        "pyproject.toml",
        "jcdisclosure",
        "requests_app",
        "templates",
        "static",
        "tests",
    ),
    *("docker-compose.yml", "Dockerfile", ".dockerignore", ".env.example", ".gitignore", ".ci"),
    *("README.md", "CHANGELOG.md", "LICENSE", "jc", "requirements.lock", "requirements-dev.lock"),
    *("docs", "bench", "var"),
}
LONGEST_FILE = 400
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def tracked():
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: nothing says which files belong to the project")
    return [Path(name) for name in listed.stdout.splitlines() if Path(name).exists()]


def test_top_level_holds_only_what_the_design_names():
    assert {file.parts[0] for file in tracked()} - TOP == set()


def test_no_file_is_a_drawer_for_odds_and_ends():
    drawers = {"utils.py", "helpers.py", "common.py", "misc.py", "tools.py"}

    assert [
        str(file) for file in tracked() if file.name in drawers or file.parent.name == "common"
    ] == []


def test_product_files_stay_readable():
    product = [
        f for f in tracked() if f.suffix == ".py" and f.parts[0] in {"requests_app", "jcdisclosure"}
    ]
    long = {str(f): n for f in product if (n := len(f.read_text().splitlines())) > LONGEST_FILE}
    long = {name: lines for name, lines in long.items() if "/migrations/" not in name}

    assert long == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_address(lock):
    text = Path(lock).read_text()

    assert re.findall(r"https?://\S+|--(?:extra-)?index-url.*|--find-links.*|@ file", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_everything_by_hash(lock):
    blocks = re.split(r"\n(?=\S)", Path(lock).read_text().strip())

    assert [block for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []


def test_locks_hold_what_the_project_asks_for():
    project = tomllib.loads(Path("pyproject.toml").read_text())
    wanted = project["project"]["dependencies"]
    wanted_too = project["dependency-groups"]["dev"]

    assert names(wanted) - pinned("requirements.lock") == set()
    assert names([*wanted, *wanted_too]) - pinned("requirements-dev.lock") == set()


def test_both_locks_agree_on_versions():
    runtime = set(re.findall(r"^\S+==\S+", Path("requirements.lock").read_text(), re.MULTILINE))
    development = set(
        re.findall(r"^\S+==\S+", Path("requirements-dev.lock").read_text(), re.MULTILINE)
    )

    assert runtime - development == set()


def names(requirements):
    return {re.match(r"[A-Za-z0-9-]+", requirement).group().lower() for requirement in requirements}


def pinned(lock):
    return {
        name.lower()
        for name in re.findall(r"^([A-Za-z0-9-]+)==", Path(lock).read_text(), re.MULTILINE)
    }
