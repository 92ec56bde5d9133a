"""The desk: the pages of those who keep the record. Each asks who sits there; none is cached."""
