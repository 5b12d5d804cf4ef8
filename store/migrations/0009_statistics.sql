-- Which stages conversations reached, what was chosen in menus, and the views that statistics are read from.
-- No view shows a phone number or a word that somebody wrote: a contact is a conversation's id.

create table stage_changes (
    conversation uuid not null references conversations,
    bot text not null,
    stage text not null,
    at timestamptz not null default now()
);
create index stage_changes_by_time on stage_changes (at);
create index stage_changes_of_conversation on stage_changes (conversation);

create table choices (                -- answers to questions with fixed options, and taps of the platform's own menus
    conversation uuid not null references conversations,
    bot text not null,
    question text not null,
    option text not null,             -- the option's id, which the release gave it
    at timestamptz not null default now()
);
create index choices_by_time on choices (at);
create index choices_of_conversation on choices (conversation);

-- Of what was before there was this record, the last stage is known.
insert into stage_changes (conversation, bot, stage, at)
select id, bot, stage, changed_at from conversations where stage <> '';

-- Every message, both ways. What the business says on its own is in the outbox; what changes a message is none.
create view messages_both_ways as
select i.conversation, c.bot, 'in' as direction, i.kind as what,
       case when i.turn is null then 'waiting' else 'taken' end as status, '' as reason, 0 as error_code,
       i.arrived_at as at
from inbox i join conversations c on c.id = i.conversation
where i.kind not in ('outcome', 'retry', 'business', 'edit', 'revoke', 'system')
union all
select o.conversation, c.bot, 'out', o.purpose, o.state, o.reason, o.error_code, o.made_at
from outbox o join conversations c on c.id = o.conversation;

create view messages_by_direction as
select at::date as day, bot, direction, what, count(*) as number from messages_both_ways
group by at::date, bot, direction, what;

create view messages_by_status as
select at::date as day, bot, direction, status, count(*) as number from messages_both_ways
group by at::date, bot, direction, status;

create view messages_by_contact as
select conversation, bot, count(*) filter (where direction = 'in') as received,
       count(*) filter (where direction = 'out' and status in ('accepted', 'sent', 'delivered', 'read')) as sent,
       min(at) as first_at, max(at) as last_at
from messages_both_ways group by conversation, bot;

create view menu_use as
select at::date as day, bot, question, option, count(*) as times, count(distinct conversation) as conversations
from choices group by at::date, bot, question, option;

-- From the arrival of a message to the acceptance of the first message of the turn that took it, in seconds of our clock.
create view response_times as
select i.conversation, c.bot, i.arrived_at as at,
       extract(epoch from min(o.accepted_at) - i.arrived_at)::float8 as seconds
from inbox i
join conversations c on c.id = i.conversation
join outbox o on o.conversation = i.conversation and o.turn = i.turn
     and o.accepted_at is not null and o.inbox is null
where i.kind not in ('outcome', 'retry', 'business', 'edit', 'revoke', 'system')
group by i.id, i.conversation, c.bot, i.arrived_at;

-- What was superseded by another question, or was for one who opted out, has failed, and is no error of anybody's.
create view sends_by_outcome as
select at::date as day, bot,
       count(*) filter (where status <> 'failed' or reason not in ('superseded', 'opted_out')) as wanted,
       count(*) filter (where status = 'failed' and reason not in ('superseded', 'opted_out')) as failed
from messages_both_ways where direction = 'out' group by at::date, bot;

create view failures as
select at::date as day, bot, reason, error_code, count(*) as number
from messages_both_ways
where direction = 'out' and status = 'failed' and reason not in ('superseded', 'opted_out')
group by at::date, bot, reason, error_code;

-- What webhooks brought: what became a row, by its kind; and what did not, as far as it was counted.
create view webhook_events as
select i.arrived_at::date as day, i.kind, 'stored' as result, count(*) as number
from inbox i where i.provider not in ('operator', 'api') group by i.arrived_at::date, i.kind
union all
select day, '' as kind, what, number from webhook_counts;

create view funnel as
select bot, stage, count(distinct conversation) as conversations, min(at) as first_at, max(at) as last_at
from stage_changes where stage <> '' group by bot, stage;

-- Where the silent ones are: we wait for them, and they have not written for a day.
create view drop_off as
select bot, stage, waiting_for, count(*) as conversations
from conversations
where waiting_for like 'answer:%' and not stopped and coalesce(last_in_at, made_at) < now() - interval '1 day'
group by bot, stage, waiting_for;

create view lead_conversion as
select c.made_at::date as day, count(*) as conversations, count(l.id) as leads
from conversations c left join leads l on l.conversation = c.id
where c.bot = 'nexora' group by c.made_at::date;
