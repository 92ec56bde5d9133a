import pytest
from datetime import date
from zoneinfo import ZoneInfo
from negotiations.queries.comparisons import comparison
from negotiations.queries.spans import read_span
from negotiations.queries.steps import steps
from tests.factories import clocks_at
from tests.pages.scenes import scene
pytestmark = pytest.mark.django_db
def test_it():
    scene()
    c=clocks_at("2025-10-14")
    print(steps("rok-us", None, day=date(2025,10,14), until=date(2025,10,14), as_of=c.as_of))
    print(steps("rok-us", "security", day=date(2025,9,1), until=date(2025,10,14), as_of=c.as_of))
    s=read_span(from_day=None,to_day=None,since=None,given=(),clocks=c)
    r=comparison("rok-us", span=s, zone=ZoneInfo("Asia/Seoul"))
    import pprint; pprint.pprint(r, width=150, depth=3)
    s=read_span(from_day=None,to_day=None,since="0",given=(),clocks=c)
    r=comparison("rok-us", span=s, zone=ZoneInfo("Asia/Seoul"))
    print([len(t.readings) for t in r.tracks], r.before)
