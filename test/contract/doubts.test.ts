import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKlaviyoEmulator } from '../../src/sandbox/klaviyo/app.ts'
import { createNativeIntegration } from '../../src/sandbox/native/integration.ts'
import { createWorld } from '../../src/sandbox/world.ts'
import { createZendeskEmulator } from '../../src/sandbox/zendesk/app.ts'
import { ROOT } from './support/coverage-page.ts'

const PAGES = ['klaviyo', 'zendesk', 'native-integration'].map((name) =>
  readFileSync(join(ROOT, `docs/platforms/${name}.md`), 'utf8'),
)

function listSwitches() {
  const world = createWorld()
  const zendesk = createZendeskEmulator(world)
  const klaviyo = createKlaviyoEmulator(world)
  createNativeIntegration({ world, zendesk, klaviyo })
  for (const part of [zendesk, klaviyo, world]) part.close()
  return world.settings.list()
}

const switches = listSwitches().map((each) => [each.name, each] as const)

/** Name → values as written, of the tables of switches. */
const documented = new Map(
  PAGES.flatMap((page) => [...page.matchAll(/^\| `(\w+)` \| ([\w, -]+) \| [^|]+ \|$/gm)]).map(
    ([, name = '', values = '']) => [name, values],
  ),
)

const tests = ['src/sandbox', 'test/contract'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !file.endsWith('doubts.test.ts'))
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
)

describe('every doubt is a switch', () => {
  it.each(switches)('%s, with its values in the documents, the default first', (name, given) => {
    const { values, default: first } = given
    const others = values === 'milliseconds' ? [] : values.filter((value) => value !== first)
    expect(documented.get(name)).toBe([first, ...others].join(', '))
  })

  it.each(switches)('%s, with a source', (_name, { source, about }) => {
    expect([source, about]).toEqual([
      expect.stringMatching(/\S{3}/),
      expect.stringMatching(/\S{3}/),
    ])
  })

  it.each(switches)('%s, tried in a test of the sandbox', (name) => {
    expect(tests.some((text) => new RegExp(`\\b${name}\\b`).test(text))).toBe(true)
  })

  it('and none is documented that is not there', () => {
    expect([...documented.keys()].toSorted()).toEqual(switches.map(([name]) => name).toSorted())
  })
})
