"""Parameters that several operations take."""

from __future__ import annotations

from typing import Annotated

from ninja import Path, Query
from pydantic import AfterValidator, Field

from heliodesk.api.bodies import LARGEST_ID, readable
from heliodesk.api.queries.listing import MOST

Word = Annotated[str, AfterValidator(readable), Field(max_length=200)]
Limit = Annotated[int, Query(50, ge=1, le=MOST, description="Rows of a page.")]
Cursor = Annotated[str, Query("", description="`next` of the page before.")]
CaseNumber = Annotated[
    str, Path(..., pattern="^[0-9]{1,18}$", description="The case number, with or without zeros.")
]
AssignmentNumber = Annotated[
    str, Path(..., pattern="^CA-[0-9]{1,18}$", description="The number of the assignment.")
]
Key = Annotated[int, Path(..., ge=1, le=LARGEST_ID)]
Slug = Annotated[str, Path(..., pattern="^[-a-zA-Z0-9_]{1,60}$")]
Name = Annotated[str, AfterValidator(readable), Path(..., min_length=1, max_length=40)]
