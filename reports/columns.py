"""Under which column a finding is filed: its own, or the one whose folder holds its page."""

import msgspec

from audit.model import SubjectKind
from audit.report import ColumnRow, Finding, SiteReport
from audit.urls import host_port, key
from reports.speech import Speech
from reports.untrusted import shown

Place = tuple[str, str]
"""host:port and folder of an address."""


class Shelf(msgspec.Struct, frozen=True):
    """The columns of one site, found by id and by folder."""

    by_id: dict[str, ColumnRow]
    by_folder: dict[Place, ColumnRow]
    speech: Speech

    @classmethod
    def of(cls, site: SiteReport, speech: Speech) -> "Shelf":
        """Arrange the columns; a folder that two columns share, or a site's root, decides nothing."""
        folders: dict[Place, list[ColumnRow]] = {}
        for column in site.columns:
            folders.setdefault(_folder(column.url), []).append(column)
        return cls(
            {column.id: column for column in site.columns},
            {
                place: columns[0]
                for place, columns in folders.items()
                if len(columns) == 1 and place[1] != "/"
            },
            speech,
        )

    def column_for(self, finding: Finding) -> ColumnRow | None:
        """The finding's column: its subject, else by the folder of its page or first cited page."""
        if finding.subject.kind is SubjectKind.COLUMN:
            return self.by_id.get(finding.subject.key)
        if finding.subject.kind in {SubjectKind.SITE, SubjectKind.SEARCH, SubjectKind.ACCOUNT}:
            return None
        cited = (one.url for one in finding.evidence)
        for url in (finding.subject.url, *cited):
            column = self._above(url)
            if column is not None:
                return column
        return None

    def name_for(self, finding: Finding) -> str:
        """The column's name for people; empty when the finding belongs to none."""
        if finding.subject.kind is SubjectKind.COLUMN:
            return shown(finding.subject.label)
        column = self.column_for(finding)
        return column_name(column) if column else ""

    def _above(self, url: str) -> ColumnRow | None:
        host, folder = _folder(url)
        while len(folder) > 1:
            column = self.by_folder.get((host, folder))
            if column is not None:
                return column
            folder = folder[:-1].rpartition("/")[0] + "/"
        return None


def column_name(column: ColumnRow) -> str:
    """A column by its path in the site's tree."""
    return shown(" › ".join(column.path) or column.name)


def _folder(url: str) -> Place:
    path = key(url).partition("?")[0]
    return host_port(url), path.rpartition("/")[0] + "/"
