import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { messageOf } from '../../../core/errors.ts'
import { BblError } from './bbl-error.ts'
import { noLoadBalancer, type LoadBalancerSection } from './state.ts'

/** The load balancer that flags ask for (bbl v9.0.48, commands/lb_args_handler.go and certs/validator.go). */
export function readLoadBalancer(flags: ReadonlyMap<string, string>, cwd: string): LoadBalancerSection {
  const type = flags.get('lb-type') ?? ''
  const domain = flags.get('lb-domain') ?? ''
  if (type === '') return noLoadBalancer
  if (type === 'concourse') {
    if (domain !== '') {
      throw new BblError(
        'domain is not implemented for concourse load balancers. Remove the --lb-domain flag and try again.'
      )
    }
    return { ...noLoadBalancer, type }
  }
  const problems: string[] = []
  const read = (kind: string, flag: string): string => {
    const path = flags.get(flag) ?? ''
    if (path === '') {
      problems.push(`--${flag} is required`)
      return ''
    }
    try {
      return readFileSync(isAbsolute(path) ? path : join(cwd, path), 'utf8')
    } catch {
      problems.push(`${kind} file not found: "${path}"`)
      return ''
    }
  }
  const cert = read('certificate', 'lb-cert')
  const key = read('key', 'lb-key')
  if (problems.length === 0) problems.push(...mismatch(cert, key))
  if (problems.length > 0) throw new BblError(`Validate certificate: ${joined(problems)}`)
  return { type, cert, key, chain: '', ...(domain === '' ? {} : { domain }) }
}

/** As bbl lists errors (cloudfoundry/multierror). */
function joined(problems: readonly string[]): string {
  const count = problems.length === 1 ? 'was 1 error' : `were ${problems.length} errors`
  return `there ${count}:\n${problems.map(problem => `    * ${problem}\n`).join('')}`
}

/** Exit code of a Go program that panics: bbl takes every key for an RSA key. */
const panicked = 2

function mismatch(cert: string, key: string): readonly string[] {
  try {
    const privateKey = createPrivateKey(key)
    if (!new X509Certificate(cert).checkPrivateKey(privateKey)) {
      return ['tls: private key does not match public key']
    }
    if (privateKey.asymmetricKeyType === 'rsa') return []
    throw new BblError(`panic: interface conversion: interface {} is no *rsa.PrivateKey`, panicked)
  } catch (thrown) {
    if (thrown instanceof BblError) throw thrown
    return [`certificate or key is not PEM encoded: ${messageOf(thrown)}`]
  }
}
