import gzip

from leadhub.serving import frontend


def make_sources(root):
    for name in ("pages/leads.py", "services/leads.py", "texts/en/leads.json", "queries/rows/leads.py"):
        path = root / "leadhub" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    (root / "assets").mkdir()
    (root / "rxconfig.py").write_text("1")
    return root / "leadhub"


def test_only_what_pages_are_made_from_asks_for_a_build(tmp_path):
    """Guards against half a minute of building after every edit, and against a stale front end."""
    package = make_sources(tmp_path)
    before = frontend.source_hash(tmp_path)
    (package / "services/leads.py").write_text("2")
    assert frontend.source_hash(tmp_path) == before
    for source in ("pages/leads.py", "texts/en/leads.json", "queries/rows/leads.py"):
        (package / source).write_text("2")
        assert frontend.source_hash(tmp_path) != before
        (package / source).write_text("1")
        assert frontend.source_hash(tmp_path) == before


def test_the_built_pages_call_back_to_wherever_they_were_loaded_from(tmp_path):
    """Guards against a build that works on port 8000 of this machine only."""
    assets = tmp_path / "assets"
    assets.mkdir()
    file = assets / "reflex-env-abc.js"
    file.write_text("var e={PING:`http://localhost:8000/ping`,EVENT:'ws://localhost:8000/_event'};")
    (assets / "reflex-env-abc.js.gz").write_bytes(b"old")
    frontend._follow_the_browsers_address(tmp_path)
    text = file.read_text()
    assert "localhost" not in text
    assert "`${globalThis.location?.origin}/ping`" in text
    assert text == gzip.decompress((assets / "reflex-env-abc.js.gz").read_bytes()).decode()


def test_the_lock_file_names_no_download_address(tmp_path):
    """Guards against one company's mirror in everybody's lock file."""
    lock = tmp_path / "package-lock.json"
    lock.write_text(
        '{\n  "version": "1",\n  "resolved": "https://mirror/x.tgz",\n  "integrity": "sha512-x"\n}'
    )
    frontend._forget_download_addresses(lock)
    assert "mirror" not in lock.read_text()
    assert '"integrity"' in lock.read_text()
