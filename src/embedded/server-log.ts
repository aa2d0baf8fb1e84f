import { copyFile, type FileHandle, open } from 'node:fs/promises'

/** Twice this is the most the log ever takes: the file and its predecessor, `postgres.log.1`. */
const LARGEST_LOG_BYTES = 8 * 1024 * 1024
const LOOK_EVERY_MS = 60_000
const TAIL_BYTES = 16 * 1024

/** The server's log file: the server writes to `fd` itself, so that a log outlives this program. */
export type ServerLog = {
  readonly fd: number
  /** Why the server ended, in its own words: its last FATAL or PANIC since this log was opened. */
  lastComplaint(): Promise<string>
  close(): Promise<void>
}

/** Opens the log for appending and keeps its size bounded until it is closed. */
export async function openServerLog(file: string): Promise<ServerLog> {
  const handle = await open(file, 'a+', 0o600)
  await rollOver(handle, file)
  const openedAt = (await handle.stat()).size

  const rolling = setInterval(() => {
    // A full disk must not end the service; the next look tries again.
    rollOver(handle, file).catch(() => undefined)
  }, LOOK_EVERY_MS).unref()

  return {
    fd: handle.fd,
    lastComplaint: () => lastComplaint(handle, openedAt),
    close: async () => {
      clearInterval(rolling)
      await handle.close()
    },
  }
}

/** Copies and empties in place: the server has the file open and appends, so it goes on at the start. */
async function rollOver(handle: FileHandle, file: string): Promise<void> {
  if ((await handle.stat()).size < LARGEST_LOG_BYTES) return
  await copyFile(file, `${file}.1`)
  await handle.truncate(0)
}

async function lastComplaint(handle: FileHandle, openedAt: number): Promise<string> {
  const { size } = await handle.stat()
  const from = Math.max(0, size < openedAt ? 0 : openedAt, size - TAIL_BYTES)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, from)
  const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n').filter(Boolean)
  const complaint = lines.findLast((line) => /\b(FATAL|PANIC):/.test(line)) ?? lines.at(-1)
  return complaint?.replace(/^.*?\b(FATAL|PANIC):\s*/, '') ?? 'it said nothing'
}
