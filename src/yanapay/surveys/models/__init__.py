"""Instruments with versions, devices, submissions as they arrived, rows derived from them, coding."""

from yanapay.surveys.models.coding import Coding
from yanapay.surveys.models.devices import Device
from yanapay.surveys.models.instruments import Instrument, Media, Version
from yanapay.surveys.models.submissions import Attachment, Record, Submission

__all__ = [
    "Attachment", "Coding", "Device", "Instrument", "Media", "Record", "Submission", "Version",
]  # fmt: skip
