import { type Context, Hono } from 'hono'
import type { StudioHost } from './host.ts'

type FindHost = () => StudioHost | null

const ALONE =
  'the sandbox runs alone, without Replyline beside it: end it and run "npm run demo" for this'

/** What only the demo can do. Without a host, reads say so and deeds answer 409. */
export function hostRoutes(findHost: FindHost): Hono {
  return new Hono()
    .get('/studio/host', (c) => c.json(describe(findHost(), isAtThisMachine(c))))
    .get('/studio/story', (c) => c.json(findHost()?.story() ?? null))
    .post('/studio/story/:step/play', (c) =>
      withHost(c, findHost, (host) => begun(c, host.play(Number(c.req.param('step'))))),
    )
    .post('/studio/start-over', (c) =>
      withHost(c, findHost, async (host) => begun(c, await host.startOver())),
    )
    .post('/studio/service/kill', (c) =>
      withHost(c, findHost, (host) => begun(c, host.pullThePlug())),
    )
    .get('/studio/decisions', async (c) =>
      c.json(
        (await findHost()?.decisionsOn(c.req.queries('id') ?? [])) ?? {
          kind: 'unavailable',
          because: ALONE,
        },
      ),
    )
    .get('/studio/bridge-file', (c) =>
      withHost(c, findHost, (host) =>
        host.bridgeFile().then(
          (text) => c.json({ text }),
          (error: Error) => c.json({ error: 'Unavailable', description: error.message }, 503),
        ),
      ),
    )
}

const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])(:\d+)?$/

/** A page elsewhere can make its own name lead here; it must not read what lets people in. */
function isAtThisMachine(c: Context): boolean {
  return LOOPBACK.test(c.req.header('host') ?? '')
}

function describe(host: StudioHost | null, isHere: boolean) {
  if (host === null) return { kind: 'alone', because: ALONE }
  const [address = ''] = host.replylineUrl().split('#', 1)
  const replylineUrl = isHere ? host.replylineUrl() : address
  return { kind: 'demo', replylineUrl, service: host.service() }
}

function withHost(
  c: Context,
  findHost: FindHost,
  act: (host: StudioHost) => Response | Promise<Response>,
): Response | Promise<Response> {
  const host = findHost()
  return host === null ? c.json({ error: 'Conflict', description: ALONE }, 409) : act(host)
}

/** What was begun goes on by itself; the page hears of each change. */
function begun(c: Context, complaint: string | null): Response {
  return complaint === null
    ? c.json({ begun: true }, 202)
    : c.json({ error: 'Conflict', description: complaint }, 409)
}
