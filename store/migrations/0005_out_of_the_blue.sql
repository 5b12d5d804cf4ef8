-- What is said out of the blue (a reminder, an agent, the API): what the person writes next answers no question.

alter table outbox add column clears boolean not null default false;
