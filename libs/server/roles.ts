import { type Kysely, sql } from 'kysely'

/**
 * What the roles that run services are members of. They own nothing: another role does, which migrates and grants this
 * one what stands here. Whoever gets hold of a running service's role can then delete no event, ledger entry or mail,
 * empty no table and turn off none of the triggers that guard them.
 */
export const SERVICE_ROLE = 'vilkar_service'

/**
 * Tables of which rows may go: who works or is signed in at the moment, jobs, which are done, words that staff takes off again, what a system says it holds no more, and what has had its time (`trimming.ts`): triggers keep
 * what of it has not. Of all others nothing is deleted.
 */
const MAY_BE_DELETED = [
  'inbox_member',
  'inbox',
  'quote',
  'idempotency',
  'reconciliation_finding',
  'webhook_delivery',
  'session',
  'form_sent',
  'look',
  'holding',
  'consent_log',
  'consent_child',
  'consent_letter',
  'sale',
  'cookie_choice',
  'brevo_contact',
  'request_mail',
  'policy_notice',
  'breach_person',
  'export_part',
  'tag',
]

/** Names the lock under which one instance at a time grants; any number that nobody else uses. */
const LOCK = 7_461_037

const GRANTS = `
do $$
declare
  jobs text := (select nspname from pg_namespace where nspname = 'jobs' and nspowner = current_user::regrole);
  name text;
begin
  if not exists (select from pg_roles where rolname = '${SERVICE_ROLE}') then return; end if;
  -- Instances that start at once would change the same rows of the catalogue.
  perform pg_advisory_xact_lock(${LOCK});
  grant usage on schema public to ${SERVICE_ROLE};
  for name in select quote_ident(tablename) from pg_tables
    where schemaname = 'public' and tablename not like 'kysely_%' and tableowner = current_user
  loop
    execute 'grant select, insert, update on ' || name || ' to ${SERVICE_ROLE}';
  end loop;
  -- Which migrations have run may be read.
  if to_regclass('public.kysely_migration') is not null then
    grant select on kysely_migration, kysely_migration_lock to ${SERVICE_ROLE};
  end if;
  -- Of an event only its number is written later, by the relay.
  if to_regclass('public.outbox') is not null then
    revoke update on outbox from ${SERVICE_ROLE};
    grant update (pub_no) on outbox to ${SERVICE_ROLE};
  end if;
  -- What is personal in an event is blanked by its owner's function, which does nothing else.
  if to_regproc('public.erase_events') is not null then
    grant execute on function erase_events to ${SERVICE_ROLE};
  end if;
  grant usage on all sequences in schema public to ${SERVICE_ROLE};
  foreach name in array array['${MAY_BE_DELETED.join("', '")}'] loop
    if to_regclass('public.' || name) is not null then
      execute 'grant delete on ' || quote_ident(name) || ' to ${SERVICE_ROLE}';
    end if;
  end loop;
  if jobs is not null then
    grant usage on schema jobs to ${SERVICE_ROLE};
    grant select, insert, update, delete on all tables in schema jobs to ${SERVICE_ROLE};
    grant usage on all sequences in schema jobs to ${SERVICE_ROLE};
  end if;
end $$`

/**
 * Gives the roles that run services what they need of a database, and no more. Asked by the owner of its tables after
 * every migration, since that may have made more. Does nothing where there is no such role: one role then does all.
 */
export const grantToService = (db: Kysely<never>) => sql.raw(GRANTS).execute(db)
