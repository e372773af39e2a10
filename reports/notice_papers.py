"""The papers of a run: a notice of rectification for each unit, and a draft circular about all of them.

What people must fill in (number, day, seal, answers) is left blank; nothing is claimed that the report
does not hold. A run in doubt says so on top: no notice is served from it. Heavy: imported only where
one is written.
"""

from collections.abc import Iterator

from audit.model import SiteVerdict
from audit.report import Material, Report
from reports.counting import Counts
from reports.notices import (
    MOST,
    Notice,
    Row,
    Unseen,
    commons,
    notices,
    standings,
    verdicts,
)
from reports.paper import Fine, Line, Paper
from reports.speech import Speech

BLANK = "＿" * 6  # to be filled in by hand
FOLDER = "notices"


def papers(report: Report, material: Material) -> Iterator[tuple[str, bytes]]:
    """One document a unit that has something to put right or to look at, and one about all."""
    speech = Speech(material.language)
    folder = f"{FOLDER}/{report.run.id}"  # an older run's papers stay what they were
    for notice in notices(report, material, speech):
        yield f"{folder}/{notice.file}.docx", _notice(notice, report, material, speech)
    yield f"{folder}/circular.docx", _circular(report, material, speech)


def _notice(notice: Notice, report: Report, material: Material, speech: Speech) -> bytes:
    say = speech.say
    demanding = bool(notice.faults)
    title = say("网站问题整改通知单", "Notice of rectification")
    if not demanding:
        title = say("网站线索核实通知单", "Request to look at leads")
    paper = Paper(f"{title} {notice.unit}", report.run.as_of)
    _doubts(paper, report, speech)
    paper.say(title, "title")
    paper.say(
        say(f"编号：{BLANK}　　签发日期：{BLANK}", f"No.: {BLANK}  Issued on: {BLANK}"), "right"
    )
    paper.say(say(f"{notice.unit}：", f"To {notice.unit}:"), "plain")
    paper.say(_looked(notice, report, material, speech))
    for said in _found(notice, speech):
        paper.say(said)
    paper.say(_asked(notice, speech))
    _seal(paper, speech)
    paper.turn()
    _list(paper, notice, notice.faults, speech)
    _list(paper, notice, notice.leads, speech)
    _unseen(paper, notice, speech)
    return paper.bytes()


def _doubts(paper: Paper, report: Report, speech: Speech) -> None:
    """What must be known before such a document is served."""
    for why in report.run.suspect:
        paper.warn(
            speech.say(
                f"本次运行存疑，核实前不得下发：{why}", f"The run is in doubt; do not serve: {why}"
            )
        )
    if report.run.status != "complete":
        paper.warn(
            speech.say(
                "本次运行没有读完全部内容：没有读到的既不算问题，也不算通过。",
                "The run did not come to its end: what was not read is neither faulty nor passed.",
            )
        )
    if not report.rulebook.verified:
        paper.warn(
            speech.say(
                "规则集中有条文或分值尚未经人工核实，下发前请核对依据。",
                "Parts of the rulebook were verified by nobody; check the basis before serving.",
            )
        )


def _looked(notice: Notice, report: Report, material: Material, speech: Speech) -> str:
    """What was looked at, when, by which norm."""
    sites = speech.join([f"{site.name}（{site.home}）" for site in notice.sites])
    fetched = sum(site.pages.fetched for site in notice.sites)
    assessed = sum(site.pages.assessed for site in notice.sites)
    day = speech.long_day(report.run.as_of)
    return speech.say(
        f"依据{material.rulebook_name}，对你单位网站{sites}进行了读网检查（基准日{day}，"
        f"运行编号{report.run.id}）。共访问{fetched}个地址，评估{assessed}个页面。",
        f"By {material.rulebook_name}, your sites {sites} were read (day {day}, run "
        f"{report.run.id}): {fetched} addresses visited, {assessed} pages assessed.",
    )


def _found(notice: Notice, speech: Speech) -> Iterator[str]:
    """How much was found, in sentences."""
    if notice.faults:
        yield speech.say(
            f"检查确认需整改的问题{notice.counts.confirmed}项（{_kinds(notice.counts, speech)}），"
            f"逐项情况和证据见附件{_annex(notice, notice.faults)}。",
            f"{notice.counts.confirmed} findings are confirmed "
            f"({_kinds(notice.counts, speech)}); see annex {_annex(notice, notice.faults)} for each and its evidence.",
        )
    if notice.leads:
        yield speech.say(
            f"另有线索{notice.counts.review}项，程序不能判定，见附件{_annex(notice, notice.leads)}，请核实后反馈是否属实。",
            f"{notice.counts.review} leads could not be decided by program; please look at annex {_annex(notice, notice.leads)}.",
        )
    if notice.unseen:
        count = sum(len(one.titles) for one in notice.unseen)
        yield speech.say(
            f"有{count}项检查本次未能进行，原因见附件{_annex(notice, notice.unseen)}；未检查不等于没有问题。",
            f"{count} checks could not be made (annex {_annex(notice, notice.unseen)}); what was not checked is not thereby good.",
        )


