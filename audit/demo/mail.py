"""厅长信箱: a form, and the messages that came through it with their state."""

import datetime as dt

import msgspec

from audit.demo.records import Column, Leaf

_MESSAGES = (  # number, title, days ago, state
    (1, "关于客运站发车时间的咨询", 40, "已答复"),
    (2, "关于乡道边坡落石清理的建议", 125, "未答复"),
    (3, "关于渡口夜间照明的建议", 21, "未答复"),
)
_ANSWERED = (  # number, title, days ago
    (1, "关于工地试验室检测资质的咨询", 20),
    (2, "关于桥梁施工夜间噪声的反映", 45),
    (3, "关于公路边沟质量问题的反映", 70),
)
_FORM = (
    '<form action="{}" method="post"><p>标题：<input type="text" name="title"></p>'
    '<p>内容：<textarea name="body"></textarea></p><p><input type="submit" value="提交"></p></form>'
    "<p>本年共收到来信86件，已答复84件。</p>"
)


def mailbox(as_of: dt.date) -> tuple[Leaf, ...]:
    """The mailbox and the pages of its messages; the second one was left waiting."""
    days = {number: as_of - dt.timedelta(days=ago) for number, _, ago, _ in _MESSAGES}
    rows = "".join(
        f'<tr><td><a href="/interaction/mail/{number}.html">{title}</a></td>'
        f"<td>{days[number]:%Y-%m-%d}</td><td>{state}</td></tr>"
        for number, title, _, state in _MESSAGES
    )
    page = (
        f"{_FORM.format('/interaction/mailbox.html')}"
        f"<table class='sheet'><tr><th>标题</th><th>来信时间</th><th>状态</th></tr>{rows}</table>"
    )
    return (
        Leaf("厅长信箱", "/interaction/mailbox.html", "咨询投诉", page),
        *(
            Leaf(
                title, f"/interaction/mail/{number}.html", "咨询投诉", _message(days[number], state)
            )
            for number, title, _, state in _MESSAGES
        ),
    )


def answered_mailbox(as_of: dt.date) -> tuple[Leaf, ...]:
    """A mailbox that leaves nobody waiting, and says of each message who answered it."""
    rows = "".join(
        f'<tr><td><a href="/mailbox/{number}.html">{title}</a></td>'
        f"<td>{as_of - dt.timedelta(days=ago):%Y-%m-%d}</td><td>已答复</td></tr>"
        for number, title, ago in _ANSWERED
    )
    return (
        Leaf(
            "局长信箱", "/mailbox/", "咨询投诉", f"{_FORM.format('/mailbox/')}<table>{rows}</table>"
        ),
        *(
            Leaf(
                title,
                f"/mailbox/{number}.html",
                "咨询投诉",
                _message(as_of - dt.timedelta(days=ago), "已答复") + "<p>答复部门：公路监督处</p>",
            )
            for number, title, ago in _ANSWERED
        ),
    )


def answered(column: Column) -> Column:
    """Consultations that say what came of them, but for the oldest one."""
    *others, oldest = column.articles
    said = "结果反馈：征求意见期间共收到意见建议5条，采纳3条，其余意见已逐条说明。"
    made = (msgspec.structs.replace(a, paragraphs=(*a.paragraphs, said)) for a in others)
    return msgspec.structs.replace(column, articles=(*made, oldest))


def _message(day: dt.date, state: str) -> str:
    said = (
        f"<p>来信时间：{day:%Y-%m-%d}</p><p>来信内容：近来附近群众多次反映这一情况，早晚出行的人多，老人和学生尤其不便。请有关单位了解情况，尽快安排处理，并把处理的结果告诉我们，方便群众安全出行。</p>"
        f"<p>办理状态：{state}</p>"
    )
    if state != "已答复":
        return said
    answer = day + dt.timedelta(days=3)
    return f"{said}<p>答复时间：{answer:%Y-%m-%d}</p><p>答复内容：来信收悉，已转有关单位办理，感谢您的关心。</p>"
