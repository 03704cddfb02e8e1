"""The page of one organisation."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from yanapay.directory.queries.figures import latest_observation, sizes_of
from yanapay.directory.queries.record import open_organisation
from yanapay.web.directory.story import sized, story
from yanapay.web.http import Request


def show(request: Request, pk: int) -> HttpResponse:
    """The story of an organisation; the address of a merged one leads to the one that was kept."""
    organisation = open_organisation(request.scope, pk)
    if organisation.pk != pk:
        return redirect("directory:record", organisation.pk)
    return render(request, "directory/record.html", story(request.scope, organisation))


def sizes(request: Request, pk: int) -> HttpResponse:
    """The same enterprise under every scheme, side by side."""
    organisation = open_organisation(request.scope, pk)
    context = {
        "organisation": organisation,
        "sizes": [sized(found) for found in sizes_of(organisation)],
        "latest": latest_observation(organisation),
    }
    return render(request, "directory/record_sizes.html", context)
