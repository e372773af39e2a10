"""The browser is used where something is to be gained, and no more."""

import pytest

from audit.model import Purpose
from tests.browsers import needs_browser
from tests.filled import FILLED, PAGES, pages
from tests.journal import MemoryJournal
from tests.searched import read

MOST = 25  # renders of a site of 200 pages with 20 columns that script fills


@pytest.mark.browser
@pytest.mark.slow
@needs_browser
async def test_a_site_of_200_pages_with_a_tenth_of_columns_filled_by_script_is_rendered_in_25() -> (
    None
):
    journal = MemoryJournal()
    reading, _ = await read(pages(), journal, executable="")
    purposes = [visit.fetch.purpose for visit in journal.visits.values()]
    filled = {c.key: c.items for c in reading.columns if c.key.startswith("/s")}

    assert PAGES == purposes.count(Purpose.WALK) == 200
    assert FILLED <= purposes.count(Purpose.RENDER) <= MOST
    assert filled == {f"/s{n}/": 12 for n in range(FILLED)}
