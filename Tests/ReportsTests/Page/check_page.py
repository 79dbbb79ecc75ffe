"""Opens a report in headless Chromium and says what is wrong with it; the standard library is enough.

    check_page.py report.html [--expect 'table.matrix=1']… [--screenshots folder]

At three widths, light and dark: structure, names for those who do not see, room, contrast, no request that
leaves the page, no message in the console; then sorting by mouse and by keyboard. Exits with 1 if anything is
wrong, with 77 if there is no Chromium.
"""

import argparse
import base64
import os
import pathlib
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import chromium

WIDTHS = [320, 768, 1280]
OPEN_EVERYTHING = "for (const part of document.querySelectorAll('details')) part.open = true"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("page", type=pathlib.Path, nargs="?")
    parser.add_argument("--find", action="store_true", help="only say whether Chromium is here")
    parser.add_argument("--expect", action="append", default=[], metavar="SELECTOR=COUNT")
    parser.add_argument("--screenshots", type=pathlib.Path)
    arguments = parser.parse_args()
    program = chromium.find()
    if program is None:
        print("there is no Chromium here")
        return 77
    if arguments.find:
        return 0
    url = arguments.page.resolve().as_uri()
    checks = pathlib.Path(__file__).with_name("check_page.js").read_text()
    problems = []
    with chromium.Chromium(program) as browser:
        for width in WIDTHS:
            for scheme in ["light", "dark"]:
                browser.open(url, width, 900, scheme)
                if arguments.screenshots:
                    photograph(browser, arguments.screenshots, f"{width}-{scheme}")
                browser.evaluate(OPEN_EVERYTHING)
                found = browser.evaluate(checks) + happenings(browser, url)
                problems += [f"{width} {scheme}: {problem}" for problem in found]
        for expectation in arguments.expect:
            selector, count = expectation.rsplit("=", 1)
            found = browser.evaluate(f"document.querySelectorAll({selector!r}).length")
            if found != int(count):
                problems.append(f"{found} elements {selector}, expected {count}")
        problems += sorting(browser) + happenings(browser, url)
        if arguments.screenshots:
            pdf = browser.call("Page.printToPDF", printBackground=True)["data"]
            (arguments.screenshots / "print.pdf").write_bytes(base64.b64decode(pdf))
    for problem in dict.fromkeys(problems):
        print(problem)
    return 1 if problems else 0


def happenings(browser, url):
    """Requests that leave the page, and messages of the console."""
    problems = []
    browser.evaluate("1")
    for event in browser.events:
        parameters = event.get("params", {})
        match event.get("method"):
            case "Network.requestWillBeSent":
                address = parameters["request"]["url"].split("#")[0]
                if address != url and not address.startswith("data:"):
                    problems.append(f"a request leaves the page: {address}")
            case "Runtime.exceptionThrown":
                problems.append(f"exception: {parameters['exceptionDetails']}")
            case "Runtime.consoleAPICalled":
                problems.append(f"console: {parameters['args']}")
            case "Log.entryAdded":
                problems.append(f"log: {parameters['entry']['text']}")
    return problems


def sorting(browser):
    """Sorts every sortable table with several rows by its last column: by mouse, then by keyboard."""
    problems = []
    count = browser.evaluate("""
        window.tables = [...document.querySelectorAll('table.sortable')]
          .filter(table => table.tBodies[0].rows.length > 1), tables.length""")
    for index in range(count):
        last = f"tables[{index}].tHead.rows[0].cells[tables[{index}].tHead.rows[0].cells.length - 1]"
        keys = f"""[...tables[{index}].tBodies[0].rows].map(row =>
            row.cells[row.cells.length - 1].dataset.key).filter(key => key !== '').map(Number)"""
        place = browser.evaluate(f"""(() => {{
            {last}.scrollIntoView({{block: 'center', inline: 'center', behavior: 'instant'}});
            const box = {last}.querySelector('button').getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2] }})()""")
        for kind in ["mousePressed", "mouseReleased"]:
            browser.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1],
                         button="left", clickCount=1)
        order = browser.evaluate(f"{last}.getAttribute('aria-sort')")
        values = browser.evaluate(keys)
        if order != "descending" or values != sorted(values, reverse=True):
            problems.append(f"table {index} does not sort by mouse: {order}, {values[:9]}")
        browser.evaluate(f"{last}.querySelector('button').focus()")
        browser.press("Enter", 13)
        order = browser.evaluate(f"{last}.getAttribute('aria-sort')")
        values = browser.evaluate(keys)
        if order != "ascending" or values != sorted(values):
            problems.append(f"table {index} does not sort by keyboard: {order}, {values[:9]}")
    return problems


def photograph(browser, folder, name):
    """Saves the whole page as a picture."""
    folder.mkdir(parents=True, exist_ok=True)
    picture = browser.call("Page.captureScreenshot", captureBeyondViewport=True)
    (folder / f"{name}.png").write_bytes(base64.b64decode(picture["data"]))


sys.exit(main())
