"""Speed and scale: made records of any size, the peers, and what `make bench` measures."""
