"""Decoding of page bytes: BOM, header, meta prescan, then the bytes themselves.

gb2312 and gbk labels are read as GB18030, as browsers do (WHATWG Encoding). A label that the bytes
contradict is overruled and reported as a conflict; nothing is ever guessed by statistics.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

import msgspec

PRESCAN = 4096  # bytes; the HTML standard looks at 1024, real pages put their meta later

_META = re.compile(
    rb"<meta\s[^>]{0,800}?charset\s{0,8}=\s{0,8}[\"']?\s{0,8}([A-Za-z0-9_:.\-]{2,40})",
    re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADER = re.compile(r"charset\s{0,8}=\s{0,8}[\"']?\s{0,8}([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)

_LABELS = {
    "utf-8": "utf-8", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "x-unicode20utf8": "utf-8",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030",
    "gb_2312-80": "gb18030", "gb_2312": "gb18030", "csgb2312": "gb18030", "chinese": "gb18030",
    "iso-ir-58": "gb18030", "cp936": "gb18030", "ms936": "gb18030", "windows-936": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cn-big5": "big5hkscs", "x-x-big5": "big5hkscs",
    "csbig5": "big5hkscs",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "ascii": "cp1252",
    "us-ascii": "cp1252", "l1": "cp1252", "cp1252": "cp1252",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "windows-31j": "cp932",
    "euc-jp": "euc_jp", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "windows-1251": "cp1251", "koi8-r": "koi8_r", "iso-8859-2": "iso8859_2",
}  # fmt: skip
_WIDE = {"utf-16-le", "utf-16-be"}


class Decoded(msgspec.Struct, frozen=True):
    """Text of a body; `source` is bom, header, meta or detected."""

    text: str
    encoding: str
    source: str
    conflict: bool
    garbled: bool

    @property
    def is_utf8(self) -> bool:
        """Whether the body is this text in UTF-8, byte for byte."""
        return self.encoding == "utf-8" and self.source != "bom" and "\ufffd" not in self.text


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Decode a page. Never raises; bytes that fit nothing become U+FFFD."""
    for bom, encoding in (
        (BOM_UTF8, "utf-8"),
        (BOM_UTF16_LE, "utf-16-le"),
        (BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(bom):
            return _decoded(body[len(bom) :].decode(encoding, "replace"), encoding, "bom")
    label, source = declared(body, content_type)
    if not label:
        return _detect(body)
    if label == "cp1252" and not body.isascii():
        return _doubted(body, label)
    text = _strict(body, label)
    if text is not None and not (
        label == "gb18030" and _is_utf8(body) and _reads_well(_utf8(body))
    ):
        return _decoded(text, label, source)
    return _rescue(body, label, source)


def declared(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The encoding that header or meta declares, as (codec, source); empty when neither does."""
    header = _HEADER.search(content_type)
    if header and (codec := _LABELS.get(header[1].lower())):
        return codec, "header"
    head = body[:PRESCAN]
    if b"<!--" in head:
        head = _COMMENT.sub(b"", head)
    for meta in _META.finditer(head):
        codec = _LABELS.get(meta[1].decode("ascii").lower())
        if codec:  # a label that nobody knows is passed over, as browsers do
            return ("utf-8" if codec in _WIDE else codec), "meta"
    return "", ""


def _detect(body: bytes) -> Decoded:
    if _is_utf8(body):
        return _decoded(body.decode("utf-8", "replace"), "utf-8", "detected")
    text = _strict(body, "gb18030")
    if text is not None:
        return _decoded(text, "gb18030", "detected")
    return _fewer_losses(body, "detected", conflict=False)


def _doubted(body: bytes, label: str) -> Decoded:
    """A Western label on a page with high bytes: Chinese sites leave it in by mistake."""
    found = _detect(body)
    if found.garbled or not any("\u4e00" <= c <= "\u9fff" for c in found.text[:20000]):
        return _decoded(body.decode(label, "replace"), label, "meta")
    return Decoded(found.text, found.encoding, "detected", conflict=True, garbled=found.garbled)


def _rescue(body: bytes, label: str, source: str) -> Decoded:
    """The declared encoding does not fit. A cut last character is no contradiction."""
    if _is_utf8(body):
        if body.isascii():
            return _decoded(body.decode("ascii"), label, source)
        return Decoded(_utf8(body), "utf-8", "detected", conflict=True, garbled=False)
    lossy = body.decode(label, "replace")
    if label == "utf-8":
        if _is_mixed(lossy):
            return Decoded(lossy, label, source, conflict=False, garbled=lossy.count("\ufffd") > 1)
        text = _strict(body, "gb18030")
        if text is not None and _reads_well(text):
            return Decoded(text, "gb18030", "detected", conflict=True, garbled=False)
    if lossy.count("\ufffd") <= 1 or label not in {"utf-8", "gb18030"}:
        return _decoded(lossy, label, source)
    return _fewer_losses(body, source, conflict=False, first=label)


def _fewer_losses(body: bytes, source: str, *, conflict: bool, first: str = "utf-8") -> Decoded:
    second = "gb18030" if first == "utf-8" else "utf-8"
    best = min((first, second), key=lambda codec: body.decode(codec, "replace").count("\ufffd"))
    text = body.decode(best, "replace")
    garbled = text.count("\ufffd") > 1
    return Decoded(text, best, source, conflict=conflict or best != first, garbled=garbled)


def _reads_well(text: str) -> bool:
    """Whether text decoded as GB18030 is made of common Chinese rather than of chance hits."""
    high = [c for c in text[:20000] if ord(c) > 0x7F]
    common = sum("\u4e00" <= c <= "\u9fff" or c in "，。、；：？！“”《》（）【】　·—" for c in high)
    return not high or common >= 0.8 * len(high)


def _is_mixed(lossy: str) -> bool:
    """UTF-8 with a part in another encoding: GBK read as UTF-8 hardly ever gives Chinese."""
    han = sum("\u4e00" <= c <= "\u9fff" for c in lossy)
    return 4 * han >= lossy.count("\ufffd")


def _is_utf8(body: bytes) -> bool:
    """Strict UTF-8, except that the last character may be cut."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(body) - error.start < 4 and error.reason == "unexpected end of data"
    return True


def _utf8(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _strict(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeDecodeError as error:
        if codec == "gb18030" and body[error.start] in {0x80, 0xFF}:
            return _patched(body)
        cut = len(body) - error.start < 4 and error.reason in {
            "unexpected end of data",
            "incomplete multibyte sequence",
        }
        return body.decode(codec, "replace") if cut else None


def _patched(body: bytes) -> str | None:
    """GB18030 as browsers read it: a lone 0x80 is the euro sign."""
    out: list[str] = []
    rest = body
    for _ in range(200):
        try:
            out.append(rest.decode("gb18030"))
        except UnicodeDecodeError as error:
            if rest[error.start] != 0x80:
                return None
            out.extend((rest[: error.start].decode("gb18030"), "€"))
            rest = rest[error.start + 1 :]
        else:
            return "".join(out)
    return None


def _decoded(text: str, encoding: str, source: str) -> Decoded:
    return Decoded(text, encoding, source, conflict=False, garbled=_is_garbled(text))


def _is_garbled(text: str) -> bool:
    # a single character is found many times faster than a word
    if "\ufffd" in text and text.count("\ufffd") > 1:
        return True
    return ("锟" in text and "锟斤拷" in text) or ("ï" in text and "ï»¿" in text)
