-- Audit rows may be moved to the archive after 180 days (网络安全法: logs for six months at least), never changed.

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.at < now() - interval '180 days' then
    return old;
  end if;
  raise exception 'append only' using errcode = 'AN001';
end $$;
drop trigger audit_append_only on audit;
create trigger audit_append_only before update or delete on audit for each row execute function refuse_audit_change();
create trigger audit_no_truncate before truncate on audit for each statement execute function refuse_change();
create trigger ledger_seal_no_truncate before truncate on ledger_seal for each statement execute function refuse_change();
