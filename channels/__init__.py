"""The channels people write on. Each translates between a provider's wire and the neutral words of `domain`."""
