import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FindingsError } from '../../src/core/finding.ts'
import { checkRecord, readRecord } from '../../src/environment/read-record.ts'

const smallest = `name: play-fern
iaas: gcp
region: europe-west1
system_domain: cf.play-fern.example.com
versions: lab
state: { uri: https://git.example.com/state.git, branch: play-fern }
locks: { uri: https://git.example.com/locks.git }
publish: { uri: https://git.example.com/causeway.git }
`

/** The smallest record, with lines put after it. */
function findingsOf(text: string): string[] {
  return checkRecord(text, 'env/play-fern.yml').findings.map(
    ({ code, path, line }) => `${line ?? 0} ${code} ${path}`
  )
}

const withLines = (...lines: string[]): string => `${smallest}${lines.join('\n')}\n`
const without = (key: string): string =>
  smallest
    .split('\n')
    .filter(line => !line.startsWith(`${key}:`))
    .join('\n')

it('fills in every default', () => {
  expect(readRecord(smallest, 'env/play-fern.yml')).toEqual({
    name: 'play-fern',
    iaas: 'gcp',
    region: 'europe-west1',
    system_domain: 'cf.play-fern.example.com',
    versions: 'lab',
    director: 'bucc',
    topology: 'control',
    bbl: { plan_patches: [], variables: {} },
    protected: false,
    network: { kind: 'silk', overlay: '10.255.0.0/16', subnet_prefix: 24, link: 'shared' },
    pod_ip: 'rescope',
    cf: { small: false, ops: [], vars: {}, scale: {} },
    cfcr: { ops: [], vars: {}, scale: {} },
    lease: { ttl: '6h', grace: '30m' },
    state: {
      uri: 'https://git.example.com/state.git',
      branch: 'play-fern',
      identity: 'state-identity',
      recipients: []
    },
    locks: { uri: 'https://git.example.com/locks.git', branch: 'main', pool: 'playgrounds' },
    publish: { uri: 'https://git.example.com/causeway.git', branch: 'published' },
    notify: []
  })
})

it('takes merged keys as YAML 1.1 does', () => {
  const text = withLines('cf: &both { scale: { router: 2 } }', 'cfcr: { <<: *both, vars: { a: yes } }')
  const { cfcr } = readRecord(text, 'env/play-fern.yml')
  expect(cfcr).toEqual({ ops: [], vars: { a: true }, scale: { router: 2 } })
})

it('fills in the defaults of a record once, not those of the next', () => {
  const first = readRecord(withLines('cf: { vars: { a: 1 } }'), 'env/play-fern.yml')
  expect(readRecord(smallest, 'env/play-fern.yml').cf.vars).toEqual({})
  expect(first.cf.vars).toEqual({ a: 1 })
})

it('finds everything at once, in the order of the file', () => {
  const text = smallest.replace('gcp', 'gpc').replace('lab', '1.10')
  expect(findingsOf(`${text}netwrok: {}\nnetwork: { subnet_prefix: 99, overlay: 10.255.0.1/16 }\n`)).toEqual([
    '2 wrong-value iaas',
    '5 unquoted-text versions',
    '9 unknown-key netwrok',
    '10 wrong-value network.subnet_prefix'
  ])
})

it('throws one error with all findings, exit code 3', () => {
  const read = (): unknown => readRecord(without('iaas'), 'env/play-fern.yml')
  expect(read).toThrow(FindingsError)
  expect(read).toThrow(/^env\/play-fern\.yml:1:1: error: iaas: found nothing, expected one of aws, gcp/)
})

