"""Drives a headless Chromium through its debugging pipe, with the standard library alone."""

import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]


def find():
    """Where Chromium is installed; None if it isn't."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Chromium:
    """One browser with one tab. Every wait ends at `deadline` (seconds from the start)."""

    def __init__(self, program, deadline=120):
        self.deadline = time.monotonic() + deadline
        self.events = []
        self.buffer = b""
        self.count = 0
        self.session = None
        self.folder = tempfile.mkdtemp(prefix="exp-chromium-")
        # High numbers, so that neither is in the way of 3 and 4, which the browser expects.
        theirs_in, self.output = [fcntl.fcntl(f, fcntl.F_DUPFD, 20) for f in os.pipe()]
        self.input, theirs_out = [fcntl.fcntl(f, fcntl.F_DUPFD, 20) for f in os.pipe()]
        command = [
            program, "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu",
            "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking",
            "--hide-scrollbars", "--force-color-profile=srgb", f"--user-data-dir={self.folder}",
            "about:blank"]
        if os.geteuid() == 0:
            command.insert(1, "--no-sandbox")

        def prepare():
            os.dup2(theirs_in, 3)
            os.dup2(theirs_out, 4)

        # Nothing else that is open here: a process of the browser that outlives it would hold whoever waits for this
        # one to close it.
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, pass_fds=[3, 4], preexec_fn=prepare,
            start_new_session=True)
        os.close(theirs_in)
        os.close(theirs_out)

    def __enter__(self):
        try:
            target = self.call("Target.createTarget", url="about:blank")["targetId"]
            attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
            self.session = attached["sessionId"]
            for domain in ["Page", "Runtime", "Log", "Network"]:
                self.call(domain + ".enable")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        # The browser's processes are a group of their own, so that no other one is touched.
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, **parameters):
        """The result of a command."""
        self.count += 1
        number = self.count
        message = {"id": number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        rest = json.dumps(message).encode() + b"\0"
        while rest:
            rest = rest[os.write(self.output, rest):]
        while True:
            answer = self._read()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error'].get('message')}")
                return answer["result"]
            self.events.append(answer)

    def _read(self):
        while b"\0" not in self.buffer:
            left = self.deadline - time.monotonic()
            if left <= 0 or not select.select([self.input], [], [], left)[0]:
                raise TimeoutError("Chromium did not answer in time")
            data = os.read(self.input, 1 << 20)
            if not data:
                raise RuntimeError("Chromium ended")
            self.buffer += data
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def wait(self, event):
        """The parameters of the next event of that name, which may have happened already."""
        while True:
            for index, message in enumerate(self.events):
                if message.get("method") == event:
                    return self.events.pop(index)["params"]
            self.events.append(self._read())

    def evaluate(self, expression):
        """The value of a JavaScript expression."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def open(self, url, width, height, scheme):
        """Loads a page at a size and in a colour scheme; what happened before is forgotten."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.events.clear()
        self.call("Page.navigate", url=url)
        self.wait("Page.loadEventFired")

    def press(self, key, code):
        """Presses a key, such as Enter (13)."""
        text = "\r" if key == "Enter" else ""
        for kind in ["keyDown", "keyUp"]:
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, text=text,
                      windowsVirtualKeyCode=code)
