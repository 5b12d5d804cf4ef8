// Profiles of faults, ready to be turned on: what a day can be like. Each is what PUT /sandbox/faults/profile takes.

export const PRESETS = [
  {
    name: "A bad day",
    sentence: "10 % of the answers are lost, 5 % are errors; webhooks come twice, statuses in any order.",
    profile: { seed: 1, accept_then_drop: 0.1, error: { 131000: 0.05 }, duplicate_webhook: 0.1, statuses_shuffled: 0.2, duplicate_statuses: 0.1 },
  },
  {
    name: "A bad line",
    sentence: "Connections break before and after a message is taken; webhooks are late and overtake each other.",
    profile: { seed: 2, drop: 0.1, accept_then_drop: 0.1, hang: 0.02, hold_webhook: 0.15, reorder_webhooks: 0.1, drop_delivered: 0.2 },
  },
  {
    name: "Too much at once",
    sentence: "Meta's limits are hit again and again, its answers are slow, and webhooks arrive gathered.",
    profile: { seed: 3, error: { 130429: 0.1, 131056: 0.1 }, http: { 429: 0.05 }, slow: 0.2, batch_webhooks: 0.3, delay_statuses: 0.3 },
  },
  {
    name: "Broken files",
    sentence: "Uploads are refused, addresses are over, downloads end halfway.",
    profile: { seed: 4, upload_error: { 131053: 0.2 }, upload_http: { 503: 0.1 }, lookup_http: { 503: 0.15 }, url_expired: 0.2, download_drop: 0.2, download_truncated: 0.1 },
  },
];
