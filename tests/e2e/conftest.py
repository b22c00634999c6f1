"""What the browser tests share: a set-up office behind an address, browsers of its own size."""

import pytest
import time_machine

from tests.e2e.citizen import DESKTOP, PHONE
from tests.offices import moment


@pytest.fixture
def site(live_server, settings):
    """The address of a set-up office."""
    from tests import offices

    offices.set_up()
    settings.PUBLIC_BASE_URL = live_server.url
    return live_server.url


@pytest.fixture
def open_page(browser, browser_context_args):
    """Give a function that opens a page of its own, as another person at another screen."""
    contexts = []

    def start(size=PHONE, **changes):
        context = browser.new_context(**{**browser_context_args, "viewport": size, **changes})
        contexts.append(context)
        return context.new_page()

    yield start
    for context in contexts:
        context.close()


@pytest.fixture
def autumn():
    """Let it be 26 September 2025, before the holidays and make-up days; gives what moves the day."""
    with time_machine.travel(moment("2025-09-26"), tick=True) as traveller:
        yield traveller


@pytest.fixture
def complaints():
    """What the browser at the desk complains about: scripts, styles, forbidden addresses."""
    return []


@pytest.fixture
def at_desk(live_server, open_page, autumn, complaints):
    """A browser at the desk in that autumn."""
    from tests.e2e.staff import AtDesk

    page = open_page(DESKTOP)
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return AtDesk(page, live_server.url, autumn)
