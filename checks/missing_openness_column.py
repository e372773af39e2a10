"""重点领域专栏缺失: a special column that the norm asks for, or a required part of one, is not to be found.

A column counts as there when a menu, breadcrumb, site map, list or page names it by any of its usual
names. Only a site that was read to its end can lack one. What headlines alone speak of, what a platform
on another host may hold, and parts that titles do not tell, go to review. Which entries a site owes is said by its name, and
for sites of subordinate units by the settings.
"""

from collections.abc import Iterator

from audit.api import (
    Area,
    AsOf,
    Basis,
    Check,
    Message,
    Reading,
    Reason,
    Settings,
    Subject,
    Text,
    Texts,
    Verdict,
    fault,
    fetched,
    ok,
    quoted,
    review,
    site_subject,
    table,
    unknown,
)


class MissingOpennessColumnSettings(Settings):
    """Ids of the entries that are due: on the site of a unit that has none above it, and below."""

    entries: tuple[str, ...]
    below: tuple[str, ...]


def find(
    reading: Reading,
    settings: MissingOpennessColumnSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every entry that the site owes."""
    due = settings.below if reading.is_below else settings.entries
    if not any(area.owed for area in reading.areas):
        yield unknown(site_subject(reading), Reason.NOT_REGISTERED)  # a name that says nothing
    for area in reading.areas:
        if area.owed and area.id in due:
            yield _judge(area, reading)


def _judge(area: Area, reading: Reading) -> Verdict:
    subject = _subject(area, reading)
    if not area.signs:
        return _missing(area, subject, reading)
    lacking = [part.name for part in area.parts if part.sign is None]
    if not lacking:
        return ok(subject, observed=area.signs[0].text)
    if area.unseen is not None or not area.read:
        return unknown(subject, area.unseen or Reason.BUDGET)  # it leads to pages not read
    return review(
        subject,
        "incomplete",
        evidence=[table(sign.page, [sign.text, sign.url]) for sign in area.signs[:5]],
        observed=str(len(area.parts) - len(lacking)),
        limit=str(len(area.parts)),
        area=area.name,
        parts="、".join(lacking),
        place=area.signs[0].text,
    )


def _missing(area: Area, subject: Subject, reading: Reading) -> Verdict:
    if area.unseen is not None:
        return unknown(subject, area.unseen)
    if area.titles:
        return review(
            subject, "scattered", observed="0", limit="1", area=area.name,
            evidence=[table(sign.page, [sign.text, sign.url]) for sign in area.titles[:5]],
            title=area.titles[0].text,
        )  # fmt: skip
    home = reading.card.home
    pages = reading.totals.assessed
    if area.elsewhere:
        evidence = [quoted(home, area.elsewhere)]
        return review(
            subject, "elsewhere", evidence=evidence, observed="0", limit="1",
            area=area.name, url=area.elsewhere,
        )  # fmt: skip
    return fault(
        subject, "missing", evidence=[fetched(home, "")], observed="0", limit="1",
        area=area.name, pages=pages,
    )  # fmt: skip


def _subject(area: Area, reading: Reading) -> Subject:
    return site_subject(reading, area.id, area=area.id)


OPEN = Text(
    "开设“{area}”专栏，按要求公开应公开的内容；已在别处公开的，在政务公开栏目中给出入口。",
    "Open the column “{area}”, or link to where its content is published.",
)
TEXTS = Texts(
    title=Text("重点领域专栏齐全", "The special columns are there"),
    failure_title=Text("重点领域专栏缺失", "Special columns are missing"),
    messages={
        "missing": Message(
            Text(
                "没有找到“{area}”专栏：全站{pages}个页面的菜单、栏目和标题中都没有这个名称或常用的近似名称。",
                "No column “{area}”: no menu, column or title on {pages} pages has this name or a usual one.",
            ),
            OPEN,
        ),
        "elsewhere": Message(
            Text(
                "本站没有找到“{area}”专栏，可能公开在另外的平台上（{url}），需人工确认。",
                "No column “{area}” on this site; another platform may hold it: {url}",
            ),
            OPEN,
        ),
        "scattered": Message(
            Text(
                "没有找到“{area}”专栏，但有相关的文章（“{title}”），需人工确认是否另有专栏。",
                "No column “{area}”, but articles speak of it: “{title}”.",
            ),
            OPEN,
        ),
        "incomplete": Message(
            Text(
                "“{area}”（见“{place}”）没有找到以下内容：{parts}。内容可能在图片或附件里，需人工确认。",
                "“{area}” (see “{place}”) seems to lack: {parts}. Pictures or documents may hold it.",
            ),
            Text("补充公开：{parts}。", "Publish what is lacking: {parts}."),
        ),
    },
)

CHECK = Check(
    id="missing-openness-column",
    scope="site",
    settings=MissingOpennessColumnSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="三、四、五",
            quote="重点领域信息公开专栏（逐项见规则集和 audit/vocabulary/openness.toml）",
            verified=False,
        ),
    ),
    find=find,
    when_empty="not_applicable",
)
