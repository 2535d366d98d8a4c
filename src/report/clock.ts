import { Duration } from '../core/duration.ts'

/** A length of time for people who wait: `12 s`, `3 min 20 s`. */
export function words(millis: number): string {
  return Duration.milliseconds(Math.max(0, millis)).toWords()
}

/** Whole seconds while something runs, so that the number does not flicker: `12 s`, `3 min 20 s`. */
export function runningWords(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000))
  return seconds < 60 ? `${seconds} s` : words(seconds * 1000)
}

/** `12:03:11` by the clock on the wall, or by UTC. */
export function timeOfDay(millis: number, utc: boolean): string {
  const time = new Date(millis)
  if (Number.isNaN(time.getTime())) return '--:--:--'
  if (utc) return time.toISOString().slice(11, 19)
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map(part => String(part).padStart(2, '0'))
    .join(':')
}
