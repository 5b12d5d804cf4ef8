"""What is told of the product while it runs: logs, traces, metrics. None of them ever holds what is anybody's own."""
