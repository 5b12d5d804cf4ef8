"""A mail server that keeps what it gets, for all mailboxes there are. Nothing leaves this machine."""
