"""One run from its start to its report, and the same run judged again offline."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec

from audit.api import AnyCheck
from audit.config import Config
from audit.model import AsOf, VerdictState
from audit.model.words import READ
from audit.pipeline.changes import last_good, with_changes
from audit.pipeline.comparing import Compared, compared, varying_of
from audit.pipeline.compose import Wording, compose
from audit.pipeline.evidence import completed, placed
from audit.pipeline.judge import Bench, failed_checks, findings_of, judge
from audit.pipeline.judged import Judged
from audit.pipeline.material import RunMaterial
from audit.pipeline.mended import with_mended
from audit.pipeline.moves import with_moves
from audit.pipeline.pictures import Limits, wanted_pictures, with_pictures
from audit.pipeline.places import with_places
from audit.pipeline.reach import Options, readings_of
from audit.pipeline.rejudging import read_again
from audit.pipeline.removals import with_removals
from audit.pipeline.sanity import slowness, suspicions
from audit.pipeline.sides import Side, side_of, stamp_of
from audit.reading import Reading, read_estate, reader_key
from audit.report import Report
from audit.rulebooks import Rulebook, parse
from audit.store import FindingRow, RunRow, Store
from audit.store.snapshot import SiteSnapshot


class Audit(msgspec.Struct, frozen=True):
    """What every step of a run needs."""

    store: Store
    run: RunRow
    config: Config
    checks: Mapping[str, AnyCheck]
    jobs: int = 1  # processes that fetch
    location: str = ""  # of the store, for those processes
    archive: Path | None = None  # of a store that is a database address


class Rendered(msgspec.Struct, frozen=True):
    """A report and what formats are given beside it."""

    report: Report
    material: RunMaterial


def begin(
    store: Store,
    config: Config,
    rulebook_text: str,
    *,
    started: str,
    as_of: dt.date,
    mode: str,
    sites: Sequence[str],
    quick: bool,
    max_pages: int | None = None,
    browser: bool = True,
) -> RunRow:
    """Open a run: everything that decides its result is stored with it."""
    return store.start_run(
        started=started,
        as_of=as_of,
        mode=mode,
        sites=tuple(sites),
        partial=set(sites) != set(config.site_ids),
        quick=quick,
        config=config.text(),
        config_sha256=config.sha256(),
        rulebook=rulebook_text,
        reader=reader_key(),
        options=msgspec.json.encode(Options(max_pages, browser)).decode(),
    )


def first_judged(audit: Audit, readings: Sequence[Reading]) -> Judged:
    """What was fetched, judged by the rulebook of the run; its evidence is not yet complete."""
    rulebook = parse(audit.run.rulebook, f"运行 {audit.run.id} 保存的规则集")
    return _judge(audit, readings, rulebook, audit.run.rulebook, audit.run.as_of)


def pictures_of(
    audit: Audit, readings: Sequence[Reading], judged: Judged
) -> Mapping[str, Sequence[str]]:
    """The pictures that the evidence wants, site by site; none where there is no browser."""
    shown = audit.config.tables.browser
    options = msgspec.json.decode(audit.run.options, type=Options)
    if shown.render == "off" or not options.browser:
        return {}
    rulebook = parse(audit.run.rulebook, f"运行 {audit.run.id} 保存的规则集")
    limits = Limits(shown.pictures, shown.pictures_per_check)
    return {
        site.card.id: wanted_pictures(
            judged,
            site,
            audit.checks,
            rulebook,
            partial(_read, audit.store.snapshot(audit.run.id, site.card.id)),
            limits,
        )
        for site, reading in zip(judged.sites, readings, strict=True)
        if not reading.unavailable and not reading.browserless
    }


def _read(snapshot: SiteSnapshot, urls: Collection[str]) -> Collection[str]:
    found = snapshot.pages_at(urls).items()
    return {url for url, (fetch, page) in found if page is not None and fetch.outcome in READ}


def finish(
    audit: Audit, readings: Sequence[Reading], judged: Judged, *, began: str, finished: str
) -> Judged:
    """Close the run: the judgement with its evidence, and history, in one transaction.

    `began`: when its work was begun, or taken up again.
    """
    judged = _complete(audit, judged)
    findings = [
        FindingRow(
            finding, site, check, "fail" if verdict.state is VerdictState.FAULT else "review"
        )
        for site, check, verdict, finding in findings_of(judged)
    ]
    audit.store.finish_run(
        audit.run.id,
        finished=finished,
        status=_status(judged, audit.run, readings),
        judged=msgspec.msgpack.encode(judged),
        findings=findings,
        passed=judged.passes(),
        suspect=(
            *suspicions(audit.store, audit.run, judged),
            *slowness(audit.store, audit.run, began=began, finished=finished),
        ),
    )
    return judged


def rejudged(
    audit: Audit,
    readings: Sequence[Reading],
    rulebook: Rulebook,
    rulebook_text: str,
    as_of: dt.date,
) -> Judged:
    """Judge a stored run again; nothing is written."""
    return _complete(audit, _judge(audit, readings, rulebook, rulebook_text, as_of))


def stored(audit: Audit) -> Judged:
    """What was judged when the run was closed; its evidence as it lies now."""
    judged = msgspec.msgpack.decode(audit.store.judged(audit.run.id), type=Judged)
    return placed(judged, [audit.store.snapshot(audit.run.id, site) for site in audit.run.sites])


def rendered(
    audit: Audit, readings: Sequence[Reading], judged: Judged, *, mode: str, language: str
) -> Rendered:
    """The report of a judged run."""
    rulebook = parse(judged.rulebook, f"运行 {audit.run.id} 的规则集")
    wording = Wording(audit.checks, rulebook, audit.config, language)
    report = compose(judged, stamp_of(audit.run, judged, mode), wording)
    change = _change(audit, judged, report)
    snapshots = {site: audit.store.snapshot(audit.run.id, site) for site in audit.run.sites}
    material = RunMaterial(wording, readings, snapshots, report, change, audit.store.body)
    if change is not None:
        report = msgspec.structs.replace(report, comparison=change.comparison)
    return Rendered(report, material)


def _change(audit: Audit, judged: Judged, report: Report) -> Compared | None:
    """What changed since the last good run; None: there is none."""
    before = last_good(audit.store, audit.run)
    if before is None:
        return None
    old = side_of(audit.store, before, audit.checks, "zh")
    return compared(audit.store, old, Side(audit.run, judged, report), audit.checks)


def present_readings(audit: Audit, known: Mapping[str, Reading] | None = None) -> Sequence[Reading]:
    """Readings by the present reader: bodies are read again where an older one read them."""
    reread(audit)
    return readings_of(audit.store, audit.run, audit.config, known)


def reread(audit: Audit) -> RunRow:
    """Read stored bodies again where an older reader read them; the run as it is afterwards."""
    return read_again(audit.store, audit.run)


def _judge(
    audit: Audit, readings: Sequence[Reading], rulebook: Rulebook, text: str, as_of: dt.date
) -> Judged:
    estate = read_estate(
        readings,
        audit.config.units(),
        partial=audit.run.partial,
        accounts=audit.config.accounts(),
    )
    bench = Bench(
        checks=audit.checks,
        settings=audit.config.settings(),
        rulebook=rulebook,
        rulebook_text=text,
        as_of=AsOf(as_of, audit.config.calendar()),
        past={},
    )
    varying = varying_of(audit.checks)
    judged = with_moves(judge(estate, bench), audit.store, audit.run)
    judged = with_places(judged, audit.store, audit.run, readings)
    judged = with_mended(judged, audit.store, audit.run, varying)
    judged = with_removals(judged, audit.store, audit.run, readings, varying)
    ids = [finding for _, _, _, finding in findings_of(judged)]
    past = judged.pasts(ids, audit.store.past(audit.run.id, ids, varying))
    judged = with_changes(judged, audit.store, audit.run, readings)
    return msgspec.structs.replace(judged, past=past)


def _complete(audit: Audit, judged: Judged) -> Judged:
    """The same judgement with pictures, and with where and when everything cited was fetched."""
    snapshots = [audit.store.snapshot(audit.run.id, site) for site in audit.run.sites]
    fetches = (fetch for snapshot in snapshots for fetch in snapshot.examinations())
    return completed(with_pictures(judged, fetches), snapshots)


def _status(judged: Judged, run: RunRow, readings: Sequence[Reading]) -> str:
    """Complete when every site was reached and, but for a quick look, read to its end."""
    whole = all(
        reading.unavailable is None and (run.quick or reading.complete) for reading in readings
    )
    return "complete" if whole and not failed_checks(judged) else "incomplete"