describe('one slip, one finding', () => {
  it.each([
    ['an empty file', '', '1 wrong-type '],
    ['a list', '- name: x\n', '1 wrong-type '],
    ['a misspelt key', withLines('notfiy: []'), '9 unknown-key notfiy'],
    [
      'a misspelt key inside',
      withLines('network:', '  overaly: 10.255.0.0/16'),
      '10 unknown-key network.overaly'
    ],
    ['a key twice', withLines('name: twice'), '9 yaml-syntax '],
    ['a tab for indentation', withLines('network:', '\tkind: silk'), '10 yaml-syntax '],
    ['an unclosed quote', withLines('pod_ip: "rescope'), '10 yaml-syntax '],
    ['a second document', withLines('---', 'name: other'), '9 yaml-syntax '],
    ['a list as a key', withLines('? [a]', ': b'), '9 yaml-syntax '],
    [
      'a key that is missing inside',
      without('state').concat('state: { branch: a }\n'),
      '8 missing-key state.uri'
    ],
    ['a value of the wrong type', withLines('notify: me@example.com'), '9 wrong-type notify'],
    ['nothing where something was begun', withLines('network:'), '9 wrong-type network'],
    ['a name too short', smallest.replace('play-fern', 'pl'), '1 wrong-value name'],
    ['a name with capitals', smallest.replace('play-fern', 'Play'), '1 wrong-value name'],
    [
      'a domain without a dot',
      smallest.replace('cf.play-fern.example.com', 'play'),
      '4 wrong-value system_domain'
    ],
    [
      'brackets round a var',
      withLines('').replace('branch: play-fern', 'branch: a, private_key: ((key))'),
      '6 wrong-value state.private_key'
    ],
    [
      'a reader of the state that is no public key',
      withLines('').replace('branch: play-fern', 'branch: a, recipients: [age1abc]'),
      '6 wrong-value state.recipients[0]'
    ],
    [
      'a reader with a slip of the hand',
      withLines('').replace(
        'branch: play-fern',
        'branch: a, recipients: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8q]'
      ),
      '6 recipient-checksum state.recipients[0]'
    ],
    [
      'a secret key in the place of a public one',
      withLines('').replace(
        'branch: play-fern',
        'branch: a, recipients: [AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX]'
      ),
      '6 secret state.recipients[0]'
    ],
    ['a version that is a number', smallest.replace('lab', '2018'), '5 unquoted-text versions'],
    [
      'a branch that is a boolean',
      smallest.replace('branch: play-fern', 'branch: on'),
      '6 unquoted-text state.branch'
    ],
    ['a region that is a date', smallest.replace('europe-west1', '2018-11-05'), '3 unquoted-text region'],
    ['a list inside vars', withLines('cf: { vars: { a: [1] } }'), '9 wrong-type cf.vars.a'],
    ['a negative scale', withLines('cfcr: { scale: { worker: -1 } }'), '9 wrong-value cfcr.scale.worker'],
    ['a wrong key of scale', withLines('cfcr: { scale: { "a b": 1 } }'), '9 wrong-key cfcr.scale.a b'],
    ['an ops file outside', withLines('cf: { ops: [../x.yml] }'), '9 wrong-value cf.ops[0]'],
    [
      'host bits in the overlay',
      withLines('network: { overlay: 10.255.0.1/16 }'),
      '9 overlay-range network.overlay'
    ],
    [
      'an address that is none',
      withLines('network: { overlay: 10.256.0.0/16 }'),
      '9 overlay-range network.overlay'
    ],
    [
      'services within the overlay',
      withLines('network: { overlay: 10.100.0.0/16 }'),
      '9 overlay-overlaps network.overlay'
    ],
    [
      "bbl's network within the overlay",
      withLines('network: { overlay: 10.0.0.0/14 }'),
      '9 overlay-overlaps network.overlay'
    ],
    [
      'a share as large as the whole',
      withLines('network: { subnet_prefix: 16 }'),
      '9 subnet-prefix network.subnet_prefix'
    ],
    ['a lease in days', withLines('lease: { ttl: 1d }'), '9 wrong-value lease.ttl'],
    ['a lease of seconds', withLines('lease: { ttl: 10s }'), '9 lease-length lease.ttl'],
    [
      'a Concourse that is not there',
      withLines('topology: self-hosted', 'director: plain'),
      '9 self-hosted-without-concourse topology'
    ],
    [
      'the wrapper on flannel',
      withLines('network: { kind: flannel }', 'pod_ip: nsenter-wrapper'),
      '10 wrapper-without-silk pod_ip'
    ]
  ])('%s', (_, text, expected) => {
    expect(findingsOf(text)).toEqual([expected])
  })
})

