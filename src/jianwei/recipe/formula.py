"""Leaf formulas: SQL scalar expressions out of a closed set, made safe for missing values.

A formula is parsed by sqlglot and written again from the few nodes allowed here, so nothing
else can reach the database. The SQL that comes out obeys one rule: what depends on a missing
value is missing (SQL's own CASE, least and greatest would turn it into a number), and what is
undefined (x / 0, ln 0) is missing too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jianwei.errors import suggest

if TYPE_CHECKING:
    from sqlglot import exp

__all__ = ["FUNCTIONS", "Formula", "FormulaError", "read"]

FUNCTIONS: tuple[str, ...] = ("ln", "sqrt", "abs", "least", "greatest", "nullif")
"""Functions that a formula may call."""

LONGEST = 600
DEEPEST = 4

_CHARACTERS = re.compile(r"[A-Za-z0-9_\s+\-*/().,<>=!]*")
_ALLOWED = "可用：指标名、数字、+ - * /、括号、CASE WHEN … THEN … ELSE … END、比较、AND OR NOT、" + "、".join(
    FUNCTIONS
)


class FormulaError(ValueError):
    """A formula cannot be used; carries what is wrong and what to do, in Chinese."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.hint = hint


@dataclass(frozen=True)
class Formula:
    """A checked formula: names in order of appearance and guarded DuckDB SQL over DOUBLE columns.

    `sql` is canonical: two texts that differ in spaces, letter case of keywords or comments
    give the same one.
    """

    text: str
    names: tuple[str, ...]
    sql: str


@cache
def read(text: str) -> Formula:
    """Check a formula and make it safe. Raises FormulaError at the first thing not allowed."""
    import sqlglot  # 0.3 s: only whoever reads a formula pays
    from sqlglot import exp

    if not text.strip():
        raise FormulaError("公式为空", "例如 posts / days")
    if len(text) > LONGEST:
        raise FormulaError(f"公式长达 {len(text)} 个字符，上限为 {LONGEST}", "拆成几个指标")
    bare = re.sub(r"--[^\n]*", " ", text)
    if not _CHARACTERS.fullmatch(bare):
        odd = next(char for char in bare if not _CHARACTERS.fullmatch(char))
        raise FormulaError(f"公式中有不允许的字符“{odd}”", _ALLOWED)
    try:
        parsed = sqlglot.parse_one(f"SELECT {bare}", dialect="duckdb")
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        raise FormulaError("公式写法有误，无法解析", "检查括号是否成对、运算符两边是否都有内容") from error
    given = {key for key, value in parsed.args.items() if value}
    if not isinstance(parsed, exp.Select) or given - {"expressions", "kind"} or len(parsed.expressions) != 1:
        raise FormulaError("公式应当只是一个算式", _ALLOWED)
    writer = _Writer()
    sql = writer.number(parsed.expressions[0])
    if not writer.names:
        raise FormulaError("公式没有用到任何指标", "例如 posts / days")
    return Formula(text, tuple(dict.fromkeys(writer.names)), sql)


