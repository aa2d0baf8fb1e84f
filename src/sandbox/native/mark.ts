import { z } from 'zod'
import type { Audit, TicketRecord } from '../zendesk/entities/tickets.ts'

const MARK = z.object({
  origin: z.enum(['text', 'marketing', 'hand_off']),
  account: z.string(),
  profile: z.string(),
  channel: z.enum(['sms', 'whatsapp', 'web-chat', 'email']),
  /** The sending number that a text was sent to; null for all that nobody texted. */
  number: z.string().nullable(),
})

/**
 * What the emulation writes into each of its audits, as `metadata.custom.klaviyo_native`. The real
 * integration's marks are not known [?]; with these, scripts can tell its work from anybody else's.
 */
export type Mark = z.infer<typeof MARK>

export function toMetadata(mark: Mark): Record<string, unknown> {
  return { klaviyo_native: mark }
}

/** Null for every audit that is not the integration's own. */
export function readMark(audit: Audit | undefined): Mark | null {
  return MARK.safeParse(audit?.metadata.custom.klaviyo_native).data ?? null
}

/** The mark of the ticket's making; null when somebody else made it. */
export function originOf(record: TicketRecord): Mark | null {
  return readMark(record.audits[0])
}

/** The number that the ticket's latest text was sent to. */
export function numberTextedLast(record: TicketRecord): string | null {
  const marks = record.audits.map(readMark)
  return marks.findLast((mark) => mark?.origin === 'text')?.number ?? null
}
