import { describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { windowAddress } from './window-address.ts'

function addressFor(env: Readonly<Record<string, string>>, setupToken: string | null = null) {
  const config = readConfig(env)
  if (!config.ok) throw new Error(config.problem.join('\n'))
  return windowAddress(config.value, 4711, setupToken)
}

describe('the address to open', () => {
  it.each<[string, Record<string, string>, string]>([
    ['where it listens', {}, 'http://127.0.0.1:4711'],
    ['this machine, when it listens everywhere', { HOST: '0.0.0.0' }, 'http://127.0.0.1:4711'],
    ['this machine, when it listens everywhere', { HOST: '::' }, 'http://127.0.0.1:4711'],
    ['an address as browsers write it', { HOST: '::1' }, 'http://[::1]:4711'],
    [
      'this machine, when the outside comes over http',
      { PUBLIC_URL: 'http://bridge.internal' },
      'http://127.0.0.1:4711',
    ],
    [
      'the https address, where alone the cookie goes',
      { PUBLIC_URL: 'https://bridge.example.com/' },
      'https://bridge.example.com',
    ],
  ])('is %s', (_, env, address) => {
    expect(addressFor(env)).toBe(address)
  })

  it('ends in the set-up token while there is no owner, behind the part that is sent', () => {
    expect(addressFor({}, 'abc')).toBe('http://127.0.0.1:4711/#setup=abc')
  })
})
