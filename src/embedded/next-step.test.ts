import { describe, expect, it } from 'vitest'
import { nextStep, parseOwner } from './next-step.ts'
import type { SeenServer } from './seen-server.ts'

const answers = (owner: string): SeenServer => ({
  kind: 'answers',
  pid: 9,
  socketDir: '/run',
  owner,
})

describe('a starter that looks at a data folder', () => {
  it.each([
    ['nothing', { kind: 'none', stalePid: null }, 'service', true, 'start'],
    ['nothing', { kind: 'none', stalePid: null }, 'tool', true, 'start'],
    ['one starting or ending', { kind: 'busy', pid: 9 }, 'service', true, 'wait'],
    ['one starting or ending', { kind: 'busy', pid: 9 }, 'tool', true, 'wait'],
    ['a service’s server', answers('service:7@1'), 'service', true, 'refuse'],
    ['a service’s server', answers('service:7@1'), 'tool', true, 'adopt'],
    ['a tool’s server', answers('tool:7@1'), 'service', true, 'wait'],
    ['a tool’s server', answers('tool:7@1'), 'tool', true, 'adopt'],
    ['an orphaned server', answers('service:7@1'), 'service', false, 'evict'],
    ['an orphaned server', answers('tool:7@1'), 'tool', false, 'evict'],
    ['a server without an owner', answers(''), 'tool', false, 'evict'],
  ] as const)(
    'sees %s (%o) as a %s, owner alive %s: %s',
    (_name, seen, claim, isOwnerAlive, kind) => {
      expect(nextStep(seen, { claim, isOwnerAlive }).kind).toBe(kind)
    },
  )

  it('names the process that holds the folder, not its server', () => {
    const step = nextStep(answers('service:7@1'), { claim: 'service', isOwnerAlive: true })
    expect(step).toEqual({ kind: 'refuse', pid: 7 })
  })
})

describe('a server’s owner', () => {
  it.each([
    ['service:7@123', { claim: 'service', stamp: '7@123' }],
    ['tool:7@Mon-Nov-22-10-00', { claim: 'tool', stamp: '7@Mon-Nov-22-10-00' }],
    ['', null],
    ['service', null],
    ['guest:7@1', null],
  ])('%j reads as %o', (text, owner) => {
    expect(parseOwner(text)).toEqual(owner)
  })
})
