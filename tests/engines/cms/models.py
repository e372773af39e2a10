"""Pages of the site: a home page, columns that list articles, articles with a day."""

from django.db import models
from django.http import HttpRequest
from modelsearch import index
from wagtail.models import Page


class FrontPage(Page):
    """The home page: the newest of every column."""

    template = "front.html"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        """Columns with their articles."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "columns": self.get_children().live()}


class ColumnPage(Page):
    """A column: all of its articles, the newest first."""

    template = "column.html"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        """The articles."""
        context = super().get_context(request, *args, **kwargs)
        rows = ArticlePage.objects.child_of(self).order_by("-day")
        return {**context, "rows": rows, "columns": columns()}


class ArticlePage(Page):
    """An article."""

    template = "article.html"
    day = models.DateField()
    text = models.TextField()
    search_fields = (*Page.search_fields, index.SearchField("text"))

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        """The menu."""
        return {**super().get_context(request, *args, **kwargs), "columns": columns()}


def columns() -> models.QuerySet:
    """The menu."""
    return ColumnPage.objects.live().order_by("path")
