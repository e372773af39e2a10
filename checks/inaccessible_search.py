"""搜索难以使用（键盘、名称）: the search keeps people out who use no mouse, or who do not see the page.

In the browser Tab is pressed from the top of the page. Box and button must be reached in time, show that
they have the focus, let go of it, and send by Enter. Both need a name that a screen reader can say. A name
that is only a placeholder vanishes with the first letter: a person looks. A code in a picture is one too.
Where the box was not to be seen, or the page did not let itself be tried, nothing is said.
"""

from collections.abc import Iterator

from pydantic import Field

from audit.api import (
    AsOf,
    Basis,
    Check,
    Evidence,
    KeyboardWalk,
    Message,
    Reading,
    Reason,
    SearchState,
    Settings,
    Text,
    Texts,
    Verdict,
    WalkedSearch,
    fault,
    ok,
    review,
    search_subject,
    table,
    unknown,
)


class InaccessibleSearchSettings(Settings):
    """Presses of Tab within which box and button must be reached."""

    steps: int = Field(gt=0)


def find(
    reading: Reading,
    settings: InaccessibleSearchSettings,
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge the search by keyboard, by names, and by the code that it asks for."""
    if not reading.search.present:
        return
    found = reading.walked
    dead = reading.trial.state is SearchState.UNUSABLE
    yield _by_keyboard(reading, found, settings, dead=dead)
    yield _by_name(reading, found)
    if found.captcha:
        subject = search_subject(reading, "captcha")
        yield (
            ok(subject)
            if found.spoken
            else review(subject, "captcha", evidence=[_evidence(found)], observed="1", limit="0")
        )


def _by_keyboard(
    reading: Reading, found: WalkedSearch, settings: InaccessibleSearchSettings, *, dead: bool
) -> Verdict:
    subject, walk = search_subject(reading, "keyboard"), found.walk
    problems = list(_problems(walk, settings, dead=dead))
    if problems:
        return fault(
            subject, "keyboard", evidence=[_evidence(found)], observed=str(len(problems)), limit="0",
            url=found.url, problems=_joined(problems),
        )  # fmt: skip
    sent = walk.entered or walk.pressed
    if walk.has_button and walk.button is None and sent:
        return review(
            subject, "enter_only", evidence=[_evidence(found)], observed="0", limit="1",
            url=found.url, steps=walk.stops,
        )  # fmt: skip
    if not sent and not dead:
        return unknown(subject, Reason.CAPTCHA if found.captcha else Reason.NOTHING_FOUND)
    told = all(one is None or one.seen is not None for one in (walk.box, walk.button))
    return ok(subject) if told else unknown(subject, Reason.NOTHING_FOUND)


def _problems(
    walk: KeyboardWalk, settings: InaccessibleSearchSettings, *, dead: bool
) -> Iterator[Text]:
    """What keeps a person without a mouse from searching; a dead search is another check's business."""
    if walk.trap:
        yield Text(f"按Tab离不开 {walk.trap}", f"Tab does not leave {walk.trap}")
    elif walk.box is None:
        yield Text(f"按{walk.stops}次Tab没有到达搜索框", f"{walk.stops} Tabs do not reach the box")
    for name, stop in ((BOX, walk.box), (BUTTON, walk.button)):
        if stop is not None and stop.place > settings.steps:
            yield Text(
                f"第{stop.place}次Tab才到达{name.zh}（限{settings.steps}次）",
                f"{name.en} takes {stop.place} Tabs (limit {settings.steps})",
            )
        if stop is not None and stop.seen is False:
            yield Text(f"焦点到达{name.zh}时看不出来", f"focus does not show on {name.en}")
    unsent = walk.entered is False and not walk.pressed
    if unsent and not walk.trap and not dead:
        yield Text("按Enter不能提交搜索", "Enter does not send the search")


def _by_name(reading: Reading, found: WalkedSearch) -> Verdict:
    subject, walk = search_subject(reading, "name"), found.walk
    named = [(BOX, walk.box_name)] + ([(BUTTON, walk.button_name)] if walk.has_button else [])
    nameless = [name for name, said in named if said == ""]
    if nameless:
        return fault(
            subject, "nameless", evidence=[_evidence(found)], observed="0", limit="1",
            url=found.url, which=_joined(nameless),
        )  # fmt: skip
    if any(said is None for _, said in named):
        return unknown(subject, Reason.NOTHING_FOUND)
    if walk.box_by == "placeholder":
        return review(
            subject, "placeholder", evidence=[_evidence(found)], observed=walk.box_name or "",
            limit="label", url=found.url, name=walk.box_name,
        )  # fmt: skip
    return ok(subject, observed=walk.box_name or "")


def _evidence(found: WalkedSearch) -> Evidence:
    walk = found.walk
    places = ["—" if stop is None else str(stop.place) for stop in (walk.box, walk.button)]
    known = walk.entered is not None or walk.pressed is not None
    sent = "能" if walk.entered or walk.pressed else "不能" if known else "能否"
    said = (
        f"按Tab {walk.stops}次：搜索框第{places[0]}位“{walk.box_name or ''}”（名称出自{walk.box_by or '—'}），"
        f"按钮第{places[1]}位“{walk.button_name or ''}”；按Enter{sent}提交{'' if known else '未见'}"
    )
    return table(found.url, [said], found.sha256, found.at)


def _joined(texts: list[Text]) -> Text:
    return Text("；".join(one.zh for one in texts), "; ".join(one.en for one in texts))


BOX, BUTTON = Text("搜索框", "the box"), Text("搜索按钮", "the button")
TEXTS = Texts(
    title=Text("站内搜索不用鼠标也能使用", "The search can be used without a mouse"),
    failure_title=Text("搜索难以使用（键盘、名称）", "The search keeps people out"),
    messages={
        "keyboard": Message(
            Text("只用键盘时：{problems}。页面：{url}", "By keyboard: {problems}. Page: {url}"),
            Text(
                "让搜索框和按钮按Tab顺序尽早到达，焦点有可见的边框，按Enter提交，按Tab能离开。",
                "Let Tab reach box and button early, show the focus, send by Enter, let Tab leave.",
            ),
        ),
        "enter_only": Message(
            Text(
                "按{steps}次Tab到不了搜索按钮，只能在框里按Enter提交，需人工确认：{url}",
                "{steps} Tabs do not reach the button, only Enter in the box sends: {url}",
            ),
            Text("把按钮做成真正的 <button>。", "Make the button a real <button>."),
        ),
        "nameless": Message(
            Text(
                "{which}没有读屏软件能读出的名称：{url}",
                "No name that a screen reader could say: {which}: {url}",
            ),
            Text(
                "给搜索框配 <label> 或 aria-label，给按钮写文字、value 或 alt。",
                "Give the box a <label> or an aria-label, the button words, a value or an alt.",
            ),
        ),
        "placeholder": Message(
            Text(
                "搜索框只有占位文字“{name}”，输入后就消失，需人工确认：{url}",
                "The box has only its placeholder “{name}”, which vanishes: {url}",
            ),
            Text("给搜索框配 <label> 或 aria-label。", "Give the box a <label> or an aria-label."),
        ),
        "captcha": Message(
            Text(
                "搜索要输入图片里的验证码，没有看到语音等其他方式，需人工确认。",
                "The search asks for a code in a picture; no other way was seen.",
            ),
            Text(
                "取消搜索的验证码，或提供语音等替代方式。",
                "Drop the code or offer another way, such as sound.",
            ),
        ),
    },
)

CHECK = Check(
    id="inaccessible-search",
    scope="site",
    settings=InaccessibleSearchSettings,
    when_empty="not_applicable",
    texts=TEXTS,
    basis=(
        Basis(
            document="云南省交通运输厅2020年政务公开工作要点",
            clause="四（一）1",
            quote="强化信息搜索功能，着力解决检索设计不合理、信息提供不充分、提供方式不便捷等问题",
            verified=True,
        ),
        Basis(
            document="互联网网站适老化通用设计规范（2021年）",
            clause="键盘操作",
            quote="网页的功能只用键盘也能操作，验证码有替代方式",
            verified=False,
        ),
    ),
    find=find,
    needs=("browser",),
    varies=True,
)
