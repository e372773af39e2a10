"""What is planted in the demo, and the innocent look-alike beside each fault."""

from typing import Final

from audit.demo.records import Planted

# department
STALE_NEWS: Final = "/news/local/"
STALE_NOTICES: Final = "/openness/publicity/"
BLANK: Final = "/openness/inspections/"
DEAD_ON_HOME: Final = "/services/card.html"
DEAD_ATTACHMENT: Final = "/attachments/bridge-inspection.pdf"
EMPTY_ATTACHMENT: Final = "/attachments/project-form.pdf"
DEAD_INTERPRETATION: Final = "/openness/interpretations/31904.html"
WRONG_TARGET: Final = "/openness/notices/20010.html"
POLICY: Final = "/openness/policies/300{:02}.html"
INTERPRETATION: Final = "/openness/interpretations/310{:02}.html"
UNLINKED_FORWARD, UNLINKED_BACK, BROKEN_FORWARD, WRONG_BACK = 3, 4, 5, 6  # serials of pairs
LATE, JUST_IN_TIME, AWARD, UNINTERPRETED = 7, 8, 9, 10  # serials of policies
TORN_DATES: Final = "/openness/notices/20003.html"
LEFT_WAITING: Final = "/interaction/mail/2.html"  # a message of four months ago
EVENING: Final = "/openness/notices/20009.html"  # its label says the day before

# slips of writing and the like, in notices of the department
MISSTATED: Final = "/openness/notices/20002.html"
SLIP: Final = "/openness/notices/20004.html"
PLACEHOLDER: Final = "/openness/notices/20005.html"
GARBLED: Final = "/openness/notices/20007.html"
EXPOSED: Final = "/openness/notices/20008.html"
MARKED: Final = "/openness/notices/20011.html"
PROOFREAD: Final = "/openness/notices/20013.html"  # nothing in it is wrong

# highway
STALE_HIGHWAY_NEWS: Final = "/col/col2101/index.html"
DEAD_REFRESH: Final = "/col/col2199/index.html"  # a page that refreshes at once to a missing one
DOMAIN_WITH_SCHEME: Final = "http://highway.demo.invalid"
HIDDEN: Final = (  # on the home page, out of the screen
    ("示例游戏网", "http://games.example/"),
    ("示例家具网", "http://furniture.example/"),
    ("示例旅游网", "http://travel.example/"),
    ("示例建材网", "http://bricks.example/"),
)
COPIED_TEXT: Final = "/art/col2104_31002.html"  # an interpretation in the policy's own words
COPIED_CODE: Final = "5300000001"  # the department's, in the correction entry

# waterway
TAKEN_OVER: Final = ("示例航运学会", "http://www.bocai-shipping.example/")  # a neighbour no more
NAMELESS: Final = "waterway"  # its search box has a placeholder only
EMPTY_TILE: Final = ("船舶进出港口网上报告", "#")
SOFT_DEAD: Final = "/info/1099/59001.htm"
UNDATED: Final = "/info/1021/51004.htm"
MISFILED: Final = "/info/1021/51031.htm"  # an interpretation among the news
LABELLED_ONLY: Final = "/info/1021/51005.htm"  # its date stands in its label only

# quality
LOADS_PICTURE: Final = "/news/81007.html"
LOADS_SCRIPT: Final = "/news/81005.html"
NOT_INDEXED: Final = "/notices/82003.html"


def _pair(serial: int) -> str:
    return f"{POLICY.format(serial)} {INTERPRETATION.format(serial)}"


