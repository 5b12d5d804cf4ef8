"""The durable executors. They decide nothing and know nobody but `domain`."""
