"""The tables of config.toml (DESIGN 5.2). Every table refuses keys that it does not know."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from audit.dates import parse_limit
from audit.model import ColumnClass, ColumnKind, Fact
from audit.urls import host_port, in_folders, join, scheme_of

_ID = re.compile(r"[a-z0-9-]{1,64}")
_ADDRESS = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}")
_HOST = re.compile(r"(?:[^\s/:@]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")


def _identifier(text: str) -> str:
    if _ID.fullmatch(text) is None:
        message = "只能用小写字母、数字和连字符，长度1至64（例如 jtt 或 highway-bureau）"
        raise ValueError(message)
    return text


def _web_address(text: str) -> str:
    scheme = scheme_of(text)
    if scheme not in {"http", "https"}:
        message = f"网址要以 http:// 或 https:// 开头，而不是 {scheme or text[:20]!r}"
        raise ValueError(message)
    address = join(text, text)
    if address is None or not host_port(address) or "@" in address.partition("//")[2].split("/")[0]:
        message = "不是有效的网址（不能带用户名和密码）"
        raise ValueError(message)
    return address


def _column_address(text: str) -> str:
    return text if text.startswith("/") else _web_address(text)


def _limit(text: str) -> str:
    try:
        parse_limit(text)
    except ValueError as error:
        message = "期限写作 14d（天）、6m（月）或 1y（年）"
        raise ValueError(message) from error
    return text


def _address(text: str) -> str:
    if _ADDRESS.fullmatch(text) is None:
        message = "写作 主机:端口，例如 127.0.0.1:8701"
        raise ValueError(message)
    return text.lower()


def _host(text: str) -> str:
    if _HOST.fullmatch(text) is None:
        message = "写作 主机 或 主机:端口，不带 http:// 和路径"
        raise ValueError(message)
    return text.lower()


Identifier = Annotated[str, AfterValidator(_identifier)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
ColumnAddress = Annotated[str, AfterValidator(_column_address)]
Limit = Annotated[str, AfterValidator(_limit)]
Address = Annotated[str, AfterValidator(_address)]
Host = Annotated[str, AfterValidator(_host)]
Folder = Annotated[str, Field(pattern=r"^/([^/\s?#]+/)*$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class Table(BaseModel):
    """A table of the config: frozen, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RunTable(Table):
    """How a run is judged."""

    as_of: dt.date | None = Field(None, description="审计基准日；不写为当天（北京时间）")
    rulebook: str = Field("yunnan-2020", description="规则集的编号，或一个 .toml 文件")
    language: Literal["zh", "en"] = Field("zh", description="报告语言")


class CrawlTable(Table):
    """How the crawl behaves. Rates per second and host, sizes in bytes, times in seconds."""

    rate: float = Field(
        2.0, ge=0, le=1000, description="每台主机每秒请求数；0为不限（仅限自己的测试主机）"
    )
    concurrency: int = Field(2, ge=1, le=64, description="每台主机的并发数")
    max_pages: int = Field(5000, ge=1, le=1_000_000, description="每个网站最多读取的页面数")
    max_depth: int = Field(30, ge=0, le=200, description="距首页的最大链接层数")
    max_looks: int = Field(20000, ge=0, le=1_000_000, description="每个网站最多核对的链接数")
    max_body: int = Field(8 << 20, ge=1 << 10, le=256 << 20, description="单页解压后的最大字节数")
    max_attachment: int = Field(
        2 << 20, ge=0, le=64 << 20, description="读取文字的附件的最大字节数"
    )
    max_attachments: int = Field(
        200, ge=0, le=100_000, description="每个网站最多整份下载的附件数；其余只看开头"
    )
    max_redirects: int = Field(10, ge=0, le=20, description="最多跟随的跳转次数")
    connect_timeout: float = Field(10.0, gt=0, le=120, description="连接时限（秒）")
    total_timeout: float = Field(30.0, gt=0, le=600, description="单次请求总时限（秒）")
    retries: int = Field(2, ge=0, le=5, description="失败后的重试次数")
    robots: Literal["obey", "ignore"] = Field(
        "obey", description="ignore 仅限所有者书面同意的自有网站"
    )
    external: Literal["check", "record"] = Field("check", description="站外链接：核对，或只记录")
    user_agent: str = Field("duwang/0.1 (government website audit)", min_length=1, max_length=200)
    allow_addresses: tuple[Address, ...] = Field((), description="允许访问的内网或本机 主机:端口")
    ca_file: str = Field(
        "", description="除公共证书机构以外还信任的证书：PEM 文件，路径相对于配置文件"
    )


class BrowserTable(Table):
    """Which browser opens the pages that need script, and how many it may open."""

    executable: str = Field("", description="浏览器程序；不写就自己找")
    render: Literal["auto", "all", "off"] = Field(
        "auto", description="auto 只打开没有脚本就读不到内容的网页；all 全部；off 不用浏览器"
    )
    budget: int = Field(60, ge=0, le=100_000, description="每个网站最多用浏览器打开的网页数")
    pictures: int = Field(
        40, ge=0, le=1000, description="每个网站最多为问题拍多少张截图；0为不截图"
    )
    pictures_per_check: int = Field(5, ge=1, le=1000, description="其中每个检查项最多几张")


class StoreTable(Table):
    """Where runs are kept."""

    location: str = Field(".duwang", min_length=1, description="文件夹，或 PostgreSQL 网址")


class OutputTable(Table):
    """What a run writes."""

    dir: str = Field("duwang-report", min_length=1)
    formats: tuple[str, ...] = ("html", "json", "pages", "links", "csv")


