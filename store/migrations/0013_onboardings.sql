-- MSME onboardings: what was told, sealed; and the tokens that a web app reads it with, once each.

create table onboardings (
    conversation uuid primary key references conversations,
    step text not null,               -- confirmed | completed
    told_sealed bytea not null,       -- name, sector, pincode, place, phone
    user_sealed bytea,                -- what the auth API calls them, once the phone was shown to be theirs
    made_at timestamptz not null default now(),
    changed_at timestamptz not null default now()
);

create table login_tokens (
    hash bytea primary key,           -- keyed with LOOKUP_KEY
    conversation uuid not null references conversations,
    token_sealed bytea not null,      -- so that who asks again before it was used gets the same link
    made_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz
);
create index login_tokens_of_conversation on login_tokens (conversation, made_at);

-- Where the people of a bot stand. Whoever has come to the stage `completed` has completed it; of the others, who has
-- written within a day is at it still, and who has not has to begin again.
create view sessions as
select c.id as conversation, c.bot, c.stage, coalesce(c.last_in_at, c.made_at) as last_at,
       case when exists (select 1 from stage_changes s where s.conversation = c.id and s.stage = 'completed')
                 then 'completed'
            when coalesce(c.last_in_at, c.made_at) > now() - interval '1 day' then 'active'
            else 'expired' end as state
from conversations c;

create view sessions_reached as
select s.bot, s.stage, s.conversation, max(s.at) as at from stage_changes s
where s.stage <> '' group by s.bot, s.stage, s.conversation;
