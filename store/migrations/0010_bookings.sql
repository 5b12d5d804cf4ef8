-- Consultations: one consultant is with one person at a time, whoever books at the same instant.

create extension if not exists btree_gist;

create table bookings (
    id uuid primary key,              -- the key of the work that made it: once, however often it is tried
    reference text not null unique,
    conversation uuid not null references conversations,
    bot text not null,
    consultant integer not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    zone text not null,               -- whose clocks the person goes by
    subject text not null default '',
    state text not null default 'confirmed',  -- confirmed | moved | cancelled
    made_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    exclude using gist (bot with =, consultant with =, tstzrange(starts_at, ends_at) with &&)
        where (state = 'confirmed')
);
create index bookings_of_conversation on bookings (conversation, starts_at) where state = 'confirmed';
create index bookings_by_time on bookings (bot, starts_at) where state = 'confirmed';
