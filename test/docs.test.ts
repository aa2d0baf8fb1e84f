import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bridgeSchema } from '../src/connections/settings.ts'
import { REASONS } from '../src/conversations/reasons.ts'

const ROOT = join(import.meta.dirname, '..')

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

const documents = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

/** The cells of every table row of a document, header rows aside. */
function rowsOf(path: string): readonly (readonly string[])[] {
  return read(path)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('|---'))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()))
}

/** The first cells that hold one word of code, without its marks, in the section under a heading. */
function codesUnder(path: string, heading: string): readonly string[] {
  const section = read(path).split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, code = '']) => code)
}

type Schema = {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly default?: unknown
}

type Key = { readonly path: string; readonly default: unknown }

/** Every key of a bridge's file, from the top down, with the default that its schema names. */
function keysOf(schema: Schema, prefix = ''): readonly Key[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const path = `${prefix}${name}`
    const below = inner.items === undefined ? keysOf(inner, `${path}.`) : []
    const ofItems = inner.items === undefined ? [] : keysOf(inner.items, `${path}[].`)
    return [{ path, default: inner.default }, ...below, ...ofItems]
  })
}

const bridgeKeys = keysOf(z.toJSONSchema(bridgeSchema, { io: 'input' }) as Schema)

describe('the README', () => {
  it('is read in one go: fewer than 150 lines', () => {
    expect(read('README.md').split('\n').length).toBeLessThan(150)
  })
})

describe('docs/reasons.md', () => {
  const written = rowsOf('docs/reasons.md').filter(([code]) => code?.startsWith('`'))

  it('lists every reason with the sentence and remedy an operator reads, and no other', () => {
    const known = Object.entries(REASONS).map(([code, { says, remedy }]) => [
      `\`${code}\``,
      says,
      remedy ?? '–',
    ])
    expect(written).toEqual(known)
  })
})

describe('docs/configuration.md', () => {
  it('lists every environment variable, and no other', () => {
    const schema = /const schema = z\.object\(\{\n([\s\S]*?)\n\}\)/.exec(read('src/config.ts'))?.[1]
    const variables = [...(schema ?? '').matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name)
    expect(variables).toContain('PORT')
    expect(codesUnder('docs/configuration.md', 'Environment')).toEqual(variables)
  })

  it('lists every key of bridge.yaml, and no other', () => {
    const paths = bridgeKeys.map(({ path }) => path)
    expect(paths).toContain('sms.routes[].number')
    expect(codesUnder('docs/configuration.md', '`bridge.yaml`')).toEqual(paths)
  })

  it.each(bridgeKeys.filter((key) => key.default !== undefined))(
    'gives the default of $path',
    (key) => {
      const row = rowsOf('docs/configuration.md').find(([code]) => code === `\`${key.path}\``)
      expect(row?.[1]).toBe(`\`${JSON.stringify(key.default)}\``)
    },
  )
})

/** The anchors a document's headings make, as repository hosts write them. */
function anchorsOf(path: string): readonly string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe.each(documents)('%s', (path) => {
  it('links only to files that exist', () => {
    const targets = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target.split('#')[0] ?? '')
      .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    const missing = targets.filter((target) => !existsSync(join(ROOT, dirname(path), target)))
    expect(missing).toEqual([])
  })

  it('links only to headings that exist', () => {
    const missing = [...read(path).matchAll(/\]\(([^)\s#:]*)#([^)\s]+)\)/g)].filter(
      ([, file = '', anchor = '']) => {
        const target = file === '' ? path : join(dirname(path), file)
        return !anchorsOf(target).includes(anchor)
      },
    )
    expect(missing.map(([link]) => link)).toEqual([])
  })

  it('names only tests that exist', () => {
    const named = [...read(path).matchAll(/\b(?:src|test)\/[\w./-]+\.test\.ts\b/g)].map(
      ([file]) => file,
    )
    const missing = [...new Set(named)].filter((file) => !existsSync(join(ROOT, file)))
    expect(missing).toEqual([])
  })

  it('names only source files that exist', () => {
    const named = [...read(path).matchAll(/`((?:src|test|migrations|examples)\/[\w./-]+\w)`/g)].map(
      ([, file = '']) => file,
    )
    const missing = [...new Set(named)].filter((file) => !existsSync(join(ROOT, file)))
    expect(missing).toEqual([])
  })
})

describe('docs/behaviour.md', () => {
  it('names a test by a word of its own table, or by its path', () => {
    const table = new Set(
      rowsOf('docs/behaviour.md').flatMap(([word = '', file = '', ...more]) =>
        more.length === 0 && file.startsWith('`') ? [word] : [],
      ),
    )
    const words = rowsOf('docs/behaviour.md')
      .filter((row) => row.length > 2 && row[0] !== 'Rule' && row[0] !== 'Case')
      .flatMap((row) => (row.at(-1) ?? '').split(/,\s*/))
      .filter((word) => word !== '–' && !word.startsWith('`'))
    expect([...new Set(words)].filter((word) => !table.has(word))).toEqual([])
  })
})

describe('docs/decisions', () => {
  const pages = documents.filter((path) => /^docs\/decisions\/\d/.test(path))

  it.each(pages)('%s ends with what it means for you', (path) => {
    expect(read(path).trimEnd().split('\n\n').at(-1)).toMatch(/^\*\*What it means for you\.\*\*/)
  })

  it('are all in the list', () => {
    const listed = read('docs/decisions/README.md')
    const missing = pages.filter((path) => !listed.includes(relative('docs/decisions', path)))
    expect(missing).toEqual([])
  })
})
