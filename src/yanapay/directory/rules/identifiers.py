"""Official numbers of organisations, checked by their check digits. Pure."""

from stdnum import get_cc_module
from stdnum.exceptions import ValidationError

from yanapay.kernel.errors import RuleBroken

TAX_ID = {
    "PE": "ruc", "BO": "nit", "CO": "nit", "EC": "ruc", "VE": "rif", "AR": "cuit", "BR": "cnpj", "CL": "rut",
}  # fmt: skip


def valid_number(country: str, type: str, number: str) -> str:  # noqa: A002
    """The number in its compact form; RuleBroken when its check digit or length is wrong.

    Types that no country module of python-stdnum knows are kept as written, without spaces.
    """
    module = get_cc_module(country.lower(), type)
    if module is None:
        return "".join(number.split())
    try:
        return str(module.validate(number))
    except ValidationError:
        raise RuleBroken(
            "{number} is not a valid {type}: check its digits.",
            field="tax_id",
            number=number,
            type=type.upper(),
        ) from None
