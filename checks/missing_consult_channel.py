"""无有效咨询建言渠道: the site offers no way to ask or to propose.

Links with short names (信箱, 咨询, 留言) are followed to their pages; one page with a form, or one that
asks to log in, is enough. Ways to report or to correct only do not count. Nothing is ever sent. Pages
without a form go to review: a person can tell a mailbox by its look; so do links without words to
other hosts, and another body's platform that only an article or a footer names. What script may draw,
or what did not answer twice as a missing page does, is unknown.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Channel,
    Channels,
    Check,
    Evidence,
    Message,
    Reading,
    Reason,
    Settings,
    Text,
    Texts,
    Verdict,
    Way,
    fault,
    fetched,
    ok,
    quoted,
    review,
    site_subject,
    unknown,
)


class MissingConsultChannelSettings(Settings):
    """Whether sites of subordinate units owe a way of their own."""

    below: bool


def find(
    reading: Reading,
    settings: MissingConsultChannelSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge the site by its ways to write to it."""
    if reading.is_below and not settings.below:
        return
    found = reading.channels
    subject = site_subject(reading)
    good = next((one for one in found.channels if one.way is Way.OPEN), None)
    unseen = next((one for one in found.channels if one.way is Way.UNSEEN), None)
    if good is not None:
        yield ok(subject, observed=good.name)
    elif unseen is not None:
        yield unknown(subject, unseen.reason or Reason.BUDGET)
    elif found.unseen is not None:
        yield unknown(subject, found.unseen)
    else:
        yield _judge(reading, found)


def _judge(reading: Reading, found: Channels) -> Verdict:
    subject = site_subject(reading)
    by_way = {way: [one for one in found.channels if one.way is way] for way in Way}
    doubtful = [*by_way[Way.BARE], *by_way[Way.MAIL]]
    if doubtful:
        return review(
            subject, "formless", evidence=[_seen(one) for one in doubtful[:5]], observed="0",
            limit="1", name=doubtful[0].name, url=doubtful[0].url,
        )  # fmt: skip
    closed, gone = by_way[Way.CLOSED], by_way[Way.MISSING]
    if closed:
        return review(
            subject, "closed", evidence=[_seen(one) for one in closed[:5]], observed="0",
            limit="1", name=closed[0].name, quote=closed[0].quote,
        )  # fmt: skip
    if found.wordless:
        return review(
            subject, "wordless", evidence=[quoted(page, url) for url, page in found.wordless[:5]],
            observed="0", limit="1", url=found.wordless[0][0],
        )  # fmt: skip
    if gone:
        return fault(
            subject, "gone", evidence=[_seen(one) for one in gone[:5]], observed="0", limit="1",
            name=gone[0].name, url=gone[0].url,
        )  # fmt: skip
    return fault(
        subject, "missing", evidence=[fetched(reading.card.home, "")], observed="0", limit="1",
        pages=reading.totals.assessed, reports="、".join(found.reports) or NO_WAY,
    )  # fmt: skip


def _seen(one: Channel) -> Evidence:
    return quoted(one.page, f"{one.name} {one.url} {one.quote}".strip(), one.sha256)


NO_WAY = Text("没有", "none")
TEXTS = Texts(
    title=Text("有有效的咨询建言渠道", "There is a way to ask and to propose"),
    failure_title=Text("无有效咨询建言渠道", "No way to ask or to propose"),
    messages={
        "missing": Message(
            Text(
                "没有找到可以咨询、建言的信箱、留言或咨询栏目（查阅了{pages}个页面；举报、信访、纠错渠道：{reports}）。",
                "No mailbox or form to ask or propose on {pages} pages (ways to report only: {reports}).",
            ),
            Text(
                "开设能提交内容的咨询建言栏目，或接入统一的互动平台。",
                "Open a form to ask and propose, or link to the common platform.",
            ),
        ),
        "closed": Message(
            Text(
                "咨询建言栏目“{name}”没有读到可以填写的表单，页面写着“{quote}”，需人工确认能否提交。",
                "“{name}” shows no form and says “{quote}”: can one write there?",
            ),
            Text("恢复咨询建言栏目，或接入统一的互动平台。", "Bring it back into service."),
        ),
        "wordless": Message(
            Text(
                "没有找到能用的咨询建言栏目，但首页或导航有没有文字的链接通向别的网站，需人工确认是不是咨询平台：{url}",
                "No way to write was found; a link without words leads to {url}: is it one?",
            ),
            Text(
                "给图片链接加上替代文字（alt）；没有咨询建言栏目的，开设或接入统一的互动平台。",
                "Give the picture its words; open a form or link to the common platform.",
            ),
        ),
        "gone": Message(
            Text(
                "咨询建言栏目“{name}”的页面打不开：{url}",
                "The page of “{name}” is gone: {url}",
            ),
            Text(
                "修复入口，或接入统一的互动平台。",
                "Mend the entry, or link to the common platform.",
            ),
        ),
        "formless": Message(
            Text(
                "咨询建言栏目“{name}”没有读到可以填写的表单，需人工确认能否提交：{url}",
                "“{name}” shows no form that was read; can one write there? {url}",
            ),
            Text(
                "确认能够提交；只有电话、邮箱的，开设能在线提交的栏目。",
                "Make sure that one can write; offer a form where there is only an address.",
            ),
        ),
    },
)

CHECK = Check(
    id="missing-consult-channel",
    scope="site",
    settings=MissingConsultChannelSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 5 互动回应差（1）",
            quote="未提供网上有效咨询建言渠道",
            verified=False,
        ),
    ),
    find=find,
    when_empty="not_applicable",
)
