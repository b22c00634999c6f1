"""No public page is forgotten: by the browser tests, by the site map, by its meta tags."""

import pytest
from django.urls import reverse

from requests_app.presenters import section
from requests_app.public.urls import urlpatterns
from tests import public_pages

NAMES = {pattern.name for pattern in urlpatterns}
KNOWN = {*public_pages.OPEN, *public_pages.OF_A_CASE, *public_pages.NO_PAGE}
#: Steps of filing are reached through 我要申请; a map would only confuse.
UNMAPPED = {"apply_step", "apply_resume"}
#: On the map and no page to look at: files.
MAPPED_ONLY = {"form_pdf", "form_docx"}


def test_every_address_is_known_to_the_browser_tests():
    told = "name the new page in tests/public_pages.py (OPEN, OF_A_CASE or NO_PAGE)"

    assert NAMES == KNOWN, told


def test_no_address_is_in_two_sets():
    sets = (set(public_pages.OPEN), public_pages.OF_A_CASE, public_pages.NO_PAGE)

    assert sum(map(len, sets)) == len(KNOWN)


def test_every_open_page_is_on_the_map_with_its_tags():
    told = "give the new page an entry in presenters/section.py"

    assert set(section.PAGES) == set(public_pages.OPEN) - UNMAPPED | MAPPED_ONLY, told


@pytest.mark.parametrize("route", sorted(section.PAGES))
def test_every_entry_leads_somewhere(route):
    assert reverse(section.PAGES[route].address).startswith("/")
