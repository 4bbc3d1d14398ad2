"""The built front end: made once per state of its sources, then served without Node."""

import fcntl
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from importlib.metadata import version
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[2]
BUILDS_DIR = PROJECT_ROOT / "var" / "frontend"
WEB_DIR = PROJECT_ROOT / "var" / "web"
KEPT_BUILDS = 3
SCRIPT_HASHES_FILE = "script-hashes.json"

# What a page is made from. The other rooms can change without the compiled pages changing.
SOURCE_ROOMS = ("pages", "components", "state", "texts", "charts", "domain", "queries/rows")
SOURCE_FILES = ("leadhub.py", "routes.py", "error_handling.py")

_BAKED_HTTP = re.compile(r"([`\"'])http://localhost:\d+(/[^`\"']*)?\1")
_BAKED_WEBSOCKET = re.compile(r"([`\"'])ws://localhost:\d+(/[^`\"']*)?\1")
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


class FrontendBuildFailed(Exception):
    """The front end could not be built; the message holds the end of the build's output."""


def source_hash(root: Path = PROJECT_ROOT) -> str:
    """Name the state of everything that the built pages depend on."""
    package = root / "leadhub"
    files = [package / name for name in SOURCE_FILES]
    files += [root / "rxconfig.py"]
    for folder in [*(package / room for room in SOURCE_ROOMS), root / "assets", root / "reflex.lock"]:
        files += [f for f in folder.rglob("*") if "__pycache__" not in f.parts and "external" not in f.parts]
    digest = hashlib.sha256(version("reflex").encode())
    digest.update(Path(__file__).read_bytes())
    for file in sorted(f for f in files if f.is_file()):
        digest.update(f"\0{file.relative_to(root)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def ensure_frontend(*, say=print) -> Path:
    """Return the folder of the front end built from the present sources, building it if need be.

    Raises FrontendBuildFailed.
    """
    target = BUILDS_DIR / source_hash()
    if target.exists():
        return target
    BUILDS_DIR.mkdir(parents=True, exist_ok=True)
    with open(BUILDS_DIR / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.exists():
            return target
        say("Building the front end: about half a minute, and only when its sources have changed ...")
        return _build()


def script_hashes(web_dir: Path) -> dict[str, list[str]]:
    """Return the CSP sources of the inline scripts of each built page, by its path without "index.html"."""
    file = web_dir / SCRIPT_HASHES_FILE
    return json.loads(file.read_text()) if file.exists() else {}


def _build() -> Path:
    environment = {**os.environ, "REFLEX_WEB_WORKDIR": str(WEB_DIR), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    run = subprocess.run(
        command,
        cwd=PROJECT_ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    client = WEB_DIR / "build" / "client"
    if run.returncode or not client.is_dir():
        raise FrontendBuildFailed(run.stdout[-6000:])
    _forget_download_addresses(PROJECT_ROOT / "reflex.lock" / "package-lock.json")
    # The install may have completed the lock file, which is one of the sources.
    target = BUILDS_DIR / source_hash()
    staging = BUILDS_DIR / f".{target.name}.{os.getpid()}"
    shutil.rmtree(staging, ignore_errors=True)
    shutil.copytree(client, staging / "build" / "client")
    if (WEB_DIR / "backend").is_dir():
        shutil.copytree(WEB_DIR / "backend", staging / "backend")
    _follow_the_browsers_address(staging / "build" / "client")
    _write_script_hashes(staging)
    shutil.rmtree(target, ignore_errors=True)
    staging.rename(target)
    builds = sorted(
        (d for d in BUILDS_DIR.iterdir() if d.is_dir() and not d.name.startswith(".")),
        key=lambda d: d.stat().st_mtime,
        reverse=True,
    )
    for old in builds[KEPT_BUILDS:]:
        shutil.rmtree(old, ignore_errors=True)
    return target


def _follow_the_browsers_address(client: Path) -> None:
    """Replace the address baked into the build by the one the browser is at, so that any port works."""
    files = list((client / "assets").glob("reflex-env-*.js"))
    if not files:
        raise FrontendBuildFailed("the build has no reflex-env file")
    for file in files:
        text = _BAKED_HTTP.sub(_at("globalThis.location?.origin"), file.read_text())
        text = _BAKED_WEBSOCKET.sub(_at('globalThis.location?.origin.replace(/^http/,"ws")'), text)
        file.write_text(text)
        compressed = file.with_name(file.name + ".gz")
        if compressed.exists():
            compressed.write_bytes(gzip.compress(text.encode(), 9))


def _at(origin: str):
    return lambda match: "`${" + origin + "}" + (match.group(2) or "") + "`"


def _write_script_hashes(web_dir: Path) -> None:
    client = web_dir / "build" / "client"
    hashes = {}
    for page in client.rglob("*.html"):
        path = "/" + str(page.relative_to(client)).removesuffix("index.html").removesuffix(".html").rstrip(
            "/"
        )
        found = hashes.setdefault(path, [])
        for script in _INLINE_SCRIPT.findall(page.read_text()):
            found.append("'sha256-" + b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'")
    (web_dir / SCRIPT_HASHES_FILE).write_text(json.dumps(hashes))


def _forget_download_addresses(lock_file: Path) -> None:
    if not lock_file.exists():
        return
    text = lock_file.read_text()
    without = re.sub(r'^\s*"resolved": "[^"]*",?\n', "", text, flags=re.MULTILINE)
    if without != text:
        lock_file.write_text(without)
