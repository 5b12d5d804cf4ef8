"""Meta's Graph API for WhatsApp, as far as the product uses it, with the documented limits and errors enforced."""
