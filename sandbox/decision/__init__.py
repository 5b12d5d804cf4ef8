"""A stand-in for the lender's decision backend, as the product's partner contract describes it."""
