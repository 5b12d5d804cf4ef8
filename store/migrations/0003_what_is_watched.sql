-- What those on duty are told of at every scrape must not cost a look through everything that ever was.

create index inbox_not_taken on inbox (arrived_at) where turn is null;
create index conversations_in_trouble on conversations (changed_at) where trouble <> '';
