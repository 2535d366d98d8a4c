import type { Value } from '../../manifest/value.ts'

/** Definitions of variables, as the `variables:` of a manifest has them. */
export function passwords(...names: readonly string[]): Value[] {
  return names.map(name => ({ name, type: 'password' }))
}

export function authority(name: string, commonName: string): Value {
  return { name, type: 'certificate', options: { is_ca: true, common_name: commonName } }
}

export interface CertificateOptions {
  readonly ca: string
  readonly commonName: string
  readonly alternativeNames?: readonly string[]
  readonly usage?: readonly ('server_auth' | 'client_auth')[]
  readonly organization?: string
}

export function certificate(name: string, options: CertificateOptions): Value {
  const { ca, commonName, alternativeNames, usage, organization } = options
  return {
    name,
    type: 'certificate',
    options: {
      ca,
      common_name: commonName,
      ...(alternativeNames === undefined ? {} : { alternative_names: [...alternativeNames] }),
      ...(usage === undefined ? {} : { extended_key_usage: [...usage] }),
      ...(organization === undefined ? {} : { organization })
    }
  }
}
