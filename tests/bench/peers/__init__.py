"""The peers: how else the same answers are had from the same rows."""
