"""The rehearsal of a release: every conversation is walked with the code at hand, and nothing is done or written.

`verdict` says what would become of one conversation, and is pure; `release` goes through all of them and counts.
"""
