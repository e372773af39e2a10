"""The closed vocabularies of the engine (DESIGN part 3): every state has exactly one word."""

from enum import StrEnum


class FetchOutcome(StrEnum):
    """What became of one request: wire facts, and what `reading.classify` makes of the answer."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    HTTP_4XX = "http_4xx"
    HTTP_5XX = "http_5xx"
    HTTP_OTHER = "http_other"
    SOFT_404 = "soft_404"
    REDIRECT_LOOP = "redirect_loop"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_SCHEME = "bad_scheme"
    BLOCKED_ADDRESS = "blocked_address"
    DNS = "dns"
    CONNECTION_REFUSED = "connection_refused"
    CONNECTION_RESET = "connection_reset"
    CONNECTION_CLOSED = "connection_closed"
    TLS = "tls"
    TIMEOUT = "timeout"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    DECOMPRESSION_BOMB = "decompression_bomb"
    DECODE = "decode"
    PROTOCOL = "protocol"
    URL_TOO_LONG = "url_too_long"
    FORBIDDEN = "forbidden"
    LOGIN_REQUIRED = "login_required"
    BOT_CHALLENGE = "bot_challenge"
    WAF_BLOCK = "waf_block"
    RATE_LIMITED = "rate_limited"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    OUT_OF_SCOPE = "out_of_scope"
    BUDGET = "budget"
    NOT_HTML = "not_html"
    BAD_SITEMAP = "bad_sitemap"
    PARSER = "parser"
    NEEDS_BROWSER = "needs_browser"
    BROWSER_TIMEOUT = "browser_timeout"
    BROWSER_CRASH = "browser_crash"
    BROWSER_MEMORY = "browser_memory"


READ = frozenset({FetchOutcome.OK, FetchOutcome.NOT_MODIFIED})
"""Outcomes of a page whose content came, or was known to be the same."""

ALIVE = READ | {FetchOutcome.NOT_HTML, FetchOutcome.TOO_LARGE}
"""The address answers with something: a link to it is not dead."""

GONE = frozenset({404, 410})
"""Statuses that say that there is no such page."""


class PageFlag(StrEnum):
    """Remarks beside a fetch outcome; a page may carry any number of them."""

    EMPTY_PAGE = "empty_page"
    CHARSET_CONFLICT = "charset_conflict"
    GARBLED_TEXT = "garbled_text"
    WRONG_CONTENT_TYPE = "wrong_content_type"
    REDIRECT_CHAIN = "redirect_chain"
    LINKS_CAPPED = "links_capped"
    CUT = "cut"
    TRAP = "trap"
    UNSTEADY = "unsteady"
    PLACEHOLDER_PAGE = "placeholder_page"
    DUPLICATE_OF = "duplicate_of"


class Reason(StrEnum):
    """Why something is unknown or not assessed."""

    UNREACHABLE = "unreachable"
    ROBOTS = "robots"
    FORBIDDEN = "forbidden"
    LOGIN_REQUIRED = "login_required"
    BOT_CHALLENGE = "bot_challenge"
    WAF_BLOCK = "waf_block"
    RATE_LIMITED = "rate_limited"
    NEEDS_BROWSER = "needs_browser"
    NO_BROWSER = "no_browser"
    TRUNCATED = "truncated"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    NO_DATES = "no_dates"
    NO_CALENDAR = "no_calendar"
    NO_NETWORK = "no_network"
    CAPTCHA = "captcha"
    BUDGET = "budget"
    PARTIAL_RUN = "partial_run"
    TOO_FEW_VISITS = "too_few_visits"
    NOTHING_FOUND = "nothing_found"
    NOT_REGISTERED = "not_registered"
    CHECK_FAILED = "check_failed"
    FORMAT = "format"  # a file whose words cannot be read


class PageKind(StrEnum):
    """What a page is for its reader."""

    HOME = "home"
    LIST = "list"
    ARTICLE = "article"
    ORGANISATION = "organisation"
    LEADERS = "leaders"
    CONTACT = "contact"
    GUIDE = "guide"
    SERVICE_GUIDE = "service_guide"
    MESSAGES = "messages"
    SEARCH = "search"
    ERROR = "error"
    OTHER = "other"


class ColumnClass(StrEnum):
    """What a column is about; the norm's limits hang on it."""

    NEWS = "news"
    NOTICE = "notice"
    POLICY = "policy"
    INTERPRETATION = "interpretation"
    PERSONNEL = "personnel"
    PLANNING = "planning"
    FINANCE = "finance"
    FUNCTIONS = "functions"
    LEADERS = "leaders"
    GUIDE = "guide"
    INTERACTION = "interaction"
    SERVICE = "service"
    OPENNESS = "openness"
    STATIC = "static"
    TOPIC = "topic"
    EXTERNAL = "external"
    OTHER = "other"


class ColumnKind(StrEnum):
    """How a column lives: only periodic and event columns can go stale."""

    PERIODIC = "periodic"
    EVENT = "event"
    STATIC = "static"
    ARCHIVE = "archive"
    EXTERNAL = "external"


class ColumnState(StrEnum):
    """What the report says of a column."""

    FRESH = "fresh"
    STALE = "stale"
    BLANK = "blank"
    UNDATED = "undated"
    EXEMPT = "exempt"
    NOT_ASSESSED = "not_assessed"


class ColumnChange(StrEnum):
    """What became of a column since the last good run."""

    NEW = "new"
    VANISHED = "vanished"


