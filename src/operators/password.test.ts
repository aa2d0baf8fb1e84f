import { describe, expect, it } from 'vitest'
import { hashPassword, isPassword, makePassword } from './password.ts'

describe('a password', () => {
  it('is kept as argon2id at 19 MiB, two passes, one lane', async () => {
    expect(await hashPassword('correct horse battery')).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22,}\$[\w+/]{43}$/,
    )
  })

  it('is kept differently each time', async () => {
    expect(await hashPassword('same words twice')).not.toBe(await hashPassword('same words twice'))
  })

  it('is known again, and no other is', async () => {
    const kept = await hashPassword('correct horse battery')
    expect(await isPassword('correct horse battery', kept)).toBe(true)
    expect(await isPassword('correct horse batterz', kept)).toBe(false)
    expect(await isPassword('', kept)).toBe(false)
  })

  it('is known again from a keyboard that writes its letters in two parts', async () => {
    const kept = await hashPassword('smørrebrød på café'.normalize('NFC'))
    expect(await isPassword('smørrebrød på café'.normalize('NFD'), kept)).toBe(true)
  })

  it('of nobody is never right', async () => {
    expect(await isPassword('nobody knows this passw', null)).toBe(false)
  })

  it('is not checked when two are and twenty wait', async () => {
    const kept = await hashPassword('correct horse battery')
    const crowd = await Promise.all(
      Array.from({ length: 400 }, () => isPassword('correct horse battery', kept)),
    )
    const told = [...Array<boolean>(22).fill(true), ...Array<null>(378).fill(null)]
    expect(crowd).toEqual(told)
    expect(await isPassword('correct horse battery', kept)).toBe(true)
  })

  it('that is made for somebody is long and another one each time', () => {
    expect(makePassword()).toMatch(/^[\w-]{20}$/)
    expect(makePassword()).not.toBe(makePassword())
  })
})
