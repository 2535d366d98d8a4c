import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAt, textAt, type Value } from '../../../src/manifest/value.ts'
import { tokenOf } from '../director/client.ts'
import { openTestLab, type TestLab } from '../director/running-lab.ts'
import { CredhubClient } from './client.ts'

const data = '/api/v1/data'

let lab: TestLab
let credhub: CredhubClient

beforeAll(async () => {
  lab = await openTestLab()
  await lab.create()
  credhub = new CredhubClient(lab)
})
afterAll(() => lab.close())

async function named(query: string): Promise<readonly Value[]> {
  return listAt(await credhub.made('GET', `${data}?${query}`), 'data')
}

async function found(query: string): Promise<readonly (string | undefined)[]> {
  const answer = await credhub.made('GET', `${data}?${query}`)
  return listAt(answer, 'credentials')
    .map(credential => textAt(credential, 'name'))
    .sort()
}

describe('a credential', () => {
  it('is set, read by its name and by its id, and keeps its versions', async () => {
    const first = await credhub.made('PUT', data, { name: '/one/value', type: 'value', value: 'a' })
    const second = await credhub.made('PUT', data, { name: 'one/value', type: 'value', value: 'b' })
    expect(await named('name=/one/value')).toEqual([second, first])
    expect(await named('name=/One/Value&current=true')).toEqual([second])
    expect(await named('name=one/value&versions=2')).toEqual([second, first])
    expect(await credhub.made('GET', `${data}/${textAt(first, 'id') ?? ''}`)).toEqual(first)
  })

  it('is generated once, unless another is asked for', async () => {
    const wanted = { name: '/two/password', type: 'password', parameters: { length: 12 } }
    const first = await credhub.made('POST', data, wanted)
    expect(textAt(first, 'value')).toMatch(/^\w{12}$/)
    expect(await credhub.made('POST', data, wanted)).toEqual(first)
    expect(await credhub.made('POST', data, { ...wanted, mode: 'converge' })).toEqual(first)
    const longer = { ...wanted, parameters: { length: 20 }, mode: 'converge' }
    expect(textAt(await credhub.made('POST', data, longer), 'value')).toHaveLength(20)
    const again = await credhub.made('POST', data, { ...wanted, mode: 'overwrite' })
    expect(textAt(again, 'value')).not.toBe(textAt(first, 'value'))
  })

  it('is generated once for all who ask at the same time', async () => {
    const wanted = { name: '/two/at-once', type: 'rsa', parameters: {} }
    const all = await Promise.all([1, 2, 3, 4].map(() => credhub.made('POST', data, wanted)))
    expect(new Set(all.map(each => textAt(each, 'id'))).size).toBe(1)
  })

  it('is generated anew as it was generated before, with the same parameters', async () => {
    const wanted = { name: '/three/password', type: 'password', parameters: { length: 44 } }
    const first = await credhub.made('POST', data, wanted)
    const second = await credhub.made('POST', '/api/v1/regenerate', { name: '/three/password' })
    expect(textAt(second, 'value')).toHaveLength(44)
    expect(textAt(second, 'value')).not.toBe(textAt(first, 'value'))
  })

  it('is found below a path and by a part of its name', async () => {
    for (const name of ['/find/cf/admin_password', '/find/cfcr/admin_password', '/find/cf/ca']) {
      await credhub.made('PUT', data, { name, type: 'value', value: 'x' })
    }
    expect(await found('path=/find/cf')).toEqual(['/find/cf/admin_password', '/find/cf/ca'])
    expect(await found('path=find')).toHaveLength(3)
    expect(await found('name-like=ADMIN_pass')).toEqual([
      '/find/cf/admin_password',
      '/find/cfcr/admin_password'
    ])
  })

  it('is gone with all its versions', async () => {
    await credhub.made('PUT', data, { name: '/four', type: 'value', value: 'x' })
    expect(await credhub.request('DELETE', `${data}?name=/four`)).toEqual({ status: 204, body: null })
    expect((await credhub.request('GET', `${data}?name=/four`)).status).toBe(404)
    expect((await credhub.request('DELETE', `${data}?name=/four`)).status).toBe(404)
  })

  it('outlives the machine that it was made on', async () => {
    const kept = await credhub.made('POST', data, { name: '/five', type: 'password', parameters: {} })
    await lab.create({ recreate: true })
    expect(await named('name=/five')).toEqual([kept])
  })
})

