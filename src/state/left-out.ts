/**
 * What is not kept: caches that `bbl` and BUCC fill again by themselves, and git's own. All else is kept, also what
 * `bbl plan` writes anew (`bosh-deployment/`, `jumpbox-deployment/`) and the copy of BUCC, because `bbl down` runs them
 * without a plan before it, and must run those that the machines were made with (bbl v9.0.48, commands/destroy.go).
 */
const caches: readonly RegExp[] = [
  /(^|\/)\.git(\/|$)/,
  // Provider plugins: some 50 MB that `terraform init` fetches; stale ones even break it (bbl#560).
  /(^|\/)\.terraform(\/|$)/,
  // Says who runs terraform at the moment; left behind, it says so of a process that is gone.
  /\.tfstate\.lock\.info$/,
  // BUCC v0.10.3 downloads these beside its own program, .gitignore.
  /^bbl\/bucc\/bin\/(bbr|bosh|credhub|fly|safe|uaa)$/,
  // A file of ours that is being written.
  /\.\d+\.half$/
]

/** Whether a path of the plain tree is left out of the branch. */
export function isLeftOut(path: string): boolean {
  return caches.some(cache => cache.test(path))
}
