"""Workbooks that no package here writes, byte by byte: OpenDocument, binary (.xlsb), old (.xls).

A sheet is a list of rows, or {row: {column: cell}} for cells far apart; cells are texts, numbers or None.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

Sheet = Sequence[Sequence[Any]] | Mapping[int, Mapping[int, Any]]

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def cells(sheet: Sheet) -> Iterator[tuple[int, list[tuple[int, Any]]]]:
    """Row numbers with the filled cells of each."""
    rows = sheet.items() if isinstance(sheet, Mapping) else enumerate(sheet)
    for number, row in rows:
        pairs = row.items() if isinstance(row, Mapping) else enumerate(row)
        yield number, [(column, cell) for column, cell in pairs if cell is not None]


# ------------------------------------------------- OpenDocument


def ods(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], more: str = "", before: str = "") -> Path:
    """more: XML at the end of each table. before: what stands above the root."""
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(map(_ods_row, rows))}{more}</table:table>'
        for name, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {_SPACES}>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = f'<manifest:manifest xmlns:manifest="{_MANIFEST}">{entry}</manifest:manifest>'
    return archive(path, {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_row(row: Sequence[Any]) -> str:
    return f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>"


def ods_cell(cell: Any, more: str = "") -> str:
    if cell is None:
        return f"<table:table-cell {more}/>"
    kind = f'float" office:value="{cell}' if isinstance(cell, int | float) else "string"
    return f'<table:table-cell office:value-type="{kind}" {more}><text:p>{escape(str(cell))}</text:p></table:table-cell>'


def archive(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return path


# ------------------------------------------------- binary workbooks


def record(number: int, data: bytes = b"") -> bytes:
    """A record of a binary workbook."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size, left = b"", len(data)
    while True:
        size += bytes([left & 0x7F | (0x80 if left > 0x7F else 0)])
        left >>= 7
        if not left:
            return head + size + data


def binary_sheet(sheet: Sheet) -> bytes:
    rows = list(cells(sheet))
    body = b""
    for number, row in rows:
        body += record(0, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))
        for column, cell in row:
            head = struct.pack("<II", column, 0)
            number_cell = isinstance(cell, int | float)
            body += (
                record(5, head + struct.pack("<d", cell)) if number_cell else record(6, head + _wide(cell))
            )
    extent = struct.pack("<IIII", 0, rows[-1][0] if rows else 0, 0, 0)
    return record(129) + record(148, extent) + record(145) + body + record(146) + record(130)


def xlsb(path: Path, sheets: Mapping[str, Sheet], folder: str = "worksheets", ending: str = "bin") -> Path:
    listed, relations, parts = b"", "", {}
    for number, (name, sheet) in enumerate(sheets.items(), start=1):
        listed += record(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
        target = f"{folder}/sheet{number}.{ending}"
        relations += f'<Relationship Id="rId{number}" Type="{_RELATION}" Target="{target}"/>'
        parts[f"xl/{target}"] = binary_sheet(sheet)
    book = (
        record(131)
        + record(153, struct.pack("<II", 0, 0) + _wide(""))
        + record(143)
        + listed
        + record(144)
        + record(132)
    )
    return archive(path, {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>',
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
        "xl/workbook.bin": book,
        **parts,
    })  # fmt: skip


def _wide(text: Any) -> bytes:
    data = str(text).encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


# ------------------------------------------------- old workbooks


def old_record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def old_sheet(sheet: Sheet) -> bytes:
    body = old_record(0x0809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    for number, row in cells(sheet):
        for column, cell in row:
            head = struct.pack("<HHH", number, column, 0)
            if isinstance(cell, int | float):
                body += old_record(0x0203, head + struct.pack("<d", cell))
            else:
                text = str(cell).encode("utf-16-le")
                body += old_record(0x0204, head + struct.pack("<HB", len(text) // 2, 1) + text)
    return body + old_record(0x000A)


def old_stream(sheets: Mapping[str, Sheet], more: bytes = b"") -> bytes:
    """more: records among those of the whole workbook."""
    head = (
        old_record(0x0809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
        + old_record(0x0042, struct.pack("<H", 1200))
        + more
    )
    bodies = [old_sheet(sheet) for sheet in sheets.values()]
    names = [struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name in sheets]
    place = len(head) + sum(len(name) + 10 for name in names) + 4
    for name, body in zip(names, bodies, strict=True):
        head += old_record(0x0085, struct.pack("<IBB", place, 0, 0) + name)
        place += len(body)
    return head + old_record(0x000A) + b"".join(bodies)


def compound(stream: bytes, name: str = "Workbook", *, small: bool = False) -> bytes:
    """A compound file of one stream. small: the stream lies in the small sectors, as it must below 4,096 bytes."""
    if not small:
        stream = stream.ljust(4096, b"\0")
    held = stream.ljust(-(-len(stream) // 512) * 512, b"\0")
    count = len(held) // 512
    table = [*range(1, count), _END, _END]  # the stream (or the small sectors), the directory
    if small:
        table.append(_END)  # the table of small sectors
    tables = 1
    while len(table) + tables > tables * 128:
        tables += 1
    first_table = len(table)
    table += [0xFFFFFFFD] * tables
    table += [_FREE] * (tables * 128 - len(table))
    small_table = count + 1 if small else _END
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, tables, count, 0, 4096, small_table, int(small), _END, 0)
    head += struct.pack("<109I", *range(first_table, first_table + tables), *[_FREE] * (109 - tables))
    root = _entry("Root Entry", 5, 0 if small else _END, len(held) if small else 0, 1)
    directory = root + _entry(name, 2, 0, len(stream), _FREE) + bytes(256)
    parts = [head, held, directory]
    if small:
        chain = [*range(1, -(-len(stream) // 64)), _END]
        parts.append(struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain))))
    return b"".join([*parts, struct.pack(f"<{len(table)}I", *table)])


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    wide = name.encode("utf-16-le")
    links = struct.pack("<HBBIII", len(wide) + 2, kind, 1, _FREE, _FREE, child)
    return wide.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def xls(path: Path, sheets: Mapping[str, Sheet], *, small: bool = False) -> Path:
    path.write_bytes(compound(old_stream(sheets), small=small))
    return path
