import type { PersonalData } from '@vilkar/contracts/personal-data.ts'

type Columns = Pick<PersonalData, 'columns' | 'otherColumns'>

/** Personal data in the tables of `commonMigrations`, which every service has. */
export const commonPersonalData: Columns = {
  columns: {
    'outbox.data': {
      category: 'identity',
      subject: 'aggregate_id',
      erased: 'blanked',
      note: 'The fields that eventFields names, and in the stream, which is rebuilt from here.',
    },
    'inbox.envelope': {
      category: 'identity',
      subject: 'aggregate_id',
      erased: 'passing',
      note: 'Cleared when the event is applied. Of one that waits or is dead: blanked, as in the outbox that it came from.',
    },
    'inbox.last_error': {
      category: 'quotation',
      subject: 'aggregate_id',
      erased: 'passing',
      note: 'Cleared when the event is applied, else blanked.',
    },
    'refusal.detail': { category: 'quotation', subject: 'aggregate_id', erased: 'blanked' },
    'mail.recipient': { category: 'contact', subject: 'about_id', erased: 'retention' },
    'mail.message': {
      category: 'correspondence',
      subject: 'about_id',
      erased: 'retention',
      note: 'The bytes are the proof of what was told on a durable medium.',
    },
    'mail.detail': {
      category: 'correspondence',
      subject: 'about_id',
      erased: 'retention',
      note: 'What a mail says beyond what it is about, such as a tracking number, or in whose words.',
    },
    'mail.response': {
      category: 'quotation',
      subject: 'about_id',
      erased: 'blanked',
      note: 'Mail servers quote the address that they refuse.',
    },
  },
  otherColumns: {
    outbox: [
      ...['seq', 'event_id', 'source', 'aggregate_id', 'aggregate_version', 'partition', 'type', 'occurred_at'],
      ...['stored_at', 'pub_no', 'traceparent'],
    ],
    relay: [
      ...['id', 'owner', 'lease_until', 'fence', 'last_no', 'published_no', 'publish_epoch', 'stream_created'],
      'stream_last_seq',
    ],
    inbox: [
      ...['producer', 'event_id', 'pub_no', 'aggregate_id', 'aggregate_version', 'type', 'applied', 'attempts'],
      ...['next_attempt_at', 'dead_at', 'received_at'],
    ],
    inbox_head: ['producer', 'aggregate_id', 'version'],
    inbox_member: ['owner', 'alive_until'],
    trimmed: ['what', 'removed', 'newest_at'],
    erased_order: ['order_id', 'erasure_id', 'erased_at', 'keeps'],
    stream_erasure: ['id', 'erased_at', 'rebuilt_at'],
    partition_lease: ['p', 'owner', 'lease_until'],
    refusal: ['id', 'aggregate_id', 'command', 'code', 'reasons', 'refused_at'],
    mail: ['id', 'about_id', 'kind', 'status', 'created_at', 'settled_at', 'waits_until', 'cuts'],
    mail_attachment: ['sha256', 'content'],
    kysely_migration: ['name', 'timestamp'],
    kysely_migration_lock: ['id', 'is_locked'],
  },
}

const AFTER_AN_HOUR = 'The queue deletes a job an hour after it was done, and after two weeks of being in vain.'

/** Personal data in the tables of the job queue, which `createJobs` makes. */
export const jobsPersonalData: Columns = {
  columns: {
    'jobs.job.data': {
      category: 'token',
      subject: 'data',
      erased: 'passing',
      note: `Ids, and what a provider notified of a payment, the customer's approval included. ${AFTER_AN_HOUR}`,
    },
    'jobs.job.output': { category: 'quotation', subject: 'data', erased: 'passing', note: AFTER_AN_HOUR },
    'jobs.job.source_output': { category: 'quotation', subject: 'data', erased: 'passing', note: AFTER_AN_HOUR },
  },
  otherColumns: {
    'jobs.job': [
      ...['id', 'name', 'priority', 'state', 'retry_limit', 'retry_count', 'retry_delay', 'retry_backoff'],
      ...['retry_delay_max', 'expire_seconds', 'deletion_seconds', 'singleton_key', 'singleton_on', 'group_id'],
      ...['group_tier', 'start_after', 'created_on', 'started_on', 'completed_on', 'keep_until', 'dead_letter'],
      ...['policy', 'heartbeat_on', 'heartbeat_seconds', 'blocked', 'blocking', 'pending_dependencies'],
      ...['source_name', 'source_id', 'source_created_on', 'source_retry_count', 'source_root_id'],
    ],
    'jobs.job_dependency': ['child_name', 'child_id', 'parent_name', 'parent_id'],
    'jobs.queue': [
      ...['name', 'policy', 'retry_limit', 'retry_delay', 'retry_backoff', 'retry_delay_max', 'expire_seconds'],
      ...['retention_seconds', 'deletion_seconds', 'dead_letter', 'partition', 'table_name', 'deferred_count'],
      ...['queued_count', 'ready_count', 'warning_queued', 'active_count', 'failed_count', 'total_count'],
      ...['created_delta', 'completed_delta', 'failed_delta', 'delta_on', 'delta_seconds', 'ready_history'],
      ...['heartbeat_seconds', 'notify', 'singletons_active', 'monitor_claim_on', 'monitor_on', 'maintain_on'],
      ...['created_on', 'updated_on'],
    ],
    'jobs.queue_stats': [
      ...['id', 'name', 'deferred_count', 'queued_count', 'ready_count', 'active_count', 'failed_count'],
      ...[
        'total_count',
        'created_delta',
        'completed_delta',
        'failed_delta',
        'delta_seconds',
        'delta_on',
        'captured_on',
      ],
    ],
    'jobs.schedule': [
      ...['name', 'key', 'kind', 'cron', 'timezone', 'data', 'options', 'created_on', 'updated_on', 'last_job_id'],
    ],
    'jobs.subscription': ['event', 'name', 'created_on', 'updated_on'],
    'jobs.bam': [
      ...['id', 'name', 'version', 'status', 'queue', 'table_name', 'command', 'error', 'created_on', 'started_on'],
      'completed_on',
    ],
    'jobs.warning': ['id', 'type', 'message', 'data', 'created_on'],
    'jobs.version': ['version', 'cron_on', 'bam_on', 'flow_on', 'reindex_on', 'monitor_backoff_on'],
  },
}
