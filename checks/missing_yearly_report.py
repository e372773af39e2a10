"""年度报告未公开: a report that is due once a year is not to be found for the year that is due.

A title tells the year. From the day after its last day the report of the last year is due (the
budget: of this year). Before that day the one before it is. A title without a year, or only older
years behind list pages that were not read, go to review; so does what another platform may hold, what
bears another body's name, and what is linked and gone. Notices about reports are none.
"""

from collections.abc import Iterator, Mapping

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    Reading,
    Reason,
    Settings,
    Signpost,
    Text,
    Texts,
    Verdict,
    YearlyReport,
    fault,
    fetched,
    ok,
    review,
    site_subject,
    table,
    unknown,
)


class MissingYearlyReportSettings(Settings):
    """Last day (`MM-DD`) of each report, for sites of units that have none above them, and below."""

    days: Mapping[str, str]
    own_year: tuple[str, ...]  # reports on the year itself; the others are on the year before
    below: tuple[str, ...]


def find(reading: Reading, settings: MissingYearlyReportSettings, as_of: AsOf) -> Iterator[Verdict]:
    """Judge every yearly report that the site owes."""
    if not any(report.owed for report in reading.yearly):
        yield unknown(site_subject(reading), Reason.NOT_REGISTERED)  # a name that says nothing
    for report in reading.yearly:
        last = settings.days.get(report.kind, "")
        if report.owed and last and (not reading.is_below or report.kind in settings.below):
            this = as_of.day.year if f"{as_of.day:%m-%d}" > last else as_of.day.year - 1
            year = this if report.kind in settings.own_year else this - 1
            yield _judge(report, year, f"{this}-{last}", reading)


def _judge(report: YearlyReport, year: int, last: str, reading: Reading) -> Verdict:
    subject = site_subject(reading, report.kind)
    if any(found >= year for found in report.years):
        return ok(subject, observed=str(report.years[0]))
    if report.unseen is not None:
        return unknown(subject, report.unseen)
    code, named = _code_of(report, year)
    shown = [*named, *report.signs]
    verdict = fault if code == "missing" else review
    seen = [table(sign.page, [sign.text, sign.url]) for sign in shown[:5]]
    return verdict(
        subject,
        code,
        evidence=seen or [fetched(reading.card.home, "")],
        observed=str(report.years[0]) if report.years else "0",
        limit=last,
        report=report.name,
        year=year,
        last=last,
        newest=report.years[0] if report.years else Text("一份也没有", "none at all"),
        title=named[0].text if named else "",
        url=report.elsewhere,
    )


def _code_of(report: YearlyReport, year: int) -> tuple[str, tuple[Signpost, ...]]:
    """What is to be said, and the titles that it names."""
    doubtful = tuple(sign for sign in report.doubtful if str(year) in sign.text)
    if doubtful:
        return "doubtful", doubtful
    if report.undated:
        return "undated", report.undated
    return ("elsewhere" if report.elsewhere else "missing"), ()


PUBLISH = Text("公开{year}年度的{report}。", "Publish {report} of {year}.")
TEXTS = Texts(
    title=Text("年度报告按时公开", "Yearly reports are published"),
    failure_title=Text("年度报告未公开", "Yearly reports are missing"),
    messages={
        "missing": Message(
            Text(
                "没有找到{year}年度的{report}（应在{last}前公开）；找到的最新年度：{newest}。",
                "Not found: {report} of {year}, due by {last}; the newest found: {newest}.",
            ),
            PUBLISH,
        ),
        "undated": Message(
            Text(
                "没有找到标明{year}年度的{report}，但有没写年份的标题（“{title}”），需人工确认。",
                "No title names {year} for {report}, but one has no year: “{title}”.",
            ),
            PUBLISH,
        ),
        "doubtful": Message(
            Text(
                "没有找到本单位{year}年度的{report}；有一个标题（“{title}”）写着其他单位的名称或者打不开，需人工确认。",
                "Not found: {report} of {year}; a title that names another body, or does not open: {title}",
            ),
            PUBLISH,
        ),
        "elsewhere": Message(
            Text(
                "本站没有找到{year}年度的{report}，可能公开在另外的平台上（{url}），需人工确认。",
                "Not found here: {report} of {year}; another platform may hold it: {url}",
            ),
            PUBLISH,
        ),
    },
)

CHECK = Check(
    id="missing-yearly-report",
    scope="site",
    settings=MissingYearlyReportSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办函〔2018〕12号 关于加强政府网站信息内容建设的要求（年度报表）",
            clause="政府网站工作年度报表",
            quote="每年1月31日前向社会公布政府网站工作年度报表",
            verified=False,
        ),
        Basis(
            document="中华人民共和国政府信息公开条例（2019年修订）",
            clause="第四十九条",
            quote="应当在每年1月31日前公布上一年度政府信息公开工作年度报告",
            verified=False,
        ),
    ),
    find=find,
    when_empty="not_applicable",
)
