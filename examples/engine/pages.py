"""What people see of this Engine: its newest comments, its jobs, and the feed of each."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

from examples.engine.store import Row, Store

STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #8886; }
td:first-child { white-space: nowrap; } .private { background: #f5b84233; }
"""
REFRESH = 3  # seconds, so that a comment can be seen arriving


def front(store: Store, asked: str) -> str:
    """The newest comments, and jobs: those that were asked for, or the newest."""
    comments = [
        [_moment(one), _link(one["job"]), escape(one["text"]), _privacy(one)]
        for one in store.newest_comments(20)
    ]
    jobs = [
        [_link(job["id"]), escape(job["name"]), escape(job["phase"]), escape(job["installer"])]
        for job in store.search(asked, 20)
    ]
    search = f'<form><input name="q" value="{escape(asked)}" aria-label="Job">'
    return _page(
        "Engine",
        "<p>An example of the job system, for trying the desk.</p><h2>Newest comments</h2>"
        + _table(["When", "Job", "Comment", ""], comments, "No comment yet.")
        + f"<h2>Jobs</h2>{search} <button>Find</button></form>"
        + _table(["Job", "Name", "Phase", "Installer"], jobs, "No such job."),
        refresh=not asked,
    )


def feed(store: Store, job: Row) -> str:
    """The milestone feed of a job's OPS phase."""
    entries = [
        [
            _moment(one),
            escape(one["author"]),
            escape(one["milestone"] or one["text"]),
            _privacy(one),
        ]
        for one in store.feed(job["id"])
    ]
    about = f"{escape(job['name'])}, {escape(job['installer'])}, in phase {escape(job['phase'])}"
    return _page(
        f"Job {job['id']}",
        f'<p><a href="/">Engine</a> · {about}</p><h2>Milestone feed of the OPS phase</h2>'
        + _table(["When", "Who", "What", ""], entries, "Nothing yet."),
        refresh=True,
    )


def missing(path: str) -> str:
    """What is said where there is nothing."""
    return _page("Engine", f'<p>There is nothing at {escape(path)}. <a href="/">Engine</a></p>')


def _page(title: str, body: str, *, refresh: bool = False) -> str:
    again = f'<meta http-equiv="refresh" content="{REFRESH}">' if refresh else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width">{again}<style>{STYLE}</style></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )


def _table(heads: list[str], rows: list[list[str]], none: str) -> str:
    if not rows:
        return f"<p>{none}</p>"
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _link(job_id: str) -> str:
    return f'<a href="/feed/{quote(job_id, safe="")}">{escape(job_id)}</a>'


def _moment(entry: Row) -> str:
    return escape(str(entry["at"])[:19].replace("T", " "))


def _privacy(entry: dict[str, Any]) -> str:
    return '<span class="private">private</span>' if entry["private"] else ""
