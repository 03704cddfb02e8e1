"""axe-core on a page of a real browser."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
GRAVE = {"serious", "critical"}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """One line per serious or critical violation of WCAG 2.2 AA: rule, what is wrong, where."""
    page.evaluate(AXE.read_text())  # not a <script> element: the page's policy forbids those
    result: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
    )
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']} at {_places(rule)}"
        for rule in result["violations"]
        if rule["impact"] in GRAVE
    ]


def _places(rule: dict[str, Any]) -> str:
    return "; ".join(str(node["target"][0]) for node in rule["nodes"][:5])
