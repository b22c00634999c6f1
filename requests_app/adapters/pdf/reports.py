"""The annual report as PDF and as the piece of HTML the public site shows, from one description."""

from __future__ import annotations

from django.template.loader import render_to_string

from requests_app.adapters.pdf import papers, text
from requests_app.domain.report_document import Document


def page_html(document: Document, *, draft: bool) -> str:
    """Lay the report out for printing; a draft bears the mark 草稿 on every page."""
    context = {"document": document, "title": document.title, "draft": draft}
    return papers.drawable("papers/report.html", context)


def site_html(document: Document) -> str:
    """Return the report as one ``article`` of plain, escaped HTML, for a page of the site."""
    return text.clean(render_to_string("papers/report_body.html", {"document": document}))
