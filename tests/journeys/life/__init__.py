"""The life of a call as a machine walks it: who there is, what may be done to what, what must always hold."""
