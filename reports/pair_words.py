"""The words of the pair ledger."""

from collections.abc import Mapping
from enum import StrEnum

from audit.model import Rendering, Scope, Text

SCOPES = {
    Scope.REQUIRED: Text("应当解读", "Must be interpreted"),
    Scope.UNSURE: Text("是否应当解读由人确认", "A person must say whether it must be interpreted"),
    Scope.EXEMPT: Text("不需要解读", "Needs no interpretation"),
}
RENDERINGS = {
    Rendering.TEXT: Text("文字", "Text"),
    Rendering.PICTURE: Text("图解", "Picture"),
    Rendering.VIDEO: Text("视频", "Video"),
    Rendering.QUESTIONS: Text("问答", "Questions and answers"),
    Rendering.MEETING: Text("发布会、访谈", "Press conference or interview"),
    Rendering.ATTACHMENT: Text("附件", "File"),
}
MATCHES = {
    "anchor": Text("按链接配对", "by a link"),
    "title": Text("按标题配对", "by the title"),
    "number": Text("按文号配对", "by the number"),
    "similarity": Text("按标题相似配对，需确认", "by likeness of titles, to be confirmed"),
}

WORDS: Mapping[type[StrEnum], Mapping[StrEnum, Text]] = {
    Scope: {**SCOPES},
    Rendering: {**RENDERINGS},
}