class DateSource(StrEnum):
    """Where a publication date was read; `url` alone is weak and never accuses."""

    META = "meta"
    LABEL = "label"
    LIST = "list"
    SCRIPT = "script"
    URL = "url"


class Region(StrEnum):
    """The part of a page in which a link stands."""

    NAV = "nav"
    BODY = "body"
    FOOTER = "footer"
    LIST = "list"


class PairState(StrEnum):
    """State of a policy and its interpretation."""

    LINKED = "linked"
    ONE_WAY = "one_way"
    UNLINKED = "unlinked"
    BROKEN = "broken"
    UNINTERPRETED = "uninterpreted"
    OUT_OF_SCOPE = "out_of_scope"
    REVIEW = "review"
    NOT_ASSESSED = "not_assessed"
    ORPHAN = "orphan"  # an interpretation whose policy was not found on the site


class Direction(StrEnum):
    """Direction of a pair's link: forward is policy to interpretation."""

    FORWARD = "forward"
    BACK = "back"


class DirectionState(StrEnum):
    """State of one direction of a pair."""

    OK = "ok"
    MISSING = "missing"
    BROKEN = "broken"
    WRONG_TARGET = "wrong_target"
    NOT_ASSESSED = "not_assessed"


class Fact(StrEnum):
    """The six basic facts of a unit (条例 art. 20)."""

    FUNCTIONS = "functions"
    STRUCTURE = "structure"
    ADDRESS = "address"
    HOURS = "hours"
    CONTACT = "contact"
    HEAD = "head"


class FactState(StrEnum):
    """State of one fact of one unit."""

    PRESENT = "present"
    IMPLAUSIBLE = "implausible"
    CONFLICTING = "conflicting"
    STALE = "stale"
    MISSING = "missing"
    REVIEW = "review"
    NOT_ASSESSED = "not_assessed"


class FactNote(StrEnum):
    """Why a person must look for a fact of a unit."""

    PICTURED = "pictured"  # it may stand in a picture or a document only
    UNNAMED = "unnamed"  # no page that was read names the unit
    AMBIGUOUS = "ambiguous"  # several registered units bear the name
    ELSEWHERE = "elsewhere"  # it stands under a name that is not registered


class Mark(StrEnum):
    """The identity marks of a government site's footer (rulebook 4.10)."""

    SPONSOR = "sponsor"
    CONTACT = "contact"
    ICP = "icp"
    POLICE = "police"
    SITE_CODE = "site_code"
    PARTY_GOVERNMENT = "party_government"
    CORRECTION = "correction"


class CodeSource(StrEnum):
    """Where a site states its site code (网站标识码)."""

    FOOTER = "footer"
    META = "meta"  # the label SiteIDCode
    CORRECTION = "correction"  # the correction entry


class LabelProblem(StrEnum):
    """What is wrong with a meta label of the norm."""

    MISSING = "missing"
    VOID = "void"  # empty, null and the like
    MALFORMED = "malformed"
    DIFFERS = "differs"  # from what the page shows, or from the form that is known


class SearchState(StrEnum):
    """State of a site's search."""

    USABLE = "usable"
    UNUSABLE = "unusable"
    MISSING = "missing"
    NOT_ASSESSED = "not_assessed"


class ProbeKind(StrEnum):
    """Kind of a search probe."""

    TITLE = "title"
    PART = "part"
    NUMBER = "number"
    CONTROL = "control"
    EMPTY = "empty"
    NONSENSE = "nonsense"


class ProbeState(StrEnum):
    """State of a search probe."""

    HIT = "hit"
    MISS = "miss"
    ERROR = "error"
    NOT_ASSESSED = "not_assessed"


class Astray(StrEnum):
    """Why a link fails for the public whatever its server says to us."""

    NO = ""
    INTRANET = "intranet"  # an address of a private network
    DISK = "disk"  # a file on the author's computer
    MALFORMED = "malformed"  # no address at all
    HOME = "home"  # it ends at the home page, as missing pages of the site do


class FileFit(StrEnum):
    """Whether what came under the name of an attachment can be opened as such."""

    UNSEEN = "unseen"  # no content was asked for
    GOOD = "good"
    EMPTY = "empty"  # not one byte
    PAGE = "page"  # a web page
    OTHER = "other"  # content of another kind
    DOUBTFUL = "doubtful"  # some programs may open it


class Idle(StrEnum):
    """Whether a link leads nowhere."""

    NOT = ""  # it leads somewhere, or a click does something on the page
    MAYBE = "maybe"  # nothing is seen to serve it, but short words or a name may be a control's
    SURE = "sure"  # a headline that nothing serves


class HostKind(StrEnum):
    """Who may register a name such as a host's."""

    GOVERNMENT = "government"
    PUBLIC = "public"  # public-service bodies and associations
    OTHER = "other"  # everybody
    NUMBER = "number"  # no name, an address of the net
    PRIVATE = "private"  # of a private network, or this machine


class TraceOfHijack(StrEnum):
    """What speaks for a link whose host fell into other hands."""

    WORDS = "words"  # the link's own words are those of gambling and the like
    HOST = "host"  # the host's name is
    TITLE = "title"  # what the page at the other end says of itself is, and the link does not
    PARKED = "parked"  # it ends where names are put up for sale
    MOVED = "moved"  # it ends under a name that somebody else may have registered
    STRANGER = "stranger"  # where it ends is no public body's and no known service's
