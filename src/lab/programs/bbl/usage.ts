const header = (command: string, rest: string): string => `Usage:
  bbl [GLOBAL OPTIONS] ${command} [OPTIONS]

Global Options:
  --help          [-h] Prints usage
  --state-dir     [-s] Directory containing the bbl state      env:"BBL_STATE_DIRECTORY"
  --debug         [-d] Prints debugging output                 env:"BBL_DEBUG"
  --version       [-v] Prints version
  --no-confirm    [-n] No confirm
${rest}
`

const descriptions: Readonly<Record<string, string>> = {
  up: 'Deploys BOSH director on an IAAS',
  plan: 'Populates a state directory with the latest config without applying it',
  rotate: 'Rotates SSH key for the jumpbox user',
  destroy: 'Tears down BOSH director infrastructure',
  down: 'Tears down BOSH director infrastructure',
  'cleanup-leftovers': 'Cleans up orphaned IAAS resources',
  leftovers: 'Cleans up orphaned IAAS resources',
  'print-env': 'Prints required BOSH environment variables',
  lbs: 'Prints attached load balancer(s)',
  outputs: 'Prints the outputs from terraform',
  'latest-error': 'Prints the output from the latest call to terraform',
  'env-id': 'Prints environment ID',
  'jumpbox-address': 'Prints BOSH jumpbox address',
  'director-address': 'Prints BOSH director address',
  'director-username': 'Prints BOSH director username',
  'director-password': 'Prints BOSH director password',
  'director-ca-cert': 'Prints BOSH director CA certificate',
  'ssh-key': 'Prints SSH private key for the jumpbox',
  'director-ssh-key': 'Prints SSH private key for the director',
  version: 'Prints version',
  help: 'Prints usage'
}

const planOptions = [
  '--name       Name of the environment           env:"BBL_ENV_NAME"',
  '--lb-type    Load balancer: "concourse" or "cf"',
  '--lb-cert    Path to its certificate, for cf',
  '--lb-key     Path to its key, for cf',
  '--lb-domain  Its domain, for cf'
]
const leftoversOptions = [
  '--filter   Part of the names or tags to look for',
  '--dry-run  List what is found, delete nothing'
]

const options: Readonly<Record<string, readonly string[]>> = {
  plan: planOptions,
  up: planOptions,
  rotate: planOptions,
  leftovers: leftoversOptions,
  'cleanup-leftovers': leftoversOptions,
  'print-env': ['--shell-type  "posix", "powershell" or "yaml"'],
  lbs: ['--json  Prints JSON']
}

export function usage(): string {
  const commands = Object.entries(descriptions).map(([name, words]) => `  ${name.padEnd(20)}${words}`)
  return header('COMMAND', `\nCommands:\n${commands.join('\n')}`)
}

export function commandUsage(command: string): string {
  const lines = [descriptions[command] ?? '', ...(options[command] ?? [])]
  return header(command, `\n[${command} command options]\n${lines.map(line => `  ${line}`).join('\n')}`)
}
