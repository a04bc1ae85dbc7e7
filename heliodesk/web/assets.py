"""The style sheets in their cascade order, and the modules, each by the name it is imported by."""

from __future__ import annotations

STYLES = [
    "web/css/layers.css",
    "web/css/tokens.css",
    "web/css/base.css",
    "web/css/shell.css",
    "web/css/button.css",
    "web/css/form.css",
    "web/css/menu.css",
    "web/css/panel.css",
    "web/css/table.css",
    "web/css/status.css",
    "web/css/record.css",
    "web/css/in-place.css",
    "web/css/tabs.css",
    "web/css/feed.css",
    "web/css/file.css",
    "web/css/dialog.css",
    "web/css/toast.css",
    "web/css/opening.css",
    "web/css/assignment.css",
    "web/css/desk.css",
    "web/css/notice.css",
    "web/css/directory.css",
    "web/css/list.css",
    "web/css/live.css",
    "web/css/bulk.css",
    "web/css/dashboard.css",
    "web/css/search.css",
    "web/css/print.css",
]

MODULES = {
    f"desk/{name}": f"web/js/{name}.js"
    for name in (
        "start",
        "net",
        "visit",
        "theme",
        "menu",
        "toast",
        "keyboard",
        "keys",
        "table",
        "dialog",
        "drafts",
        "counter",
        "dependent",
        "similar",
        "reload",
        "combobox",
        "once",
        "upload",
        "session",
        "offline",
        "composer",
        "bell",
        "live",
        "live-frame",
        "live-case",
        "live-list",
        "live-here",
        "print",
        "quicktext",
        "palette",
        "search",
        "in-place",
        "charts",
        "filter",
        "grid",
        "preview",
    )
}

#: Loaded by the pages that need them, and not before.
LATER = {"desk/keys", "desk/in-place", "desk/charts", "desk/filter", "desk/grid", "desk/preview"}
