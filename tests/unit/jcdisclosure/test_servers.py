from pathlib import Path

import pytest

from jcdisclosure import servers

FOLDER = Path("/srv/jc")


def test_messages_are_files_where_no_redis_is_named():
    assert servers.broker("", folder=FOLDER) == (
        "filesystem://localhost",
        {
            "data_folder_in": "/srv/jc",
            "data_folder_out": "/srv/jc",
            "control_folder": "/srv/jc/control",
            "polling_interval": 0.1,
        },
    )


def test_messages_go_by_redis_and_a_redis_away_holds_up_no_page():
    url, options = servers.broker("redis://redis:6379/0", folder=FOLDER)

    assert url == "redis://redis:6379/0"
    assert (options["socket_connect_timeout"], options["max_retries"]) == (2, 0)


@pytest.mark.parametrize(
    ("redis_url", "testing", "lies"),
    [("", False, "/srv/jc"), ("redis://r/0", False, "redis://r/0"), ("redis://r/0", True, None)],
)
def test_cache_lies_where_there_is_room(redis_url, testing, lies):
    assert servers.cache(redis_url, folder=FOLDER, testing=testing).get("LOCATION") == lies
