"""What goes wrong is written down; the keys that addresses hold are not."""

import logging

import pytest


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/odk/t/qZ3-secret_9/submission", "/odk/t/…/submission"),
        ("/accounts/password/reset/key/a1-secret/", "/accounts/password/reset/key/…/"),
        ("/organisations/12/", "/organisations/12/"),
    ],
)
@pytest.mark.parametrize("logger", ["django.request", "yanapay.web"])
def test_keys_in_addresses_stay_out_of_the_log(logger: str, path: str, shown: str) -> None:
    record = logging.LogRecord(logger, logging.ERROR, "", 0, "Fault: %s", (path,), None)
    handler = next(one for one in logging.getLogger(logger).handlers if one.formatter)
    assert handler.format(record).endswith(f"ERROR Fault: {shown}")
