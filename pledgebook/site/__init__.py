"""The web page: a version of the book as static files that any web server can hand out, for as long as somebody keeps them.

index.html               what it is, figures, a plot, downloads, citation
explorer/                filters over all commitments, in the browser; the only page that needs JavaScript
c/<id>/, r/<id>/         a commitment and a statement, addresses that stay; of rows that left the book, too
actors/, actors/<code>/  who promised what to whom
statements/              all statements by year
about/                   data card, dictionary, codebook, versions, quality, notebooks
data/                    the files of the version
feed.xml                 the versions as an Atom feed

Nothing is loaded from elsewhere, and all links are relative: the folder may lie under any address.
"""

from pledgebook.site.build import build_site

__all__ = ["build_site"]
