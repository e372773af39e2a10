"""个人信息泄露: a page shows whole ID numbers, bank card numbers or mobile numbers of people in a list.

An ID number must have a valid area, date of birth and check digit (GB 11643), a card its sum and prefix;
with a word that calls it so beside it, it is a fault, else a person must look. Mobile numbers only
in lists of three or more people; those of offices are public. Credit codes, order numbers, names of
files and accounts of bodies are none. Numbers are masked as pages are read and kept nowhere in clear.
Attachments of docx, xlsx, txt, csv and PDF are read too, as far as they are small and few; a PDF whose
pages are pictures, or hold notes, forms or files, is unknown, and so is an old Excel file (xls) in whose
cells nothing is found, since its notes are not seen. Of other kinds nobody has seen the words: unknown.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    DatumKind,
    Message,
    PersonalDatum,
    PersonalPage,
    Reading,
    Settings,
    Subject,
    SubjectKind,
    Text,
    Texts,
    Verdict,
    fault,
    fetched,
    ok,
    read_pages,
    review,
    table,
    unknown,
    url_key,
)


class ExposedPersonalDataSettings(Settings):
    """Nothing to set."""


NAMED = 3  # numbers that a message shows, masked


def find(
    reading: Reading,
    settings: ExposedPersonalDataSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every page that was read, each kind of number by itself."""
    pages = reading.personal
    for page in pages:
        yield from _judge(page)
    yield from read_pages(reading, frozenset(page.page for page in pages))
    for file in reading.attachments:
        if file.data:
            yield from _judge(PersonalPage(file.url, file.title, file.data), file.at)
        elif file.reason is not None:
            yield unknown(_subject(file.url, file.title), file.reason)
        else:
            yield ok(_subject(file.url, file.title))


def _judge(page: PersonalPage, at: str = "") -> Iterator[Verdict]:
    """Each kind of number by itself; `at`: when an attachment came, of which no copy is kept."""
    for kind in DatumKind:
        data = list(page.of(kind))
        subject = _subject(page.page, page.title, kind.value)
        yield _accuse(page, kind, data, at) if data else ok(subject)


def _accuse(page: PersonalPage, kind: DatumKind, data: list[PersonalDatum], at: str) -> Verdict:
    sure = [datum for datum in data if datum.sure]
    shown, verdict = sure or data, fault if sure else review
    return verdict(
        _subject(page.page, page.title, kind.value),
        "sure" if sure else "doubtful",
        evidence=[
            fetched(page.page, "、".join(datum.masked for datum in shown), at)
            if at
            else table(page.page, (datum.masked for datum in shown), page.sha256)
        ],
        observed=str(len(shown)),
        limit="0",
        numbers=len(shown),
        kind=NAMES[kind],
        where=FILE if at else PAGE,
        masked="、".join(datum.masked for datum in shown[:NAMED]),
    )


def _subject(url: str, title: str, aspect: str = "") -> Subject:
    return Subject(SubjectKind.PAGE, url_key(url), url, title or url, aspect)


PAGE, FILE = Text("页面", "page"), Text("附件", "file")
NAMES = {
    DatumKind.ID_CARD: Text("身份证号", "ID numbers"),
    DatumKind.MOBILE: Text("个人手机号", "mobile numbers of persons"),
    DatumKind.BANK_CARD: Text("银行卡号", "bank card numbers"),
}
TEXTS = Texts(
    title=Text("没有泄露个人信息", "No personal data exposed"),
    failure_title=Text("泄露个人信息", "Personal data exposed"),
    messages={
        "sure": Message(
            Text(
                "{where}公开了{numbers}个完整的{kind}：{masked}（已打码）。",
                "The {where} shows {numbers} whole {kind}: {masked} (masked here).",
            ),
            Text(
                "立即隐去中间各位后重新发布，附件一并处理，并请搜索引擎删除快照。",
                "Mask them at once, in attachments too, and have search engines drop their copies.",
            ),
        ),
        "doubtful": Message(
            Text(
                "{where}疑似公开了{numbers}个{kind}：{masked}（已打码），需人工确认。",
                "The {where} may show {numbers} {kind}: {masked} (masked here); a person must look.",
            ),
            Text(
                "打开页面确认；属于个人信息又没有公开依据的，立即去标识化处理。",
                "Open the page; mask personal data that no law has published.",
            ),
        ),
    },
)

CHECK = Check(
    id="exposed-personal-data",
    scope="site",
    settings=ExposedPersonalDataSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办发〔2018〕23号 2018年政务公开工作要点",
            clause="公开审查",
            quote="公示公开涉及个人隐私的，应当去标识化处理",
            verified=False,
        ),
        Basis(
            document="中华人民共和国政府信息公开条例（2019）",
            clause="第十五条",
            quote="涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开",
            verified=False,
        ),
    ),
    find=find,
    discreet=True,
)
