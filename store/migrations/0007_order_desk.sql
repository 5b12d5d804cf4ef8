-- The order desk: orders and what happened to them, defects, production, frequent questions, issues. Whose an order is
-- is a keyed hash; what people write is sealed under the key of their conversation.

create table orders (
    customer bytea not null,          -- the phone number it was placed under, hashed as aliases are
    number text not null,             -- ORD-001
    person uuid references persons,   -- who first asked for it under that number: it stays theirs, whoever has that next
    status text not null,             -- received confirmed in_production ready shipped delivered on_hold cancelled
    placed_on date not null,
    eta date,                         -- when it is expected, or when it came
    changed_at timestamptz not null default now(),
    primary key (customer, number)
);
create index orders_of_person on orders (person, placed_on);

create table order_lines (
    customer bytea not null,
    number text not null,
    place integer not null,
    product text not null check (length(product) <= 100),
    quantity integer not null check (quantity > 0),
    unit text not null check (length(unit) <= 20),
    primary key (customer, number, place),
    foreign key (customer, number) references orders on delete cascade
);

create table order_events (
    customer bytea not null,
    number text not null,
    place integer not null,
    at timestamptz not null,
    status text not null,
    note text not null default '' check (length(note) <= 200),  -- the desk's words, of the goods and not of a person
    primary key (customer, number, place),
    foreign key (customer, number) references orders on delete cascade
);

create table defects (
    id uuid primary key,              -- the key of the work that made it: the same on every try
    conversation uuid not null references conversations,
    reference text not null unique,   -- DEF-7K3M9Q
    order_number text not null default '',
    report_sealed bytea not null,     -- the description, and the words to the photo
    photo bigint references inbox,
    status text not null default 'received',  -- received in_review resolved declined
    resolution_sealed bytea,
    made_at timestamptz not null default now()
);
create index defects_of_conversation on defects (conversation, made_at);
create index defects_open on defects (made_at) where status in ('received', 'in_review');

create table defect_history (
    defect uuid not null references defects on delete cascade,
    place integer not null,
    happened_on date not null,        -- where the person is
    status text not null,
    primary key (defect, place)
);

create table production_lines (
    name text primary key,
    place integer not null,           -- in lists
    state text not null               -- running stopped maintenance
);

create table production_shifts (
    line text not null references production_lines on delete cascade,
    day date not null,
    name text not null,               -- morning evening
    product text not null check (length(product) <= 100),
    planned integer not null check (planned >= 0),   -- pieces
    made integer not null default 0 check (made >= 0),
    good integer not null default 0 check (good between 0 and made),
    primary key (line, day, name)
);
create index production_shifts_of_day on production_shifts (day);

create table faqs (
    bot text not null,
    id text not null,
    place integer not null,
    title text not null check (length(title) <= 24),  -- what a list shows of it (Meta: rows of a list)
    question text not null check (length(question) <= 72),  -- the line below it (Meta: rows of a list)
    answer text not null check (length(answer) <= 2000),
    primary key (bot, id)
);

create table issues (
    id uuid primary key,              -- the key of the work that made it
    conversation uuid not null references conversations,
    reference text not null unique,   -- ISS-7K3M9Q
    description_sealed bytea not null,
    status text not null default 'open',
    reported_on date not null,
    made_at timestamptz not null default now()
);
create index issues_of_conversation on issues (conversation);
create index issues_open on issues (made_at) where status = 'open';
