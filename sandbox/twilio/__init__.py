"""Twilio's HTTP: messages, media, Content templates, and what it posts to the product, signed as Twilio signs."""
