import { statfs } from 'node:fs/promises'
import { z } from 'zod'
import { pendingNames } from '../db/migrate.ts'
import { parseJson } from '../outbound/read-answer.ts'
import type { Outbound } from '../outbound/request.ts'
import type { Check, Lane } from './check.ts'
import type { DoctorDeps } from './doctor-deps.ts'
import { isLoopback, judgeAddress, judgeSelf, type SelfAnswer } from './judge/address.ts'
import { judgeDatabase, judgeDisk, judgeReadiness } from './judge/health.ts'
import type { Judgement } from './judge/judgement.ts'
import { judgeSetUp } from './judge/set-up.ts'
import type { Subjects } from './subjects.ts'

/** The installation itself: what is set up, where it is reached, what it stands on. */
export function serviceLanes(deps: DoctorDeps, subjects: Subjects): readonly Lane[] {
  const check = (name: string, looksAt: string, ask: Check['ask']): Check => ({
    ...{ area: 'service', about: 'service', name, looksAt, ask },
  })
  const atHome = [
    check('set_up', 'what is connected', async () => judgeSetUp(setUpOf(subjects))),
    check('database', 'the database', async () => [judgeDatabase(await pendingNames(deps.db))]),
    ...(deps.embeddedIn === null
      ? []
      : [check('disk', 'the space on the disk', () => lookAtDisk(deps.embeddedIn ?? ''))]),
  ]
  const address = [
    check('address', 'PUBLIC_URL', async () => [
      judgeAddress(deps.publicUrl, isReal(deps, subjects)),
    ]),
    check('address_answers', `whether ${deps.publicUrl} leads here`, () => callOurselves(deps)),
    check('engine', 'whether the service is ready for work', () => askReadiness(deps)),
  ]
  return [
    { gates: [], checks: atHome },
    { gates: [], checks: address },
  ]
}

function setUpOf({ connections, bridges }: Subjects) {
  const used = new Set(bridges.flatMap(({ zendeskId, klaviyoId }) => [zendeskId, klaviyoId]))
  return {
    accounts: connections.map(({ platform, accountName }) => ({ platform, name: accountName })),
    idle: connections.filter(({ id }) => !used.has(id)).map(({ accountName }) => accountName),
    bridges: bridges.map(({ name }) => name),
  }
}

/** Whether platforms outside of this machine are to deliver. */
function isReal({ klaviyoApiUrl }: DoctorDeps, { connections }: Subjects): boolean {
  if (connections.length === 0) return !isLoopback(klaviyoApiUrl)
  return connections.some(({ baseUrl }) => !isLoopback(baseUrl))
}

async function lookAtDisk(folder: string): Promise<readonly Judgement[]> {
  const { bavail, bsize } = await statfs(folder)
  return [judgeDisk(folder, bavail * bsize)]
}

/** An address that only this service answers so, and that a proxy must let through. */
const WEBHOOK_PATH = '/webhooks/zendesk/00000000-0000-0000-0000-000000000000'

async function callOurselves(deps: DoctorDeps): Promise<readonly Judgement[]> {
  const door = deps.openDoor(new URL(deps.publicUrl).host)
  try {
    const health = await callAt(door, `${deps.publicUrl}/healthz`, (status, body) =>
      Boolean(status === 200 && Object(body).status === 'up'),
    )
    const isEnough = health.kind === 'silent' || health.isOurs
    const webhooks = isEnough
      ? null
      : await callAt(door, `${deps.publicUrl}${WEBHOOK_PATH}`, (status, body) =>
          Boolean(status === 405 && Object(body).error === 'only POST is answered here'),
        )
    return [judgeSelf(deps.publicUrl, health, webhooks)]
  } finally {
    await door.close()
  }
}

/** What the running service says of itself; a proxy may keep it inside. */
async function askReadiness(deps: DoctorDeps): Promise<readonly Judgement[]> {
  const door = deps.openDoor(new URL(deps.publicUrl).host)
  try {
    const answer = await door.send({ method: 'GET', url: `${deps.publicUrl}/readyz` })
    const body = answer.ok ? parseJson(answer.value.text) : answer
    const parts = partsSchema.safeParse(body.ok ? body.value : null)
    return [judgeReadiness(parts.success ? parts.data : null)]
  } finally {
    await door.close()
  }
}

const partsSchema = z.strictObject({
  database: z.string(),
  migrations: z.string(),
  engine: z.string(),
})

async function callAt(
  door: Outbound,
  url: string,
  isOurs: (status: number, body: unknown) => boolean,
): Promise<SelfAnswer> {
  const answer = await door.send({ method: 'GET', url })
  if (!answer.ok) return { kind: 'silent', problem: answer.problem }
  const { status, text } = answer.value
  const body = parseJson(text)
  return { kind: 'answered', status, isOurs: body.ok && isOurs(status, body.value) }
}
