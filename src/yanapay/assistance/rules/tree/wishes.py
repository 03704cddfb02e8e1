"""Problems turned into objectives: «falta de capital» becomes «capital suficiente». Pure.

The rules cover how people of the trade word problems, in Spanish and English. Where none fits, the caller's
question is asked, and somebody writes the answer. Whatever is written by hand wins.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from yanapay.assistance.rules.tree.graph import Node, Tree

Source = Literal["written", "derived", "asked"]
_I = re.IGNORECASE
_BECAUSE = re.compile(r"\s(?:porque|debido a|ya que|because|due to)\b.*$", _I)  # a cause of its own
_REASON = re.compile(r"\spor\b.*$", _I)
SHORT = 60  # letters; in a longer sentence a word may be about something else


@dataclass(frozen=True)
class Wish:
    """The objective of a problem, and whether a person wrote it, a rule did, or it is still to be said."""

    text: str
    source: Source


def wish_of(node: Node, ask: str = "{problem}?") -> Wish:
    """The objective of a node; ``ask`` is the question put when no rule fits. Never empty."""
    if node.objective.strip():
        return Wish(node.objective.strip(), "written")
    if turned := positive(node.text):
        return Wish(turned, "derived")
    return Wish(ask.format(problem=node.text), "asked")


def wishes(tree: Tree, ask: str = "{problem}?") -> dict[int, Wish]:
    """The objective tree: the same tree with each problem turned round."""
    return {node.key: wish_of(node, ask) for node in tree.nodes}


def positive(problem: str) -> str:
    """The problem turned round; empty when no rule fits."""
    said = _BECAUSE.sub("", " ".join(problem.split())).rstrip(" .,;")
    for pattern, turn in _OPENINGS:
        if found := pattern.match(said):
            return _capital(turn(found))
    short = _REASON.sub("", said)
    for pattern, words in _WITHIN if len(short) <= SHORT else ():
        if pattern.search(short):
            return _capital(pattern.sub(_Replaced(words), short))
    return ""


@dataclass(frozen=True)
class _Replaced:
    """Replaces a found word by its counterpart."""

    words: Mapping[str, str]

    def __call__(self, found: "re.Match[str]") -> str:
        return self.words[found[0].lower().removeprefix("muy ")]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_plural(phrase: str) -> bool:
    """Whether the first noun of a Spanish phrase stands in the plural: «registros de costos»."""
    head = re.split(r"\s(?:de|del|para|en|con|y)\b|\s", phrase, maxsplit=1)[0]
    return head.endswith("s") and not head.endswith(("is", "us"))


def _enough(found: "re.Match[str]") -> str:
    """«capital de trabajo» → «capital de trabajo suficiente», in the number of its noun."""
    what = found["what"]
    return f"{what} {'suficientes' if _is_plural(what) else 'suficiente'}"


def _more(one: str, many: str) -> Callable[["re.Match[str]"], str]:
    def turn(found: "re.Match[str]") -> str:
        plural = found["how"].lower().endswith("s") or _is_plural(found["what"])
        return f"{many if plural else one} {found['what']}"

    return turn


def _with(start: str) -> Callable[["re.Match[str]"], str]:
    return lambda found: f"{start} {found['what']}"


def _swapped(words: Mapping[str, str]) -> Callable[["re.Match[str]"], str]:
    return lambda found: f"{words[found['how'].lower()]} {found['what']}"


def _opening(words: str, turn: Callable[["re.Match[str]"], str]) -> tuple[
    "re.Pattern[str]", Callable[["re.Match[str]"], str]
]:  # fmt: skip
    return re.compile(rf"(?P<how>{words})\s+(?P<what>.+)$", _I), turn


_GOOD = {
    "mal": "buen", "malo": "buen", "mala": "buena", "malos": "buenos", "malas": "buenas",
    "inadecuado": "adecuado", "inadecuada": "adecuada", "inadecuados": "adecuados",
    "inadecuadas": "adecuadas", "ineficiente": "eficiente", "ineficientes": "eficientes",
    "irregular": "regular", "inestable": "estable", "inestables": "estables", "difícil": "fácil",
    "dificil": "fácil", "lento": "rápido", "lenta": "rápida", "lentos": "rápidos", "lentas": "rápidas",
    "incumplimiento": "cumplimiento", "desconocimiento": "conocimiento", "desorden": "orden",
    "desorganización": "organización", "desorganizacion": "organización", "desconfianza": "confianza",
    "informalidad": "formalidad", "inseguridad": "seguridad", "indisciplina": "disciplina",
    "insuficiente": "suficiente", "insuficientes": "suficientes", "inexistencia": "existencia",
    "descuido": "cuidado", "subutilización": "pleno uso", "subutilizacion": "pleno uso",
    "inadequate": "adequate", "unreliable": "reliable", "insufficient": "sufficient",
    "inefficient": "efficient", "unstable": "stable", "irregular supply": "regular supply",
    "outdated": "up-to-date", "slow": "fast", "unclear": "clear", "ignorance": "knowledge",
}  # fmt: skip
_WITHIN_WORDS = {
    **{k: v for k, v in _GOOD.items() if " " not in k and k not in ("lento", "slow", "mal", "malo")},
    "mal": "buen", "desordenado": "ordenado", "desordenada": "ordenada", "desordenados": "ordenados",
    "desordenadas": "ordenadas", "desactualizado": "actualizado", "desactualizada": "actualizada",
    "desactualizados": "actualizados", "desactualizadas": "actualizadas", "obsoleto": "moderno",
    "obsoleta": "moderna", "obsoletos": "modernos", "obsoletas": "modernas", "deficiente": "adecuado",
    "deficientes": "adecuados", "insatisfecho": "satisfecho", "insatisfechos": "satisfechos",
    "insatisfecha": "satisfecha", "insatisfechas": "satisfechas", "sucio": "limpio", "sucia": "limpia",
    "sucios": "limpios", "sucias": "limpias", "desmotivado": "motivado", "desmotivada": "motivada",
    "desmotivados": "motivados", "desmotivadas": "motivadas", "poco": "más", "poca": "más",
    "pocos": "más", "pocas": "más", "lento": "rápido", "slow": "fast", "poor": "good", "bad": "good",
    **dict.fromkeys(("malogrado", "malogrados", "malograda", "malogradas"), "en buen estado"),
}  # fmt: skip
_ENDINGS = {
    "bajo": "más alto", "baja": "más alta", "bajos": "más altos", "bajas": "más altas",
    "alto": "más bajo", "alta": "más baja", "altos": "más bajos", "altas": "más bajas",
    "elevado": "más bajo", "elevada": "más baja", "elevados": "más bajos", "elevadas": "más bajas",
    "escaso": "suficiente", "escasa": "suficiente", "escasos": "suficientes", "escasas": "suficientes",
    "malo": "bueno",
}  # fmt: skip
_MISHAPS = (
    "pérdidas?|perdidas?|retrasos?|demoras?|mermas?|desperdicios?|deudas?|reclamos?|quejas?|devoluciones|"
    "devolución|rechazos?|robos?|accidentes?|multas?|sanciones|paradas?|fallas?|averías?|quiebres?|"
    "conflictos?|errores|defectos?|contaminación|rotación|riesgos?|gastos?|sobrecostos?"
)
_NONE = re.compile(r"\b(?:ning[uú]na? |nada de )", _I)
_BADLY = re.compile(r"(?P<before>.*?\b)mal (?P<what>(?!estado)\w+[ai]d[oa]s?\b.*)$", _I)
_OF = r"(?=\s+del?\b)"
_OPENINGS = [
    _opening(r"(?:falta|carencia|escasez|insuficiencia) del?", _enough),
    _opening(r"(?:no hay|no existen?|ausencia de|inexistencia de|faltan?)(?: ning[uú]na?)?",
             lambda found: f"{found['what']} disponible{'s' if _is_plural(found['what']) else ''}"),
    _opening(r"nunca|no", lambda found: _NONE.sub("", found["what"])),
    _opening(r"sin(?: ning[uú]na?)?", _with("Con")),
    _opening(rf"(?:disminución|disminucion|caída|caida|reducción|reduccion|baja){_OF}", _with("Aumento")),
    _opening(rf"(?:aumento|incremento|alza|subida){_OF}", _with("Reducción")),
    _opening(r"(?:muy )?(?:baj[oa]s?|escas[oa]s?|limitad[oa]s?|reducid[oa]s?|débil|débiles|debil|debiles)",
             _more("Mayor", "Mayores")),
    _opening(r"(?:muy )?(?:alt[oa]s?|elevad[oa]s?|excesiv[oa]s?)", _more("Menor", "Menores")),
    _opening(r"(?:muy )?poc[oa]s?", _with("Más")),
    _opening(r"exceso de|demasiad[oa]s?|much[oa]s?", _with("Menos")),
    _opening(r"(?:muy )?deficientes?", _more("Mejor", "Mejores")),
    _opening(r"dificultad(?:es)? (?:para|en|de)", _with("Facilidad para")),
    (_BADLY, lambda found: f"{found['before']}bien {found['what']}"),
    _opening("|".join(key for key in _GOOD if " " not in key), _swapped(_GOOD)),
    (re.compile(rf"(?P<what>(?:{_MISHAPS})\b.*)$", _I), lambda found: f"Menos {_lower(found['what'])}"),
    _opening(r"(?:lack|shortage|absence) of", _with("Enough")),
    _opening(r"without", _with("With")),
    _opening(r"(?:very )?(?:low|limited|scarce|small)", _with("Higher")),
    _opening(r"(?:very )?(?:high|excessive)", _with("Lower")),
    _opening(r"too many", _with("Fewer")),
    _opening(r"too much|excess of", _with("Less")),
    _opening(r"(?:too )?(?:little|few)", _with("More")),
    _opening(r"(?:very )?(?:poor|bad|weak)", _with("Better")),
    _opening(r"loss(?:es)? of", _with("Less loss of")),
    _opening(r"delays? in", _with("Fewer delays in")),
]  # fmt: skip
_WITHIN = [
    (re.compile(rf"\b(?:muy )?(?:{'|'.join(_WITHIN_WORDS)})\b", _I), _WITHIN_WORDS),
    (re.compile(rf"\b(?:muy )?(?:{'|'.join(_ENDINGS)})(?=$|[,;]| (?:en|del?|para|por|y|que)\b)", _I),
     _ENDINGS),
]  # fmt: skip


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
