"""Names of files are cleaned and judged by their ending (G1, G2)."""

from __future__ import annotations

import pytest

from heliodesk.files.names import clean, content_type, ending, size_in_words


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("bill.pdf", "bill.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\bill.pdf", "bill.pdf"),
        ("  a \t b\n.pdf ", "a b.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("a\x00b.txt", "ab.txt"),
        ("run.exe. . ", "run.exe"),
        ("...", "file"),
        ("", "file"),
        ("/", "file"),
        ("Nin\u0303o.jpg", "Ni\u00f1o.jpg"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
        ("x" * 300, "x" * 255),
        ("a." + "y" * 300, "a." + "y" * 253),
    ],
)
def test_a_name_is_cleaned(sent: str, kept: str) -> None:
    assert clean(sent) == kept


@pytest.mark.parametrize(
    ("name", "kind"), [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("none", ""), ("a.Exe", "exe")]
)
def test_the_last_ending_counts(name: str, kind: str) -> None:
    assert ending(name) == kind


def test_the_type_follows_the_ending() -> None:
    assert content_type("a.png") == "image/png"
    assert content_type("a.unheard-of") == content_type("a") == "application/octet-stream"


def test_sizes_read_well() -> None:
    sizes = [1, 900, 2048, 5 * 1024 * 1024]
    assert [size_in_words(size) for size in sizes] == ["1 byte", "900 bytes", "2 KB", "5.0 MB"]
