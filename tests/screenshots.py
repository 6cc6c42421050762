"""`make screenshots`: the pictures of the README, always the same for the same sample.

The browser's clock stands at a day of the sample's year, so that today's line is on the timeline.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page

from pipeline.page import View, render
from tests import samples
from tests.browsing import launched, opened
from tests.ledger_picture import draw
from tests.serving import serving

SAMPLE = "sentences"
TODAY = "2023-07-12T09:00:00"


@contextmanager
def page() -> Iterator[Page]:
    """A tab of a screen of 1366×768 on the day of the pictures."""
    for browser in launched():
        tab = opened(browser).page
        tab.clock.set_fixed_time(TODAY)
        yield tab


def from_file(folder: Path, tab: Page) -> None:
    """The page from a file with a value chosen, and its timeline alone."""
    with TemporaryDirectory() as place:
        file = Path(place, "page.html")
        file.write_bytes(render([View(samples.circular(SAMPLE), samples.source(SAMPLE))]))
        tab.goto(file.as_uri())
        tab.locator("td.support .value").nth(1).click()
        tab.screenshot(path=folder / "page.png")
        tab.evaluate("document.querySelector('.timeline').style.maxHeight = 'none'")
        tab.locator(".timeline").screenshot(path=folder / "timeline.png")


def from_server(folder: Path, tab: Page) -> None:
    """The served page with a date put right."""
    with TemporaryDirectory() as place, serving(Path(place)) as server:
        (made,) = server.upload(samples.FOLDER / f"{SAMPLE}.txt").json()["circulars"]
        item = next(item for item in made["items"] if item["time_limits"])
        change = {"item": item["key"], "op": "set", "field": "time_limit", "index": 0, "end": "2023-04-10"}
        server.client.post(f"/api/circulars/{made['id']}/corrections", json=change).raise_for_status()
        tab.goto(f"{server.url}circulars/{made['id']}")
        tab.locator(".value.time_limit.corrected").first.click()
        tab.screenshot(path=folder / "correcting.png")


def main(folder: Path) -> None:
    """Write all pictures."""
    folder.mkdir(exist_ok=True)
    draw(folder / "ledger.png")
    with page() as tab:
        from_file(folder, tab)
        from_server(folder, tab)
    for picture in ("page", "timeline", "correcting"):
        path = folder / f"{picture}.png"
        Image.open(path).convert("RGB").quantize(200).save(path, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
