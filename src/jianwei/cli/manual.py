"""The manual in Chinese: help pages and what is said of wrong usage, in place of the library's English."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from jianwei.errors import DataError, suggest

__all__ = ["Command", "Group", "Manual", "wrong_usage"]

PANELS = ("工作区", "台账", "数据", "填报", "指数与榜单", "报告")
"""Panels of the first page, as the work goes."""

_OPTIONS = "[选项]"
_WORDS = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "DEFAULT_STRING": "（默认 {}）",
    "REQUIRED_LONG_STRING": "（必填）",
    "ENVVAR_STRING": "（环境变量 {}）",
}


class _Chinese:
    """What commands and groups share: usage line, help option, panels."""

    help: str | None

    def get_usage(self, ctx: Any) -> str:
        """The usage line: what must be written by name, the rest as 选项."""
        words = ["用法：", ctx.command_path]
        for param in self.get_params(ctx):  # type: ignore[attr-defined]  # of the class it is mixed into
            if param.param_type_name == "argument":
                words.append(param.metavar if param.required else f"[{param.metavar}]")
            elif param.required:
                words.append(f"{param.opts[0]} {param.metavar}")
        group = isinstance(self, TyperGroup)
        return " ".join([*words, _OPTIONS, *(["命令 …"] if group else [])])

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read the words after the command; an error of the parser is told which command it was."""
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc]  # of the class it is mixed into
        except Exception as error:
            if getattr(error, "ctx", ctx) is None:
                error.ctx = ctx  # type: ignore[attr-defined]  # the library's errors have it
            raise

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows this page."""
        option = super().get_help_option(ctx)  # type: ignore[misc]  # of the class it is mixed into
        if option is not None:
            option.help = "显示本页"
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        from typer import rich_utils

        self.help = re.sub("`([^`]+)`", r"[cyan]\1[/cyan]", self.help or "")
        for name, word in _WORDS.items():
            setattr(rich_utils, name, word)
        for param in self.get_params(ctx):  # type: ignore[attr-defined]  # of the class it is mixed into
            if param.metavar is None or param.param_type_name == "argument":
                param.display_type_rich = _nothing
            param._get_number_range_help_str = _nothing  # noqa: SLF001 - the library has no switch for it
        super().format_help(ctx, formatter)  # type: ignore[misc]  # of the class it is mixed into


class Command(_Chinese, TyperCommand):
    """A command whose page is in Chinese."""


class Group(_Chinese, TyperGroup):
    """A group of commands whose page is in Chinese."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands, panel after panel in the order of the work."""

        def place(name: str) -> int:
            panel = getattr(self.commands[name], "rich_help_panel", None)
            return PANELS.index(panel) if panel in PANELS else len(PANELS)

        return sorted(super().list_commands(ctx), key=place)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the words name. Raises DataError if there is none."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            hint = suggest(args[0], self.list_commands(ctx))
            raise DataError(f"没有“{args[0]}”这个命令", hint=f"{hint}；{_help(ctx)}")
        return super().resolve_command(ctx, args)


class Manual(typer.Typer):
    """An app of such commands and groups."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            cls=Group,
            no_args_is_help=True,
            add_completion=False,
            rich_markup_mode="rich",
            pretty_exceptions_enable=False,
            context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
            **more,
        )

    def command(self, name: str | None = None, **more: Any) -> Callable[[Any], Any]:
        """A decorator that adds a command."""
        return super().command(name, **{"cls": Command, **more})

    def add(self, function: Callable[..., None], panel: str | None = None) -> None:
        """Add a function as the command of its name, in a panel of the page."""
        self.command(function.__name__.rstrip("_"), rich_help_panel=panel)(function)


def wrong_usage(error: Exception) -> DataError | None:
    """What to say of an error of the command line; None if it is another kind of error."""
    if not hasattr(error, "format_message"):
        return None
    context, param = getattr(error, "ctx", None), getattr(error, "param", None)
    name = _name(param) or str(getattr(error, "option_name", "") or "")
    match type(error).__name__:
        case "NoSuchOption":
            near = [str(word) for word in getattr(error, "possibilities", None) or []]
            what, hint = f"没有“{name}”这个选项", suggest(name, near) if near else ""
        case "MissingParameter":
            what, hint = f"缺少{name}", _meaning(param)
        case "BadOptionUsage":
            bare = getattr(param, "is_flag", False) or "does not take" in str(error)
            what, hint = f"选项 {name} 用法不对", f"它后面{'不写' if bare else '要写一个'}值"
        case "BadParameter":
            what, hint = f"{name} 的值不对", _meaning(param)
        case _:
            what, hint = "命令不完整或多了内容", ""
    return DataError(what, hint="；".join(word for word in (hint, _help(context)) if word))


def _name(param: Any) -> str:
    if param is None:
        return ""
    if param.param_type_name == "argument":
        return f"“{param.metavar or param.name}”"
    return str(max(param.opts, key=len))


def _meaning(param: Any) -> str:
    """What a parameter is to be: its help and its bounds."""
    if param is None:
        return ""
    bounds = "".join(
        f"，{word} {bound:g}"
        for word, bound in (("不小于", param.min), ("不大于", param.max))
        if bound is not None
    )
    return f"应为：{param.help or param.metavar}{bounds}"


def _help(context: Any) -> str:
    return f"用法见 {context.command_path} --help" if context is not None else "用法见 jianwei --help"


def _nothing(*_: Any, **__: Any) -> None:
    """No type, no range: metavar and help say them."""
