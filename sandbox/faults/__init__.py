"""What goes wrong on demand: for one person, for a number, for everybody, or as a profile of probabilities."""
