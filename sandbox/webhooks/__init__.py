"""Webhooks: what the product is told, signed as Meta signs it, and told again until it is taken."""
