"""Telling Temporal what the database holds: conversations of what came in, broadcasts of what was asked of them."""
