"""Forms of a page, and lone search boxes that script serves."""

from collections.abc import Sequence
from functools import cache

from audit.charset import declared
from audit.model import Form
from audit.reading.document import Document, Element, tidy
from audit.text import shorten
from audit.vocabulary import any_of, words

MAX_FORMS = 50
MAX_FIELDS = 20
MAX_VALUE = 200
MAX_LABEL = 120
MAX_INPUTS = 500  # of one form that are looked at
_CONTROLS = ("input", "textarea", "button")
_WORDS = {"", "text", "search"}
_BUTTONS = {"submit", "button", "image"}
_PLAIN = {"", "application/x-www-form-urlencoded"}
_NEAR = 3  # levels above a lone box in which its button is looked for
_NEAR_TEXT = 200


def forms(document: Document) -> tuple[Form, ...]:
    """All forms in document order, then the search boxes outside any form."""
    controls = document.tagged(*_CONTROLS)
    if not controls:
        return ()
    made: list[Form] = []
    inside: set[int] = set()
    for element in document.tagged("form")[:MAX_FORMS]:
        own = [e for e in document.inside(element) if e.tag in _CONTROLS]
        inside.update(c.index for c in own)
        made.append(_form(document, element, own[:MAX_INPUTS]))
    lone = [c for c in controls if c.index not in inside and _is_box(c)]
    for box in lone[:MAX_FORMS]:
        form = _lone(document, box)
        if form is not None:
            made.append(form)
    return tuple(made)


def _form(document: Document, element: Element, own: Sequence[Element]) -> Form:
    boxes = [c for c in own if _is_box(c)]
    password = any(c.get("type").lower() == "password" for c in own)
    label = _label(document, element, own)
    query = _query(boxes)
    named = _is_search_named(element) or any(c.get("type").lower() == "search" for c in boxes)
    record = not named and _looks_up(element, label)
    search = not password and not record and _is_search(label, boxes, query, named=named)
    action, by_script = _action(document, element, own)
    nameless = query is not None and not query.get("name")  # a form sends fields with a name only
    return Form(
        action,
        element.get("method").strip().lower() or "get",
        query.get("name") or query.get("id") if query else "",
        search,
        label,
        by_script or nameless or _is_odd(element),
        _fields(document, element, own),
        password,
        _charset(element),
        search and _is_handled(document, element, own),
        search and _asks_for_code(label, boxes),
        search and any(script.src for script in document.scripts),
    )


def _lone(document: Document, box: Element) -> Form | None:
    """A text box outside any form, when it or its neighbours speak of searching."""
    near: Element | None = box
    for _ in range(_NEAR):
        above = document.parent(near) if near else None
        if above is None or above.tag == "body" or above.end - above.start > _NEAR_TEXT:
            break
        near = above
    holder = near or box
    label = _label(
        document, holder, [c for c in [holder, *document.inside(holder)] if c.tag in _CONTROLS]
    )
    named = box.get("type").lower() == "search" or _is_search_named(holder)
    if not _is_search(label, [box], box, named=named):
        return None
    return Form(
        "", "get", box.get("name") or box.get("id"), search=True, label=label, by_script=True
    )


def _is_search(label: str, boxes: Sequence[Element], query: Element | None, *, named: bool) -> bool:
    if query is None or any_of("page", "not_search_words").search(label):
        return False
    if named or any_of("page", "search_words").search(label):
        return len(boxes) <= 4
    return len(boxes) <= 2 and _is_search_field(query)


def _looks_up(element: Element, label: str) -> bool:
    """Whether a form, and no page within one, asks for what a record is kept under, and for no words."""
    if element.end - element.start > _NEAR_TEXT or any_of("page", "word_search").search(label):
        return False
    return any_of("page", "record_words").search(label) is not None


def _query(boxes: Sequence[Element]) -> Element | None:
    """The box that takes the words: the one with a search field's name, else the first."""
    return next((box for box in boxes if _is_search_field(box)), boxes[0] if boxes else None)


def _is_search_field(box: Element) -> bool:
    return (
        box.get("name").lower() in _fields_of_search()
        or box.get("id").lower() in _fields_of_search()
    )


