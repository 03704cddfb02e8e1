"""Where something lies, in degrees of WGS 84. Pure."""

from yanapay.kernel.errors import RuleBroken


def check_point(latitude: float | None, longitude: float | None) -> None:
    """Both or neither, each within its range; else RuleBroken with the field to mend."""
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        raise RuleBroken("A point needs latitude and longitude.", field=missing)
    if latitude == 0 and longitude == 0:
        raise RuleBroken(
            "The point 0, 0 lies in the sea off Africa: leave it empty when it is not known.",
            field="latitude",
        )
    for field, value, bound in (("latitude", latitude, 90), ("longitude", longitude, 180)):
        if value is not None and not -bound <= value <= bound:
            raise RuleBroken(
                "{value} lies outside -{bound} to {bound} degrees.",
                field=field, value=value, bound=bound,
            )  # fmt: skip
