"""Records of any size, the same for the same size: words, rows, the ledger, loading."""