PLANTED: Final = tuple(
    sorted(
        (
            Planted("department", "stale-column", STALE_NEWS),
            Planted("department", "stale-column", STALE_NOTICES),
            Planted("department", "blank-column", BLANK),
            Planted("department", "dead-link", DEAD_ON_HOME),
            Planted("department", "dead-link", DEAD_ATTACHMENT),
            Planted("department", "dead-link", DEAD_INTERPRETATION),
            Planted("department", "broken-attachment", EMPTY_ATTACHMENT),
            Planted("department", "unlinked-interpretation", _pair(UNLINKED_FORWARD), "forward"),
            Planted("department", "unlinked-interpretation", _pair(UNLINKED_BACK), "back"),
            Planted("department", "broken-interpretation-link", _pair(BROKEN_FORWARD), "forward"),
            Planted("department", "broken-interpretation-link", _pair(WRONG_BACK), "back"),
            Planted("department", "late-interpretation", POLICY.format(LATE)),
            Planted("department", "missing-interpretation", POLICY.format(UNINTERPRETED)),
            Planted("department", "misstated-name", MISSTATED, "", "review"),
            Planted("department", "text-slip", SLIP, "", "review"),
            Planted("department", "placeholder-text", PLACEHOLDER),
            Planted("department", "garbled-text", GARBLED),
            Planted("department", "exposed-personal-data", EXPOSED),
            Planted("department", "secret-mark", MARKED, "", "review"),
            Planted("department", "suspicious-date", TORN_DATES, "", "review"),
            Planted("department", "missing-unit-fact", "road-transport", "structure"),
            Planted("department", "missing-openness-column", "/", "open-tollroads"),
            Planted("highway", "stale-home", "/"),
            Planted("highway", "conflicting-unit-fact", "highway", "address"),
            Planted("highway", "stale-column", STALE_HIGHWAY_NEWS),
            Planted("highway", "missing-search", "/"),
            Planted("highway", "dead-link", DEAD_REFRESH),
            Planted("highway", "conflicting-site-code", "/"),
            Planted("highway", "thin-interpretation", COPIED_TEXT),
            Planted("highway", "unvaried-interpretation", "/"),
            Planted("highway", "accessibility-fault", "/", browser=True),  # white on its orange
            Planted("highway", "hidden-link", "/", "", "review"),
            Planted("highway", "missing-page-label", "/"),
            Planted("waterway", "missing-page-label", "/", "", "review"),  # its undated item
            Planted("highway", "missing-yearly-report", "/"),
            Planted("highway", "missing-services", "/"),
            Planted("department", "duplicate-media-account", "department"),
            Planted("department", "late-repost", "示例省政府部署冬春季节交通安全工作"),
            Planted("highway", "ownerless-media-account", "highway"),
            Planted("highway", "stale-media-account", "highway"),
            Planted("highway", "missing-disclosure-mark", "/art/col2103_30001.html"),
            Planted("highway", "unmarked-repeal", "/art/col2103_30002.html"),
            Planted("waterway", "incomplete-leader-info", "/"),
            Planted("waterway", "incomplete-leader-info", "/", "", "review"),  # no name was read
            Planted(
                "department", "unfinished-consultation", "/interaction/consultation/61001.html"
            ),
            Planted("department", "overdue-double-publicity", "/areas/decisions.html"),
            Planted("highway", "missing-consult-channel", "/", "", "review"),
            Planted("waterway", "missing-consult-channel", "/"),
            Planted("waterway", "incomplete-service-guide", "/service/crew.htm"),
            Planted("department", "broken-service-entry", DEAD_ON_HOME),
            Planted("department", "missing-reply-field", "/"),
            Planted("department", "unanswered-message", LEFT_WAITING),
            Planted("waterway", "undated-item", UNDATED),
            Planted("waterway", "unusable-search", "/"),
            Planted("department", "unhelpful-search", "/"),  # shows 20 results, no way to more
            Planted("quality", "unhelpful-search", "/", "", "review"),  # no order, no filters
            Planted("waterway", "inaccessible-search", "/", "", "review", browser=True),
            Planted("waterway", "misfiled-interpretation", MISFILED),
            Planted("waterway", "missing-identity-mark", "/", "police"),
            Planted("waterway", "missing-identity-mark", "/", "correction"),
            Planted("waterway", "missing-unit-fact", "waterway", "hours"),
            # its leaders' page says 局长 and a duty, where a name is due: a person must look
            Planted("waterway", "missing-unit-fact", "waterway", "head", "review"),
            Planted("waterway", "dead-link", SOFT_DEAD),
            Planted("waterway", "empty-link", "/"),
            Planted("waterway", "hijacked-link", TAKEN_OVER[1], "", "review"),
            Planted("waterway", "foreign-domain", "/", "", "review"),  # a second host
            Planted("quality", "mixed-content", "http://pictures.quality.example/"),
            Planted("quality", "mixed-content", "http://counter.quality.example/"),
            Planted("quality", "search-miss", NOT_INDEXED),
            Planted("quality", "slow-search", "/", "", "review"),
        )
    )
)

# (site, check, path): what looks like the fault and is none
LOOKALIKES: Final = (
    ("department", "stale-column", "/topics/roads/"),  # an archived topic, years old
    ("department", "stale-column", "/openness/reconsideration/"),  # says that there were no cases
    ("department", "stale-home", "/news/headlines/10001.html"),  # a pinned item above the new ones
    ("department", "blank-column", "/openness/request.html"),  # one page of text, no list
    ("department", "dead-link", "/office/login.html"),  # answers 403: refused, not missing
    ("department", "broken-attachment", "/attachments/20006.pdf"),  # a document of one page
    ("department", "hidden-link", "/"),  # drop-down menus are hidden until they are asked for
    ("department", "empty-link", "/openness/notices/20012.html"),  # a link that prints the page
    ("department", "dead-link", "/news/index.htm"),  # moved, redirects to a page that exists
    ("department", "unlinked-interpretation", POLICY.format(AWARD)),  # needs no interpretation
    ("department", "missing-interpretation", POLICY.format(AWARD)),
    ("department", "late-interpretation", POLICY.format(JUST_IN_TIME)),  # on the third working day
    ("department", "broken-interpretation-link", INTERPRETATION.format(8)),  # linked in the text
    ("department", "misstated-name", PROOFREAD),  # a right name that begins alike
    (
        "department",
        "text-slip",
        PROOFREAD,
    ),  # words doubled on purpose
    ("department", "exposed-personal-data", PROOFREAD),  # a credit code, a masked number
    ("department", "unanswered-message", "/interaction/mail/3.html"),  # three weeks ago
    ("department", "suspicious-date", EVENING),  # an evening's difference
    ("department", "missing-unit-fact", "/about/units.html"),  # names units, says no facts
    ("department", "conflicting-unit-fact", "/openness/guide.html"),  # the guide says it again
    ("highway", "stale-home", "/"),  # today's date in the header, the year in the footer
    ("highway", "missing-search", "/"),  # a subscription box is no search
    ("department", "unusable-search", "/"),  # it says so when it finds nothing
    ("highway", "dead-link", "/col/col2100/index.html"),  # a refresh to a page that exists
    ("waterway", "undated-item", LABELLED_ONLY),
    ("waterway", "missing-page-label", "/"),  # names of labels in lower case
    ("department", "hijacked-link", "/"),  # a campaign against gambling
    ("highway", "foreign-domain", "/"),  # a second host that is a government's
    ("waterway", "conflicting-site-code", "/"),  # has no correction entry to conflict with
    ("quality", "mixed-content", "/"),  # links to a site without TLS, loads nothing from there
    ("quality", "search-miss", "/news/81001.html"),  # any other headline is found
    ("waterway", "missing-identity-mark", "/"),  # the ICP record is no police record
)
