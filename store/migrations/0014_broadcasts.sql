-- What is said to many at once: who is to hear it, and what has become of each of them.

create table broadcasts (
    id uuid primary key,              -- also the key's in `keys`
    bot text not null,
    number text not null default '',  -- ours: only who wrote to this one last; nothing for all numbers of the bot
    step text not null default '',    -- only who stands there when it starts; nothing for all
    template text not null default '',  -- its name; nothing where it is words
    said_sealed bytea not null,       -- the words, or the template in each of its languages
    rate double precision not null check (rate > 0),  -- messages a second
    at timestamptz not null,          -- when it may start
    state text not null default 'scheduled',  -- scheduled running done cancelled
    paused boolean not null default false,
    recipients integer not null default 0,    -- how many there were when it started
    trace text not null default '',
    made_at timestamptz not null default now(),
    started_at timestamptz,
    ended_at timestamptz,
    asked_at timestamptz not null default now(),  -- when something was last asked of it
    told_at timestamptz,              -- when its workflow was told of that
    looked_at timestamptz,            -- when its workflow last looked
    room_at timestamptz               -- when its pace has room for the next message
);
create index broadcasts_by_age on broadcasts (made_at desc, id);
create index broadcasts_open on broadcasts (at) where state in ('scheduled', 'running') or told_at is null;

create table broadcast_recipients (
    broadcast uuid not null references broadcasts on delete cascade,
    conversation uuid not null references conversations,
    place integer not null,           -- from 1, in the order they are dealt with
    state text not null default 'waiting',  -- waiting made skipped cancelled
    reason text not null default '',  -- why it was skipped
    inbox bigint references inbox on delete set null,  -- the row that was made for them; what came of it, the outbox knows
    decided_at timestamptz,
    primary key (broadcast, conversation),
    unique (broadcast, place)
);
create index broadcast_recipients_waiting on broadcast_recipients (broadcast, place) where state = 'waiting';
create index broadcast_recipients_of_conversation on broadcast_recipients (conversation);
create index broadcast_recipients_of_inbox on broadcast_recipients (inbox) where inbox is not null;

-- A marketing message in doubt is sent again only where statuses of later ones have come and none of this one.
create index outbox_marketing_told on outbox (accepted_at) where purpose = 'marketing' and sent_at is not null;

create or replace view webhook_events as
select i.arrived_at::date as day, i.kind, 'stored' as result, count(*) as number
from inbox i where i.provider not in ('operator', 'api', 'broadcast') group by i.arrived_at::date, i.kind
union all
select day, '' as kind, what, number from webhook_counts;
