-- What makes sure of "once": edits that wait for what they change, letters nobody could take, pace, windows, doubt.

alter table persons
    add column stopped boolean not null default false,            -- opted out of all that this business's bots say
    add column marketing_stopped boolean not null default false;  -- told Meta that they want no marketing

alter table conversations
    add column referral_sealed bytea;  -- the ad that brought them, if one did
comment on column conversations.last_in_at is 'when the person last wrote, by the provider''s clock: the window of 24 hours';

alter table inbox
    add column said_at timestamptz,             -- by the provider's clock
    add column trace text not null default '';  -- of the webhook that brought it

alter table outbox
    add column purpose text not null default 'answer',  -- answer | reminder | notice | marketing
    add column template_sealed bytea,                   -- what may be sent in its place when the window is closed
    add column as_template boolean not null default false,
    add column reason text not null default '',         -- why it waits or failed, in one word of ours
    add column deferrals integer not null default 0,    -- in a row, for pauses that grow
    add column trace text not null default '';
-- pending sending deferred unknown parked accepted sent delivered read failed
drop index outbox_unsent;
create index outbox_unsent on outbox (conversation, turn, place)
    where state in ('pending', 'sending', 'deferred', 'unknown');

alter table work add column trace text not null default '';

create table media (                  -- what people attached, fetched at once: the provider's links last minutes
    inbox bigint primary key references inbox,
    conversation uuid not null references conversations,
    kind text not null,               -- image | document | audio | video | sticker
    state text not null default 'wanted',  -- wanted fetched refused failed
    reason text not null default '',  -- too_large | wrong_type | gone | damaged | not_allowed
    blob text,                        -- where it is kept, sealed under the conversation's key
    mime_type text not null default '',
    size bigint,
    sha256 bytea,
    wanted_at timestamptz not null default now(),
    ended_at timestamptz
);

create table uploads (                -- what a provider holds of ours, until it forgets it
    number text not null,
    blob text not null,
    provider_id text not null,
    expires_at timestamptz not null,
    primary key (number, blob)
);

create table amendments (             -- edits and revokes; one whose target has not come yet waits here
    id uuid primary key,
    conversation uuid not null references conversations,
    provider text not null,
    target text not null,             -- the provider's id of the message meant
    kind text not null,               -- edit | revoke
    body_sealed bytea not null,
    said_at timestamptz not null,
    applied_at timestamptz,
    made_at timestamptz not null default now()
);
create index amendments_waiting on amendments (provider, target) where applied_at is null;

create table dead_letters (           -- what a webhook brought and nobody could take; each sealed under a key of its own
    id uuid primary key,              -- also the key's in `keys`
    provider text not null,
    number text not null default '',
    reason text not null,             -- unreadable | unknown_number | no_sender | unstorable | erased
    detail text not null default '',  -- the field and the kind of what was found, never its value
    item_sealed bytea not null,
    fingerprint bytea not null unique,  -- keyed: what is delivered twice is kept once
    trace text not null default '',
    arrived_at timestamptz not null default now(),
    replayed_at timestamptz
);
create index dead_letters_open on dead_letters (arrived_at) where replayed_at is null;

create table numbers (                -- ours, as far as something is wrong with them
    number text primary key,
    stopped_at timestamptz,           -- nothing is accepted from it since
    code integer not null default 0,  -- the provider's
    probe_at timestamptz              -- when one message may be tried again
);

create table pace (                   -- leaky buckets: a number's, and one for each pair of number and person
    bucket text primary key,
    empty_at timestamptz not null     -- when all that was sent has leaked out
);

create table templates (              -- what the provider says of ours, where it is not "use it"
    name text not null,
    language text not null,
    status text not null,             -- paused | disabled | rejected | pending | approved
    reason text not null default '',
    changed_at timestamptz not null default now(),
    primary key (name, language)
);
