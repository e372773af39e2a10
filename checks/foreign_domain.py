"""域名: a site under a name that is not a government's.

The registered addresses are judged, nothing is asked for. The home page's host must bear a
government's name: a number, or a port that people have to write, is a fault like a name that
everybody may register. What may have its reason goes to review: the names of public-service bodies,
other registered hosts, a government's name that is not under the one the rulebook wants. An address
of a private network or of this machine tells nothing of the site's public name.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    HostKind,
    Message,
    Reading,
    Reason,
    Settings,
    SiteHost,
    Text,
    Texts,
    Verdict,
    fault,
    ok,
    review,
    site_subject,
    table,
    unknown,
)


class ForeignDomainSettings(Settings):
    """What names are in order."""

    above: str  # the name under which the sites of departments are, such as yn.gov.cn; empty: any
    public_units: list[str]  # ids of the units that are public-service bodies


def find(reading: Reading, settings: ForeignDomainSettings, as_of: AsOf) -> Iterator[Verdict]:  # noqa: ARG001 - the day plays no part
    """Judge every registered host."""
    for host in reading.hosts:
        subject = site_subject(reading, "" if host.home else host.host)
        code = _code(host, settings, owner=reading.card.unit, below=reading.is_below)
        if host.kind is HostKind.PRIVATE:
            yield unknown(subject, Reason.NOT_REGISTERED)
        elif not code:
            yield ok(subject, observed=host.host)
        else:
            named = f"{host.host}:{host.port}" if host.port else host.host
            verdict = fault if code in CERTAIN else review
            yield verdict(
                subject,
                code,
                evidence=[table(reading.card.home, [named])],
                observed=named,
                limit=settings.above or ENDING,
                host=named,
                above=settings.above or ENDING,
            )


def _code(host: SiteHost, settings: ForeignDomainSettings, *, owner: str, below: bool) -> str:
    """What is wrong with a host; empty: nothing."""
    if host.kind is HostKind.PUBLIC and owner in settings.public_units:
        return ""
    if not host.home:
        return "" if host.kind is HostKind.GOVERNMENT else "second"
    if host.kind is not HostKind.GOVERNMENT:
        return KINDS.get(host.kind, "foreign")
    if host.port:
        return "port"
    above = settings.above
    under = not host.host.endswith(ENDING) or f".{host.host}".endswith(f".{above}")
    return "" if not above or under or below else "elsewhere"


ENDING = ".gov.cn"
KINDS = {HostKind.NUMBER: "number", HostKind.PUBLIC: "public"}
CERTAIN = {"foreign", "number", "port"}
MOVE = Text(
    "改用以.gov.cn结尾的域名；原域名跳转过去，到期后注销。",
    "Move to a name under .gov.cn; send the old one there and give it up in time.",
)
TEXTS = Texts(
    title=Text("使用政府网站域名", "The site has a government's name"),
    failure_title=Text("域名不规范", "The site's name is not a government's"),
    messages={
        "foreign": Message(
            Text("网站域名{host}不以{above}结尾。", "The site's name {host} is not under {above}."),
            MOVE,
        ),
        "number": Message(
            Text("网站用IP地址{host}访问，没有域名。", "The site is at the number {host}."), MOVE
        ),
        "port": Message(
            Text("网站地址{host}带端口号。", "The site's address {host} names a port."),
            Text("改用默认端口80或443。", "Serve it at port 80 or 443."),
        ),
        "public": Message(
            Text(
                "网站域名{host}是公益机构或社会组织的域名，需人工确认主办单位的性质。",
                "The site's name {host} is one of public-service bodies; is its unit one?",
            ),
            Text(
                "行政机关的网站改用以.gov.cn结尾的域名；公益机构的，写进配置。",
                "Move to a name under .gov.cn; register units that are public-service bodies.",
            ),
        ),
        "second": Message(
            Text(
                "登记为本站的另一主机{host}不是政府网站域名，需人工确认是不是第二域名。",
                "The registered host {host} bears no government's name; is it a second name?",
            ),
            Text(
                "内容与本站相同的第二域名跳转到主域名；检索等公共服务的，不必处理。",
                "Send a second name of the same site to the first; shared services may stay.",
            ),
        ),
        "elsewhere": Message(
            Text(
                "网站域名{host}不在{above}之下，需人工确认。",
                "The site's name {host} is not under {above}.",
            ),
            Text(
                "部门网站使用本级政府门户网站的下级域名。",
                "Give a department's site a name under its government's.",
            ),
        ),
    },
)

CHECK = Check(
    id="foreign-domain",
    scope="site",
    settings=ForeignDomainSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办发〔2017〕47号 政府网站发展指引",
            clause="域名管理",
            quote="政府网站使用以.gov.cn为后缀的英文域名；部门网站使用本级政府门户网站的下级域名",
            verified=False,
        ),
    ),
    find=find,
)
