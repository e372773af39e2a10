"""未提供办事服务: a unit that serves the public offers no service on its site.

Any short link that names services (办事服务, 网上办理, 便民服务) or any page that is a guide is enough,
on the own host or another. Whether a unit has services is registered; where no unit is registered
what is not found goes to review. A unit registered without services is not asked.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    Reading,
    Settings,
    Text,
    Texts,
    Verdict,
    fault,
    fetched,
    ok,
    review,
    site_subject,
    unknown,
)


class MissingServicesSettings(Settings):
    """Nothing to set."""


def find(
    reading: Reading,
    settings: MissingServicesSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge the site by what names a service."""
    units = reading.registers.units
    unit = next((one for one in units if one.id == reading.card.unit), None)
    if unit is not None and not unit.services:
        return
    found, subject = reading.services, site_subject(reading)
    if found.names or found.guides:
        shown = found.names[0][0] if found.names else found.guides[0].title
        yield ok(subject, observed=shown)
    elif found.unseen is not None:
        yield unknown(subject, found.unseen)
    else:
        registered = unit is not None
        yield (fault if registered else review)(
            subject,
            "missing" if registered else "unregistered",
            evidence=[fetched(reading.card.home, "")],
            observed="0",
            limit="1",
            pages=reading.totals.assessed,
        )


TEXTS = Texts(
    title=Text("提供办事服务", "Services are offered"),
    failure_title=Text("未提供办事服务", "No services are offered"),
    messages={
        "missing": Message(
            Text(
                "查阅了{pages}个页面，没有找到办事服务、办事指南或办事大厅的入口。",
                "No service, guide or hall of services on {pages} pages.",
            ),
            Text(
                "提供办事服务栏目，或链接到统一的政务服务平台；确实没有对外服务的，在登记表中写明 services = false。",
                "Offer services or link to the common platform; where there are none, register services = false.",
            ),
        ),
        "unregistered": Message(
            Text(
                "查阅了{pages}个页面，没有找到办事服务的入口；单位没有登记，是否对外办事需人工确认。",
                "No service on {pages} pages; the unit is not registered: does it serve the public?",
            ),
            Text(
                "登记单位并写明 services；有对外服务的，提供办事服务栏目。",
                "Register the unit with services; offer services where there are any.",
            ),
        ),
    },
)

CHECK = Check(
    id="missing-services",
    scope="site",
    settings=MissingServicesSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 6 服务不实用（1）",
            quote="未提供办事服务",
            verified=False,
        ),
    ),
    find=find,
    when_empty="not_applicable",
)