describe('a certificate', () => {
  const ca = { name: '/pki/ca', type: 'certificate', parameters: { is_ca: true, common_name: 'ca' } }
  const leaf = { name: '/pki/leaf', type: 'certificate', parameters: { ca: 'pki/ca', common_name: 'leaf' } }

  it('is signed by a CA, which knows whom it signs, and whose change it follows', async () => {
    const authority = await credhub.made('POST', data, ca)
    const signed = await credhub.made('POST', data, leaf)
    expect(textAt(signed, 'value', 'ca')).toBe(textAt(authority, 'value', 'certificate'))
    expect(Date.parse(textAt(signed, 'expiry_date') ?? '')).toBeGreaterThan(Date.now())

    const { certificates } = (await credhub.made('GET', '/api/v1/certificates?name=/pki/leaf')) as {
      certificates: Value[]
    }
    expect(certificates.map(each => textAt(each, 'signed_by'))).toEqual(['/pki/ca'])

    const renewed = await credhub.made('POST', '/api/v1/regenerate', { name: '/pki/ca' })
    expect(await credhub.made('POST', '/api/v1/bulk-regenerate', { signed_by: '/pki/ca' })).toEqual({
      regenerated_credentials: ['/pki/leaf']
    })
    const [latest] = await named('name=/pki/leaf')
    expect(textAt(latest, 'value', 'ca')).toBe(textAt(renewed, 'value', 'certificate'))
  })

  it('takes its CA from the one that it names when it is set', async () => {
    const authority = await credhub.made('POST', data, ca)
    const value = { ca_name: '/pki/ca', certificate: textAt(authority, 'value', 'certificate') ?? '' }
    const set = await credhub.made('PUT', data, { name: '/pki/set', type: 'certificate', value })
    expect(textAt(set, 'value', 'ca')).toBe(textAt(authority, 'value', 'certificate'))
  })
})

describe('CredHub refuses', () => {
  it.each<[string, string, string, Value, number, RegExp]>([
    ['a name with //', 'PUT', data, { name: '/a//b', type: 'value', value: 'x' }, 400, /cannot end with/],
    [
      'a name that ends in /',
      'PUT',
      data,
      { name: '/a/', type: 'value', value: 'x' },
      400,
      /cannot end with/
    ],
    ['no type', 'PUT', data, { name: '/a', value: 'x' }, 400, /valid type/],
    ['no body', 'PUT', data, 'text', 400, /request path or body/],
    ['to make up a value', 'POST', data, { name: '/a', type: 'value' }, 400, /cannot be generated/],
    ['a CA that is not there', 'POST', data, certificateOf('/absent'), 404, /does not exist/],
    ['to renew what is not there', 'POST', '/api/v1/regenerate', { name: '/absent' }, 404, /does not exist/]
  ])('%s', async (_, method, path, body, status, words) => {
    const answer = await credhub.request(method, path, body)
    expect(answer.status).toBe(status)
    expect(textAt(answer.body, 'error')).toMatch(words)
  })

  it('to renew what was set', async () => {
    await credhub.made('PUT', data, { name: '/set', type: 'password', value: 'x' })
    const answer = await credhub.request('POST', '/api/v1/regenerate', { name: '/set' })
    expect(answer.status).toBe(400)
    expect(textAt(answer.body, 'error')).toMatch(/statically set/)
  })

  it('another type for the same name', async () => {
    await credhub.made('PUT', data, { name: '/typed', type: 'password', value: 'x' })
    const answer = await credhub.request('PUT', data, { name: '/typed', type: 'json', value: {} })
    expect(answer.status).toBe(400)
    expect(textAt(answer.body, 'error')).toMatch(/type cannot be modified/)
  })

  it('whoever has no token, a forged one, or one for something else', async () => {
    expect((await credhub.requestAs('', 'GET', `${data}?path=/`)).status).toBe(401)
    const real = await tokenOf(lab, 'credhub-admin')
    expect(
      (await credhub.requestAs(`Bearer ${real.slice(0, -8)}AAAAAAAA`, 'GET', `${data}?path=/`)).status
    ).toBe(401)
    const director = await tokenOf(lab, 'admin')
    expect((await credhub.requestAs(`Bearer ${director}`, 'GET', `${data}?path=/`)).status).toBe(403)
  })
})

function certificateOf(ca: string): Value {
  return { name: '/a', type: 'certificate', parameters: { ca, common_name: 'x' } }
}
