"""Everything is killed at random, again and again; nothing is lost and nothing is doubled.

Meanwhile feeds are polled and pages captured, an officer publishes, webhooks and letters go out.
On the embedded broker and on Redis as Debian has it: two hundred kills in all, which take ten
minutes; KILLS=15 makes it fewer.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
import redis
from standardwebhooks import Webhook

from tests.journeys.meetings import each_is_told_once, publish
from tests.journeys.product import Product, product
from tests.journeys.world import World, world
from tests.tracker.conftest import CHECKOUT, wait_for
from tests.tracker.nodes import free_port
from tests.tracker.running import crew, database_of
from tracker import run_commands

pytestmark = pytest.mark.drill

KILLS = int(os.environ.get("KILLS", "100"))
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
TRACKS = ("currency-swap", "security", "tariffs", "investment")
# Seconds after the last kill: a lease runs out, its work is taken up again (60), then it is done.
RECOVERY = 150
_SETUP = """
from zoneinfo import ZoneInfo
from django.utils import timezone
from negotiations.models import MailSubscription, Officer
from negotiations.network import allowed_pairs
from negotiations.operations import Actor
from negotiations.operations.captures import request_capture
from negotiations.operations.feeds import add_feed
from negotiations.operations.mail_subscriptions import (
    ask_subscription, confirm_subscription, token_of,
)
from negotiations.operations.webhooks import subscribe
from tests.api.office import issue
kim = Officer.objects.create_superuser("kim", "kim@example.org", "correct horse battery")
by, now, allow = Actor(officer=kim.pk), timezone.now(), allowed_pairs([{pair!r}])
subscribe(by=by, now=now, name="all", url={hook!r}, secret={secret!r}, allow=allow)
for name in {feeds!r}:
    add_feed(by=by, now=now, negotiation="rok-us", url=f"{base}/feed/{{name}}")
for number in range({captures}):
    request_capture(by=by, now=now, url=f"{base}/article/page-{{number}}")
for address, about in {readers!r}:
    asked = ask_subscription(
        address=address, about=about, rhythm="immediate", language="en", now=now
    )
    token = token_of(MailSubscription.objects.get(pk=asked))
    confirm_subscription(token=token, now=now, zone=ZoneInfo("Asia/Seoul"))
print('"' + issue(kim.pk, ["read", "draft", "publish"]) + '"')
"""
FEEDS, CAPTURES, STORIES, ACTS = ("wire", "paper"), 20, 60, 60
# Who is told by letter of all acts, and who of those on the first of the tracks.
READERS = (("all@readers.example", ["rok-us"]), ("one@readers.example", [f"rok-us/{TRACKS[0]}"]))
_TEXT = "The two sides met in Washington on {key}.\nThey agreed to meet again, {key} said."


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of static files for both drills."""
    return tmp_path_factory.mktemp("static")


def test_nothing_is_lost_or_doubled_on_the_embedded_broker(static: Path) -> None:
    with world() as outside, product(static, FETCH_ALLOW=outside.pair) as inside:
        socket = (inside.folder.path / "data/valkey/sockets").read_text() + "/valkey"
        broker = redis.Redis(unix_socket_path=socket)
        _drill(inside, outside, broker, lambda: inside.kill("valkey-server"))


def test_nothing_is_lost_or_doubled_on_redis(static: Path, tmp_path: Path) -> None:
    program = shutil.which("redis-server")
    if program is None:
        assert not os.environ.get("PARLEY_REQUIRE_BROWSER"), "redis-server is not installed"
        pytest.skip("needs redis-server of Debian")
    with (
        _redis(program, tmp_path) as (port, kill),
        world() as outside,
        product(
            static, FETCH_ALLOW=outside.pair, BROKER_URL=f"redis://127.0.0.1:{port}/0"
        ) as inside,
    ):
        _drill(inside, outside, redis.Redis(port=port), kill)


@contextmanager
def _redis(program: str, folder: Path) -> Iterator[tuple[int, Callable[[], int]]]:
    """A Redis that is started again when it was killed, as a system does."""
    port, running = free_port(), []
    options = ["--port", str(port), "--appendonly", "yes", "--save", "", "--dir", str(folder)]

    def start() -> None:
        command = [program, *options]
        running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))

    def kill() -> int:
        running[-1].kill()
        running[-1].wait()
        start()
        return 1

    start()
    try:
        yield port, kill
    finally:
        running[-1].kill()
        running[-1].wait()


def _drill(
    inside: Product, outside: World, broker: redis.Redis, kill_broker: Callable[[], int]
) -> None:
    before = _set_up(inside, outside)
    ended, failed = threading.Event(), []
    officer = threading.Thread(target=_act, args=(inside, outside, ended, failed))
    officer.start()
    beat = run_commands.beat(inside.folder.path / "second-schedule")
    second = subprocess.Popen(
        beat, cwd=CHECKOUT, env=_child_environ(inside), stderr=subprocess.DEVNULL
    )
    try:
        _kill_at_random(inside, broker, kill_broker)
    finally:
        ended.set()
        officer.join()
        second.kill()
        second.wait()
    assert failed == []
    wait_for(lambda: _all_is_done(inside, outside), RECOVERY)
    _nothing_is_doubled(inside, outside, before)


def _child_environ(inside: Product) -> dict[str, str]:
    """What a process of the run has in its environment that was given before it began."""
    pid = next(iter(_beats(inside)))
    words = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    pairs = (word.decode().partition("=") for word in words if word)
    return {name: value for name, _, value in pairs if name != "DIE_WITH_PARENT"}


def _beats(inside: Product) -> list[int]:
    """The beats of the run."""
    return crew(inside.folder, "celery beat")


