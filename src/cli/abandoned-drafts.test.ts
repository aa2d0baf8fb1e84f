import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, SECOND } from '../kernel/instant.ts'
import { removeDrafts } from './abandoned-drafts.ts'

let dist: string

beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'replyline-dist-'))
})
afterEach(() => rm(dist, { recursive: true, force: true }))

/** A folder with a page in it. */
async function put(name: string): Promise<void> {
  await mkdir(join(dist, name))
  await writeFile(join(dist, name, 'index.html'), name)
}

describe('drafts of pages', () => {
  it('are removed when whoever made them is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    for (const name of [
      'window',
      `window.${pid}.new`,
      `window.${pid}.new.old`,
      `studio.${pid}.new`,
    ])
      await put(name)
    await removeDrafts(join(dist, 'window'))
    expect(await readdir(dist)).toEqual([`studio.${pid}.new`, 'window'])
  })

  it('are left while somebody is at them, an hour at most', async () => {
    const name = `window.${process.pid}.new`
    await put(name)
    await removeDrafts(join(dist, 'window'))
    expect(await readdir(dist)).toEqual([name])
    const longAgo = (Date.now() - HOUR) / SECOND - 60
    await utimes(join(dist, name), longAgo, longAgo)
    await removeDrafts(join(dist, 'window'))
    expect(await readdir(dist)).toEqual([])
  })

  it('are all that is removed', async () => {
    for (const name of ['window', 'window.new', 'window.1x.new', 'windows.999999999.new', 'notes'])
      await put(name)
    await removeDrafts(join(dist, 'window'))
    expect(await readdir(dist)).toHaveLength(5)
  })

  it('are none where nothing was built yet', async () => {
    await expect(removeDrafts(join(dist, 'nowhere', 'window'))).resolves.toBeUndefined()
  })
})
