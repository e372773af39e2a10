"""The search as Wagtail's own project template writes it, and the pages."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from wagtail import urls as pages
from wagtail.models import Page

from tests.engines.cms.models import columns

SHOWN = 10  # results on a page


def search(request: HttpRequest) -> HttpResponse:
    """The first pages that the engine finds."""
    query = request.GET.get("query", "")
    found = Page.objects.live().search(query) if query else Page.objects.none()
    rows = Paginator(found, SHOWN).get_page(request.GET.get("page", 1))
    told = {"title": "搜索", "query": query, "rows": rows, "columns": columns()}
    return render(request, "search.html", told)


urlpatterns = [path("search/", search), path("", include(pages))]
