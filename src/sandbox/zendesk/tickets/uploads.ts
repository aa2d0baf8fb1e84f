import { randomBytes } from 'node:crypto'
import { ownAddress } from '../account.ts'
import { notEmulated, type Problem } from '../api/errors.ts'
import type { ZendeskParts } from '../emulator.ts'
import type { Attachment } from '../entities/tickets.ts'
import type { ZendeskStore } from '../store.ts'

type NewFile = {
  readonly name: string
  readonly contentType: string
  readonly bytes: ArrayBuffer
  /** Adds to the files of this token; null starts a new one. */
  readonly token: string | null
}

/** As recorded; the page says an hour. */
const TOKEN_LIFE_MS = 3 * 24 * 3_600_000

/** Keeps a file that no comment has yet; null when the token is unknown or over its life. */
export function keepUpload(
  { store, world, present }: ZendeskParts,
  { name, contentType, bytes, token }: NewFile,
) {
  const now = world.clock.now()
  const fresh = { token: secret(), attachments: [], expiresAt: now + TOKEN_LIFE_MS }
  const upload = token === null ? fresh : (store.uploads.get(token) ?? null)
  if (upload === null || upload.expiresAt <= now) return null
  const key = secret()
  const id = store.nextId()
  const content_url = `${ownAddress(store.account)}/attachments/token/${key}/?name=${encodeURIComponent(name)}`
  const attachment: Attachment = {
    url: present.urlOf(`attachments/${id}`),
    id,
    file_name: name,
    content_url,
    mapped_content_url: content_url,
    content_type: contentType,
    size: bytes.byteLength,
    width: null,
    height: null,
    inline: false,
    deleted: false,
    malware_access_override: false,
    malware_scan_result: 'malware_not_found',
    thumbnails: [],
  }
  upload.attachments.push(attachment)
  store.uploads.set(upload.token, upload)
  store.attachments.set(id, attachment)
  store.files.set(key, { bytes, contentType })
  return { upload, attachment }
}

/** Why a comment with these tokens cannot be written, or null. */
export function refusesUploads(store: ZendeskStore, tokens: readonly string[]): Problem | null {
  const isUnknown = tokens.some((token) => !store.uploads.has(token))
  return isUnknown ? notEmulated('how Zendesk refuses an upload token that it does not know') : null
}

/** The files of the tokens, which are used up by it. */
export function takeUploads(store: ZendeskStore, tokens: readonly string[]): Attachment[] {
  return tokens.flatMap((token) => {
    const attachments = store.uploads.get(token)?.attachments ?? []
    store.uploads.delete(token)
    return attachments
  })
}

function secret(): string {
  return randomBytes(16).toString('base64url')
}