def _asked(notice: Notice, speech: Speech) -> str:
    """What the unit is to do, and by when."""
    dues = notice.dues
    if not notice.faults:
        return speech.say(
            "请逐项核实，并书面反馈结果。", "Please look at each and answer in writing."
        )
    if not dues:
        return speech.say(
            "请逐项整改，并书面反馈整改情况、责任人和完成时间。",
            "Please put each right and answer in writing: what was done, by whom, when.",
        )
    first, last = speech.long_day(dues[0]), speech.long_day(dues[-1])
    until = first if first == last else speech.say(f"{first}至{last}", f"{first} to {last}")
    return speech.say(
        f"请按附件1所列期限（{until}）逐项整改，并书面反馈整改情况、责任人和完成时间。"
        "整改结果以下次读网检查核实为准。",
        f"Please put each right by the day in annex 1 ({until}) and answer in writing: what was done, "
        "by whom, when. The next run verifies it.",
    )


def _seal(paper: Paper, speech: Speech) -> None:
    paper.say(
        speech.say(f"联系人：{BLANK}　电话：{BLANK}", f"Contact: {BLANK}  Telephone: {BLANK}")
    )
    paper.say(speech.say("（印章）＿＿＿＿年＿＿月＿＿日", "(seal) Day: ________"), "right")


def _annex(notice: Notice, rows: tuple[Row, ...] | tuple[Unseen, ...]) -> int:
    """The number of the annex that holds these rows: those that are empty have none."""
    return [one for one in (notice.faults, notice.leads, notice.unseen) if one].index(rows) + 1


def _list(paper: Paper, notice: Notice, rows: tuple[Row, ...], speech: Speech) -> None:
    """The findings one by one; nothing when there are none."""
    if not rows:
        return
    number = _annex(notice, rows)
    title = speech.say(f"附件{number}　需核实的线索", f"Annex {number}. Leads to be looked at")
    if rows is notice.faults:
        title = speech.say(f"附件{number}　需整改的问题", f"Annex {number}. To be put right")
    paper.say(title, "head")
    say = speech.say
    heads = (
        (say("序号", "No."), 12), (say("问题", "Finding"), 34), (say("位置", "Place"), 48),
        (say("检查发现的情况和证据", "What was seen"), 66), (say("依据", "Basis"), 30),
        (say("整改要求", "Remedy"), 36), (say("整改情况", "Answer"), 34),
    )  # fmt: skip
    paper.table(heads, [_cells(place, row, speech) for place, row in enumerate(rows[:MOST], 1)])
    if len(rows) > MOST:
        rest = len(rows) - MOST
        paper.say(say(f"另有{rest}项，见问题台账。", f"{rest} more are in the ledger."))


def _cells(place: int, row: Row, speech: Speech) -> tuple[str | tuple[Line, ...], ...]:
    due = speech.say(f"期限：{speech.day(row.due)}", f"due: {speech.day(row.due)}")
    office = speech.say(f"责任处室：{row.office}", f"office: {row.office}")
    label = "" if row.label in {row.column, row.site} else row.label
    return (
        str(place),
        (
            row.title,
            "，".join(filter(None, (row.severity, row.state))),
            Fine(speech.say(f"编号{row.id}", f"id {row.id}")),
        ),
        _lines(row.site, row.column, label, row.url),
        (*_lines(row.message, row.measured), *_evidence(row, speech)),
        row.basis,
        _lines(row.remedy, due if row.due else "", office if row.office else ""),
        "",
    )


def _evidence(row: Row, speech: Speech) -> Iterator[Line]:
    """What was seen, in small print; the address once more where it is another than the place's."""
    for one in row.evidence:
        quote = speech.say(f"“{one.quote}”", f'"{one.quote}"') if one.quote else ""
        at = speech.say(f"（{one.at}访问）", f" (seen {one.at})") if one.at else ""
        if quote or at:
            yield Fine(speech.say(f"证据：{quote}{at}", f"evidence: {quote}{at}"))
        if one.url and one.url != row.url:
            yield one.url


def _lines(*said: str) -> tuple[str, ...]:
    return tuple(filter(None, said)) or ("",)


