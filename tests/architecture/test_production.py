"""What production accepts and refuses, and what the containers are given."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.production import bare_environment, check_deploy, manage, values


def test_good_values_pass_every_deployment_check():
    done = check_deploy()

    assert done.returncode == 0, done.stderr
    assert "WARNINGS" not in done.stderr


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"JC_DEBUG": "1"}, "JC_DEBUG is on."),
        ({"JC_DEMO": "1"}, "JC_DEMO is on: demo accounts have known passwords."),
        ({"JC_SECRET_KEY": ""}, "JC_SECRET_KEY is missing or weak"),
        ({"JC_SECRET_KEY": "a" * 80}, "JC_SECRET_KEY is missing or weak"),
        ({"JC_SECRET_KEY": "short"}, "JC_SECRET_KEY is missing or weak"),
        ({"JC_SEAL_KEYS": ""}, "JC_SEAL_KEYS is missing"),
        ({"JC_SEAL_KEYS": "1:" + "A" * 43 + "="}, "JC_SEAL_KEYS holds a key that is not random."),
        ({"JC_INDEX_KEY": ""}, "JC_INDEX_KEY is missing"),
        ({"JC_HOSTS": ""}, "JC_HOSTS must name the hosts of this site"),
        ({"JC_HOSTS": "*"}, "JC_HOSTS must name the hosts of this site"),
        ({"JC_HTTPS": "0"}, "JC_HTTPS must stay on"),
        (
            {"JC_PUBLIC_BASE_URL": "http://a.example.cn"},
            "JC_PUBLIC_BASE_URL must begin with https://",
        ),
        ({"JC_EMAIL": "smtp"}, "JC_EMAIL is smtp, but JC_SMTP_HOST is empty."),
        ({"JC_SMS": "http", "JC_SMS_URL": "http://a"}, "JC_SMS is http"),
        ({"JC_DEBGU": "0"}, "Nothing reads JC_DEBGU"),
    ],
)
def test_production_refuses(tmp_path, change, complaint):
    environment = {**values(), "JC_DATA_DIR": str(tmp_path), **change}

    done = manage("check", environment=environment)

    assert done.returncode == 1
    assert complaint in done.stderr


def test_production_reads_no_secret_made_for_development(tmp_path):
    environment = {**values(), "JC_DATA_DIR": str(tmp_path), "JC_SECRET_KEY": ""}
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "JC_SECRET_KEY").write_text(values()["JC_SECRET_KEY"])

    done = manage("check", environment=environment)

    assert "JC_SECRET_KEY is missing or weak" in done.stderr


def test_generated_pages_and_sample_are_fresh():
    done = manage("render_docs", "--check", environment={})

    assert done.returncode == 0, done.stderr


def compose():
    return yaml.safe_load(Path("docker-compose.yml").read_text(encoding="utf-8"))


def known_variables():
    from django.conf import settings

    return {variable.name for variable in settings.ENVIRONMENT_VARIABLES}


def ours(services):
    return {name: service for name, service in services.items() if "build" in service}


def test_compose_gives_only_variables_the_settings_read():
    given = {
        name for service in ours(compose()["services"]).values() for name in service["environment"]
    }
    asked = set(re.findall(r"\$\{(\w+)", Path("docker-compose.yml").read_text())) - {"TAG"}

    assert given - known_variables() == set()
    assert asked - known_variables() == set()


def test_compose_passes_on_whatever_an_office_may_set():
    # A demo office is no production; the rest is where the containers themselves keep things.
    left_out = {"JC_DEMO", "JC_DEBUG", "JC_DATA_DIR", "JC_HTTPS"}
    file_or_value = {name.removesuffix("_FILE") for name in known_variables()}
    for service in ours(compose()["services"]).values():
        given = {name.removesuffix("_FILE") for name in service["environment"]}

        assert {name for name in file_or_value - given if name.startswith("JC_")} <= left_out


def test_image_gives_only_variables_the_settings_read():
    given = set(re.findall(r"\b((?:JC|DATABASE|REDIS)_\w+)=", Path("Dockerfile").read_text()))

    assert given
    assert given - known_variables() == set()


def test_compose_runs_the_five_parts_and_their_database():
    assert set(compose()["services"]) == {"db", "redis", "migrate", "web", "worker", "beat"}


def test_compose_mounts_every_secret_it_points_to():
    plan = compose()
    for service in ours(plan["services"]).values():
        files = {v for n, v in service["environment"].items() if n.endswith("_FILE")}
        assert files == {f"/run/secrets/{name}" for name in service["secrets"]}
    assert set(plan["secrets"]) == {
        "jc_secret_key",
        "jc_seal_keys",
        "jc_index_key",
        "database_password",
    }


def test_compose_takes_secrets_by_the_names_make_secrets_writes(tmp_path):
    done = manage("make_secrets", str(tmp_path), environment={})
    files = {Path(secret["file"]).name for secret in compose()["secrets"].values()}

    assert done.returncode == 0, done.stderr
    assert {file.name for file in tmp_path.iterdir()} == files
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


def test_compose_environment_starts_in_production(tmp_path):
    manage("make_secrets", str(tmp_path), environment={})
    plan = compose()
    known = {"JC_HOSTS": "a.example.cn", "JC_PUBLIC_BASE_URL": "https://a.example.cn"}
    files = {
        f"/run/secrets/{n}": str(tmp_path / Path(s["file"]).name)
        for n, s in plan["secrets"].items()
    }
    for service in ours(plan["services"]).values():
        environment = {
            name: files.get(
                value,
                re.sub(
                    r"\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}",
                    lambda m: known.get(m[1], m[2] or ""),
                    value,
                ),
            )
            for name, value in service["environment"].items()
        }

        done = manage("check", environment={**environment, "JC_DATA_DIR": str(tmp_path)})

        assert done.returncode == 0, done.stderr


def test_containers_run_without_rights():
    for service in ours(compose()["services"]).values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert "\nUSER jc\n" in Path("Dockerfile").read_text()


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="docker-compose is not installed")
def test_compose_file_is_valid_to_the_older_schema():
    environment = {**bare_environment(), "JC_HOSTS": "a", "JC_PUBLIC_BASE_URL": "https://a"}

    done = subprocess.run(
        ["docker-compose", "config", "-q"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_health_checks_ask_an_address_that_answers(client):
    for file in ("Dockerfile",):
        (path,) = re.findall(r"http://127\.0\.0\.1:8000(/\w+)", Path(file).read_text())
        assert client.get(path).status_code == 200


def test_image_copies_what_the_product_needs():
    copied = set(re.findall(r"^COPY (?!--from)(\S+)", Path("Dockerfile").read_text(), re.MULTILINE))
    let_in = {
        line[1:] for line in Path(".dockerignore").read_text().splitlines() if line.startswith("!")
    }

    assert (
        copied
        == let_in
        == {"requirements.lock", "manage.py", "jcdisclosure", "requests_app", "templates", "static"}
    )
