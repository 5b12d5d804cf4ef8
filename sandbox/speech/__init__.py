"""A stand-in for a recogniser: it knows what is said in a voice note, for the phone wrote it into the file."""
