"""One factory per model, one file per app. People have names; each role has its person."""
