import type { RuleFinding } from './record-rules.ts'
import { isSecretName, isVarReference, secretIn } from '../core/secrets.ts'
import type { Path } from './yaml-source.ts'

const hint = 'put it into the credential manager, and write the name of its var here'

/** Secrets that stand in a record, wherever they stand. No message shows one. */
export function secretFindings(value: unknown, path: Path = []): RuleFinding[] {
  if (typeof value === 'string') {
    const looksLike = secretIn(value)
    if (looksLike !== undefined) {
      const message = `found ${value.length} characters that look like ${looksLike}, expected no secret`
      return [{ code: 'secret', path, message, hint }]
    }
    return isOpenSecret(value, path)
      ? [{ code: 'secret', path, message: 'found the value of a secret, expected a var like ((name))', hint }]
      : []
  }
  if (typeof value !== 'object' || value === null) return []
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  return entries.flatMap(([key, inner]) => secretFindings(inner, [...path, key]))
}

/** `cf.vars.smtp_password: hunter2`: the name says what it is, however short the value. */
function isOpenSecret(value: string, path: Path): boolean {
  const [deployment, key, name] = path
  const isVar = (deployment === 'cf' || deployment === 'cfcr') && key === 'vars' && typeof name === 'string'
  return isVar && isSecretName(name) && !isVarReference(value)
}
