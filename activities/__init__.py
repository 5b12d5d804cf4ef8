"""What a conversation has done for it: its turns, what it sends, and its effects, one file per outside party."""
