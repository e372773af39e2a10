"""Policies and interpretations as checks see them."""

from audit.model import Interpretation, Policy
from audit.reading.site.details import Document
from audit.reading.site.scope import scope_of
from audit.reading.site.substance import parts_of, renderings_of

CITES = 10


def policy_of(document: Document) -> Policy:
    """The policy as checks see it."""
    page, dated = document.page, document.published
    scope, said = scope_of(page.name, document.number, own=document.own)
    return Policy(
        url=page.url,
        title=page.name,
        number=document.number,
        published=dated.day,
        written=page.written,
        sha256=page.sha256,
        source=dated.source,
        quote=dated.quote,
        days=document.days,
        issuer=document.issuer,
        disclosure=document.disclosure,
        validity=document.validity,
        scope=scope,
        scope_words=said,
        own=document.own,
    )


def interpretation_of(document: Document) -> Interpretation:
    """The interpretation as checks see it."""
    page, dated = document.page, document.published
    return Interpretation(
        url=page.url,
        title=page.name,
        published=dated.day,
        column=document.column,
        cites=tuple(sorted(document.cites))[:CITES],
        sha256=page.sha256,
        source=dated.source,
        quote=dated.quote,
        days=document.days,
        renderings=renderings_of(document),
        listed=document.listed,
        elements=parts_of(document),
        length=page.length,
        script_fills=page.script_fills,
    )
