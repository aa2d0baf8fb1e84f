import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { type Context, Hono } from 'hono'
import { rootPage } from '../control/root-page.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** A name that Vite gives: no folder, nothing hidden. */
const ASSET = /^\w[\w.-]*$/

/**
 * The built page at `/` and its files at `/assets/…`. They are read at each request, because the demo
 * builds them while the service starts; until they are there, `/` says so in plain HTML.
 */
export function pageRoutes(folder: string | null): Hono {
  const app = new Hono()
  app.get('/', async (c) => {
    const page = folder === null ? null : await readOrNull(join(folder, 'index.html'))
    return page === null
      ? c.html(rootPage({ isBuilding: folder !== null }))
      : sendPage(c, page.toString('utf8'))
  })
  app.get('/assets/:name', async (c) => {
    const name = c.req.param('name')
    const type = TYPES[extname(name)]
    const file =
      folder === null || type === undefined || !ASSET.test(name)
        ? null
        : await readOrNull(join(folder, 'assets', name))
    if (file === null || type === undefined) return c.text('There is no such file.', 404)
    return c.body(new Uint8Array(file), 200, {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
  })
  return app
}

/** Each answer has a nonce of its own, for the styles that the page makes while it runs. */
function sendPage(c: Context, page: string): Response {
  const nonce = randomBytes(16).toString('base64')
  return c.html(page.replaceAll('__CSP_NONCE__', nonce), 200, {
    'content-security-policy': policy(nonce),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

async function readOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    // Not built yet, or no such file; anything else is a fault worth hearing of.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