def _is_search_named(element: Element) -> bool:
    if element.get("role").lower() == "search":
        return True
    said = " ".join(element.get(name) for name in ("class", "id", "name", "action"))[:400].lower()
    return "search" in said or not _names_of_search().isdisjoint(said.split())


def _is_box(control: Element) -> bool:
    return control.tag == "input" and control.get("type").strip().lower() in _WORDS


def _label(document: Document, holder: Element, own: Sequence[Element]) -> str:
    """What names it to a person: its words, placeholders, titles and buttons."""
    said = [tidy(document.text[holder.start : min(holder.end, holder.start + 300)])]
    for control in own:
        kind = control.get("type").lower()
        said += [control.get(name) for name in ("placeholder", "title", "aria-label")]
        if kind in _BUTTONS or kind in _WORDS or control.tag == "button":
            said += [control.get("value"), control.get("alt")]
    if holder.tag != "input":
        said += [
            e.get("alt") or e.get("title") for e in document.inside(holder)[:60] if e.tag == "img"
        ]
    return shorten(tidy(" ".join(dict.fromkeys(one for one in said if one)))[:2000], MAX_LABEL)


def _action(document: Document, element: Element, own: Sequence[Element]) -> tuple[str, bool]:
    """Where it sends to, and whether only script makes it work."""
    written = element.attributes.get("action")
    written = written.strip() if written is not None else ""
    if written and not written.startswith("#") and not written.lower().startswith("javascript:"):
        return document.join(written) or "", False
    buttons = [c for c in own if c.get("type").lower() in _BUTTONS or c.tag == "button"]
    handled = "onsubmit" in element.attributes or any("onclick" in c.attributes for c in buttons)
    submits = any(
        c.get("type").lower() in {"submit", "image"} or (c.tag == "button" and not c.get("type"))
        for c in buttons
    )
    if written or handled or not submits:
        return "", True
    return document.url, False


def _asks_for_code(label: str, boxes: Sequence[Element]) -> bool:
    names = words("probes")["captcha_names"]
    named = any(box.get("name").lower() in names or box.get("id").lower() in names for box in boxes)
    return named or any_of("probes", "captcha_words").search(label) is not None


def _is_odd(element: Element) -> bool:
    """Whether it sends in another way than forms do by themselves."""
    posts = element.get("method").strip().lower() == "post"
    return posts and element.get("enctype").strip().lower() not in _PLAIN


def _charset(element: Element) -> str:
    named = element.get("accept-charset").replace(",", " ").split()
    return declared(b"", f"charset={named[0]}")[0] if named else ""


def _is_handled(document: Document, element: Element, own: Sequence[Element]) -> bool:
    """Whether a handler in the page sees what is sent before it is."""
    if "onsubmit" in element.attributes or any("onclick" in c.attributes for c in own):
        return True
    named = {e.get(name) for e in (element, *own) for name in ("id", "name")} - {""}
    return any(
        name in script.text and any(f"{mark}{name}" in script.text for mark in "#\"'")
        for script in document.scripts
        if script.text
        for name in named
    )


def _fields(
    document: Document, element: Element, own: Sequence[Element]
) -> tuple[tuple[str, str], ...]:
    """Hidden fields, those that are set before anyone types, and the button that Enter presses."""
    kept = [
        (choice.name[:MAX_VALUE], choice.value[:MAX_VALUE])
        for choice in document.choices
        if choice.name and element.index <= choice.parent < element.stop
    ]
    sent = False
    for control in own:
        name, kind = control.get("name"), control.get("type").lower()
        submits = kind == "submit" or (control.tag == "button" and not kind)
        preset = kind in {"radio", "checkbox"} and "checked" in control.attributes
        hidden = control.tag == "input" and (kind == "hidden" or preset)
        if name and (hidden or (submits and not sent)):
            kept.append((name[:MAX_VALUE], control.get("value")[:MAX_VALUE]))
        sent = sent or submits
    return tuple(kept[:MAX_FIELDS])


@cache
def _fields_of_search() -> frozenset[str]:
    return frozenset(words("page")["search_fields"])


@cache
def _names_of_search() -> frozenset[str]:
    return frozenset(words("page")["search_names"])
