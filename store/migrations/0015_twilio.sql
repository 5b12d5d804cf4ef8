-- Twilio tells nobody twice: what was missed is read from its list of messages.
create table list_readings (
    number text primary key,                  -- ours
    read_to timestamptz not null,             -- everything that came in until then was taken
    looked_at timestamptz not null default now(),  -- when it was last asked what became of messages of ours
    failed_at timestamptz,
    failed_code integer not null default 0    -- the provider's
);
comment on table list_readings is 'how far the provider''s list of messages was read, by number of ours';

-- What belonged to somebody who was erased is not read from the list again. No id stands here, only its digest.
create table unlisted_messages (
    digest bytea primary key,
    at timestamptz not null default now()
);

create index outbox_on_its_way on outbox (accepted_at) where state in ('accepted', 'sent');
create index outbox_refused on outbox (changed_at) where error_code <> 0;
