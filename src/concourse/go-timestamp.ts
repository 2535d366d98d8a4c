const written =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))| +(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?)?$/

/**
 * Whether go-yaml 2 reads unquoted text as a point in time: only days and hours that there are
 * (https://github.com/yaml/go-yaml/blob/v2.4.4/resolve.go, parseTimestamp; https://pkg.go.dev/time#Parse).
 */
export function isGoTimestamp(text: string): boolean {
  const match = written.exec(text)
  if (match === null) return false
  const [year = 0, month = 0, day = 0, ...times] = Array.from(match, part => Number(part || 0)).slice(1)
  const [hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0, ...local] = times
  const [localHour = 0, localMinute = 0, localSecond = 0] = local
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    Math.max(hour, localHour) < 24 &&
    Math.max(minute, second, localMinute, localSecond) < 60 &&
    // Go lets a zone be a whole day, or a whole hour, off.
    zoneHour <= 24 &&
    zoneMinute <= 60
  )
}

function daysIn(year: number, month: number): number {
  // Of years before 100, JavaScript makes others; 400 years later the calendar is the same.
  return new Date(Date.UTC(year + 400, month, 0)).getUTCDate()
}
