"""A checked config, and what the other parts need of it."""

import datetime as dt
import json
from collections.abc import Mapping
from hashlib import sha256

from audit.config.tables import SiteTable, Tables, UnitTable, WaiverTable
from audit.model import (
    Account,
    Expected,
    Manners,
    RegisteredColumn,
    RegisteredUnit,
    Registers,
    SiteCard,
)
from audit.urls import join
from audit.workdays import Calendar, published

_PACE = {"rate", "concurrency"}
_PICTURES = {"pictures", "pictures_per_check"}
_COLUMN = {"__all__": {"limit", "owner", "exempt_until", "reason"}}
_PLACE = {"home", "hosts", "folders"}
_UNIT = {"facts", "services", "leaders"}


class Config:
    """A config whose parts fit together. `tables` is what the file says."""

    def __init__(self, tables: Tables) -> None:
        """Wrap checked tables."""
        self.tables = tables

    @property
    def site_ids(self) -> tuple[str, ...]:
        """The ids of all sites, in the order of the file."""
        return tuple(site.id for site in self.tables.sites)

    @property
    def names(self) -> dict[str, str]:
        """Names of sites by id."""
        return {site.id: site.name for site in self.tables.sites}

    def text(self) -> str:
        """Canonical JSON of everything that decides what is read and judged."""
        kept = self.tables.model_dump(
            mode="json", by_alias=True, exclude={"store", "output", "include"}
        )
        return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def sha256(self) -> str:
        """Hash of `text()`."""
        return sha256(self.text().encode()).hexdigest()

    def seen_of(self, site_id: str) -> Mapping[str, object]:
        """What decides which pages of a site a run sees, and as what; without pace and judgement."""
        tables = self.tables
        own = [one for one in tables.sites if one.id == site_id]
        return {
            "crawl": tables.crawl.model_dump(exclude=_PACE),
            "browser": tables.browser.model_dump(exclude=_PICTURES),
            "site": [
                one.model_dump(exclude={"site_code": True, "columns": _COLUMN}) for one in own
            ],
            "units": [one.model_dump(exclude=_UNIT) for one in tables.units],
        }

    def scope_of(self, site_id: str) -> Mapping[str, object]:
        """What decides how far a run looks on a site, wherever that is; without what people registered."""
        tables = self.tables
        own = [one for one in tables.sites if one.id == site_id]
        return {
            "crawl": tables.crawl.model_dump(exclude=_PACE | {"allow_addresses", "user_agent"}),
            "site": [(one.hosts, one.folders) for one in own],
        }

    def judging(self) -> Mapping[str, object]:
        """What people registered, by which pages are judged; what staff saw elsewhere is no rule.

        Settings of checks are compared as they were used.
        """
        tables = self.tables
        return {
            "sites": {one.id: one.model_dump(exclude=_PLACE) for one in tables.sites},
            "units": tables.units,
            "calendar": tables.calendar,
        }

    def placed_as(self, earlier: "Config") -> "Config":
        """This config with the addresses of an earlier one, and the sites that only that one has."""
        then = {one.id: one for one in earlier.tables.sites}
        now = {one.id: one for one in self.tables.sites}
        kept = [
            one.model_copy(update={name: getattr(then[one.id], name) for name in _PLACE})
            if one.id in then
            else one
            for one in now.values()
        ]
        gone = [one for one in then.values() if one.id not in now]
        return Config(self.tables.model_copy(update={"sites": (*kept, *gone)}))

    def site(self, site_id: str) -> SiteTable:
        """The site's table; KeyError for an id that is not registered."""
        return next(site for site in self.tables.sites if site.id == site_id)

    def manners(
        self,
        site_id: str,
        *,
        max_pages: int | None = None,
        quick: bool = False,
        browser: bool = True,
    ) -> Manners:
        """How to behave towards one site."""
        site = self.site(site_id)
        rules = self.tables.crawl
        shown = self.tables.browser
        return Manners(
            site=site.id,
            home=site.home,
            own_hosts=site.own_hosts(),
            folders=site.folders,
            user_agent=rules.user_agent,
            rate=rules.rate,
            concurrency=rules.concurrency,
            max_pages=max_pages or rules.max_pages,
            max_depth=rules.max_depth,
            max_looks=rules.max_looks,
            max_body=rules.max_body,
            max_wire=rules.max_body,
            max_redirects=rules.max_redirects,
            connect_timeout=rules.connect_timeout,
            total_timeout=rules.total_timeout,
            retries=rules.retries,
            allow_addresses=frozenset(rules.allow_addresses),
            robots=rules.robots,
            external=rules.external,
            quick=quick,
            render=shown.render if browser else "off",
            max_renders=shown.budget,
            executable=shown.executable,
            ca_file=rules.ca_file,
            max_attachment=rules.max_attachment,
            max_attachments=rules.max_attachments,
        )

    def registers(self, site_id: str, as_of: dt.date) -> Registers:
        """What people registered, for one site."""
        site = self.site(site_id)
        return Registers(
            SiteCard(
                site.id,
                site.name,
                site.home,
                self.unit_of(site),
                site.site_code,
                site.own_hosts(),
                site.folders,
            ),
            tuple(
                RegisteredColumn(
                    name=column.name,
                    url=join(site.home, column.url) or column.url,
                    klass=column.klass,
                    kind=column.kind,
                    limit=column.limit or "",
                    owner=column.owner,
                    exempt_until=column.exempt_until,
                    reason=column.reason,
                )
                for column in site.columns
            ),
            self.units(),
            as_of,
            self._expected(site),
        )

    def unit_of(self, site: SiteTable) -> str:
        """The unit that owes the site's duty; empty when none is registered."""
        return site.unit or next((u.id for u in self.tables.units if u.site == site.id), "")

    def units(self) -> tuple[RegisteredUnit, ...]:
        """Every unit of the estate."""
        return tuple(self._unit(unit) for unit in self.tables.units)

    def accounts(self) -> tuple[Account, ...]:
        """Every registered account on new media."""
        return tuple(
            Account(
                platform=one.platform,
                name=one.name,
                unit=one.unit,
                leader=one.leader,
                department=one.department,
                owner=one.owner,
                filing=one.filing,
                closed=one.status == "closed",
                last_post=one.last_post,
                seen_on=one.seen_on,
            )
            for one in self.tables.accounts
        )

    def _expected(self, site: SiteTable) -> tuple[Expected, ...]:
        """What the site is to repost: what names it, and what names no site."""
        return tuple(
            Expected(one.title, one.source, one.published, one.url or "")
            for one in self.tables.reposts
            if one.site in {None, site.id}
        )

    def services_of(self, site_id: str) -> bool:
        """Whether the site's unit offers services; a site without unit does."""
        own = self.unit_of(self.site(site_id))
        return next((unit.services for unit in self.tables.units if unit.id == own), True)

    def calendar(self) -> Calendar:
        """The working-day calendar with the days that the config adds."""
        days = self.tables.calendar
        return published().extended(days.holidays, days.workdays)

    def settings(self) -> Mapping[str, Mapping[str, object]]:
        """Settings of checks by id."""
        return self.tables.checks

    def waiver_of(self, finding: str, check: str, site: str, as_of: dt.date) -> WaiverTable | None:
        """The waiver that covers a finding on that day (the last day included)."""
        for waiver in self.tables.waivers:
            covers = waiver.finding == finding or (
                waiver.finding is None and waiver.check == check and waiver.site == site
            )
            if covers and as_of <= waiver.expires:
                return waiver
        return None

    def confirmed(self) -> frozenset[str]:
        """Ids of leads that a person confirmed."""
        return frozenset(one.finding for one in self.tables.confirmations)

    def _unit(self, unit: UnitTable) -> RegisteredUnit:
        page = unit.facts_page or ""
        if page.startswith("/"):
            page = join(self._home_for(unit), page) or page
        return RegisteredUnit(
            id=unit.id,
            name=unit.name,
            site=unit.site or "",
            parent=unit.parent or "",
            aliases=unit.aliases,
            facts_page=page,
            facts=unit.facts,
            services=unit.services,
            leaders=unit.leaders,
        )

    def _home_for(self, unit: UnitTable) -> str:
        """The home page of the site that says the unit's facts: its own or its nearest parent's."""
        by_id = {one.id: one for one in self.tables.units}
        current: UnitTable | None = unit
        for _ in range(len(by_id) + 1):
            if current is None:
                break
            if current.site:
                return self.site(current.site).home
            current = by_id.get(current.parent or "")
        return self.tables.sites[0].home


def schema_text() -> str:
    """JSON Schema of config.toml, for editors."""
    schema = Tables.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "duwang config.toml"
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
