-- When the provider says that a message of ours was sent: what somebody wrote before that was no answer to it.

alter table outbox add column sent_at timestamptz;  -- by the provider's clock, as inbox.said_at is
