"""Whether a title begins with the name of a body that is not the site's."""

import pytest

from audit.reading.site.openness import is_of_another


@pytest.mark.parametrize(
    ("title", "site", "another"),
    [
        ("示例省交通运输厅2024年政府信息公开工作年度报告", "示例省交通运输厅", False),
        ("省交通厅2024年部门预算", "示例省交通运输厅", False),
        ("示例省交通运输厅办公室2024年部门决算", "示例省交通运输厅", False),
        ("示例市交通运输局2024年部门预算", "示例市交通局", False),
        ("2024年部门预算", "示例省交通运输厅", False),
        ("示例省人民政府2024年政府信息公开工作年度报告", "www.site.test", False),
        ("示例省人民政府2024年政府信息公开工作年度报告", "示例省交通运输厅", True),
        ("示例省交通运输厅公路局2024年部门预算", "示例省交通运输厅", True),
        ("示例市2024年度部门决算", "示例省交通运输厅", True),
        ("交通运输部关于公开征求意见的通知", "示例省交通运输厅", True),
    ],
)
def test_a_title_names_its_own_body_or_another(title: str, site: str, another: bool) -> None:
    assert another == is_of_another(title, site)