describe('secrets', () => {
  const secrets = [
    ['a key', '"-----BEGIN OPENSSH PRIVATE KEY-----\\nb3BlbnNzaC1rZXk\\n-----END OPENSSH PRIVATE KEY-----"'],
    ['an access key of AWS', 'AKIAIOSFODNN7EXAMPLE'],
    ['a token of GitHub', 'ghp_0123456789abcdefghijABCDEFGHIJ'],
    ['hex', '0123456789abcdef0123456789abcdef'],
    ['base64', 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA=='],
    ['a JSON key', `'{"private_key": "x", "project_id": "p"}'`],
    ['an address with a password', 'https://me:pass@example.com']
  ] as const

  it.each(secrets)('%s in a var is found and not shown', (_, secret) => {
    const { findings } = checkRecord(withLines(`cf: { vars: { some_var: ${secret} } }`), 'env/play-fern.yml')
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual(['secret cf.vars.some_var'])
    expect(JSON.stringify(findings)).not.toContain(secret.slice(2, 14))
  })

  it.each(secrets)('%s where the schema wants something else is found and not shown', (_, secret) => {
    const { findings } = checkRecord(smallest.replace('gcp', secret), 'env/play-fern.yml')
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual(['secret iaas'])
    expect(JSON.stringify(findings)).not.toContain(secret.slice(2, 14))
  })

  it('a short password is known by its name', () => {
    expect(findingsOf(withLines('cf: { vars: { smtp_password: hunter2 } }'))).toEqual([
      '9 secret cf.vars.smtp_password'
    ])
  })

  it('the name of a var is no secret, nor is an ordinary value', () => {
    const vars =
      '{ smtp_password: ((smtp_password)), subnet_id: subnet-0123456789abcdef0, id: 9a1c4b7e-1111-2222-3333-444455556666 }'
    expect(findingsOf(withLines(`cf: { vars: ${vars} }`))).toEqual([])
  })
})

describe('hints', () => {
  it.each([
    [withLines('netwrok: {}'), 'write network'],
    [smallest.replace('gcp', 'gpc'), 'write gcp'],
    [smallest.replace('versions: lab', 'versions: 1.10'), 'write "1.10"'],
    [smallest.replace('versions: lab', 'versions: 0755'), 'write "0755"']
  ])('case %#', (text, hint) => {
    expect(checkRecord(text, 'env/play-fern.yml').findings[0]?.hint).toBe(hint)
  })
})

it('no text makes it throw anything but findings', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'network:',
      '  overlay: 1',
      'name: x',
      '- a',
      '? [a]',
      '&a *a',
      '!!set {a}',
      '<<: 1',
      '%YAML 1.1',
      '---'
    )
  )
  fc.assert(
    fc.property(fc.array(line), lines => {
      const { value, findings } = checkRecord(lines.join('\n'), 'env/x.yml')
      return value === undefined && findings.length > 0
    })
  )
})

it('any JSON value at any key is answered with findings or taken', () => {
  const keys = [
    'name',
    'network',
    'lease',
    'cf',
    'state',
    'locks',
    'topology',
    'notify',
    'pod_ip',
    'versions'
  ]
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, json) => {
      const { value, findings } = checkRecord(`${without(key)}${key}: ${JSON.stringify(json)}\n`, 'env/x.yml')
      return (value === undefined) === findings.length > 0
    })
  )
})

it('aliases that multiply are refused', () => {
  const levels = Array.from(
    { length: 12 },
    (_, i) => `  a${i + 1}: &a${i + 1} [${Array(12).fill(`*a${i}`).join(', ')}]`
  )
  const text = withLines('cf:', '  a0: &a0 [x]', ...levels)
  expect(findingsOf(text)).toEqual(['1 yaml-syntax '])
})
