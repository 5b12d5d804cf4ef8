"""The sandbox's own API, for the phone in the browser and for tests."""
