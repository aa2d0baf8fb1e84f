import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Source, violations } from './support/source-rules.ts'

const SRC = join(import.meta.dirname, '../src')

const sources: readonly Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(
    (file) => file.endsWith('.ts') && !/\.test\.ts$|test-support|-for-tests|\/testing\//.test(file),
  )
  .map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }))

describe('the rules of dependency', () => {
  it('hold in every file', () => {
    expect(sources.length).toBeGreaterThan(100)
    expect(violations(sources)).toEqual([])
  })

  it.each<readonly [string, Source]>([
    [
      'the core that imports the database',
      { file: 'conversations/x.ts', text: "import { a } from '../db/pool.ts'" },
    ],
    [
      'a platform that knows the other',
      { file: 'zendesk/x.ts', text: "import { a } from '../klaviyo/profiles.ts'" },
    ],
    [
      'the database that calls the engine',
      { file: 'db/x.ts', text: "import { a } from '../engine/intake.ts'" },
    ],
    [
      'the sandbox that shares our signer',
      { file: 'sandbox/zendesk/x.ts', text: "import { a } from '../../zendesk/webhook/verify.ts'" },
    ],
    [
      'the core that reads the clock',
      { file: 'conversations/x.ts', text: 'const now = Date.now()' },
    ],
    ['the core that uses chance', { file: 'metrics/x.ts', text: 'const id = Math.random()' }],
    ['the engine that reads the clock', { file: 'engine/x.ts', text: 'const now = new Date()' }],
    [
      'a client that calls out by itself',
      { file: 'zendesk/x.ts', text: "await fetch('https://example.com')" },
    ],
    [
      'SQL outside of the database',
      { file: 'engine/x.ts', text: "await tx.query('select 1 from events')" },
    ],
    [
      'a file below the door that reads the environment',
      { file: 'http/x.ts', text: 'const a = process.env.PORT' },
    ],
    [
      'a route that joins platform and core',
      {
        file: 'http/x.ts',
        text: "import { a } from '../zendesk/tickets.ts'\nimport { b } from '../conversations/events.ts'",
      },
    ],
  ])('are broken by %s', (_what, source) => {
    expect(violations([source]).length).toBeGreaterThan(0)
  })

  it('are not broken by words in a comment', () => {
    expect(violations([{ file: 'kernel/x.ts', text: '/** Never Date.now() here. */' }])).toEqual([])
  })
})

describe('the size of files', () => {
  it('stays under 300 lines', () => {
    const long = sources
      .map(({ file, text }) => ({ file, lines: text.split('\n').length }))
      .filter(({ lines }) => lines > 300)
    expect(long).toEqual([])
  })

  it('is under 160 lines for nearly all', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 160).map(({ file }) => file)
    expect(long.length / sources.length).toBeLessThan(0.05)
  })
})
