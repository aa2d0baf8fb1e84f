import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { list, result, startVendorSandbox, type VendorSandbox } from './vendor-client.ts'

let vendor: VendorSandbox
let folder: string
beforeAll(async () => {
  vendor = await startVendorSandbox('attachments')
  folder = await mkdtemp(join(tmpdir(), 'replyline-attachments-'))
  await writeFile(join(folder, 'parcel.txt'), 'a picture, in words')
})
afterAll(async () => {
  await vendor.close()
  await rm(folder, { recursive: true })
})

const upload = async () => {
  const { attachments } = vendor.client
  const options = { filename: 'parcel.txt' }
  // This call alone answers the bare body.
  const { upload: made } = (await attachments.upload(join(folder, 'parcel.txt'), options)) as {
    upload: { token: string; attachment: { id: number } }
  }
  return made
}

describe('a file, by node-zendesk', () => {
  it('is uploaded, said with a comment, and fetched from where the comment says', async () => {
    const { token, attachment } = await upload()
    const comment = { body: 'See the picture', uploads: [token] }
    const { id } = await result(vendor.client.tickets.create({ ticket: { comment } }))
    const [said] = await list(vendor.client.tickets.getComments(id))
    expect(said.attachments).toMatchObject([
      { id: attachment.id, file_name: 'parcel.txt', size: 19, inline: false },
    ])
    const { pathname, search } = new URL(said.attachments[0].content_url)
    const file = await fetch(`${vendor.url}${pathname}${search}`)
    expect(await file.text()).toBe('a picture, in words')
    const shown = await result(vendor.client.attachments.show(attachment.id))
    expect(shown.attachment).toMatchObject({ id: attachment.id })
  })

  it('is forgotten with its token, which serves one comment', async () => {
    const { token } = await upload()
    await vendor.client.attachments.deleteUpload(token)
    const ticket = { comment: { body: 'x', uploads: [token] } }
    // What Zendesk says to such a token is not known.
    expect((await vendor.sandbox.api('POST', '/tickets', { ticket })).status).toBe(501)
  })
})
