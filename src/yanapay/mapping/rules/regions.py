"""The macro-regions of the mapping of 2018 belong to organisations; here: where its print puts a department."""

PRINTED = {
    "01": "Nor Oriente", "04": "Sur", "05": "Centro", "06": "Nor Oriente", "08": "Sur", "11": "Lima Centro",
    "12": "Centro", "13": "Nor Oriente", "14": "Nor Oriente", "15": "Lima Centro", "18": "Sur",
    "20": "Nor Oriente", "21": "Sur", "22": "Nor Oriente", "23": "Sur",
}  # fmt: skip
"""Department → macro-region, read off the 98 printed organisations; departments without any are not guessed."""


def macro_region_of(area: str) -> list[str]:
    """The macro-region to propose for a place by its UBIGEO, in a list as codes are; none when not printed.

    >>> macro_region_of("120114"), macro_region_of("240101")
    (['Centro'], [])
    """
    found = PRINTED.get(area[:2])
    return [found] if found else []
