"""PostgreSQL: migrations, queries, and encryption at rest. One file a subject; rows in, rows out, no decisions."""
