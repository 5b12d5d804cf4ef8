"""The outside world of one machine: Meta's Graph API, the decision backend, and the phone in the browser.

It meets the product over HTTP only and imports nothing of it.
"""
