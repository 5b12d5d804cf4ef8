"""A stand-in for a company's own system of orders, as the product's partner contract describes it."""