class _Writer:
    """Writes an allowed expression as guarded SQL; anything else raises FormulaError."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.depth = 0

    def number(self, node: exp.Expression) -> str:
        """SQL of an expression that is a number."""
        write = _NUMBERS.get(node.key)
        if write is None:
            raise _refused(node)
        self.depth += node.key in _REPEATING
        if self.depth > DEEPEST:
            raise FormulaError(f"CASE 与函数嵌套超过 {DEEPEST} 层", "拆成几个指标")
        sql = write(self, node)
        self.depth -= node.key in _REPEATING
        return sql

    def condition(self, node: exp.Expression) -> str:
        """SQL of an expression that is true or false."""
        if node.key == "paren":
            return self.condition(node.this)
        if node.key == "not":
            return f"(NOT {self.condition(node.this)})"
        if node.key in ("and", "or"):
            return f"({self.condition(node.this)} {node.key.upper()} {self.condition(node.expression)})"
        if sign := _COMPARISONS.get(node.key):
            return f"({self.number(node.this)} {sign} {self.number(node.expression)})"
        raise FormulaError(f"“{_told(node)}”不是条件", "CASE WHEN 后面写比较，如 posts = 0")

    def column(self, node: exp.Expression) -> str:
        if node.args.get("table") or node.this.args.get("quoted"):
            raise FormulaError(f"“{_told(node)}”应直接写指标名", "平台写在 platform 里，不写在公式里")
        name = str(node.name)
        self.names.append(name)
        return f'"{name}"'

    def literal(self, node: exp.Expression) -> str:
        if node.args.get("is_string"):
            raise _refused(node)
        value = float(node.this)
        if value == float("inf"):
            raise FormulaError(f"数字过大：{_told(node)}", "检查小数点和指数")
        spelled = repr(value)
        return spelled if "e" in spelled else f"{spelled}e0"  # without e DuckDB would read a DECIMAL

    def case(self, node: exp.Expression) -> str:
        if node.this is not None:
            raise FormulaError(
                "CASE 后面应直接写 WHEN", "如 CASE WHEN posts = 0 THEN 0 ELSE reads / posts END"
            )
        branches = []
        for branch in node.args["ifs"]:
            condition, value = self.condition(branch.this), self.number(branch.args["true"])
            # a condition that cannot be told must not fall through to the next branch
            branches.append(f"WHEN {condition} IS NULL THEN NULL WHEN {condition} THEN {value}")
        default = node.args.get("default")
        otherwise = "NULL" if default is None else self.number(default)
        return f"CASE {' '.join(branches)} ELSE {otherwise} END"

    def binary(self, node: exp.Expression) -> str:
        return f"({self.number(node.this)} {_SIGNS[node.key]} {self.number(node.expression)})"

    def div(self, node: exp.Expression) -> str:
        return f"({self.number(node.this)} / nullif({self.number(node.expression)}, 0))"

    def neg(self, node: exp.Expression) -> str:
        return f"(-{self.number(node.this)})"

    def paren(self, node: exp.Expression) -> str:
        return self.number(node.this)

    def absolute(self, node: exp.Expression) -> str:
        return f"abs({self.number(node.this)})"

    def ln(self, node: exp.Expression) -> str:
        return f"ln(nullif(greatest({self.number(node.this)}, 0), 0))"

    def sqrt(self, node: exp.Expression) -> str:
        value = self.number(node.this)
        return f"sqrt(CASE WHEN {value} >= 0 THEN {value} END)"

    def nullif(self, node: exp.Expression) -> str:
        return self._whole("nullif", [self.number(node.this), self.number(node.expression)])

    def extreme(self, node: exp.Expression) -> str:
        return self._whole(node.key, [self.number(part) for part in (node.this, *node.expressions)])

    def _whole(self, function: str, values: list[str]) -> str:
        """A call that is missing as soon as one argument is."""
        known = " AND ".join(f"{value} IS NOT NULL" for value in values)
        return f"CASE WHEN {known} THEN {function}({', '.join(values)}) END"


_SIGNS = {"add": "+", "sub": "-", "mul": "*"}

_REPEATING = frozenset({"case", "sqrt", "nullif", "least", "greatest"})
"""What writes an argument twice: nested without end it would grow without end."""

_COMPARISONS = {"eq": "=", "neq": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}

_NUMBERS: dict[str, Callable[[_Writer, exp.Expression], str]] = {
    "column": _Writer.column,
    "literal": _Writer.literal,
    "case": _Writer.case,
    "add": _Writer.binary,
    "sub": _Writer.binary,
    "mul": _Writer.binary,
    "div": _Writer.div,
    "neg": _Writer.neg,
    "paren": _Writer.paren,
    "abs": _Writer.absolute,
    "ln": _Writer.ln,
    "sqrt": _Writer.sqrt,
    "nullif": _Writer.nullif,
    "least": _Writer.extreme,
    "greatest": _Writer.extreme,
}


def _refused(node: exp.Expression) -> FormulaError:
    """Why an expression is not allowed; COALESCE gets its own reason, it is the tempting one."""
    told = _told(node)
    if node.key == "coalesce":
        return FormulaError("不允许 COALESCE：它会把缺失变成数字", "缺失由方案的 need 与权重分摊处理")
    if node.key == "anonymous":
        return FormulaError(
            f"不认识的函数“{node.name}”", suggest(str(node.name).lower(), FUNCTIONS) or _ALLOWED
        )
    if node.key in _COMPARISONS or node.key in ("and", "or", "not"):
        return FormulaError(f"“{told}”是条件，不是数值", "改写为 CASE WHEN … THEN 1 ELSE 0 END")
    return FormulaError(f"不允许写“{told}”", _ALLOWED)


def _told(node: exp.Expression) -> str:
    text = node.sql(dialect="duckdb")
    return text if len(text) <= 40 else text[:37] + "…"
