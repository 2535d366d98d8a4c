import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Cloud } from '../../../src/lab/cloud/cloud.ts'
import { readHostNames, resolveHostName } from '../../../src/lab/dns.ts'
import type { LabContext, LabService, RunningDeployment } from '../../../src/lab/lab-service.ts'
import { OtherServices } from '../../../src/lab/other-services.ts'

let lab: string
let deployments: RunningDeployment[]
let happened: string[]

beforeEach(() => {
  lab = mkdtempSync(join(tmpdir(), 'lab-'))
  deployments = []
  happened = []
})
afterEach(() => rmSync(lab, { recursive: true }))

function deployment(name: string): RunningDeployment {
  return { name, director: 'bosh-lab', manifest: { name }, instances: [] }
}

/** A service that is wanted while a deployment of its name runs, and leaves a file in its folder. */
function service(name: string, more: Partial<LabService> = {}): LabService {
  return {
    name,
    wanted: state => state.deployments.some(each => each.name === name),
    start: context => {
      happened.push(`start ${name}`)
      mkdirSync(context.folder, { recursive: true })
      writeFileSync(join(context.folder, 'state'), '')
      context.publish({ [`${name}.lab`]: '127.0.0.9:443' })
      const close = (): Promise<void> => {
        happened.push(`close ${name}`)
        return Promise.resolve()
      }
      return Promise.resolve({ port: 443, close })
    },
    ...more
  }
}

function host(...services: readonly LabService[]): OtherServices {
  const common: Omit<LabContext, 'folder' | 'publish'> = {
    lab,
    cloud: new Cloud(lab),
    state: () => ({ deployments }),
    credential: () => undefined,
    log: () => undefined
  }
  return new OtherServices(services, common)
}

function errand(name: string): Parameters<OtherServices['runErrand']>[0] {
  const instance = { group: 'tests', index: 0, id: 'x' }
  return { deployment: name, instance, job: 'smoke-tests', signal: new AbortController().signal }
}

describe('a service of a deployment', () => {
  it('is up while it is wanted, known by its names, and leaves nothing', async () => {
    const services = host(service('cf'), service('cfcr'))
    await services.settle()
    expect(happened).toEqual([])
    deployments = [deployment('cf'), deployment('cfcr')]
    await services.settle()
    await services.settle()
    expect(happened).toEqual(['start cf', 'start cfcr'])
    expect(readHostNames(lab)).toEqual({ 'cf.lab': '127.0.0.9:443', 'cfcr.lab': '127.0.0.9:443' })
    deployments = [deployment('cfcr')]
    await services.settle()
    expect(happened.slice(2)).toEqual(['close cf'])
    expect(readHostNames(lab)).toEqual({ 'cfcr.lab': '127.0.0.9:443' })
    expect([existsSync(join(lab, 'services/cf')), existsSync(join(lab, 'services/cfcr'))]).toEqual([
      false,
      true
    ])
  })

  it('is started once, however many ask at the same time', async () => {
    const services = host(service('cf'))
    deployments = [deployment('cf')]
    await Promise.all([services.settle(), services.settle(), services.settle()])
    expect(happened).toEqual(['start cf'])
  })

  it('is tried again when it did not start', async () => {
    let tries = 0
    const services = host(
      service('cf', {
        start: () => {
          tries += 1
          return tries === 1
            ? Promise.reject(new Error('port in use'))
            : Promise.resolve({ port: 1, close: () => Promise.resolve() })
        }
      })
    )
    deployments = [deployment('cf')]
    await expect(services.settle()).rejects.toThrow('port in use')
    await services.settle()
    expect(tries).toBe(2)
  })
})

describe('an errand', () => {
  it('is run by the first service that knows it', async () => {
    const failed = { exitCode: 3, stdout: 'out', stderr: '' }
    const services = host(
      service('other', { runErrand: () => Promise.resolve(undefined) }),
      service('cf', { runErrand: ({ job }) => Promise.resolve(job === 'smoke-tests' ? failed : undefined) }),
      service('late', { runErrand: () => Promise.reject(new Error('not asked')) })
    )
    deployments = [deployment('cf')]
    await services.settle()
    expect(await services.runErrand(errand('cf'))).toEqual(failed)
  })

  it('that nobody knows succeeds', async () => {
    deployments = [deployment('cf')]
    const succeeded = { exitCode: 0, stdout: '', stderr: '' }
    expect(await host(service('cf')).runErrand(errand('cf'))).toEqual(succeeded)
  })
})

describe('a host name', () => {
  const names = { 'api.cf.lab': '127.0.0.1:443', '*.cf.lab': '127.0.0.2:443', '*.lab': '127.0.0.3:443' }

  it.each([
    ['api.cf.lab', '127.0.0.1:443'],
    ['login.cf.lab', '127.0.0.2:443'],
    ['a.b.cf.lab', '127.0.0.2:443'],
    ['cf.lab', '127.0.0.3:443'],
    ['lab', undefined],
    ['example.org', undefined]
  ])('%s leads to %s', (host, address) => {
    expect(resolveHostName(names, host)).toBe(address)
  })
})
