"""A stand-in for the auth API that sends one-time codes and checks them, as the product's partner contract has it."""
