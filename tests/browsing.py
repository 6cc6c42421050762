"""Debian's chromium for the tests: one launch a module, a fresh page a test, every request and complaint noted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SIZE = {"width": 1366, "height": 768}


@dataclass
class Tab:
    """A page of the browser; `asked`: what it loaded beside the document, `complaints`: errors and blocked parts."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note everything from now on."""
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type == "error" else None
        )
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))

    def lit(self) -> str:
        """The words that light up."""
        return "".join(self.page.locator("mark.lit").all_text_contents())

    def chosen(self) -> str:
        """The value that is chosen."""
        return "".join(self.page.locator(".value[aria-current] .shown").all_text_contents())

    def seen(self, selector: str) -> bool:
        """Does the first such element stand within its scrolling pane and the window?"""
        inside = """one => { const box = one.getBoundingClientRect(), pane = one.closest('section').getBoundingClientRect();
            return box.top >= pane.top && box.bottom <= Math.min(pane.bottom, innerHeight); }"""
        self.page.wait_for_timeout(50)
        return bool(self.page.locator(selector).first.evaluate(inside))


def launched() -> Iterator[Browser]:
    """The browser; the body of a fixture of module scope (its loop must not stand in other modules' way)."""
    if not CHROMIUM.exists():
        pytest.skip("needs system package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


def opened(browser: Browser, *, scale: float = 1) -> Tab:
    """A new tab of 1366×768 pixels, `scale` 1.25 for a screen at 125 %."""
    size = {side: round(pixels / scale) for side, pixels in SIZE.items()}
    page = browser.new_page(
        viewport={"width": size["width"], "height": size["height"]}, device_scale_factor=scale
    )
    page.set_default_timeout(30_000)  # the first parse of a fresh server starts its process
    tab = Tab(page)
    tab.listen()
    return tab


def refuse(route: Route) -> None:
    """For addresses that nothing may ask for."""
    route.abort()
