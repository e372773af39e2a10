"""The option that printed commands carry to find their store again."""

import pytest

from audit.cli.options import at_store


@pytest.mark.parametrize(
    ("store", "said"),
    [
        (None, ""),
        (".duwang", ""),
        ("runs", " --store runs"),
        ("我的 数据", " --store '我的 数据'"),
        ("postgresql://audit@db/duwang", " --store postgresql://audit@db/duwang"),
        ("postgresql://audit:p@ss/w@db/duwang", " --store 'postgresql://audit:***@db/duwang'"),
    ],
)
def test_a_printed_command_names_its_store_and_no_password(store: str | None, said: str) -> None:
    assert said == at_store(store)
