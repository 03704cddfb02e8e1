"""Parquet files."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pyarrow.parquet

from yanapay.kernel.errors import UnreadableFile
from yanapay.tabular.cells import as_text


class Parquet:
    """A Parquet file; its column names are the first row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = pyarrow.parquet.ParquetFile(path)
        except (pyarrow.ArrowException, OSError) as error:
            raise UnreadableFile("The Parquet file is damaged: {error}.", error=error) from error
        self.rows_estimate = self._file.metadata.num_rows

    def rows(self) -> Iterator[list[str]]:
        yield list(self._file.schema_arrow.names)
        for batch in self._file.iter_batches(10_000):
            columns = [map(as_text, column.to_pylist()) for column in batch.columns]
            yield from map(list, zip(*columns, strict=True))
