"""The columns of an import and the words by which people call them. Pure.

The canonical headers are a contract: scripts and exports use them.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from yanapay.kernel.errors import RuleBroken
from yanapay.kernel.text import fold

TEMPLATE = (
    "source_id", "name", "trade_name", "acronym", "kind", "legal_form", "tax_id", "country", "ubigeo",
    "region", "department", "province", "district", "address", "latitude", "longitude",
    "phone", "email", "public_phone", "public_email", "website", "activity", "isic_rev3",
    "start_date", "start_year", "workers", "workers_women", "workers_men", "annual_sales", "currency",
    "observed_on", "owner_name", "owner_sex", "owner_document", "macro_region", "activity_lines",
    "need_codes", "strength_codes", "opportunity_codes",
)  # fmt: skip

#: Vocabularies whose codes stand in a column of the same name, several separated by ";".
VOCABULARIES = (
    "macro_region",
    "activity_lines",
    "need_codes",
    "strength_codes",
    "opportunity_codes",
)

#: Known columns that are kept with the record as they are.
KEPT = ("website_class", "zone_as_printed", "region_basis", "in_directory", "row_no", "note")

#: Columns that our own files carry for people to read; a file never changes what they say.
IGNORED = ("status", "centre", "row_number", "problems")

FIELDS = frozenset((*TEMPLATE, *KEPT, *IGNORED))

_ALIASES = {
    "source_id": "id; codigo; cod; codigo interno; id interno; nro ficha; codigo de cliente",
    "name": "organisation; organization; organizacion; razon social; nombre; denominacion; empresa; "
            "nombre de la empresa; nombre de la organizacion; nombre o razon social; razon social o nombre; "
            "nombre del negocio; unidad productiva; emprendimiento",
    "trade_name": "nombre comercial; marca; nombre de fantasia",
    "acronym": "sigla; siglas; abreviatura",
    "kind": "tipo; tipo de organizacion; clase; tipo de empresa",
    "legal_form": "forma juridica; tipo societario; personeria juridica; tipo de sociedad",
    "tax_id": "ruc; nit; rif; cuit; rut; cnpj; identificacion tributaria; taxid",
    "country": "pais",
    "ubigeo": "area; codigo ubigeo; ubigeo inei; cod ubigeo; codigo de distrito; area code; ubigeo reniec",
    "region": "regiones; regions",
    "department": "departamento; dpto; depto; estado; state",
    "province": "provincia; prov",
    "district": "distrito; dist; municipio; comuna; canton; parroquia",
    "address": "direccion; domicilio; direccion fiscal; domicilio fiscal; direccion del negocio",
    "latitude": "latitud; lat",
    "longitude": "longitud; lon; lng; long",
    "phone": "telefono; celular; tel; telf; fono; movil; telefonos; telefono celular; private phone; whatsapp; "
             "telefono fijo; telefono de contacto; celular de contacto; telefono o celular; telefono y celular",
    "email": "correo; correo electronico; e mail; mail; private email",
    "public_phone": "telefono publico; telefono de atencion",
    "public_email": "correo publico; correo institucional",
    "website": "web; pagina web; sitio web; url; portal",
    "activity": "ciiu; ciiu rev 4; codigo ciiu; ciiu4; isic; isic rev4; isic rev 4; actividad; rubro; giro; "
                "actividad economica; actividad economica ciiu",
    "isic_rev3": "ciiu rev 3; ciiu3; isic rev 3",
    "start_date": "fecha de inicio; inicio de actividades; fecha de inicio de actividades; "
                  "fecha de constitucion; fecha de fundacion",
    "start_year": "ano de inicio; ano de fundacion; ano de constitucion; ano inicio",
    "workers": "trabajadores; total de trabajadores; trabajadores total; total trabajadores; empleados; "
               "personal ocupado",
    "workers_women": "trabajadoras; mujeres trabajadoras; trabajadores mujeres; mujeres",
    "workers_men": "hombres trabajadores; trabajadores hombres; trabajadores varones; hombres; varones",
    "annual_sales": "ventas anuales; ventas; ventas al ano; facturacion anual; ingresos anuales",
    "currency": "moneda; divisa",
    "observed_on": "fecha; fecha de los datos; fecha de observacion; fecha de registro; fecha de la ficha; "
                   "fecha de visita; fecha de entrevista; fecha de encuesta",
    "owner_name": "nombres y apellidos; apellidos y nombres",
    "owner_sex": "sexo; genero",
    "owner_document": "dni; documento; cedula; documento de identidad",
    "macro_region": "macrorregion; macro region",
    "activity_lines": "lineas de actividad; lineas de producto",
    "need_codes": "necesidades; codigos de necesidades",
    "strength_codes": "fortalezas; codigos de fortalezas",
    "opportunity_codes": "oportunidades; codigos de oportunidades",
    "row_number": "fila",
    "problems": "problemas; motivos",
    "status": "estado del registro",
    "centre": "centro",
    "note": "nota; observaciones; notas",
}  # fmt: skip

#: Who a column of the owner is about: each stands alone, or after a word for what is told of them.
_OWNERS = (
    "titular", "propietario", "propietaria", "dueno", "duena", "representante", "representante legal",
    "conductor", "conductora", "emprendedor", "emprendedora",
)  # fmt: skip
_TOLD_OF_OWNERS = {
    "owner_name": ("", "nombre", "nombres", "nombres y apellidos", "apellidos y nombres"),
    "owner_sex": ("sexo", "genero"),
    "owner_document": ("dni", "documento", "cedula", "documento de identidad"),
}
#: Words that headers write or leave out as they please, and what they begin with when they count.
_SMALL_WORDS = frozenset(("de", "del", "la", "las", "el", "los"))
_COUNTING = frozenset(("n", "no", "nro", "num", "numero", "cantidad"))
#: An ending for both genders, and the mark of Peru's money, which is what its amounts are in anyway.
_ENDING = re.compile(r"\s*(?:\((?:a|as|s|es)\)|[/(]a\)?|\(?(?:S/\.?|soles)\)?)\s*$", re.IGNORECASE)


@cache
def _field_of() -> Mapping[str, str]:
    known = {fold(field): field for field in (*TEMPLATE, *KEPT, *IGNORED)}
    for field, names in _spoken():
        known.setdefault(fold(names), field)
        known.setdefault(_gist(names), field)
    return known


def _spoken() -> Iterator[tuple[str, str]]:
    """Field and header, for every way in which people write it."""
    for field, names in _ALIASES.items():
        yield from ((field, name) for name in names.split(";"))
    for field, told in _TOLD_OF_OWNERS.items():
        yield from ((field, f"{what} {owner}") for what in told for owner in _OWNERS)


def _gist(header: str) -> str:
    """What is left of "N° de R.U.C. (S/)" when its form is taken away: "ruc"."""
    words = re.sub(r"\b(\w)(?: (?=\w\b))", r"\1", fold(_ENDING.sub("", header))).split()
    if len(words) > 1 and words[0] in _COUNTING:
        del words[0]
    return " ".join(word for word in words if word not in _SMALL_WORDS)


def field_of(header: str) -> str:
    """The field that a header names, "" when none does. Accents, case and punctuation do not matter."""
    known = _field_of()
    return known.get(fold(header)) or known.get(_gist(header), "")


def recognised(cells: Sequence[str]) -> int:
    """How many cells of a row are headers that we know: tells the header from titles above it."""
    return sum(1 for cell in cells if field_of(cell))


def propose(headers: Iterable[str]) -> dict[str, str]:
    """Header → field for all headers that are known; of two that mean the same, the first."""
    mapping: dict[str, str] = {}
    for header in headers:
        field = field_of(header)
        if field and field not in mapping.values():
            mapping[header] = field
    return mapping


def complete(headers: Sequence[str], wanted: Mapping[str, str]) -> dict[str, str]:
    """The mapping to use: what somebody ``wanted``, and what is recognised for the other headers.

    An empty field leaves a column unmapped. Raises RuleBroken for headers or fields that do not exist, for a
    field named twice, and when no column holds the name.
    """
    chosen = _chosen(headers, wanted)
    _refuse_twice(chosen)
    for header, field in propose(h for h in headers if h not in chosen).items():
        if field not in chosen.values():
            chosen[header] = field
    mapping = {header: field for header in headers if (field := chosen.get(header, ""))}
    if "name" not in mapping.values():
        raise RuleBroken(
            "No column holds the name of the organisation. The columns are: {headers}.",
            headers=", ".join(headers[:12]),
        )
    return mapping


def _chosen(headers: Sequence[str], wanted: Mapping[str, str]) -> dict[str, str]:
    """What somebody wanted, with headers as the file writes them and fields by their canonical names."""
    exact = {fold(header): header for header in reversed(headers)}
    chosen: dict[str, str] = {}
    for header, said in wanted.items():
        if fold(header) not in exact:
            raise RuleBroken(
                "The mapping names a column that the file does not have: {header}.", header=header
            )
        field = said if said in FIELDS else field_of(said)
        if said and not field:
            raise RuleBroken("The mapping names a field that does not exist: {name}.", name=said)
        chosen[exact[fold(header)]] = field
    return chosen


def _refuse_twice(chosen: Mapping[str, str]) -> None:
    fields = [field for field in chosen.values() if field]
    for field in fields:
        if fields.count(field) > 1:
            raise RuleBroken("The mapping names the field {name} twice.", name=field)


def signature(headers: Iterable[str]) -> str:
    """What stays the same between two files with the same columns; mappings are remembered by it."""
    return hashlib.sha256("\x1f".join(map(fold, headers)).encode()).hexdigest()
