import { Hono } from 'hono'
import { badRequest, notEmulated, notFound, refuse } from '../api/errors.ts'
import { asId, toWireTime } from '../api/wire.ts'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from '../emulator.ts'
import { keepUpload } from '../tickets/uploads.ts'

/** Files for comments. https://developer.zendesk.com/api-reference/ticketing/tickets/ticket-attachments/ */
export function uploadRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const { store } = parts
  const app = new Hono<ZendeskEnv>()
  app.post('/uploads', (c) => upload(parts, c))
  app.delete('/uploads/:token', (c) =>
    store.uploads.delete(c.req.param('token')) ? c.body(null, 204) : refuse(c, notFound()),
  )
  app.get('/attachments/:id', (c) => {
    const attachment = store.attachments.get(asId(c.req.param('id')) ?? 0)
    return attachment === undefined ? refuse(c, notFound()) : c.json({ attachment })
  })
  return app
}

async function upload(parts: ZendeskParts, c: ZendeskContext): Promise<Response> {
  const name = c.req.query('filename')
  if (name === undefined) return refuse(c, badRequest('InvalidValue', 'filename is required'))
  const contentType = c.req.header('content-type') ?? 'application/octet-stream'
  const bytes = await c.req.arrayBuffer()
  const token = c.req.query('token') ?? null
  const kept = keepUpload(parts, { name, contentType, bytes, token })
  if (kept === null) {
    return refuse(c, notEmulated('how Zendesk refuses an upload token that it does not know'))
  }
  const { attachments, expiresAt } = kept.upload
  const about = { token: kept.upload.token, expires_at: toWireTime(expiresAt) }
  return c.json({ upload: { ...about, attachment: kept.attachment, attachments } }, 201)
}

/** What `content_url` leads to; it needs no credential unless the account makes attachments private. */
export function fileRoutes({ store }: ZendeskParts): Hono {
  const app = new Hono()
  app.get('/attachments/token/:key/', (c) => {
    const file = store.files.get(c.req.param('key'))
    if (file === undefined) return refuse(c, notFound())
    return c.body(file.bytes, 200, { 'content-type': file.contentType })
  })
  return app
}
