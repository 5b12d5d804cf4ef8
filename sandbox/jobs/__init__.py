"""A stand-in for CareerJet's search, as its partners' page and its Python client describe it."""
