"""PostgreSQL's settings for a small machine of its own: 2 cores, shared with the desk."""

from __future__ import annotations

import os

MEBIBYTE = 1024 * 1024


def usual() -> dict[str, str]:
    """The settings of every embedded server, sized by the machine's memory.

    Nothing here trades safety for speed: a commit is on disk when it is answered.
    """
    memory = _memory() // MEBIBYTE
    return {
        "max_connections": "100",
        "shared_buffers": f"{max(64, min(512, memory // 8))}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "work_mem": "8MB",
        "maintenance_work_mem": "96MB",
        # The desk's statements take milliseconds: compiling or spreading them costs more.
        "jit": "off",
        "max_parallel_workers_per_gather": "0",
        "random_page_cost": "1.1",
        # These programs have pglz alone, which takes longer for the pages of a post than all the
        # rest of it (docs/performance.md).
        "wal_compression": "off",
        "min_wal_size": "256MB",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "synchronous_commit": "on",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %u@%d ",
        "lc_messages": "C",
    }


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
