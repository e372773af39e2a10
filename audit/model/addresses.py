"""What the addresses of a site tell: its own hosts, where its outside links end, what it loads without TLS."""

import msgspec

from audit.model.nouns import LinkTarget
from audit.model.words import HostKind, TraceOfHijack


class SiteHost(msgspec.Struct, frozen=True):
    """One host of the site, by name or number; its ports are one."""

    host: str
    kind: HostKind
    home: bool  # its home page is registered there
    port: str = ""  # that its home page names, where that is not the scheme's own


class OutsideLink(msgspec.Struct, frozen=True):
    """A link to another host, and what speaks of a host that fell into other hands."""

    target: LinkTarget
    landed: str  # the address that answered in the end; empty: it was not asked for
    traces: tuple[TraceOfHijack, ...]
    words: tuple[str, ...]  # the telling words of the link, the page, or parts of the host
    shown: str = ""  # what the page at the other end says of itself
    blank: bool = False  # it came, and nothing that it says of itself was seen


class MixedHost(msgspec.Struct, frozen=True):
    """What secure pages load from one host without TLS, all pages together."""

    host: str  # with port, where that is not 80
    active: bool  # scripts, styles, frames: what browsers refuse to load
    page: str  # the page nearest to the home page that does
    title: str
    pages: int
    urls: tuple[str, ...]  # the addresses, in order; at most 20
    sha256: str = ""


class MixedContent(msgspec.Struct, frozen=True):
    """The hosts in order, and every page that loads anything from them."""

    hosts: tuple[MixedHost, ...]
    pages: frozenset[str]
