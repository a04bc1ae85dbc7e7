"""What every Python file of the desk keeps to. A check takes a parsed file and gives complaints."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

LONGEST_FILE = 300  # lines
LONGEST_FUNCTION = 60  # lines
CLOCK = "heliodesk/core/clock.py"
TIME_SOURCES = {
    "timezone.now",
    "timezone.localtime",
    "timezone.localdate",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
}
WRITES = {"save", "create", "bulk_create", "bulk_update", "update", "delete", "record"}
#: A check that is put off, with nothing behind it that says why.
UNREASONED = re.compile(r"# (?:noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\])$")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Source:
    """A file: where it stands in the checkout, its text and its tree."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of the tree, from the top: each check looks through it."""
        return tuple(ast.walk(self.tree))

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders and the name."""
        return PurePosixPath(self.path).parts

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function, methods among them."""
        return (node for node in self.nodes if isinstance(node, FUNCTIONS))

    @cached_property
    def calls(self) -> list[tuple[str, ast.Call]]:
        """Every call with the dotted name of what is called."""
        return [(dotted(node.func), node) for node in self.nodes if isinstance(node, ast.Call)]


def dotted(called: ast.expr) -> str:
    """What is called, as `timezone.now`; `()` for what is no name, such as another call."""
    names = []
    while isinstance(called, ast.Attribute):
        names.append(called.attr)
        called = called.value
    names.append(called.id if isinstance(called, ast.Name) else "()")
    return ".".join(reversed(names))


def long_file(source: Source) -> Iterator[str]:
    """No file is longer than one can hold in one's head."""
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        yield f"{source.path} has {lines} lines, over {LONGEST_FILE}"


def long_function(source: Source) -> Iterator[str]:
    """No function goes on for pages."""
    for function in source.functions():
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > LONGEST_FUNCTION:
            yield f"{source.path}: {function.name} has {lines} lines, over {LONGEST_FUNCTION}"


def other_clock(source: Source) -> Iterator[str]:
    """Time comes from the desk's clock."""
    if source.path == CLOCK or "server" in source.parts:
        return
    for name, call in source.calls:
        if ".".join(name.split(".")[-2:]) in TIME_SOURCES:
            yield f"{source.path}:{call.lineno} takes the time from {name}, not from core.clock"


def rule_shape(source: Source) -> Iterator[str]:
    """Whatever acts for somebody in a rules file takes `by: Actor`, by keyword only; and a rule
    always says by whom."""
    for function in _public_functions_of_rules(source):
        where = f"{source.path}: {function.name}"
        arguments = function.args
        if any(argument.arg == "by" for argument in (*arguments.posonlyargs, *arguments.args)):
            yield f"{where} takes 'by' by position"
            continue
        by = next((argument for argument in arguments.kwonlyargs if argument.arg == "by"), None)
        if by is None and _is_marked(function):
            yield f"{where} is a rule that does not say by whom"
        if by is not None and (by.annotation is None or ast.unparse(by.annotation) != "Actor"):
            yield f"{where} takes 'by' without its type, Actor"


def unmarked_rules(sources: Iterable[Source]) -> Iterator[str]:
    """What views, commands and other callers use of the rules, what acts for somebody and writes,
    is marked as a rule: so it is atomic. Helpers that only rules call run in their transaction."""
    sources = list(sources)
    called = {name for source in sources for name in _names_used_from_rules(source)}
    for source in sources:
        for function in _public_functions_of_rules(source):
            acts = any(argument.arg == "by" for argument in function.args.kwonlyargs)
            if acts and function.name in called and _writes(function) and not _is_marked(function):
                yield f"{source.path}: {function.name} writes: mark it as a rule, @rule(…)"


def _public_functions_of_rules(source: Source) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    if "rules" not in source.parts:
        return []
    functions = [node for node in source.tree.body if isinstance(node, FUNCTIONS)]
    return [function for function in functions if not function.name.startswith("_")]


def _is_marked(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    marks = (mark for mark in function.decorator_list if isinstance(mark, ast.Call))
    return any(dotted(mark.func) == "rule" for mark in marks)


def _writes(function: ast.AST) -> bool:
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(dotted(call.func).split(".")[-1] in WRITES for call in calls)


def _names_used_from_rules(source: Source) -> Iterator[str]:
    """The names that a file outside of the rules imports from them, or reads of their modules."""
    if "rules" in source.parts:
        return
    modules = set()
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and "rules" in (node.module or "").split("."):
            for alias in node.names:
                modules.add(alias.asname or alias.name)
                yield alias.name
    attributes = (node for node in source.nodes if isinstance(node, ast.Attribute))
    for node in attributes:
        if isinstance(node.value, ast.Name) and node.value.id in modules:
            yield node.attr


def silent_refusal(source: Source) -> Iterator[str]:
    """A rule that refuses says in its first words whom and what."""
    for function in filter(_is_marked, _public_functions_of_rules(source)):
        calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
        refuses = any(dotted(call.func).split(".")[-1].startswith("require_") for call in calls)
        refuses = refuses or any(isinstance(node, ast.Raise) for node in ast.walk(function))
        if refuses and not re.search("refuse|asks", ast.get_docstring(function) or "", re.I):
            yield f"{source.path}: {function.name} refuses, and its docstring does not say what"


def unreasoned(source: Source) -> Iterator[str]:
    """Where a check is put off it says why."""
    for number, line in enumerate(source.text.splitlines(), start=1):
        if UNREASONED.search(line):
            yield f"{source.path}:{number} puts off a check without a reason beside it"


def signals(source: Source) -> Iterator[str]:
    """Nothing happens behind one's back."""
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and "signals" in (node.module or ""):
            yield f"{source.path}:{node.lineno} uses signals"
    for name, call in source.calls:
        if name == "receiver" or name.endswith(("_save.connect", "_delete.connect")):
            yield f"{source.path}:{call.lineno} uses signals"


def save_override(source: Source) -> Iterator[str]:
    """A model is saved as Django saves it."""
    for node in source.nodes:
        if not isinstance(node, ast.ClassDef) or "models" not in source.path:
            continue
        for inner in node.body:
            if isinstance(inner, FUNCTIONS) and inner.name in {"save", "delete"}:
                yield f"{source.path}: {node.name} overrides {inner.name}()"


def view_past_access(source: Source) -> Iterator[str]:
    """Views find cases and records through access, where it is decided who may see them."""
    if "views" not in source.parts:
        return
    for name, call in source.calls:
        direct = name.endswith("objects.get") or name in {"get_object_or_404", "get_list_or_404"}
        if direct:
            yield f"{source.path}:{call.lineno} reads with {name}, past access"


def refusal_numbers(source: Source, known: set[str]) -> Iterator[str]:
    """A refusal names a procedure that docs/procedures.md knows."""
    for name, call in source.calls:
        numbers: list[ast.expr] = []
        if name in {"Refused", "NotPermitted", "NotFound", "NeedsConfirmation"}:
            numbers = [keyword.value for keyword in call.keywords if keyword.arg == "rule"]
        elif name == "rule":
            numbers = list(call.args)
        for number in numbers:
            if isinstance(number, ast.Constant) and number.value not in known:
                yield f"{source.path}:{call.lineno} names {number.value!r}, not in procedures.md"


Check = Callable[[Source], Iterator[str]]

CHECKS: tuple[Check, ...] = (
    long_file,
    long_function,
    other_clock,
    rule_shape,
    silent_refusal,
    unreasoned,
    signals,
    save_override,
    view_past_access,
)
