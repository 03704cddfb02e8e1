"""The classes in which the report ``cat`` shows the users of a centre, as the source prints them. Pure."""

SEXES = {"m": "varones", "f": "mujeres"}
SEX_CLASSES = tuple(SEXES.values())
EDUCATION = ("superior", "secundaria", "primaria")
AGES = ("<30", "30-40", ">40")
YEARS = ("nuevas_o_poco_mas_de_1", "mas_de_10")
STABLE = ("estables", "no_estables")
BRAND = ("con_marca", "sin_marca")
SANITARY = ("con_registro", "sin_registro")
BETWEEN = "de_3_a_10"  # the source prints nothing between its two classes


def age_class(birth_year: int | None, on_year: int) -> str | None:
    """Under 30, 30 to 40 (both included), over 40."""
    if birth_year is None:
        return None
    age = on_year - birth_year
    return "<30" if age < 30 else "30-40" if age <= 40 else ">40"


def years_class(start_year: int | None, on_year: int) -> str | None:
    """New or little more than a year old (up to 2 years), more than 10, or between."""
    if start_year is None:
        return None
    years = on_year - start_year
    return YEARS[0] if years <= 2 else YEARS[1] if years > 10 else BETWEEN


def yes_no(answer: bool | None, labels: tuple[str, str]) -> str | None:  # noqa: FBT001  a stored answer
    return None if answer is None else labels[0] if answer else labels[1]
