"""As much of JQL as the desk writes, read as strictly as Jira reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Issue = dict[str, Any]
TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[(),]|!=|=|~|[\w.]+)')
#: What Lucene reserves has to be escaped in a text search, but for a wildcard at a word's end.
RESERVED = re.compile(r'[+\-&|!(){}\[\]^~?:\\/"]|\*(?!$|\s)')


class NotJqlError(Exception):
    """Jira answers 400 with these words."""


@dataclass
class Reader:
    """Gives the condition that a query sets on an issue."""

    tokens: list[str]
    known_ids: set[str]
    validates: bool = True
    restrictions: int = 0
    ordered: list[str] = field(default_factory=list)

    def query(self) -> Callable[[Issue], bool]:
        conditions = [] if self._is("ORDER") or not self.tokens else [self._clause()]
        while self._is("AND"):
            self._take()
            conditions.append(self._clause())
        if self._is("ORDER"):
            self._take()
            self._want("BY")
            self.ordered = [self._take(), self._take().upper()]
            if self.ordered[1] not in {"ASC", "DESC"}:
                raise NotJqlError("Error in the JQL Query: expecting ASC or DESC.")
        if self.tokens:
            raise NotJqlError(f"Error in the JQL Query: '{self.tokens[0]}' is not expected.")
        return lambda issue: all(holds(issue) for holds in conditions)

    def _clause(self) -> Callable[[Issue], bool]:
        if self._is("("):
            self._take()
            either = [self._clause()]
            while self._is("OR"):
                self._take()
                either.append(self._clause())
            self._want(")")
            return lambda issue: any(holds(issue) for holds in either)
        self.restrictions += 1
        name, operator = self._take(), self._take()
        if (name, operator) == ("statusCategory", "!="):
            self._want("Done")
            return lambda issue: bool(issue["category"] != "done")
        if (name, operator) == ("project", "in"):
            keys = self._list()
            return lambda issue: issue["key"].split("-")[0] in keys
        if (name, operator) == ("id", "in"):
            ids = self._list()
            if self.validates and (gone := set(ids) - self.known_ids):
                raise NotJqlError(f"'{gone.pop()}' does not exist for the field 'id'.")
            return lambda issue: issue["id"] in ids
        if (name, operator) == ("text", "~"):
            return text_holds(self._operand())
        raise NotJqlError(f"Field '{name}' with '{operator}' does not exist.")

    def _list(self) -> list[str]:
        self._want("(")
        found = [self._operand()]
        while self._is(","):
            self._take()
            found.append(self._operand())
        self._want(")")
        return found

    def _operand(self) -> str:
        token = self._take()
        if token.startswith('"'):
            return re.sub(r"\\(.)", r"\1", token[1:-1])
        if not re.fullmatch(r"[\w.]+", token):
            raise NotJqlError(f"Error in the JQL Query: '{token}' is no operand.")
        return token

    def _is(self, token: str) -> bool:
        return bool(self.tokens) and self.tokens[0].upper() == token

    def _take(self) -> str:
        if not self.tokens:
            raise NotJqlError("Error in the JQL Query: it ends too soon.")
        return self.tokens.pop(0)

    def _want(self, token: str) -> None:
        if (found := self._take()).upper() != token.upper():
            raise NotJqlError(f"Error in the JQL Query: expecting '{token}' but got '{found}'.")


def text_holds(operand: str) -> Callable[[Issue], bool]:
    """All the words are in the issue; one with `*` begins a word there, any other is one."""
    if RESERVED.search(operand) or not operand.strip() or operand.strip().startswith("*"):
        raise NotJqlError(f"The value '{operand}' for the field 'text' is not valid.")
    wanted = operand.lower().split()

    def holds(issue: Issue) -> bool:
        there = re.findall(r"\w+", issue["summary"].lower())
        return all(
            any(
                word.startswith(one[:-1]) if one.endswith("*") else stem(word) == stem(one)
                for word in there
            )
            for one in wanted
        )

    return holds


def stem(word: str) -> str:
    """What a stemming index holds of a word, roughly."""
    return re.sub(r"(s|ing|ed)$", "", word)


def read(jql: str, known_ids: set[str], *, validates: bool = True) -> tuple[Reader, Any]:
    """The reader, and the condition; fails with `NotJqlError`."""
    tokens, at = [], 0
    while at < len(jql.rstrip()):
        found = TOKEN.match(jql, at)
        if found is None:
            raise NotJqlError(f"Error in the JQL Query at character {at}.")
        tokens.append(found[1])
        at = found.end()
    reader = Reader(tokens, known_ids, validates)
    return reader, reader.query()
