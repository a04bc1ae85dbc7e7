"""Jinja with less work for each value and each call: a page has hundreds of either.

Nothing of the language changes. What is left out is what Jinja asks for the sake of templates that
the desk has none of: templates with globals of their own, and pages that switch escaping off.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from uuid import uuid4

from jinja2 import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escape_text  # type: ignore[attr-defined]  # C, for text only

#: Part of the name under which compiled templates are kept: another generator, another name.
GENERATION = "1"
KEPT = 4_000  # calls of one component
LATE = uuid4().hex  # stands where the rest comes; made anew by each process, so no text has it


class QuickContext(Context):
    """A template's names, and how it calls components and functions."""

    def __init__(self, *args: Any, globals: Any = None, **kwargs: Any) -> None:  # noqa: A002 - Jinja's name for it
        # No template has globals of its own, so that an imported component is never made anew
        # for them; asked with each import, that is thirty microseconds each.
        super().__init__(*args, **kwargs)

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja names it: no argument does
        """Call a component at once: Jinja asks first what it wants beside its arguments."""
        if type(__obj) is not Macro:
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(*args, **kwargs)


class QuickGenerator(CodeGenerator):
    """Writes templates that show values by `QuickEnvironment.shown`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.shown(")
        if finalize.src is not None:
            self.write(finalize.src)


class QuickEnvironment(Environment):
    """Jinja's environment, with both."""

    context_class = QuickContext
    code_generator_class = QuickGenerator

    @staticmethod
    def shown(value: Any) -> str:
        """The value as it goes into the page, as `escape` gives it but for the type: to make
        `Markup` of what is joined to a page at once takes four times as long as to escape it."""
        kind = type(value)
        if kind is str:
            return escape_text(value)
        return value if kind is Markup else escape(value)


def kept(component: Callable[..., Any], late: str = "") -> Callable[..., Markup]:
    """The component, rendered once for the same arguments: `{% set avatar = kept(avatar) %}`.

    For those that depend on nothing else and have no `caller`. `late` names an argument that is
    another with each page and stands in the markup once: it is put in afterwards. Text and `Markup`
    that read alike are not the same argument: one is still to be escaped.
    """
    if not late:
        return lru_cache(maxsize=KEPT, typed=True)(component)

    @lru_cache(maxsize=KEPT, typed=True)
    def parts(*args: Any) -> tuple[str, str]:
        before, _, after = str(component(*args, **{late: LATE})).partition(LATE)
        return before, after

    def put_in(*args: Any, **given: Any) -> Markup:
        before, after = parts(*args)
        return Markup(f"{before}{escape(given[late])}{after}")  # noqa: S704 - all is escaped

    return put_in
