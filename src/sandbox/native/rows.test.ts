import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSettings } from '../core/settings.ts'
import { defineNativeDoubts } from './doubts.ts'

const DOCUMENT = join(import.meta.dirname, '../../../docs/platforms/native-integration.md')
const LIMITS = [6, 7, 8, 9, 10, 27, 30, 37, 42, 43, 44, 51, 69]
const ROW_COUNT = 78

const document = readFileSync(DOCUMENT, 'utf8')

function tableUnder(heading: string): string[][] {
  const section = document.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  const lines = section.split('\n').filter((line) => line.startsWith('| '))
  return lines.slice(1).map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  )
}

/** "N45-N51, L69" → 45 to 51 and 69. */
function numbersIn(cell: string): number[] {
  return cell.split(', ').flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map((id) => Number(id.slice(1)))
    return Array.from({ length: to - from + 1 }, (_, index) => from + index)
  })
}

const nameOf = (row: number) => `${LIMITS.includes(row) ? 'L' : 'N'}${row}`

/** Every row that stands in the name of a test of this folder. */
function testedRows(): Set<string> {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.ts'))
  const texts = files.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  const names = texts.flatMap((text) => text.match(/\((?:[NL]\d+(?:, )?)+\)/g) ?? [])
  return new Set(names.flatMap((name) => name.match(/[NL]\d+/g) ?? []))
}

describe('the table of rows in docs/platforms/native-integration.md', () => {
  const rows = tableUnder('Row by row').flatMap(([cell = '', emulated = '']) =>
    numbersIn(cell).map((row) => ({ cell, row, emulated })),
  )

  it('has every row of the articles once, in their order', () => {
    const everyRow = Array.from({ length: ROW_COUNT }, (_, index) => index + 1)
    expect(rows.map(({ row }) => row)).toEqual(everyRow)
  })

  it('says yes, in part or no of each', () => {
    expect(new Set(rows.map(({ emulated }) => emulated))).toEqual(new Set(['yes', 'in part', 'no']))
  })

  it('says yes or in part exactly of the rows that tests name', () => {
    const emulated = rows.filter((row) => row.emulated !== 'no').map(({ row }) => nameOf(row))
    expect([...testedRows()].sort()).toEqual(emulated.sort())
  })
})

describe('the table of switches there', () => {
  it('names each switch with its values, the default first', () => {
    const settings = createSettings()
    defineNativeDoubts(settings)
    const known = settings.list().map(({ name, values, default: first }) => {
      const others = values === 'milliseconds' ? [] : values.filter((value) => value !== first)
      return [`\`${name}\``, [first, ...others].join(', ')]
    })
    expect(tableUnder('Switches').map(([name, values]) => [name, values])).toEqual(known)
  })
})
