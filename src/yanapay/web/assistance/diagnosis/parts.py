"""The sections of the case page for this part of the work."""

from yanapay.web.assistance.parts import Part

PARTS: tuple[Part, ...] = ()
