"""涉密标识线索: a page carries the mark of a secret or internal document.

A level of secrecy with its star or term, or 内部资料 and the like, alone on a line at the head of the
content, or a disclosure mark that says 不予公开. Texts about secrecy speak of such marks within their
sentences and are none. Always for a person, who looks without spreading what stands there.
"""

from collections.abc import Iterator

from audit.api import (
    AsOf,
    Basis,
    Check,
    Message,
    PageSlip,
    Reading,
    Settings,
    SlipKind,
    Text,
    Texts,
    Verdict,
    slip_verdicts,
)


class SecretMarkSettings(Settings):
    """Nothing to set."""


KINDS = (SlipKind.SECRET,)


def find(
    reading: Reading,
    settings: SecretMarkSettings,  # noqa: ARG001 - nothing to set
    as_of: AsOf,  # noqa: ARG001 - the day plays no part
) -> Iterator[Verdict]:
    """Judge every page that was read; what a template repeats is one finding."""
    yield from slip_verdicts(reading, KINDS, _said)


def _said(one: PageSlip) -> str:
    return one.slip.words


TEXTS = Texts(
    title=Text("没有发现涉密标识", "No marks of secrecy"),
    failure_title=Text("疑似涉密标识", "A page may carry a mark of secrecy"),
    messages={
        "doubtful": Message(
            Text(
                "页面开头有涉密或内部文件标识“{words}”，涉及{pages}处页面，需人工立即确认。",
                "The head of the page carries {words}, a mark of secret or internal documents; {pages} pages; a person must look at once.",
            ),
            Text(
                "立即由保密机构确认；属于涉密或内部文件的，马上撤下并按规定报告。",
                "Have it looked at at once; take secret or internal documents down and report them.",
            ),
        ),
    },
)

CHECK = Check(
    id="secret-mark",
    scope="site",
    settings=SecretMarkSettings,
    texts=TEXTS,
    basis=(
        Basis(
            document="国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
            clause="单项否决 1（2）",
            quote="发生泄密事故；不得发布涉密和不予公开的信息",
            verified=False,
        ),
    ),
    find=find,
    discreet=True,
)
