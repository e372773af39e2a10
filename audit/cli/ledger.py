"""The pair ledger on the terminal: how many pairs are in which state, and those that need somebody."""

from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from audit.cli.plain import plain
from audit.model import DirectionState, PairState, SubjectKind
from audit.report import PairRow, Report, SiteReport
from reports.speech import Speech
from reports.tones import sign

LINES = 20  # lines of one site
TITLE = 40  # characters of a title
LATE = "late-interpretation"
GRAVITY = (
    PairState.BROKEN,
    PairState.UNLINKED,
    PairState.ONE_WAY,
    PairState.UNINTERPRETED,
    PairState.LINKED,  # late
    PairState.REVIEW,
    PairState.NOT_ASSESSED,
    PairState.OUT_OF_SCOPE,
    PairState.ORPHAN,
)


def show_ledger(console: Console, report: Report, language: str) -> None:
    """One table for each site that has policies or interpretations."""
    speech = Speech(language)
    for site in report.sites:
        if site.pairs:
            console.print(_counts(site, speech), soft_wrap=True)
            _lines(console, site, speech)


def _counts(site: SiteReport, speech: Speech) -> Text:
    states = Counter(row.state for row in site.pairs)
    policies = len({row.policy.url for row in site.pairs if row.policy.url})
    late = len({row.policy.url for row in site.pairs if _is_late(row, _about(site))})
    said = [f"{speech.word(state)} {states[state]}" for state in GRAVITY if states[state]]
    said += [f"{speech.say('解读超时', 'late')} {late}"] if late else []
    head = speech.say(
        f"{site.name}：{policies}份文件，{len(site.pairs)}行台账：",
        f"{site.name}: {policies} policies, {len(site.pairs)} lines: ",
    )
    return plain(head + speech.say("，", ", ").join(said))


def _lines(console: Console, site: SiteReport, speech: Speech) -> None:
    about = _about(site)
    wanted = sorted(_needy(site.pairs, about), key=lambda row: GRAVITY.index(row.state))
    if not wanted:
        return
    table = Table(show_edge=False, pad_edge=False)
    for zh, en in (
        ("政策文件", "policy"), ("解读", "interpretation"), ("→解读", "there"), ("→文件", "back"),
        ("工作日", "days"), ("结论", "verdict"),
    ):  # fmt: skip
        table.add_column(speech.say(zh, en), overflow="fold")
    for row in wanted[:LINES]:
        table.add_row(*_cells(row, about, speech))
    console.print(table)
    if len(wanted) > LINES:
        rest = len(wanted) - LINES
        console.print(speech.say(f"……另有{rest}行，见报告。", f"… {rest} more in the report."))


def _about(site: SiteReport) -> dict[str, str]:
    """The checks of the findings about pairs, by the finding's id."""
    return {f.id: f.check for f in site.findings if f.subject.kind is SubjectKind.PAIR}


def _needy(rows: Iterable[PairRow], about: dict[str, str]) -> Iterable[PairRow]:
    """Pairs with a finding of their own, or in doubt."""
    for row in rows:
        if row.state is PairState.REVIEW or any(one in about for one in row.findings):
            yield row


def _is_late(row: PairRow, about: dict[str, str]) -> bool:
    return any(about.get(one) == LATE for one in row.findings)


def _cells(row: PairRow, about: dict[str, str], speech: Speech) -> Iterable[Text]:
    shown = row.interpretation
    name = f"{row.policy.title} {row.policy.number}".strip()
    yield plain(row.policy.number or row.policy.title, limit=TITLE) if shown else plain(name)
    yield plain(shown.title, limit=TITLE) if shown else Text("—")
    for direction in (row.forward, row.back):
        yield Text(_sign(direction) if shown else "—")
    lag = "—" if row.lag_workdays is None else f"{row.lag_workdays}"
    yield Text(f"{lag}/{row.lag_limit}" if shown and row.lag_limit is not None else lag)
    verdict = speech.word(row.state)
    if shown is None:
        verdict += f" · {speech.word(row.policy.scope)}"
    if _is_late(row, about):
        verdict += speech.say(" · 解读超时", " · late")
    yield Text(verdict)


def _sign(state: DirectionState) -> str:
    return "？" if state is DirectionState.NOT_ASSESSED else sign(state)
