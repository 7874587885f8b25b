"""Reads CSV and XLSX files as rows of text, whatever program saved them."""

import codecs
import csv
import io
import itertools
from collections.abc import Generator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from backoffice.import_rows import Row
from backoffice.importing import Source
from wenzheng.problems import SetupProblem

ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order: Excel in China saves CSV as GB18030, everything else as UTF-8."""


def open_source(path: Path) -> Source:
    """Return the file's header and rows.

    Raises:
        SetupProblem: it is neither, or it cannot be read.
    """
    kind = path.suffix.lower()
    if kind not in (".csv", ".xlsx"):
        raise SetupProblem(f"{path.name} is neither .csv nor .xlsx. / 只能导入 .csv 或 .xlsx 文件。")
    rows = _csv_rows(path) if kind == ".csv" else _xlsx_rows(path)
    first = next(rows, None)
    rows.close()
    if first is None:
        raise SetupProblem(f"{path.name} is empty. / 文件是空的。")
    again = _csv_rows if kind == ".csv" else _xlsx_rows
    header = [title.strip() for title in first[1]]
    while header and not header[-1]:
        header.pop()
    return Source(header, lambda: itertools.islice(again(path), 1, None), _count(path))


def _csv_rows(path: Path) -> Generator[Row, None, None]:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        first_line = file.readline()
        file.seek(0)
        delimiter = max(",;\t", key=first_line.count)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as problem:
            raise SetupProblem(f"{path.name}, line {line}: {problem}. / 第 {line} 行引号或换行有误。") from problem


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
    for encoding in ENCODINGS:
        try:
            with path.open(encoding=encoding) as text:
                while text.read(1 << 20):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise SetupProblem(f"{path.name} is neither UTF-8 nor GB18030 text. / 请把文件另存为 UTF-8 编码的 CSV。")


def _xlsx_rows(path: Path) -> Generator[Row, None, None]:
    try:
        book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as problem:
        raise SetupProblem(f"{path.name} is not a readable XLSX file. / 打不开这个 XLSX 文件。") from problem
    with closing(book):
        for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            texts = [_text(cell) for cell in cells]
            if any(texts):
                yield line, texts


def _text(cell: Any) -> str:
    """Write a cell as it would stand in a CSV file; Excel keeps whole numbers as floats and days as midnights."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def _count(path: Path) -> int:
    """Return about how many rows there are, for the progress bar."""
    if path.suffix.lower() == ".xlsx":
        book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
        with closing(book):
            return max(0, (book.worksheets[0].max_row or 1) - 1)
    with path.open("rb") as file:
        return max(0, sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1)
