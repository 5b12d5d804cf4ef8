-- Erasing a person: which conversations were, so that what lies outside of the database is seen to as well; and of
-- consents, which stay, only by what they can be found when one is disputed.

create table erasures (
    conversation uuid primary key,    -- that was: no other row has this id any more, but consents
    erased_at timestamptz not null default now(),
    finished_at timestamptz           -- when its workflow had been ended and its files done away with
);
create index erasures_unfinished on erasures (erased_at) where finished_at is null;

alter table consents drop constraint consents_conversation_fkey;
alter table consents add column subject bytea;  -- of an erased person: their phone number or BSUID, keyed with LOOKUP_KEY
create index consents_of_erased on consents (subject) where subject is not null;
