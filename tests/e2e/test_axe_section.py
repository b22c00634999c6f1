"""The open pages by the rules of axe-core: every page, every scheme, the large version.

The first half here, the second in ``test_axe_section_too``: each file has a core of its own.
"""

import pytest

from tests import public_pages
from tests.e2e.axe import judge_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

HALF = len(public_pages.addresses()) // 2


def test_the_first_half_of_the_pages_breaks_no_rule(site, open_page):
    # Colours are judged as they come to rest.
    page = open_page(reduced_motion="reduce")

    assert judge_all(page, [site + each for each in public_pages.addresses()[:HALF]]) == []
