import { expect, it } from 'vitest'
import { jsonOf } from '../../src/concourse/data.ts'
import { git, pool, registryImage, time } from '../../src/concourse/resources.ts'
import { localVariable, variable } from '../../src/concourse/variable.ts'
import { Duration } from '../../src/core/duration.ts'

it('writes vars as Concourse reads them, however deep they are', () => {
  const given = { a: variable('vault:a.b'), list: [localVariable('x'), 1, null], deep: { variable: 'a map' } }
  expect(jsonOf(given)).toEqual({
    a: '((vault:a.b))',
    list: ['((.:x))', 1, null],
    deep: { variable: 'a map' }
  })
  expect(`https://${String(variable('host'))}/`).toBe('https://((host))/')
})

it('keeps a key that means something to JavaScript', () => {
  expect(JSON.stringify(jsonOf({ ['__proto__']: { a: 1 } }))).toBe('{"__proto__":{"a":1}}')
})

it('spells the source as the resource does', () => {
  const privateKey = variable('key')
  expect(git('a', { uri: 'u', privateKey, skipSslVerification: true, ignorePaths: ['x'] }).source).toEqual({
    uri: 'u',
    private_key: '((key))',
    skip_ssl_verification: true,
    ignore_paths: ['x']
  })
  expect(pool('a', { uri: 'u', branch: 'b', pool: 'p', retryDelay: Duration.seconds(5) }).source).toEqual({
    uri: 'u',
    branch: 'b',
    pool: 'p',
    retry_delay: '5s'
  })
  expect(registryImage('a', { repository: 'r', tag: '1' }).source).toEqual({ repository: 'r', tag: '1' })
  expect(time('a', { interval: Duration.minutes(90) }).source).toEqual({ interval: '1h30m' })
})
