"""Closed vocabularies: needs, strengths, opportunities, lines of activity, kinds…"""

from ninja import Router, Schema

from yanapay.api.access import READ, Request
from yanapay.api.problems import PROBLEMS
from yanapay.api.values import CodePath
from yanapay.directory.models import Term
from yanapay.kernel.errors import NotFound

router = Router(tags=["vocabularies"])


class TermOut(Schema):
    code: str
    label_es: str
    label_en: str


class VocabularyOut(Schema):
    vocabulary: str
    terms: int


@router.get("", auth=READ, response={200: list[VocabularyOut], **PROBLEMS})
def list_vocabularies(request: Request) -> list[VocabularyOut]:
    """The names of the vocabularies, with how many terms each has."""
    names = Term.objects.order_by("vocabulary").values_list("vocabulary", flat=True).distinct()
    return [
        VocabularyOut(vocabulary=name, terms=Term.objects.filter(vocabulary=name).count())
        for name in names
    ]


@router.get("/{vocabulary}", auth=READ, response={200: list[TermOut], **PROBLEMS})
def list_terms(request: Request, vocabulary: CodePath) -> list[Term]:
    """The terms of one vocabulary in both languages."""
    found = list(Term.objects.filter(vocabulary=vocabulary))
    if not found:
        raise NotFound("There is no such vocabulary.")
    return found
