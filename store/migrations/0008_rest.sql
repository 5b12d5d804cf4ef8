-- Who may call the API, what was asked for under an Idempotency-Key, and when a message was accepted.

create table api_keys (
    id text primary key,              -- the part of the key that may be shown
    name text not null,               -- what an operator calls it
    scopes text[] not null,           -- send read stats broadcast admin
    hash bytea not null,              -- keyed with LOOKUP_KEY: the key itself is not here
    made_at timestamptz not null default now(),
    last_used_at timestamptz,         -- to the minute
    revoked_at timestamptz
);

create table idempotency (            -- of a day or two: the sweeper forgets what is older
    key bytea primary key,            -- of caller, route and Idempotency-Key: a keyed hash, for it may hold anything
    body bytea not null,              -- a keyed hash too
    inbox bigint references inbox on delete cascade,  -- the row that it became; none where it was refused
    answer jsonb,                     -- a status, a code and an id; none while nobody has answered yet
    made_at timestamptz not null default now()
);
create index idempotency_by_age on idempotency (made_at);

alter table outbox
    add column inbox bigint references inbox on delete set null,  -- of what the business says on its own: who asked for it
    add column accepted_at timestamptz;  -- by our clock: how long somebody waited for an answer
create index outbox_asked_for on outbox (inbox) where inbox is not null;
