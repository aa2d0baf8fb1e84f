export const PORT = 5432
export const SUPERUSER = 'replyline'
export const DATABASE = 'replyline'

/** Carries who started a server to whoever finds it answering: `service:<stamp>` or `tool:<stamp>`. */
export const OWNER_SETTING = 'replyline.owner'

/**
 * Given on the command line, so that a new release changes them for an old cluster too.
 * Durability is PostgreSQL's default, spelled out because an acknowledged delivery rests on it.
 */
export const SERVER_SETTINGS: Readonly<Record<string, string>> = {
  // No network at all: whoever may enter the socket's mode-700 folder is let in without a password.
  listen_addresses: '',
  unix_socket_permissions: '0700',
  port: String(PORT),

  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',

  max_connections: '100',
  shared_buffers: '128MB',
  timezone: 'UTC',

  // The server writes to the file it is given; this program bounds its size.
  logging_collector: 'off',
  log_destination: 'stderr',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
  log_timezone: 'UTC',
}