def _unseen(paper: Paper, notice: Notice, speech: Speech) -> None:
    if not notice.unseen:
        return
    say = speech.say
    number = _annex(notice, notice.unseen)
    title = say(f"附件{number}　本次未能进行的检查", f"Annex {number}. What could not be checked")
    paper.say(title, "head")
    heads = ((say("网站", "Site"), 60), (say("原因", "Why"), 70), (say("检查项", "Checks"), 130))
    paper.table(
        heads, [(one.site, one.why, speech.join(list(one.titles))) for one in notice.unseen]
    )


def _circular(report: Report, material: Material, speech: Speech) -> bytes:
    say = speech.say
    day = speech.long_day(report.run.as_of)
    title = say("网站读网检查情况通报", "Circular on the reading of the sites")
    paper = Paper(title, report.run.as_of)
    _doubts(paper, report, speech)
    paper.say(title, "title")
    paper.say(say("（草稿）", "(draft)"), "right")
    paper.say(say("一、总体情况", "1. The whole"), "head")
    for said in _whole(report, material, speech, day):
        paper.say(said)
    paper.say(say("二、主要问题", "2. What was found"), "head")
    kinds = commons(report, material)
    for one in kinds:
        units = speech.join(list(one.units))
        paper.say(
            say(
                f"{one.title}：{one.count}项，涉及{units}。", f"{one.title}: {one.count} ({units})."
            )
        )
    if not kinds:
        paper.say(say("没有确认的问题。", "No finding is confirmed."))
    paper.say(say("三、工作要求", "3. What is asked"), "head")
    paper.say(
        say(
            "请各单位按整改通知单逐项整改、按期反馈；对未能检查的内容自行核查。整改结果由下次读网检查核实。",
            "Each unit is to put right what its notice lists, to answer in time, and to look itself at what could not be checked; the next run verifies it.",
        )
    )
    paper.turn()
    paper.say(say("附表　各网站检查情况", "Annex. The sites"), "head")
    _standings(paper, report, material, speech)
    return paper.bytes()


def _whole(report: Report, material: Material, speech: Speech, day: str) -> Iterator[str]:
    count, seen = len(report.sites), verdicts(report)
    good, bad, open_ = (seen[one] for one in SiteVerdict)
    yield speech.say(
        f"截至{day}，依据{material.rulebook_name}读网检查网站{count}个（运行编号{report.run.id}）："
        f"合格{good}个，不合格{bad}个，证据不足、不作结论{open_}个。",
        f"By {day}, {count} sites were read by {material.rulebook_name} (run {report.run.id}): "
        f"{good} qualified, {bad} not, {open_} without a verdict for lack of evidence.",
    )
    change = report.comparison
    if change is None:
        yield speech.say("没有可比较的上次检查。", "There is no earlier run to compare with.")
        return
    new, fixed, back = len(change.new), len(change.fixed), len(change.reopened)
    yield speech.say(
        f"与上次检查（{change.against}）相比：新增{new}项，已整改{fixed}项，再次出现{back}项，"
        f"持续存在{change.open}项，本次未能核实{change.not_observed}项。",
        f"Since the run {change.against}: {new} new, {fixed} put right, {back} back, {change.open} still "
        f"open, {change.not_observed} not looked at this time.",
    )


def _standings(paper: Paper, report: Report, material: Material, speech: Speech) -> None:
    say = speech.say
    heads = (
        (say("单位", "Unit"), 42), (say("网站", "Site"), 42), (say("结论", "Verdict"), 24),
        (say("得分", "Score"), 20), (say("覆盖率", "Coverage"), 20), (say("确认问题", "Confirmed"), 56),
        (say("其中新增", "New"), 20), (say("线索", "Leads"), 16), (say("未能检查", "Unseen"), 20),
    )  # fmt: skip
    rows = [
        (
            one.unit,
            one.site,
            one.verdict,
            one.points,
            one.coverage,
            f"{one.counts.confirmed}（{_kinds(one.counts, speech)}）"
            if one.counts.confirmed
            else "0",
            str(one.new) if report.comparison else "—",
            str(one.counts.review),
            str(one.unseen),
        )
        for one in standings(report, material, speech)
    ]
    paper.table(heads, rows)


def _kinds(counts: Counts, speech: Speech) -> str:
    """Counts by severity, those that are."""
    named = (
        (speech.say("单项否决", "veto"), counts.veto),
        (speech.say("重要", "major"), counts.major),
        (speech.say("一般", "minor"), counts.minor),
        (speech.say("提示", "notice"), counts.notice),
    )
    return speech.join([f"{name}{speech.say('', ' ')}{count}" for name, count in named if count])
