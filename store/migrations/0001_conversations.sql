-- People, their conversations, what came in and what goes out. Columns that end in _sealed hold personal data, under the
-- key of their conversation; no other column does. Destroying a key erases all of a conversation at once.

create table keys (
    conversation uuid primary key,
    wrapped bytea not null,           -- its data key, under one of ENCRYPTION_KEYS, which it names
    made_at timestamptz not null default now()
);

create table persons (
    id uuid primary key,
    business text not null,
    made_at timestamptz not null default now()
);

create table aliases (
    business text not null,
    kind text not null,               -- phone | bsuid | parent_bsuid
    hash bytea not null,              -- keyed with LOOKUP_KEY: the name itself is not here
    person uuid not null references persons,
    made_at timestamptz not null default now(),
    primary key (business, kind, hash)
);
create index aliases_of_person on aliases (person);

create table conversations (
    id uuid primary key,
    person uuid not null references persons,
    bot text not null,
    number text not null,             -- ours, the one they last wrote to
    address_sealed bytea not null,    -- where answers go: phone, BSUID
    state_sealed bytea,               -- nothing until the first turn
    turn integer not null default 0,
    turn_id text not null default '', -- the last turn decided, as the workflow names it
    decided jsonb,                    -- what that turn told the workflow
    stage text not null default '',
    language text not null default 'en',
    waiting_for text not null default '',
    waiting_since timestamptz,
    wake_at double precision,         -- seconds since the epoch, by the conversation's own clock
    owner text not null default 'bot',
    trouble text not null default '',
    stopped boolean not null default false,
    shown text not null default '',   -- ref of the last question whose send was accepted
    last_in_at timestamptz,
    made_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    unique (person, bot)
);
create index conversations_waiting on conversations (bot, waiting_for);

create table inbox (
    id bigint generated always as identity primary key,
    conversation uuid not null references conversations,
    provider text not null,
    provider_id text not null,
    kind text not null,
    body_sealed bytea not null,
    question text not null default '',  -- ref of the question shown when it came in; a tap carries its own
    arrived_at timestamptz not null default now(),
    signalled_at timestamptz,
    turn integer,                     -- the one that took it
    unique (provider, provider_id)
);
create index inbox_of_conversation on inbox (conversation, id);
create index inbox_not_signalled on inbox (conversation) where signalled_at is null;

create table outbox (
    id uuid primary key,              -- uuid5 of conversation, turn and place: the same on every try
    conversation uuid not null references conversations,
    turn integer not null,
    place integer not null,
    text_key text not null,
    question text not null default '',
    message_sealed bytea not null,
    state text not null default 'pending',  -- pending sending unknown parked accepted sent delivered read failed
    lease_until timestamptz,
    attempts integer not null default 0,
    not_before timestamptz,
    provider_id text,
    error_code integer not null default 0,
    made_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    unique (conversation, turn, place)
);
create index outbox_unsent on outbox (conversation, turn, place) where state in ('pending', 'sending', 'unknown');
create index outbox_parked on outbox (conversation) where state = 'parked';
create index outbox_by_provider on outbox (provider_id) where provider_id is not null;

create table statuses (               -- those that found no message yet
    provider text not null,
    provider_id text not null,
    status text not null,
    error_code integer not null default 0,
    at timestamptz not null,
    primary key (provider, provider_id, status)
);

create table work (
    conversation uuid not null references conversations,
    key text not null,
    effect text not null,
    argument_sealed bytea not null,
    result_sealed bytea,
    refused text,
    wanted_at timestamptz not null default now(),
    ended_at timestamptz,
    primary key (conversation, key)
);

create table consents (               -- append-only
    id uuid primary key,
    conversation uuid not null references conversations,
    wording text not null,
    language text not null,
    words text not null,
    given_at timestamptz not null,
    recorded_at timestamptz not null default now()
);

create table webhook_counts (         -- of what was refused or belongs to nobody, only a count is kept
    day date not null default current_date,
    what text not null,
    number bigint not null default 0,
    primary key (day, what)
);

create table heartbeats (
    process text primary key,
    at timestamptz not null
);
