"""What several bots are made of: parts with their questions, to be called from a journey's `run`."""
