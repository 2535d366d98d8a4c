/**
 * What follows an environment's name in the names that its paving gives, with dashes: of bbl's templates for every IaaS
 * (bosh-bootloader v8.4.40 and v9.0.48, terraform/<iaas>/templates, `env_id` and `short_env_id`), and of our own files in
 * `terraform/`, and the lab's. Numbers behind a name count ports, subnets and listeners.
 */
const endings: ReadonlySet<string> = new Set(
  `app-gateway
bosh bosh-agent bosh-director bosh-open bosh-policy bosh-role bosh-security-group bosh-sn bosh-subnet bosh-vms bosh-vn
cf cf-backend-address-pool cf-frontend-ip-configuration cf-gateway-ip-configuration cf-health-check cf-http cf-https cf-lb-ip
cf-log cf-open cf-public cf-router cf-router-lb cf-router-lb-internal-security-group cf-router-lb-security-group cf-sn
cf-ssh-lb cf-ssh-lb-internal-security-group cf-ssh-lb-security-group cf-ssh-proxy cf-ssh-proxy-open cf-tcp-lb
cf-tcp-lb-internal-security-group cf-tcp-lb-security-group cf-tcp-router cf-ws cf-ws-http cf-ws-https
concourse concourse-backend-pool concourse-credhub concourse-frontend-ip-configuration concourse-http concourse-https
concourse-lb concourse-lb-internal-security-group concourse-open concourse-ssh concourse-uaa
credhub dns external flow-logs-policy flow-logs-role hosted-zone http-proxy https-proxy
internal internal-security-group internal-subnet internal-to-director
iso-router-lb iso-security-group iso-sg iso-shared-security-group iso-shared-sg iso-subnet isotg
jb jumpbox jumpbox-ip jumpbox-security-group jumpbox-to-all keypair lb-subnet log-group nat nat-security-group network
router router-nat routertg ssh ssh-proxy subnet tcp-router uaa vault vms vpc ws zone`.split(/\s+/)
)

/** Whether a name is one that paving the environment gives: `play-1-network` and `play-1_bosh_vms`, not `play-1-b-network`. */
export function isPavedName(name: string, environment: string): boolean {
  return restsOf(name, environment).some(
    rest =>
      rest === '' ||
      endings.has(
        rest
          .slice(1)
          .replaceAll('_', '-')
          .replace(/-?\d+$/, '')
      )
  )
}

/** Whether a name is the environment's or begins with it, up to a boundary: `play-1-network`, `bosh-play-1`, never `play-10`. */
export function bearsName(name: string, environment: string): boolean {
  return restsOf(name, environment).length > 0
}

/** What follows the environment's name, or `bosh-` and that, where nothing does or something that ends a word. */
function restsOf(name: string, environment: string): string[] {
  return [environment, `bosh-${environment}`]
    .filter(start => name.toLowerCase().startsWith(start))
    .map(start => name.slice(start.length).toLowerCase())
    .filter(rest => rest === '' || /^[^a-z0-9]/.test(rest))
}
