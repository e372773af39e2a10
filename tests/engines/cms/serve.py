"""Makes the site in a folder and serves it on loopback: `python -m tests.engines.cms.serve FOLDER`.

Prints its address when it answers, and ends when its standard input does.
"""

import os
import sys
import threading
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command

from tests.engines.pages import NAME, SECTIONS, text_of


class Quiet(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the base class
        """Say nothing."""


def main() -> None:
    """Make, serve, and end with the standard input."""
    os.environ["CMS_FOLDER"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.engines.cms.settings"
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    app: Any = WSGIHandler()
    server = make_server("127.0.0.1", 0, app, handler_class=Quiet)
    publish(server.server_port)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


def publish(port: int) -> None:
    """Write every page, in the order in which it was published."""
    from wagtail.models import Page, Site  # noqa: PLC0415 - after Django is set up

    from tests.engines.cms.models import (  # noqa: PLC0415 - after Django is set up
        ArticlePage,
        ColumnPage,
        FrontPage,
    )

    root = Page.objects.get(depth=1)
    front = root.add_child(instance=FrontPage(title=NAME, slug="front"))
    Site.objects.all().delete()
    Site.objects.create(hostname="127.0.0.1", port=port, root_page=front, is_default_site=True)
    for section in SECTIONS:
        column = front.add_child(instance=ColumnPage(title=section.title, slug=section.slug))
        for paper in reversed(section.papers):
            made = ArticlePage(
                title=paper.title, slug=paper.slug, day=paper.day, text=text_of(paper)
            )
            column.add_child(instance=made)


if __name__ == "__main__":
    main()