class CalendarTable(Table):
    """Days beyond the built-in tables of holidays."""

    holidays: tuple[dt.date, ...] = ()
    workdays: tuple[dt.date, ...] = ()

    @model_validator(mode="after")
    def _is_either(self) -> "CalendarTable":
        both = sorted(set(self.holidays) & set(self.workdays))
        if both:
            message = f"{both[0].isoformat()} 不能既是 holidays 又是 workdays"
            raise ValueError(message)
        return self


class ColumnTable(Table):
    """A registered column; what is not written is read from the site."""

    name: Name
    url: ColumnAddress
    klass: ColumnClass | None = Field(None, alias="class")
    limit: Limit | None = None
    kind: ColumnKind | None = None
    owner: str = ""
    exempt_until: dt.date | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _exemption_has_a_reason(self) -> "ColumnTable":
        if self.exempt_until and not self.reason:
            message = "写了 exempt_until 就要写 reason（豁免理由）"
            raise ValueError(message)
        return self


class SiteTable(Table):
    """A registered site."""

    id: Identifier
    name: Name
    home: WebAddress
    hosts: tuple[Host, ...] = Field((), description="除首页主机外，属于本站的主机")
    folders: tuple[Folder, ...] = Field((), description="与别的单位共用主机时，本站所占的目录")
    unit: Identifier | None = None
    site_code: str = ""
    columns: tuple[ColumnTable, ...] = ()

    @model_validator(mode="after")
    def _home_is_in_a_folder(self) -> "SiteTable":
        if not in_folders(self.home, host_port(self.home), self.folders):
            message = "home 不在 folders 写的目录之内"
            raise ValueError(message)
        return self

    def own_hosts(self) -> frozenset[str]:
        """host:port of the site's own hosts."""
        own = {host_port(self.home)}
        for host in self.hosts:
            has_port = host.rpartition(":")[2].isdigit() and not host.endswith("]")
            own |= {host} if has_port else {f"{host}:80", f"{host}:443"}
        return frozenset(own)


class UnitTable(Table):
    """A unit that owes the six facts, with or without a site of its own."""

    id: Identifier
    name: Name
    parent: Identifier | None = None
    site: Identifier | None = None
    aliases: tuple[str, ...] = ()
    facts_page: ColumnAddress | None = None
    facts: dict[Fact, str] = {}
    services: bool = Field(True, description="是否对外提供办事服务；false 时办事服务不计分")
    leaders: tuple[str, ...] = ()


class AccountTable(Table):
    """A new-media account of the register."""

    platform: Name
    name: Name
    unit: Identifier
    leader: str = ""
    department: str = ""
    owner: str = ""
    filing: str = ""
    status: Literal["active", "closed"] = "active"
    last_post: dt.date | None = None
    seen_on: dt.date | None = Field(
        default=None, description="查看最近一次发布的日期；没有它，过期的账号只列为待确认"
    )


class RepostTable(Table):
    """An item of a body above that is to be reposted; a feed keeps them in an included file."""

    title: Name
    source: Name = Field(description="首发的单位")
    published: dt.date = Field(description="首发的日期")
    url: WebAddress | None = None
    site: Identifier | None = Field(None, description="应转载的网站；不写为所有网站")


class ConfirmationTable(Table):
    """A lead (review) that a person confirmed: from then on it counts as a fault."""

    finding: str = Field(pattern=r"^[0-9a-f]{16}$")
    confirmed_by: Name
    on: dt.date
    note: str = ""


class WaiverTable(Table):
    """A finding that is tolerated for a time; scope is one finding, or a check on a site."""

    finding: str | None = Field(None, pattern=r"^[0-9a-f]{16}$")
    check: str | None = None
    site: Identifier | None = None
    reason: Name
    approver: Name
    expires: dt.date

    @model_validator(mode="after")
    def _has_a_scope(self) -> "WaiverTable":
        if self.finding is None and (self.check is None or self.site is None):
            message = "写明 finding（问题编号），或同时写 check 和 site"
            raise ValueError(message)
        return self

    @field_validator("reason", "approver")
    @classmethod
    def _says_something(cls, text: str) -> str:
        if not text.strip():
            message = "不能是空的"
            raise ValueError(message)
        return text


class Tables(Table):
    """The whole file."""

    include: tuple[str, ...] = ()
    run: RunTable = RunTable()  # pyright: ignore[reportCallIssue]
    crawl: CrawlTable = CrawlTable()  # pyright: ignore[reportCallIssue]
    browser: BrowserTable = BrowserTable()  # pyright: ignore[reportCallIssue]
    store: StoreTable = StoreTable()  # pyright: ignore[reportCallIssue]
    output: OutputTable = OutputTable()  # pyright: ignore[reportCallIssue]
    calendar: CalendarTable = CalendarTable()
    offices: dict[str, str] = Field({}, description="检查项或职责编号 → 责任处室")
    checks: dict[str, dict[str, Any]] = Field({}, description="检查项的设置，覆盖规则集")
    sites: tuple[SiteTable, ...] = Field(min_length=1)
    units: tuple[UnitTable, ...] = ()
    accounts: tuple[AccountTable, ...] = ()
    reposts: tuple[RepostTable, ...] = Field((), description="应转载的上级信息")
    confirmations: tuple[ConfirmationTable, ...] = ()
    waivers: tuple[WaiverTable, ...] = ()


def duplicates(values: Iterable[str]) -> Sequence[str]:
    """Values that occur more than once, in order of their second appearance."""
    seen: set[str] = set()
    twice: list[str] = []
    for value in values:
        if value in seen and value not in twice:
            twice.append(value)
        seen.add(value)
    return twice
