"""Addresses of downloads."""

from urllib.parse import urlencode


def download_address(**values: str) -> str:
    """Return the address of the table that ``values`` describe, as XLSX."""
    return f"items.xlsx?{urlencode({name: value for name, value in values.items() if value})}"


def question_address(question: str) -> str:
    """Return the address of the table under the answer to a question."""
    return download_address(question=question)
