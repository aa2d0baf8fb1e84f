import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { ownDatabase } from '../support/own-database.ts'
import { startTestService } from '../support/test-service.ts'

it('a request whose connection was taken before the end is still answered, and the connection closed', async () => {
  const database = await ownDatabase()
  const service = await startTestService(database.config)
  const socket = connect(service.port, '127.0.0.1')
  await once(socket, 'connect')
  // Connections are taken in turn: when a later one was answered, this one was taken.
  await fetch(`${service.url}/healthz`)
  const ended = service.close()
  socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
  const answer = await text(socket)
  await ended
  await database.drop()
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  expect(answer.toLowerCase()).toContain('connection: close')
})
