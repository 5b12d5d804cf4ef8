"""The words that all other packages speak: messages, people, money, effects, outcomes. Pure data, no I/O."""
