"""Reference data: areas as a tree by code, groupings of areas, ISIC activity codes."""

from yanapay.places.models.activities import ActivityCode, ActivityMatch
from yanapay.places.models.areas import (
    Area,
    AreaGroup,
    AreaGroupMember,
    AreaScheme,
)

__all__ = [
    "ActivityCode", "ActivityMatch", "Area", "AreaGroup", "AreaGroupMember", "AreaScheme",
]  # fmt: skip
