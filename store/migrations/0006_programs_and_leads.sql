-- Residency and citizenship by investment: what is offered, and who wants to be called back.

create table programs (
    id uuid primary key default gen_random_uuid(),
    country text not null,
    category text not null,           -- europe | caribbean | usa | uae
    name text not null unique,
    description text not null,
    minimum_investment numeric(14, 2) not null check (minimum_investment > 0),  -- US dollars
    processing_time text not null,
    link text not null,
    rank integer not null check (rank > 0),  -- within its category, from 1
    changed_at timestamptz not null default now()
);
create index programs_by_rank on programs (category, rank);

create table interests (              -- what a conversation looked at, for a lead that may come of it
    conversation uuid primary key references conversations,
    category text not null default '',
    country text not null default '',
    budget_sealed bytea,
    changed_at timestamptz not null default now()
);

create table leads (                  -- one a person
    id uuid primary key,              -- the key of the work that made it: its reference is made of that
    person uuid not null unique references persons,
    conversation uuid not null references conversations,  -- under whose key it is sealed
    phone_sealed bytea not null,
    name_sealed bytea not null,
    email_sealed bytea not null,
    budget_sealed bytea,              -- US dollars
    notes_sealed bytea,
    interest text not null default '',  -- a category
    country_of_interest text not null default '',
    score integer not null,
    score_reasons text[] not null default '{}',
    work uuid not null,               -- the key of the work that last wrote it: tried again, it writes nothing new
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index leads_by_score on leads (score desc, updated_at desc);
