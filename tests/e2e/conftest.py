"""What the browser tests share: a set-up office behind an address, browsers of its own size."""

import pytest

from tests.e2e.citizen import PHONE


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
