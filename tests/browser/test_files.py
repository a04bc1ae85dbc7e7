"""Files by choosing and by drag and drop, with what is refused said at once (G1)."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import FilePayload, expect
from pytest_django import Settings

from heliodesk.files.models import CaseFile
from heliodesk.people.models import DeskSettings
from tests import cast
from tests.browser.looks import findings_in_every_look
from tests.browser.profiles import SignIn
from tests.cast import Cast


def file(name: str, content: bytes = b"Light") -> FilePayload:
    """A file to choose."""
    return {"name": name, "mimeType": "", "buffer": content}


def test_files_are_chosen_and_the_bad_ones_named(
    as_: SignIn,
    firm: Cast,
    tmp_path: Path,
    settings: Settings,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = cast.case(firm)
    page = as_(firm.frank, f"{case.get_absolute_url()}?tab=related")
    page.set_input_files("#id_files", [file("bill.pdf"), file("run.exe"), file("none.txt", b"")])
    expect(page.locator("[data-upload-list]")).to_contain_text("a .exe is not taken (G1)")
    expect(page.locator("[data-upload-list]")).to_contain_text("empty (G1), will not be sent")
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("#files").get_by_role("link", name="bill.pdf")).to_be_visible()
    expect(page.locator("#toasts")).to_contain_text("1 file put on the case")
    assert list(CaseFile.objects.values_list("name", flat=True)) == ["bill.pdf"]
    page.evaluate("scrollTo(0, 0)")  # a link half below the bar on top is no small target
    assert findings_in_every_look(page) == []


def test_what_only_the_desk_refuses_is_said_beside_the_list(
    as_: SignIn,
    firm: Cast,
    tmp_path: Path,
    settings: Settings,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = cast.case(firm)
    page = as_(firm.frank, f"{case.get_absolute_url()}?tab=related")
    DeskSettings.objects.create(pk=1, refused_file_types="pdf")
    page.set_input_files("#id_files", [file("bill.pdf"), file("note.txt")])
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("#files [data-refusal]")).to_contain_text("1 of 2 files not stored")
    expect(page.locator("#files").get_by_role("link", name="note.txt")).to_be_visible()
    page.set_input_files("#id_files", [file("second.txt")])
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("#files").get_by_role("link", name="second.txt")).to_be_visible()


PASTE = """(types) => {
  const held = new DataTransfer();
  held.items.add(new File(["Light"], "image.png", { type: "image/png" }));
  if (types.includes("text/plain")) held.setData("text/plain", "12 kWh");
  const how = { clipboardData: held, bubbles: true, cancelable: true };
  const event = new ClipboardEvent("paste", how);
  document.querySelector("#main").dispatchEvent(event);
  return event.defaultPrevented;
}"""


def test_a_picture_is_pasted_beside_what_was_chosen(
    as_: SignIn, firm: Cast, tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = cast.case(firm)
    page = as_(firm.frank, case.get_absolute_url())
    assert not page.evaluate(PASTE, ["image/png"])
    expect(page.locator("#toasts")).to_contain_text("put on a case under Related")
    page.get_by_role("tab", name="Related").or_(page.get_by_role("link", name="Related")).click()
    page.set_input_files("#id_files", [file("bill.pdf")])
    assert page.evaluate(PASTE, ["image/png"])
    assert not page.evaluate(PASTE, ["image/png", "text/plain"])
    button = page.get_by_role("button", name="Upload")
    expect(button).to_be_focused()
    button.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("2 files put on the case")
    names = sorted(CaseFile.objects.values_list("name", flat=True))
    assert names[0] == "bill.pdf"
    assert names[1].startswith("pasted 20")
