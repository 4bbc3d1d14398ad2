import http.client
import re
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import expect


def websocket_status(server, origin):
    """The HTTP status of a websocket handshake."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    if origin:
        headers["Origin"] = origin
    connection.request("GET", "/_event/?token=t&EIO=4&transport=websocket", headers=headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_page_opens_and_its_websocket_connects(page, server):
    """Guards against a policy or an address that only fits the machine it was built on."""
    with page.expect_websocket() as socket:
        page.goto(server.url)
    assert f":{server.port}/_event" in socket.value.url
    expect(page.locator("body")).not_to_be_empty()


def test_html_comes_with_a_strict_policy(server):
    """Guards against foreign scripts and framing."""
    answer = urllib.request.urlopen(server.url)
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    script_sources = re.search(r"script-src ([^;]*)", policy)[1]
    assert "unsafe-inline" not in script_sources
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer.headers


def test_a_websocket_from_a_foreign_page_is_refused(server):
    """Guards against another site driving a signed-in person's screens."""
    assert websocket_status(server, "http://evil.example") == 403
    assert websocket_status(server, server.url) == 101
    assert websocket_status(server, None) == 101


def test_ctrl_c_ends_every_process_and_a_second_start_is_quick(start_server):
    """Guards against left-over processes that hold the port and the queue."""
    server = start_server()
    assert server.stop() == 0
    assert not server.answers()
    begun = time.monotonic()
    server.start()
    print(f"second start: {time.monotonic() - begun:.1f} s")
    assert "Building" not in server.log()


@pytest.mark.slow
def test_nothing_outlives_a_killed_supervisor(start_server):
    """Guards against a half-dead server beside the new one."""
    server = start_server()
    server.kill()
    deadline = time.monotonic() + 10
    while server.answers():
        assert time.monotonic() < deadline, "the old web process still serves"
        time.sleep(0.1)
    server.start()


def test_demo_mode_and_many_workers_have_conditions():
    """Guards against a demo on the open network, and against workers that do not hear each other."""
    for settings, word in (
        ({"LEADHUB_DEMO": "1", "LEADHUB_HOST": "0.0.0.0"}, "loopback"),
        ({"LEADHUB_WEB_WORKERS": "3"}, "LEADHUB_REDIS_URL"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "leadhub", "run"],
            env=settings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert word in done.stderr
        assert "Traceback" not in done.stderr


def test_pages_answer_without_a_redirect(server):
    """Guards against a round trip before every page."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "/sign-in")
    assert connection.getresponse().status == 200
    connection.close()
