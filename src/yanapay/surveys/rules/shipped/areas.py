"""Departments, provinces and districts of Peru as the CSV files that cascading questions read."""

import csv
from functools import cache
from io import StringIO

from yanapay.places.rules.reference import AreaRow, areas


@cache
def area_files() -> dict[str, bytes]:
    """``{file: content}``; ``name`` is the UBIGEO of INEI, the last column the code of the area around."""
    peru = sorted((area for area in areas() if area.country == "PE"), key=lambda area: area.code)
    return {
        "departments.csv": _csv(peru, 1, ""),
        "provinces.csv": _csv(peru, 2, "department"),
        "districts.csv": _csv(peru, 3, "province"),
    }


def _csv(peru: list[AreaRow], level: int, around: str) -> bytes:
    text = StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(["name", "label", *([around] if around else [])])
    out.writerows(
        [area.code, area.name, *([area.parent] if around else [])]
        for area in peru
        if area.level == level
    )
    return text.getvalue().encode()
