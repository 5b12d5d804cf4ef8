-- Secrets that people told: one-time codes, later account numbers. Everything else holds a reference to a row here.

create table vault (
    conversation uuid not null references conversations,
    ref text not null,
    value_sealed bytea not null,
    kept_at timestamptz not null default now(),
    primary key (conversation, ref)
);
create index vault_by_age on vault (kept_at);
