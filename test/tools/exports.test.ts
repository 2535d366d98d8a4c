import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExports } from '../../src/tools/exports.ts'

describe('the exports that bbl prints', () => {
  it('are read as data, several lines and any order included', () => {
    const text = [
      'export BOSH_CLIENT=admin',
      "export BOSH_CA_CERT='-----BEGIN CERTIFICATE-----",
      'MIIC',
      '-----END CERTIFICATE-----',
      "'",
      'export BOSH_ALL_PROXY=ssh+socks5://jumpbox@10.0.0.5:22?private-key=/tmp/key',
      'export EMPTY=',
      ''
    ].join('\n')
    expect(parseExports(text)).toEqual({
      BOSH_CLIENT: 'admin',
      BOSH_CA_CERT: '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n',
      BOSH_ALL_PROXY: 'ssh+socks5://jumpbox@10.0.0.5:22?private-key=/tmp/key',
      EMPTY: ''
    })
  })

  it('evaluate nothing', () => {
    expect(parseExports('export A=$(id)\n')).toEqual({ A: '$(id)' })
  })

  it('are refused where a line is none, without a value in the message', () => {
    expect(() => parseExports('SECRET=abcdef')).toThrow('found "SECRET=…", expected export NAME=value')
    expect(() => parseExports("export A='never closed")).toThrow('expected export NAME=value')
  })

  it('round trip', () => {
    const name = fc.stringMatching(/^[A-Z][A-Z_]{0,10}$/)
    const value = fc.stringMatching(/^[^'"\n][^'\n]{0,20}$/).map(text => text.trim())
    fc.assert(
      fc.property(fc.dictionary(name, value), values => {
        const text = Object.entries(values).map(([key, text]) => `export ${key}='${text}'\n`)
        expect(parseExports(text.join(''))).toEqual({ ...values })
      })
    )
  })
})
