"""未提供办事服务: a unit that serves the public offers no service on its site.

Any short link that names services (办事服务, 网上办理, 便民服务) and leads to a page of the site or to what
the menu names is enough; so is a public body's host that the home page or a page about services shows,
and any page that is a guide. What did not answer is unknown; entries that are gone or blank, texts
without a date, a public body's host in an article or a footer, and links without words go to review.
Whether a unit has services is registered; where no unit is registered what is not found goes to review.
A unit registered without services is not asked.
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
    quoted,
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
    elif why := found.unanswered or found.unseen:
        yield unknown(subject, why)
    elif found.doubtful:
        yield _doubtful(reading)
    elif found.wordless:
        seen = [quoted(page, url) for url, page in found.wordless[:5]]
        yield review(
            subject, "wordless", evidence=seen, observed="0", limit="1", url=found.wordless[0][0]
        )
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


def _doubtful(reading: Reading) -> Verdict:
    found = reading.services.doubtful
    seen = [quoted(page, f"{text} {url}") for text, url, page in found[:5]]
    return review(
        site_subject(reading), "doubtful", evidence=seen, observed="0", limit="1",
        name=found[0][0], url=found[0][1],
    )  # fmt: skip


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
        "doubtful": Message(
            Text(
                "只找到没有确认能用的办事服务入口“{name}”，需人工确认：{url}",
                "Only “{name}” was found, which may not serve: {url}",
            ),
            Text(
                "确认入口打得开、有办事内容；没有的，提供办事服务栏目或链接到统一的政务服务平台。",
                "Make sure that it opens and serves; else offer services or link to the common platform.",
            ),
        ),
        "wordless": Message(
            Text(
                "没有找到办事服务的入口，但首页或导航有没有文字的链接通向别的网站，需人工确认是不是办事入口：{url}",
                "No service was found; a link without words leads to {url}: is it one?",
            ),
            Text(
                "给图片链接加上替代文字（alt）；没有办事服务的，提供或链接到统一的政务服务平台。",
                "Give the picture its words; offer services or link to the common platform.",
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
