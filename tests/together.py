"""Which files one process of pytest-xdist runs, where files are handed out whole."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

# The marks that pytest-xdist has for this (`xdist_group`, 3.8) are lost on pytest 9.
_DESK = ("test_desk_pages", "test_journey")
_READERS = ("test_board", "test_briefs", "test_pages", "test_phones", "test_visits")
# To prepare a site takes the better part of a minute: whose tests share one stay together.
SITES = {
    f"tests/browser/{file}.py": site
    for site, files in {"desk": _DESK, "readers": _READERS}.items()
    for file in files
}


class Together(LoadFileScheduling):
    """`--dist loadfile`, and all files on one site to one process."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return SITES.get(file, file)
