import { expect, it } from 'vitest'
import { resolvePlain } from '../../src/concourse/yaml-scalar.ts'
import { scalarTable } from './plain-scalars.ts'

it.each(scalarTable)('takes %j for %j', (text, value) => {
  expect(resolvePlain(text)).toBe(value)
})
