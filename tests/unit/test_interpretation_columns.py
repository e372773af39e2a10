"""The title of an interpretation column is no title of an interpretation."""

import pytest

from audit.vocabulary import pattern_of


@pytest.mark.parametrize(
    ("title", "is_column"),
    [
        ("政策解读", True),
        ("政策解读-示例市港航管理局", True),
        ("政策解读 | 示例市交通运输局网站", True),
        ("图文解读_示例县人民政府", True),
        ("政策解读|示例公路养护管理办法", False),
        ("政策解读-示例公路养护中心建设办法", False),
        ("《示例公路养护管理办法》解读-示例市港航管理局", False),
    ],
)
def test_a_column_is_told_by_its_name_with_the_sites_name_behind_it(
    title: str, is_column: bool
) -> None:
    found = pattern_of("policies", "interpretation_columns").search(title)
    assert is_column == (found is not None)
