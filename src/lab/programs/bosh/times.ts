const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Mon Jan  2 15:04:05 UTC 2006`, for seconds of the epoch (Go's time.UnixDate). */
export function unixDate(seconds: number): string {
  const date = new Date(seconds * 1000)
  const day = String(date.getUTCDate()).padStart(2)
  const parts = [days[date.getUTCDay()], months[date.getUTCMonth()], day, clock(seconds), 'UTC']
  return `${parts.join(' ')} ${date.getUTCFullYear()}`
}

/** `15:04:05`, UTC. */
export function clock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 19)
}

/** `00:01:09`, for seconds that passed. */
export function duration(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60]
  return parts.map(part => String(part).padStart(2, '0')).join(':')
}

/** Seconds of the epoch for `2016-01-09 06:23:25 +0000` or RFC 3339; undefined for anything else. */
export function parseTime(text: string): number | undefined {
  const iso = text
    .replace(/^(\S+) (\S+) ([+-]\d\d)(\d\d)$/, '$1T$2$3:$4')
    .replace(/^(\S+) (\S+) UTC$/, '$1T$2Z')
  const millis = Date.parse(iso)
  return Number.isNaN(millis) ? undefined : Math.floor(millis / 1000)
}
