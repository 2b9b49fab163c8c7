"""What makes the tests strict: no network, pages without anything inline, guarded tables emptied rightly."""
