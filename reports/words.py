"""Every closed code of a report, said in words: data in the two languages of the reports."""

from collections.abc import Mapping
from enum import StrEnum

from audit.model import (
    ColumnChange,
    ColumnClass,
    ColumnKind,
    ColumnState,
    DateSource,
    Direction,
    DirectionState,
    EvidenceKind,
    Fact,
    FactState,
    FetchOutcome,
    FindingState,
    FindingStatus,
    Mark,
    OutcomeStatus,
    PairState,
    ProbeKind,
    ProbeState,
    Reason,
    Region,
    SearchState,
    Severity,
    SiteVerdict,
    SubjectKind,
    Text,
)
from reports import pair_words

VERDICTS = {
    SiteVerdict.QUALIFIED: Text("合格", "Qualified"),
    SiteVerdict.UNQUALIFIED: Text("不合格", "Unqualified"),
    SiteVerdict.INSUFFICIENT: Text("证据不足", "Insufficient evidence"),
}
SEVERITIES = {
    Severity.VETO: Text("单项否决", "Veto"),
    Severity.MAJOR: Text("重要", "Major"),
    Severity.MINOR: Text("一般", "Minor"),
    Severity.NOTICE: Text("提示", "Notice"),
}
STATUSES = {
    FindingStatus.FAIL: Text("确认问题", "Confirmed"),
    FindingStatus.REVIEW: Text("待人工确认", "To be confirmed"),
    FindingStatus.WAIVED: Text("已豁免", "Waived"),
}
STATES = {
    FindingState.NEW: Text("新发现", "New"),
    FindingState.OPEN: Text("持续存在", "Still open"),
    FindingState.FIXED: Text("已整改", "Fixed"),
    FindingState.REOPENED: Text("再次出现", "Reopened"),
    FindingState.NOT_OBSERVED: Text("本次未观察到", "Not observed this time"),
}
OUTCOMES = {
    OutcomeStatus.PASS: Text("通过", "Passed"),
    OutcomeStatus.FAIL: Text("不通过", "Failed"),
    OutcomeStatus.REVIEW: Text("待人工确认", "To be confirmed"),
    OutcomeStatus.NOT_ASSESSED: Text("未能评估", "Not assessed"),
    OutcomeStatus.NOT_APPLICABLE: Text("不适用", "Not applicable"),
}
REASONS = {
    Reason.UNREACHABLE: Text("网站或页面无法访问", "the site or page could not be reached"),
    Reason.ROBOTS: Text("robots.txt 不允许读取", "robots.txt does not allow it to be read"),
    Reason.FORBIDDEN: Text("服务器拒绝访问", "the server refused access"),
    Reason.LOGIN_REQUIRED: Text("需要登录才能查看", "a login is required"),
    Reason.BOT_CHALLENGE: Text("遇到人机验证，未作绕过", "a bot challenge stood in the way"),
    Reason.WAF_BLOCK: Text("被网站防护系统拦截", "a firewall blocked the visit"),
    Reason.RATE_LIMITED: Text("网站限制访问频率", "the site limits the rate of visits"),
    Reason.NEEDS_BROWSER: Text(
        "内容由脚本生成，需用浏览器读取", "script builds the content; a browser is needed"
    ),
    Reason.NO_BROWSER: Text("没有使用浏览器", "no browser was used"),
    Reason.TRUNCATED: Text("应答不完整", "the answer was cut short"),
    Reason.TIMEOUT: Text("访问超时", "the visit timed out"),
    Reason.TOO_LARGE: Text("页面超过大小上限", "the page is larger than the limit"),
    Reason.NO_DATES: Text("没有读到日期", "no date could be read"),
    Reason.NO_CALENDAR: Text(
        "所涉年份的节假日安排尚未公布", "the working-day calendar of the year is not published"
    ),
    Reason.NO_NETWORK: Text("审计所在网络不通", "the auditor's own network failed"),
    Reason.CAPTCHA: Text("需要输入验证码", "a captcha stood in the way"),
    Reason.BUDGET: Text("不在本次审计的读取范围内", "beyond what the run was set to read"),
    Reason.PARTIAL_RUN: Text("本次只审计了部分网站或页面", "the run covered a part only"),
    Reason.TOO_FEW_VISITS: Text("监测次数不足", "there were too few visits"),
    Reason.NOTHING_FOUND: Text("没有找到可供检查的内容", "nothing was found to judge"),
    Reason.NOT_REGISTERED: Text(
        "缺少登记信息或设置", "the registry or settings lack what it needs"
    ),
    Reason.CHECK_FAILED: Text("检查程序出错", "the check itself failed"),
    Reason.FORMAT: Text("文件格式读不出文字", "words of that kind of file cannot be read"),
}
ADVICE = {
    Reason.UNREACHABLE: Text(
        "确认网站能否打开，恢复后重新审计。", "Make sure the site answers, then audit again."
    ),
    Reason.ROBOTS: Text(
        "由网站主管单位核对 robots.txt，允许读取公开栏目。",
        "Have the site's owner allow public columns in robots.txt.",
    ),
    Reason.FORBIDDEN: Text(
        "联系网站运维单位，允许审计程序访问。", "Ask the site's operator to admit the auditor."
    ),
    Reason.LOGIN_REQUIRED: Text(
        "人工登录后核对；应当公开的内容改为无需登录。",
        "Check by hand; public content should need no login.",
    ),
    Reason.BOT_CHALLENGE: Text(
        "联系网站运维单位，把审计程序列入白名单。", "Ask the site's operator to admit the auditor."
    ),
    Reason.WAF_BLOCK: Text(
        "联系网站运维单位，把审计程序列入白名单。", "Ask the site's operator to admit the auditor."
    ),
    Reason.RATE_LIMITED: Text("调低访问频率后重新审计。", "Lower the rate and audit again."),
    Reason.NEEDS_BROWSER: Text(
        "让浏览器参加审计（./run browser）；仍读不到的，请人工查看。",
        "Audit with a browser (./run browser); look by hand at what is still not read.",
    ),
    Reason.NO_BROWSER: Text(
        "运行 ./run browser 安装浏览器，再审计一次。",
        "Install a browser (./run browser), then audit again.",
    ),
    Reason.TRUNCATED: Text(
        "由网站运维单位检查服务器；随后重新审计。", "Have the server looked at, then audit again."
    ),
    Reason.TIMEOUT: Text(
        "换时段重新审计；经常超时的，检查服务器和带宽。",
        "Audit again at another hour; look at the server if it recurs.",
    ),
    Reason.TOO_LARGE: Text("人工核对该页面。", "Check the page by hand."),
    Reason.NO_DATES: Text(
        "在列表和正文中标注发布日期，或人工核对。",
        "Mark publication dates on the pages, or check by hand.",
    ),
    Reason.NO_CALENDAR: Text(
        "节假日安排公布后，在 [calendar] 补充并重新判定。",
        "Add the calendar under [calendar] when it is published.",
    ),
    Reason.NO_NETWORK: Text(
        "检查审计所在网络后重新审计。", "Mend the auditor's network, then audit again."
    ),
    Reason.CAPTCHA: Text("人工核对。", "Check by hand."),
    Reason.BUDGET: Text(
        "调高上限，站外链接设为核对，再审计。", "Raise limits, check outside links, audit again."
    ),
    Reason.PARTIAL_RUN: Text(
        "对全部登记网站完成一次完整审计。", "Complete a run over every registered site."
    ),
    Reason.TOO_FEW_VISITS: Text(
        "按期运行 duwang probe，积累监测记录。", "Run duwang probe as scheduled."
    ),
    Reason.NOTHING_FOUND: Text(
        "登记相应栏目，或人工核对。", "Register the columns concerned, or check by hand."
    ),
    Reason.NOT_REGISTERED: Text(
        "在配置文件中补充登记。", "Add what is missing to the config file."
    ),
    Reason.CHECK_FAILED: Text("把日志交给技术人员。", "Hand the log to the engineers."),
    Reason.FORMAT: Text("请人工打开文件查看。", "Have a person open the files."),
}
FETCHES = {
    FetchOutcome.OK: Text("正常", "answered"),
    FetchOutcome.NOT_MODIFIED: Text("未变化", "not modified"),
    FetchOutcome.HTTP_4XX: Text("页面不存在（4xx）", "page missing (4xx)"),
    FetchOutcome.HTTP_5XX: Text("服务器出错（5xx）", "server error (5xx)"),
    FetchOutcome.HTTP_OTHER: Text("其他应答", "another status"),
    FetchOutcome.SOFT_404: Text("显示为“页面不存在”的页面", "a page that says it is missing"),
    FetchOutcome.REDIRECT_LOOP: Text("循环跳转", "redirect loop"),
    FetchOutcome.TOO_MANY_REDIRECTS: Text("跳转次数过多", "too many redirects"),
    FetchOutcome.BAD_SCHEME: Text("不是网页地址", "not a web address"),
    FetchOutcome.BLOCKED_ADDRESS: Text(
        "指向内网或保留地址，未访问", "private address, not visited"
    ),
    FetchOutcome.DNS: Text("域名无法解析", "the name does not resolve"),
    FetchOutcome.CONNECTION_REFUSED: Text("连接被拒绝", "connection refused"),
    FetchOutcome.CONNECTION_RESET: Text("连接被重置", "connection reset"),
    FetchOutcome.CONNECTION_CLOSED: Text("连接被关闭", "connection closed"),
    FetchOutcome.TLS: Text("证书或加密连接有误", "certificate or TLS fault"),
    FetchOutcome.TIMEOUT: Text("访问超时", "timed out"),
    FetchOutcome.TRUNCATED: Text("应答不完整", "cut short"),
    FetchOutcome.TOO_LARGE: Text("超过大小上限", "larger than the limit"),
    FetchOutcome.DECOMPRESSION_BOMB: Text("解压后过大", "inflates beyond the limit"),
    FetchOutcome.DECODE: Text("编码或压缩有误，无法解读", "could not be decoded"),
    FetchOutcome.PROTOCOL: Text("应答不合 HTTP 规范", "breaks the HTTP protocol"),
    FetchOutcome.URL_TOO_LONG: Text("网址过长", "address too long"),
    FetchOutcome.FORBIDDEN: Text("服务器拒绝访问", "access refused"),
    FetchOutcome.LOGIN_REQUIRED: Text("需要登录", "login required"),
    FetchOutcome.BOT_CHALLENGE: Text("遇到人机验证", "bot challenge"),
    FetchOutcome.WAF_BLOCK: Text("被防护系统拦截", "blocked by a firewall"),
    FetchOutcome.RATE_LIMITED: Text("被限制访问频率", "rate limited"),
    FetchOutcome.ROBOTS: Text("robots.txt 不允许读取", "not allowed by robots.txt"),
    FetchOutcome.ROBOTS_UNREACHABLE: Text(
        "robots.txt 无法读取，依规范不访问", "robots.txt could not be read"
    ),
    FetchOutcome.OUT_OF_SCOPE: Text("不属于本站", "out of scope"),
    FetchOutcome.BUDGET: Text("超出读取上限，未访问", "budget spent, not visited"),
    FetchOutcome.NOT_HTML: Text("附件等非网页内容", "not a web page"),
    FetchOutcome.BAD_SITEMAP: Text("站点地图文件有误", "broken sitemap"),
    FetchOutcome.PARSER: Text("网页无法解析", "could not be parsed"),
    FetchOutcome.NEEDS_BROWSER: Text("需用浏览器读取", "a browser is needed"),
    FetchOutcome.BROWSER_TIMEOUT: Text("浏览器超时", "the browser timed out"),
    FetchOutcome.BROWSER_CRASH: Text("浏览器崩溃", "the browser crashed"),
    FetchOutcome.BROWSER_MEMORY: Text("浏览器内存不足", "the browser ran out of memory"),
}
CLASSES = {
    ColumnClass.NEWS: Text("动态要闻", "News"),
    ColumnClass.NOTICE: Text("通知公告", "Notices"),
    ColumnClass.POLICY: Text("政策文件", "Policies"),
    ColumnClass.INTERPRETATION: Text("政策解读", "Interpretations"),
    ColumnClass.PERSONNEL: Text("人事信息", "Personnel"),
    ColumnClass.PLANNING: Text("规划计划", "Planning"),
    ColumnClass.FINANCE: Text("财政资金", "Finance"),
    ColumnClass.FUNCTIONS: Text("机构职能", "Functions"),
    ColumnClass.LEADERS: Text("领导信息", "Leaders"),
    ColumnClass.GUIDE: Text("公开指南", "Disclosure guide"),
    ColumnClass.INTERACTION: Text("互动交流", "Interaction"),
    ColumnClass.SERVICE: Text("办事服务", "Services"),
    ColumnClass.OPENNESS: Text("信息公开", "Openness"),
    ColumnClass.STATIC: Text("固定内容", "Static"),
    ColumnClass.TOPIC: Text("专题专栏", "Topics"),
    ColumnClass.EXTERNAL: Text("站外栏目", "External"),
    ColumnClass.OTHER: Text("其他栏目", "Other"),
}
KINDS = {
    ColumnKind.PERIODIC: Text("定期更新", "Periodic"),
    ColumnKind.EVENT: Text("随事更新", "By event"),
    ColumnKind.STATIC: Text("固定内容", "Static"),
    ColumnKind.ARCHIVE: Text("历史归档", "Archive"),
    ColumnKind.EXTERNAL: Text("站外内容", "External"),
}
COLUMNS = {
    ColumnState.FRESH: Text("按时更新", "Fresh"),
    ColumnState.STALE: Text("不更新", "Stale"),
    ColumnState.BLANK: Text("空白", "Blank"),
    ColumnState.UNDATED: Text("日期不明", "Undated"),
    ColumnState.EXEMPT: Text("不按时限检查", "No limit applied"),
    ColumnState.NOT_ASSESSED: Text("未能评估", "Not assessed"),
}
CHANGES = {
    ColumnChange.NEW: Text("新增栏目", "new"),
    ColumnChange.VANISHED: Text("上次有、这次没有找到", "not found any more"),
}
SOURCES = {
    DateSource.META: Text("页面元数据", "page metadata"),
    DateSource.LABEL: Text("正文标注", "label on the page"),
    DateSource.LIST: Text("栏目列表", "list"),
    DateSource.SCRIPT: Text("页面脚本", "script"),
    DateSource.URL: Text("由网址推断", "address only"),
}
PAIRS = {
    PairState.LINKED: Text("链接齐全", "Linked as required"),
    PairState.ONE_WAY: Text("单向链接", "Linked one way"),
    PairState.UNLINKED: Text("没有链接", "Not linked"),
    PairState.BROKEN: Text("链接失效", "Broken link"),
    PairState.UNINTERPRETED: Text("未见解读", "No interpretation found"),
    PairState.OUT_OF_SCOPE: Text("不在要求范围", "Out of scope"),
    PairState.REVIEW: Text("待人工确认", "To be confirmed"),
    PairState.NOT_ASSESSED: Text("未能评估", "Not assessed"),
    PairState.ORPHAN: Text("本站未见对应文件", "No policy found on the site"),
}
DIRECTIONS = {
    Direction.FORWARD: Text("文件→解读", "Policy → interpretation"),
    Direction.BACK: Text("解读→文件", "Interpretation → policy"),
}
DIRECTION_STATES = {
    DirectionState.OK: Text("已链接", "Linked"),
    DirectionState.MISSING: Text("未链接", "Missing"),
    DirectionState.BROKEN: Text("打不开", "Broken"),
    DirectionState.WRONG_TARGET: Text("链接有误", "Wrong target"),
    DirectionState.NOT_ASSESSED: Text("未能评估", "Not assessed"),
}
FACTS = {
    Fact.FUNCTIONS: Text("单位职能", "Functions"),
    Fact.STRUCTURE: Text("机构设置", "Structure"),
    Fact.ADDRESS: Text("办公地址", "Address"),
    Fact.HOURS: Text("办公时间", "Hours"),
    Fact.CONTACT: Text("联系方式", "Contact"),
    Fact.HEAD: Text("负责人姓名", "Responsible person"),
}
FACT_STATES = {
    FactState.PRESENT: Text("已公布", "Published"),
    FactState.IMPLAUSIBLE: Text("内容无效", "Implausible"),
    FactState.CONFLICTING: Text("前后不一致", "Conflicting"),
    FactState.STALE: Text("已过时", "Outdated"),
    FactState.MISSING: Text("未公布", "Missing"),
    FactState.REVIEW: Text("待人工确认", "To be confirmed"),
    FactState.NOT_ASSESSED: Text("未能评估", "Not assessed"),
}
MARKS = {
    Mark.SPONSOR: Text("主办单位", "Sponsor"),
    Mark.CONTACT: Text("联系方式", "Contact"),
    Mark.ICP: Text("ICP备案号", "ICP record"),
    Mark.POLICE: Text("公安备案号", "Police record"),
    Mark.SITE_CODE: Text("网站标识码", "Site code"),
    Mark.PARTY_GOVERNMENT: Text("党政机关网站标识", "Party and government mark"),
    Mark.CORRECTION: Text("“我为政府网站找错”入口", "Correction entry"),
}
REGIONS = {
    Region.NAV: Text("导航", "Navigation"),
    Region.BODY: Text("正文", "Body"),
    Region.FOOTER: Text("页脚", "Footer"),
    Region.LIST: Text("列表", "List"),
}
SEARCHES = {
    SearchState.USABLE: Text("可用", "Usable"),
    SearchState.UNUSABLE: Text("不可用", "Unusable"),
    SearchState.MISSING: Text("没有搜索功能", "Missing"),
    SearchState.NOT_ASSESSED: Text("未能评估", "Not assessed"),
}
PROBE_KINDS = {
    ProbeKind.TITLE: Text("完整标题", "Full title"),
    ProbeKind.PART: Text("标题片段", "Part of a title"),
    ProbeKind.NUMBER: Text("文号", "Document number"),
    ProbeKind.CONTROL: Text("对照词", "Control"),
    ProbeKind.EMPTY: Text("空查询", "Empty query"),
    ProbeKind.NONSENSE: Text("无意义词", "Nonsense"),
}
PROBE_STATES = {
    ProbeState.HIT: Text("找到", "Found"),
    ProbeState.MISS: Text("未找到", "Not found"),
    ProbeState.ERROR: Text("出错", "Error"),
    ProbeState.NOT_ASSESSED: Text("未能评估", "Not assessed"),
}
SUBJECTS = {
    SubjectKind.SITE: Text("网站整体", "Site"),
    SubjectKind.PAGE: Text("页面", "Page"),
    SubjectKind.COLUMN: Text("栏目", "Column"),
    SubjectKind.ITEM: Text("列表条目", "Item"),
    SubjectKind.LINK: Text("链接", "Link"),
    SubjectKind.PAIR: Text("政策与解读", "Policy and interpretation"),
    SubjectKind.UNIT: Text("单位", "Unit"),
    SubjectKind.SEARCH: Text("站内搜索", "Search"),
    SubjectKind.ACCOUNT: Text("新媒体账号", "Account"),
}
EVIDENCE = {
    EvidenceKind.QUOTE: Text("页面原文", "Quote"),
    EvidenceKind.FETCH: Text("访问记录", "Visit"),
    EvidenceKind.SCREENSHOT: Text("截图", "Screenshot"),
    EvidenceKind.TABLE: Text("列表摘录", "Rows"),
    EvidenceKind.PROBE: Text("探测记录", "Probe"),
}
LEVELS = {
    "home": Text("首页", "Home page"),
    "first": Text("一级", "First level"),
    "lower": Text("下级", "Lower level"),
    "unknown": Text("层级不明", "Level unknown"),
}
SIDES = {"inside": Text("站内", "Inside"), "outside": Text("站外", "Outside")}
MODES = {
    "run": Text("正式审计", "Audit"),
    "check": Text("离线重新判定", "Judged again offline"),
    "demo": Text("演示", "Demonstration"),
}
RUN_STATUSES = {
    "complete": Text("完整", "Complete"),
    "incomplete": Text("未完成", "Incomplete"),
}

