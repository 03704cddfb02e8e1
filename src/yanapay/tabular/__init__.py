"""Files in and out: CSV, XLSX and Parquet as tables of text, without knowing what the columns mean."""
