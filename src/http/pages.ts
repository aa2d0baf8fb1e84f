import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { getMimeType } from 'hono/utils/mime'
import { sendPlainPage } from './plain-page.ts'
import { contentPolicy } from './security-headers.ts'

/*
 * The operator's window, a browser app: one page for every address of its own, and the files it asks
 * for. Files are named by this pattern alone, so no path can lead out of the folder.
 */

export type PagesDeps = {
  /** Where the built app lies, or will. */
  readonly folder: string
  readonly isBeingBuilt: () => boolean
  /** Another one for each page, in base64. */
  readonly newNonce: () => string
}

const FILE = /^\/(?<asset>assets\/)?(?<name>\w[\w-]*(?:\.[\w-]+)+)$/
/** Addresses that answer programs; a page there would hide that something is missing. */
const NOT_A_PAGE = /^\/(api|webhooks|oauth|healthz|readyz|metrics)(\/|$)/
const NONCE_PLACE = '__CSP_NONCE__'

/** By script, because a page that refreshes itself stays where it is while its address ends in `#setup=…`. */
const WAITING_SCRIPT = { path: '/waiting.js', text: 'setTimeout(() => location.reload(), 1000)\n' }
const BEING_BUILT = {
  title: 'The pages are being built',
  paragraphs: ['This takes a few seconds. The page comes by itself.'],
  link: null,
  script: WAITING_SCRIPT.path,
}
const NOT_BUILT = {
  title: 'The pages are not built',
  paragraphs: [
    'Run "npm ci" and "npm run build" in Replyline’s folder, then load this page again. If that fails, its last lines say why.',
    'Texts and answers go on without the pages.',
  ],
  link: null,
}

/** Mounts the window's pages and files; to be mounted last. What is neither goes on to "not found". */
export function mountPages(app: OpenAPIHono, deps: PagesDeps): void {
  app.get(WAITING_SCRIPT.path, (context) =>
    context.body(WAITING_SCRIPT.text, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  )
  app.get('*', async (context, next) => {
    const { path } = context.req
    const file = NOT_A_PAGE.test(path) ? null : await readStatic(deps.folder, path)
    if (file !== null) return context.body(file.bytes, 200, file.headers)
    return isPage(context) ? sendPage(context, deps) : next()
  })
}

type StaticFile = {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly headers: Record<string, string>
}

/** A file of the app; null when there is none of that name. */
async function readStatic(folder: string, path: string): Promise<StaticFile | null> {
  const { asset = '', name } = FILE.exec(path)?.groups ?? {}
  const type = name === undefined ? undefined : getMimeType(name)
  if (name === undefined || type === undefined || type.startsWith('text/html')) return null
  const bytes = await readIfThere(join(folder, asset, name))
  if (bytes === null) return null
  // An asset's name holds the hash of what is in it.
  const cached = asset === '' ? 'no-cache' : 'public, max-age=31536000, immutable'
  return {
    bytes: new Uint8Array(bytes),
    headers: { 'content-type': type, 'cache-control': cached },
  }
}

/** Only a browser that navigates asks for HTML by name; its requests for files do not. */
function isPage({ req }: Context): boolean {
  if (NOT_A_PAGE.test(req.path) || req.path.startsWith('/assets/')) return false
  return /\btext\/html\b/.test(req.header('accept') ?? '')
}

async function sendPage(context: Context, deps: PagesDeps): Promise<Response> {
  const nonce = deps.newNonce()
  const index = await readIfThere(join(deps.folder, 'index.html'))
  if (index === null)
    return sendPlainPage(context, deps.isBeingBuilt() ? BEING_BUILT : NOT_BUILT, {
      status: 503,
      nonce,
    })
  return context.html(index.toString('utf8').replaceAll(NONCE_PLACE, nonce), 200, {
    'content-security-policy': contentPolicy(nonce),
    // The nonce is good for one answer.
    'cache-control': 'no-store',
  })
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) return null
    throw error
  }
}
