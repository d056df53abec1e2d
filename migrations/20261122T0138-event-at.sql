-- 最近动态 asks for the newest events; times only grow, so the index is written at its end alone.
create index domain_event_at on domain_event (at);
