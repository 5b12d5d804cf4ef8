"""The measured claims: `make bench` prints them. None is a test: one timing on a shared machine proves nothing."""