WORDS: Mapping[type[StrEnum], Mapping[StrEnum, Text]] = {
    SiteVerdict: {**VERDICTS},
    Severity: {**SEVERITIES},
    FindingStatus: {**STATUSES},
    FindingState: {**STATES},
    OutcomeStatus: {**OUTCOMES},
    Reason: {**REASONS},
    FetchOutcome: {**FETCHES},
    ColumnClass: {**CLASSES},
    ColumnKind: {**KINDS},
    ColumnState: {**COLUMNS},
    ColumnChange: {**CHANGES},
    DateSource: {**SOURCES},
    PairState: {**PAIRS},
    Direction: {**DIRECTIONS},
    DirectionState: {**DIRECTION_STATES},
    Fact: {**FACTS},
    FactState: {**FACT_STATES},
    Mark: {**MARKS},
    Region: {**REGIONS},
    SearchState: {**SEARCHES},
    ProbeKind: {**PROBE_KINDS},
    ProbeState: {**PROBE_STATES},
    SubjectKind: {**SUBJECTS},
    EvidenceKind: {**EVIDENCE},
    **pair_words.WORDS,
}
"""By type first: codes of different lists are equal as text (`review`, `not_assessed`)."""

LABELS: Mapping[str, Mapping[str, Text]] = {
    "class": {code.value: text for code, text in CLASSES.items()},
    "region": {code.value: text for code, text in REGIONS.items()},
    "direction": {code.value: text for code, text in DIRECTIONS.items()},
    "fact": {code.value: text for code, text in FACTS.items()},
    "mark": {code.value: text for code, text in MARKS.items()},
    "level": LEVELS,
    "side": SIDES,
}
"""The values of a finding's labels, by label."""
