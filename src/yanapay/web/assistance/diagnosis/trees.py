"""The page of a problem tree: picture, outline and ranking, and the commands that change it."""

from collections.abc import Callable

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from yanapay.assistance.actions.tree import (
    add_node,
    change_node,
    link,
    move_node,
    remove_node,
    save_tree,
    unlink,
)
from yanapay.assistance.models import Case
from yanapay.assistance.queries.cases import open_case
from yanapay.assistance.rules.tree import EFFECT
from yanapay.kernel.errors import EditConflict, YanapayError
from yanapay.kernel.keys import read_key
from yanapay.web.acting import actor, made, say, show_form
from yanapay.web.assistance.diagnosis.forms import AddForm, NodeForm, OutlineForm
from yanapay.web.assistance.diagnosis.workbench import Workbench
from yanapay.web.assistance.pages import editable
from yanapay.web.conflicts import save
from yanapay.web.http import Request

CHANGED = _("Somebody else changed the tree meanwhile. Here it is as it stands now; do it again.")

GONE = _("This problem is no longer in the tree.")


def show(request: Request, pk: int) -> HttpResponse:
    """The tree of problems, or of objectives, with one of them open."""
    return page(request, Workbench.of(request, open_case(request.scope, pk)))


def page(request: Request, bench: Workbench, status: int = 200) -> HttpResponse:
    """The whole page, or only the workbench when a script asks for it."""
    part = request.htmx and not request.htmx.history_restore_request
    template = "assistance/diagnosis/tree.html" + ("#workbench" if part else "")
    response = render(request, template, bench.context() | {"is_part": part}, status=status)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """Hang one more problem on another; the line stays open for the next."""
    case = editable(request, pk)
    form = AddForm(request.POST)
    side = request.POST.get("side", "")
    if form.is_valid():
        given = form.cleaned_data
        try:
            if made(form, lambda: add_node(
                by=actor(request, case), case=case, fields={"text": given["text"]},
                under=given["under"], side=side, version=given["version"],
            )):  # fmt: skip
                return _to(case, given["under"], then=side or "cause")
        except EditConflict:
            bench = Workbench.of(request, case, chosen=given["under"])
            form.renew(bench.version)
            form.add_error("text", CHANGED)
            return page(request, bench.adding(side, form), 409)
    bench = Workbench.of(request, case, chosen=read_key(request.POST.get("under", "")))
    return page(request, bench.adding(side, form), 422)


@require_POST
def change(request: Request, pk: int, node: int) -> HttpResponse:
    """Save what is known of a problem; two versions stand side by side when somebody was faster."""
    case = editable(request, pk)
    bench = Workbench.of(request, case, chosen=node)
    if (chosen := bench.chosen) is None:
        return _gone(request, case)
    form = NodeForm(request.POST, node=chosen, wish=bench.wish, version=bench.version)
    saving = save(
        form,
        lambda: change_node(
            by=actor(request, case), case=case, node=node, fields=form.values,
            version=form.cleaned_data["version"],
        ),
        lambda: form.differences(chosen, bench.version),
    )  # fmt: skip
    if saving.is_done:
        return _to(case, node)
    shown = bench.editing(form, saving.conflicts)
    return page(request, shown, 422 if saving.conflicts is None else 409)


@require_POST
def remove(request: Request, pk: int, node: int) -> HttpResponse:
    """Take a problem out, alone or with what hangs only on it."""
    case = editable(request, pk)
    anchors = Workbench.of(request, case, chosen=node).anchors
    branch = request.POST.get("with") == "branch"
    return _do(request, case, anchors[0].key if anchors else None, lambda: remove_node(
        by=actor(request, case), case=case, node=node, branch=branch, version=_version(request),
    ))  # fmt: skip


@require_POST
def move(request: Request, pk: int, node: int) -> HttpResponse:
    """One place earlier or later among its siblings."""
    case = editable(request, pk)
    steps = 1 if request.POST.get("to") == "later" else -1
    return _do(request, case, node, lambda: move_node(
        by=actor(request, case), case=case, node=node, steps=steps, version=_version(request),
    ))  # fmt: skip


@require_POST
def hang(request: Request, pk: int, node: int) -> HttpResponse:
    """Hang a problem on one more, or (``take``) no longer on one."""
    case = editable(request, pk)
    bench = Workbench.of(request, case, chosen=node)
    other = read_key(request.POST.get("other", ""))
    if bench.chosen is None or other is None:
        return _gone(request, case)
    cause, effect = (other, node) if bench.chosen.role == EFFECT else (node, other)
    verb = unlink if "take" in request.POST else link
    return _do(request, case, node, lambda: verb(
        by=actor(request, case), case=case, cause=cause, effect=effect, version=_version(request),
    ))  # fmt: skip


def outline(request: Request, pk: int) -> HttpResponse:
    """The whole tree as indented lines: the quick way to begin, and to rearrange."""
    case = editable(request, pk)
    bench = Workbench.of(request, case)
    form = OutlineForm(request.POST) if request.POST else OutlineForm.of(bench.tree, bench.version)
    saving = save(
        form,
        lambda: save_tree(
            by=actor(request, case), case=case, outline=form.outline,
            version=form.cleaned_data["version"],
        ),
        lambda: form.differences(bench.tree, bench.version),
    )  # fmt: skip
    if saving.is_done:
        return _to(case, None)
    is_new = not bench.tree.nodes
    context = {"case": case, "form": form, "conflicts": saving.conflicts, "is_new": is_new}
    return show_form(request, "assistance/diagnosis/outline.html", context)


def _do(
    request: Request, case: Case, chosen: int | None, command: Callable[[], object]
) -> HttpResponse:
    """A command without a form of its own: what is refused is told on the page."""
    try:
        command()
    except EditConflict:
        return page(request, Workbench.of(request, case, chosen=chosen).refused(str(CHANGED)), 409)
    except YanapayError as error:
        bench = Workbench.of(request, case, chosen=chosen)
        return page(request, bench.refused(say(error.message)), 422)
    return _to(case, chosen)


def _gone(request: Request, case: Case) -> HttpResponse:
    bench = Workbench.of(request, case)
    return page(request, bench.refused(str(GONE)), 404)


def _version(request: Request) -> int | None:
    return read_key(request.POST.get("version", ""))


def _to(case: Case, node: int | None, then: str = "") -> HttpResponse:
    """To the tree with that problem open; ``then`` puts the cursor into the line for the next one."""
    query = QueryDict(mutable=True)
    if node is not None:
        query["node"] = str(node)
    if then:
        query["then"] = then
    address = reverse("assistance:tree", args=[case.pk])
    return redirect(f"{address}?{query.urlencode()}" if query else address)