def _set_up(inside: Product, outside: World) -> int:
    """Officers, a subscription, feeds and captures; the number of public acts before."""
    for number in range(CAPTURES):
        path = f"/article/page-{number}"
        outside.articles[path] = (f"Page {number}", _TEXT.format(key=f"page {number}"))
    for name in FEEDS:
        outside.feeds[name] = {}
    inside.token = inside.manage(
        _SETUP.format(
            pair=outside.pair, hook=outside.url("/hook"), secret=SECRET, feeds=FEEDS,
            base=outside.url(""), captures=CAPTURES, readers=READERS,
        )
    )  # fmt: skip
    return int(inside.rows("SELECT max(number) FROM negotiations_ledgerentry")[0][0])


def _act(inside: Product, outside: World, ended: threading.Event, failed: list[str]) -> None:
    """What an officer and a newspaper do meanwhile."""
    try:
        for number in range(max(ACTS, STORIES)):
            feed = FEEDS[number % len(FEEDS)]
            key = f"{feed}-{number}-{random.Random(number).getrandbits(64):x}"
            outside.print_story(feed, key, f"Story {key}", _TEXT.format(key=key))
            track = TRACKS[number % len(TRACKS)]
            inside.insist(f"/api/v1/negotiations/rok-us/tracks/{track}/checks/", {})
            publish(inside, number, track)
            _poll_again(inside)
            ended.wait(KILLS / max(ACTS, STORIES))
    except BaseException as error:  # told by the test, which waits for this thread
        failed.append(repr(error))


def _poll_again(inside: Product) -> None:
    """Make feeds due that would wait a quarter of an hour; where the database is dead, later."""
    with suppress(psycopg.Error, OSError), database_of(inside.folder) as connection:
        # Those alone that are not due: the moment of one that is must not run away from its worker.
        connection.execute(
            "UPDATE negotiations_feed SET due_at = now()"
            " WHERE leased_until IS NULL AND due_at > now()"
        )


def _kill_at_random(inside: Product, broker: redis.Redis, kill_broker: Callable[[], int]) -> None:
    chance, pause = random.Random(20251014), threading.Event()
    victims: dict[str, Callable[[], int]] = {
        "worker": lambda: inside.kill("celery worker --loglevel WARNING --concurrency 1"),
        "dispatcher": lambda: inside.kill("--queues dispatch"),
        "beat": lambda: inside.kill("celery beat"),
        "web": lambda: inside.kill("tracker.run_granian"),
        "database": lambda: inside.kill("bin/postgres -D"),
        "broker": kill_broker,
    }
    kills = 0
    while kills < KILLS:
        name = chance.choice([*victims, "emptied"])
        if name == "emptied":
            _empty(broker)
        else:
            kills += victims[name]() > 0
        pause.wait(chance.uniform(0.1, 2.5))


def _empty(broker: redis.Redis) -> None:
    with suppress(redis.RedisError):  # it may be dead just now
        broker.flushall()


def _all_is_done(inside: Product, outside: World) -> bool:
    try:
        _poll_again(inside)
        (waiting,) = inside.rows("""
            SELECT (SELECT count(*) FROM negotiations_delivery WHERE done_at IS NULL),
                (SELECT count(*) FROM negotiations_letter WHERE sent_at IS NULL),
                (SELECT max(number) FROM negotiations_ledgerentry WHERE public)
                    - (SELECT number FROM negotiations_ledgermark WHERE name = 'mails'),
                (SELECT count(*) FROM negotiations_capture
                    WHERE state <> 'done' AND refusal <> 'capture_given_up'),
                (SELECT count(*) FROM negotiations_reprint),
                (SELECT max(number) FROM negotiations_ledgerentry WHERE public)
                    - (SELECT max(number) FROM negotiations_event)
        """)
    except Exception:  # the database comes back in its own time
        return False
    printed = sum(len(items) for items in outside.feeds.values())
    return waiting == (0, 0, 0, 0, printed, 0)


def _nothing_is_doubled(inside: Product, outside: World, before: int) -> None:
    acts = inside.rows(f"""
        SELECT number, track_ids FROM negotiations_ledgerentry
        WHERE public AND number > {before} AND verb IN ('check_track', 'publish') ORDER BY number
    """)  # noqa: S608  a number of ours
    assert len(acts) == 2 * max(ACTS, STORIES)
    events = dict(inside.rows("SELECT number, message_id FROM negotiations_event"))
    told = outside.told()
    assert sorted(told) == sorted(events[number] for number, _ in acts)
    for hooks in told.values():
        assert len({hook.body for hook in hooks}) == 1
        Webhook(SECRET).verify(hooks[0].body, hooks[0].headers)
    assert (
        inside.rows("""
        SELECT delivery_id FROM negotiations_attempt WHERE status BETWEEN 200 AND 299
        GROUP BY delivery_id HAVING count(*) > 1
    """)
        == []
    )
    arrived = {id: at for at, id in enumerate(told)}
    for track in {track for _, tracks in acts for track in tracks}:
        order = [arrived[events[number]] for number, tracks in acts if track in tracks]
        assert order == sorted(order)
    tracks = [TRACKS[number % len(TRACKS)] for number in range(max(ACTS, STORIES))]
    for place, (address, _) in enumerate(READERS):
        told = [place == 0 or track == TRACKS[0] for track in tracks]
        each_is_told_once(inside, address, told)
    doubled = "SELECT url_sha256 FROM negotiations_clipping GROUP BY 1 HAVING count(*) > 1"
    assert inside.rows(doubled) == []
    assert (
        inside.manage(
            "from negotiations.operations.verifying import verify_ledger;"
            "import json; print(json.dumps(verify_ledger()[1]))"
        )
        is None
    )
