/** Gives each name an id that every format takes as it is, and that stays the same while the names do. */
export class Ids {
  readonly #taken = new Map<string, number>()

  /** e.g. `job_deploy_cf`. The prefix, letters alone, keeps words of a format (`end`, `node`) from standing alone. */
  next(prefix: string, name: string): string {
    const id = `${prefix}_${name.replaceAll(/[^A-Za-z0-9]/g, '_').slice(0, longest)}`
    const before = this.#taken.get(id) ?? 0
    this.#taken.set(id, before + 1)
    return before === 0 ? id : `${prefix}${before + 1}${id.slice(prefix.length)}`
  }
}

const longest = 60
